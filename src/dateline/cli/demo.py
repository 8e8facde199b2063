"""`dateline demo`: a site made from the sample wire, an invented week of news."""

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.home import open_edges, open_house
from dateline.cli.running import fetch, listen, make_all_due, serve, working
from dateline.cli.terminal import now, tell
from dateline.sample.serve import SampleWire
from dateline.settings import CATALOG_NAME, FILE_NAME, Value, write_settings

WIRE_PORT = 8001


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("demo")(demo_command)


def demo_command(
    home: Annotated[Path, typer.Option("--home", help="Folder to make the site in.")] = Path(
        "var/demo"
    ),
    port: Annotated[int, typer.Option(help="Port of the site.")] = 8000,
    wire_port: Annotated[int, typer.Option(help="Port of the sample wire.")] = WIRE_PORT,
    once: Annotated[bool, typer.Option("--once", help="Build the site, do not serve it.")] = False,
) -> None:
    """Build a site from the bundled sample wire and serve it.

    Twelve invented outlets and agencies publish an invented week on this machine; Dateline fetches
    it as it would the real web, first as the week was, then with its edits and corrections.
    """
    home.mkdir(parents=True, exist_ok=True)
    anchor = now().replace(minute=0, second=0, microsecond=0)
    tell(f"1/4 The sample wire starts on http://127.0.0.1:{wire_port}/ (hosts *.localhost).")
    listen("127.0.0.1", wire_port).close()  # says which port is taken, before anything is made
    listen("127.0.0.1", port).close()
    with SampleWire(anchor=anchor, port=wire_port) as wire:
        write_home(home, wire, port)
        with open_house(home) as house, open_edges(house) as edges:
            tell("2/4 The week as it was first published is fetched.")
            fetch(house, edges, once=True)
            wire.advance()
            tell("3/4 Edits, corrections and the last hours are fetched.")
            make_all_due(house)
            fetch(house, edges, once=True)
            if once:
                tell(f"4/4 The site is in {home}; serve it with `dateline serve --home {home}`.")
                return
            tell("4/4 The site is served; stop it with Ctrl-C.")
            with working(house, edges):
                serve(house, port)


def write_home(home: Path, wire: SampleWire, port: int) -> None:
    """Write settings and catalogue of the demonstration; they are made anew at each start."""
    values: dict[str, Value] = {
        "site_name": "The Sample Wire",
        "site_tagline": "An invented week, from ten invented outlets and two invented agencies",
        "contact": "editor@dateline.example",
        "port": port,
        "allow_loopback": True,
        "fetch_gap_ms": 0,
        "fetch_per_host": 4,
    }
    (home / FILE_NAME).write_text(write_settings(values), "utf-8")
    (home / CATALOG_NAME).write_text(wire.catalog(), "utf-8")
