"""`dateline init`, `add`, `sources`, `doctor`: setting a site up and keeping it well."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.adding import add_sources
from dateline.cli.checking import check_home
from dateline.cli.home import HomeOption, JsonOption, open_house
from dateline.cli.listing import describe_source, list_health
from dateline.cli.outside import make_web
from dateline.cli.terminal import now, tell
from dateline.errors import InputError
from dateline.pipeline import records
from dateline.settings import CATALOG_NAME, FILE_NAME, read_settings, write_settings
from dateline.sources.opml import write_opml
from dateline.store import sources as source_rows

CATALOG_HEAD = """\
# The sources of this site. `dateline add URL` appends to this file; edit it as you like.
# A source needs a name and its feeds; everything else has a default:
#
# [[source]]
# name = "News Beast"
# home = "https://newsbeast.example/"
# feeds = ["https://newsbeast.example/feed"]
# language = "en"            # BCP 47; helps to tell the language of short texts
# country = "GR"             # ISO 3166
# section = "World"          # of all its articles, whatever its pages say
# sections = { "Out and about" = "lifestyle" }  # where its own names for sections belong
# publisher = "Beast Media"  # outlets of one publisher count as one; else of one domain
# kind = "outlet"            # or "agency"
# rights = "excerpt 60"      # or "headline" or "full": how much of a text may be shown
# route = "auto"             # or "page" or "feed": where the text is taken from
# interval = "5m"            # never ask a feed more often
#
# Names of sections that all sources use: what stands here goes before the table that comes with
# the program, and what a source says for itself before this.
#
# [sections]
# "Kyiv Diary" = "society"
"""


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("init")(init_command)
    app.command("add")(add_command)
    app.command("sources")(sources_command)
    app.command("doctor")(doctor_command)


def init_command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make the site in.")],
    name: Annotated[str, typer.Option(help="Name of the site.")] = "",
    contact: Annotated[str, typer.Option(help="Mail address sent with every request.")] = "",
    database: Annotated[str, typer.Option(help="postgresql://… instead of SQLite.")] = "",
) -> None:
    """Make a home folder: settings, an empty list of sources, an empty store.

    Nothing that exists already is changed, so it is safe to run twice.
    """
    folder.mkdir(parents=True, exist_ok=True)
    given = {"site_name": name, "contact": contact, "database": database}
    write_new(folder / FILE_NAME, write_settings({k: v for k, v in given.items() if v}))
    (folder / FILE_NAME).chmod(0o600)  # it may hold passwords
    write_new(folder / CATALOG_NAME, CATALOG_HEAD)
    with open_house(folder):
        pass
    tell(f"{folder} is ready. Next: `dateline add https://… --home {folder}`, then")
    tell(f"`dateline run --home {folder}`. Settings are in {folder / FILE_NAME}.")


def write_new(path: Path, text: str) -> None:
    """Write a file that does not exist yet."""
    try:
        with path.open("x", encoding="utf-8") as handle:
            handle.write(text)
    except FileExistsError:
        tell(f"{path} exists and is left as it is.")


def add_command(
    what: Annotated[
        list[str], typer.Argument(metavar="URL…|OPML", help="Sites, feeds, or an OPML file.")
    ],
    home: HomeOption = Path(),
    rights: Annotated[str, typer.Option(help="headline, full, or excerpt N (words).")] = "",
    section: Annotated[str, typer.Option(help="Section of what these sources publish.")] = "",
    json: JsonOption = False,
) -> None:
    """Add sources: finds a site's feeds, its name and language, and appends to sources.toml.

    Each may be the address of a site, of a feed, or an OPML or JSON list of feeds.
    """
    with open_house(home) as house, make_web(house.settings) as web:
        outcomes = add_sources(
            what, web=web, path=house.settings.catalog_path, rights=rights, section=section
        )
    with open_house(home):
        pass  # the new list is brought into the store
    for outcome in outcomes:
        if json:
            sys.stdout.buffer.write(records.write_line(outcome.describe()))
        else:
            tell(outcome.sentence)
    if any(outcome.failed for outcome in outcomes):
        raise typer.Exit(1)


def sources_command(
    home: HomeOption = Path(),
    json: JsonOption = False,
    opml: Annotated[bool, typer.Option("--opml", help="Print the sources as OPML.")] = False,
) -> None:
    """Show the health of each source: last success, failures, expected rate, what to do."""
    if json and opml:
        raise InputError("Choose one of --json and --opml.")
    with open_house(home) as house, house.store.read() as tx:
        if opml:
            title = house.settings.text("site_name")
            sys.stdout.buffer.write(write_opml(source_rows.list_sources(tx), title=title))
            return
        rows = list_health(tx, now())
    for row in rows:
        line = records.write_line(row) if json else describe_source(row).encode()
        sys.stdout.buffer.write(line)
    if not rows:
        tell(f"No sources yet: `dateline add https://… --home {home}`.")


def doctor_command(home: HomeOption = Path(), json: JsonOption = False) -> None:
    """Check settings, store, sources and mail; say what is wrong and what to do."""
    findings = check_home(read_settings(home), now())
    for finding in findings:
        if json:
            sys.stdout.buffer.write(records.write_line(finding.describe()))
        else:
            sys.stdout.write(f"{'ok  ' if finding.ok else 'BAD '} {finding.sentence}\n")
    if any(not finding.ok for finding in findings):
        raise typer.Exit(1)
