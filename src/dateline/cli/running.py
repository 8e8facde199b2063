"""`dateline run`, `fetch`, `serve`, `work`: the site at work."""

import logging
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from dateline.cli.home import HomeOption, House, open_edges, open_house
from dateline.cli.steps import Workshop, make_fetch_steps, make_steps
from dateline.cli.terminal import now, tell
from dateline.errors import OperatorError
from dateline.pipeline.edges import Edges
from dateline.settings import list_proxies
from dateline.store import entries as entry_rows
from dateline.store import nudges
from dateline.web import make_app
from dateline.web.options import WebOptions
from dateline.web.ready import find_protocol
from dateline.work.local import run_steps
from dateline.work.steps import Turn


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("run")(run_command)
    app.command("fetch")(fetch_command)
    app.command("serve")(serve_command)
    app.command("work")(work_command)


def run_command(
    home: HomeOption = Path(),
    port: Annotated[int, typer.Option(help="Port to listen on; 0: as in dateline.toml.")] = 0,
) -> None:
    """Fetch for ever and serve the site: all that one machine needs."""
    with open_house(home) as house, open_edges(house) as edges, working(house, edges):
        serve(house, port)


def fetch_command(
    home: HomeOption = Path(),
    once: Annotated[bool, typer.Option("--once", help="Stop when nothing is due.")] = False,
    all: Annotated[
        bool, typer.Option("--all", help="Ask every feed and look at every page again, now.")
    ] = False,
) -> None:
    """Ask the feeds that are due, read their pages, place what they say; then wait for more."""
    with open_house(home) as house, open_edges(house) as edges:
        if all:
            make_all_due(house)
        failed = fetch(house, edges, once=once)
    if failed:
        raise typer.Exit(1)


def serve_command(
    home: HomeOption = Path(),
    port: Annotated[int, typer.Option(help="Port to listen on; 0: as in dateline.toml.")] = 0,
) -> None:
    """Serve the site without fetching anything."""
    with open_house(home) as house:
        serve(house, port)


def work_command(
    home: HomeOption = Path(),
    concurrency: Annotated[int, typer.Option(min=1, help="Steps at a time.")] = 2,
) -> None:
    """Do the work without serving: on PostgreSQL, on any number of machines at a time."""
    with stop_on_signal() as stop, open_house(home) as house, open_edges(house) as edges:
        shop = Workshop(edges=edges, house=house)
        if house.store.dialect != "postgresql":
            run_steps(make_steps(shop), clock=now, stop=stop, on_progress=report_turn)
            return
        from dateline.work.queue import run_worker

        run_worker(
            house.settings.store_address, make_steps(shop), stop=stop, concurrency=concurrency
        )


@contextmanager
def stop_on_signal() -> Iterator[threading.Event]:
    """Give an event that SIGTERM and SIGINT set, so that a worker ends between two batches."""
    stop = threading.Event()
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, lambda *_: stop.set()) for number in numbers]
    try:
        yield stop
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def report_turn(turn: Turn) -> None:
    """Tell the operator what a step did."""
    if turn.problem:
        tell(f"{turn.step}: {turn.problem}; it is tried again")
    elif turn.done:
        tell(f"{turn.step}: {turn.done} done")


def fetch(house: House, edges: Edges, *, once: bool) -> bool:
    """Run the steps from feeds to pictures; return whether a step failed for good."""
    steps = make_fetch_steps(Workshop(edges=edges, house=house))
    with stop_on_signal() as stop:
        turns = run_steps(steps, clock=now, stop=stop, until_idle=once, on_progress=report_turn)
        if once and stop.is_set():
            raise KeyboardInterrupt  # it was to go on until nothing is due, and did not
    with house.store.read() as tx:
        counts = entry_rows.count_entries(tx)
    for (state, problem), count in sorted(counts.items()):
        tell(f"entries {state}: {count}" + (f" ({problem})" if problem else ""))
    return bool(turns)


def make_all_due(house: House) -> None:
    """Make every feed and every page that is looked at again due at once."""
    with house.store.write(now()) as tx:
        nudges.make_feeds_due(tx)
        nudges.make_looks_due(tx)


@contextmanager
def working(house: House, edges: Edges) -> Iterator[None]:
    """Do all the work in a thread of this process, while the block runs."""
    stop = threading.Event()
    steps = make_steps(Workshop(edges=edges, house=house))
    thread = threading.Thread(
        target=run_steps,
        args=(steps,),
        kwargs={"clock": now, "stop": stop, "on_progress": report_turn},
        name="work",
        daemon=True,
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=30)


def serve(house: House, port: int = 0) -> None:
    """Serve the site until the process is told to stop."""
    settings = house.settings
    number = port or settings.number("port")
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    options = WebOptions(
        now=now,
        own_process=True,
        indexnow_key=settings.text("indexnow_key"),
        offline_pages=settings.flag("offline_pages"),
    )
    app = make_app(house.store, settings.make_site(port=number), options=options)
    with listen(settings.text("host"), number) as door:
        tell(f"{settings.text('site_name')} is at http://{settings.text('host')}:{number}/")
        config = uvicorn.Config(
            app,
            http=find_protocol(app),
            log_level="warning",
            access_log=False,
            server_header=False,
            forwarded_allow_ips=list_proxies(settings),
            timeout_graceful_shutdown=5,
        )
        uvicorn.Server(config).run(sockets=[door])


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; OperatorError where the address is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        raise OperatorError(
            f"{host}:{port} cannot be listened on ({error.strerror}): choose another port with "
            "--port, or stop what listens there."
        ) from error
