"""Write the template of all catalogues, and bring each catalogue up to date with it.

    python bench/make_words.py [TAG ...]

A tag that has no catalogue yet gets an empty one. New messages come without a translation, and one
whose English is no longer in the code goes; nothing is guessed. A line says how far each is.
"""

import argparse
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from dateline.web.messages import gather_messages

FOLDER = Path(__file__).parents[1] / "src/dateline/publish/speaking/catalogs"


def write_catalog(path: Path, catalog: Catalog) -> None:
    """Write a catalogue so that equal messages make equal files."""
    body = BytesIO()
    write_po(body, catalog, width=96, ignore_obsolete=True, omit_header=False)
    lines = body.getvalue().decode("utf-8").splitlines()
    kept = (line for line in lines if not line.startswith(_DATED))
    path.write_text("\n".join(kept).strip() + "\n", "utf-8")


_DATED = tuple(
    f'"{name}: '
    for name in (
        *("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team"),
        *("Generated-By", "Report-Msgid-Bugs-To"),
    )
)


def update(tag: str, template: Catalog) -> Catalog:
    """Return the catalogue of a language with the messages of the template."""
    path = FOLDER / f"{tag}.po"
    body = path.read_bytes() if path.exists() else b""
    found = read_po(BytesIO(body), locale=tag) if body else Catalog(locale=tag, project="Dateline")
    found.update(template, no_fuzzy_matching=True, update_header_comment=True)
    found.fuzzy = False
    return found


def main() -> None:
    """Write the template and the catalogues."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tags", nargs="*", help="languages to begin or bring up to date; all")
    tags = parser.parse_args().tags or sorted(path.stem for path in FOLDER.glob("*.po"))
    template = gather_messages()
    write_catalog(FOLDER / "dateline.pot", template)
    print(f"{len(template)} messages")
    for tag in tags:
        catalog = update(tag, template)
        write_catalog(FOLDER / f"{tag}.po", catalog)
        said = [each for each in catalog if each.id and _is_said(each.string)]
        print(f"{tag}: {len(said)} of {len(template)}")


def _is_said(string: str | tuple[str, ...]) -> bool:
    return bool(string) and (isinstance(string, str) or all(string))


if __name__ == "__main__":
    main()
