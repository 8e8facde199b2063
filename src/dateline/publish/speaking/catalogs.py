"""The catalogues: one `.po` file a language, compiled in memory when it is first spoken."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

ENGLISH = "en"  # the language of the messages themselves: it has no catalogue
_FOLDER = "catalogs"


@cache
def list_languages() -> tuple[str, ...]:
    """Return the tags of all languages that the interface speaks, English first."""
    found = (path.name for path in _open_folder().iterdir() if path.name.endswith(".po"))
    return (ENGLISH, *sorted(name.removesuffix(".po") for name in found))


def find_language(tag: str) -> str:
    """Return the tag of the catalogue that a language is served by: itself, its base, English."""
    lowered = tag.casefold()
    base = lowered.partition("-")[0]
    return next((each for each in (lowered, base) if each in list_languages()), ENGLISH)


def read_catalog(tag: str) -> Catalog:
    """Return a catalogue as it is written."""
    body = _open_folder().joinpath(f"{tag}.po").read_bytes()
    return read_po(BytesIO(body), locale=tag.replace("-", "_"))


@cache
def load_translations(tag: str) -> Translations | None:
    """Return the compiled catalogue of a language that has one, None for English."""
    if tag == ENGLISH:
        return None
    compiled = BytesIO()
    write_mo(compiled, read_catalog(tag))
    compiled.seek(0)
    return Translations(compiled)


def _open_folder() -> Traversable:
    return files("dateline.publish.speaking").joinpath(_FOLDER)
