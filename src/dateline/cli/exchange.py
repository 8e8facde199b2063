"""`dateline import`, `export`: how researchers put articles in and take groups out."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.home import HomeOption, count_jobs, open_house
from dateline.cli.offline import make_offline_edges
from dateline.cli.reading import iterate_lines
from dateline.cli.terminal import now, tell
from dateline.errors import InputError
from dateline.pipeline import records
from dateline.pipeline.exporting import KINDS, export_rows
from dateline.pipeline.grouping import Grouping
from dateline.pipeline.importing import Imported, OrderedLines, import_lines
from dateline.store import nudges
from dateline.work.pool import Pool
from dateline.work.progress import Progress
from dateline.work.steps import is_dead_here


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("import")(import_command)
    app.command("export")(export_command)


def import_command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.jsonl[.gz|.xz|.zst]", help="Records; - for stdin.")
    ],
    home: HomeOption = Path(),
    jobs: Annotated[int, typer.Option(min=0, help="Processes that read; 0: one a core.")] = 0,
) -> None:
    """Take records through the whole pipeline into the store, in order of publication.

    A record is {"url", "html" or "text", "title"?, "published"?, "source"?, "lang"?}; its URL is
    its identity. Run it again after an interruption: it goes on where it was.
    """
    with open_house(home) as house:
        lines = OrderedLines.gather(iterate_lines(file))
        workers = jobs or count_jobs(house.settings)
        progress = Progress(sys.stderr, total=len(lines), what="articles", clock=now)
        with house.store.write(now()) as tx:
            nudges.free_dead(tx, is_dead_here)  # such as an import that was killed
        workers = workers if workers > 1 else 0
        with Pool(workers) as pool, Pool(workers) as spare:
            edges = replace(make_offline_edges(house, pool), spare_pool=spare)

            def show(state: Imported) -> None:
                progress.show(state.done)

            state = import_lines(edges, lines, Grouping(), show)
        progress.finish()
        lines.close()
    tell(
        f"{state.new} new articles, {state.versions} new versions, {state.known} known already, "
        f"{state.failed} left out; {state.done} of {state.total} records done."
    )
    if state.failed:
        raise typer.Exit(1)


def export_command(
    kind: Annotated[str, typer.Argument(metavar="|".join(KINDS), help="What to write.")],
    home: HomeOption = Path(),
) -> None:
    """Write articles, their groups, or who said what as JSON lines to standard output."""
    if kind not in KINDS:
        raise InputError(f"There is no export of {kind!r}; choose one of {', '.join(KINDS)}.")
    with open_house(home) as house:
        address = house.settings.make_site().address
        for row in export_rows(house.store, kind, address=address):
            sys.stdout.buffer.write(records.write_line(row))
        sys.stdout.buffer.flush()
