"""What readers wait for when the site changes: the first requests after a new generation.

    python bench/changing.py [--articles N] [--store PATH] [--seconds S] [--every S] [--rate R]
        [--no-orders]

A site of generated articles on SQLite (or the store of a site that is there), served by uvicorn in
a process of its own with its page cache. Beside it the store's generation grows every few seconds,
as it does when articles come in; front page, latest, a section, what an open section page asks for,
stories and articles are asked for in turn at a steady rate. Milliseconds are from the moment a
request was due; "slowest" is the slowest request between two changes, in the median: that of the
reader who comes first. The orders of the sections are there, as a worker keeps them
(`--no-orders`: as on a site without one); how long it takes to make them is told.
"""

import argparse
import asyncio
import multiprocessing
import tempfile
import time
from collections import defaultdict, deque
from datetime import timedelta
from pathlib import Path

import uvicorn

from dateline.model import Site
from dateline.pipeline.edges import Edges
from dateline.pipeline.section_orders import publish_orders
from dateline.publish.addresses import card_path, section_path, story_path
from dateline.store import Store, open_store
from dateline.store.cards import CardFilter, list_cards, list_sections
from dateline.store.editions import bump_generation
from dateline.store.stories import StoryFilter, list_stories
from dateline.web import WebOptions, make_app
from dateline.web.ready import find_protocol
from web import NOW, _connect, _wait, fill, find_port, write_request

MANY = 1000  # addresses of one kind
Times = dict[str, dict[int, list[float]]]  # kind -> change -> seconds of each request after it


def serve(path: str, port: int) -> None:
    """Run one server until it is killed; its clock goes on from that of the generated site."""
    begun = time.monotonic()
    options = WebOptions(
        now=lambda: NOW + timedelta(seconds=time.monotonic() - begun), own_process=True
    )
    site = make_app(open_store(path), Site(name="Bench"), options=options)
    quiet = {"port": port, "log_level": "critical", "access_log": False, "loop": "uvloop"}
    uvicorn.run(site, http=find_protocol(site), **quiet)


def choose_paths(store: Store) -> dict[str, list[str]]:
    """Return what is asked for, by kind; of what is asked again and again, one address."""
    with store.read() as tx:
        sections = [section_path(name) for name, _ in list_sections(tx)]
        stories = list_stories(tx, StoryFilter(limit=MANY))
        cards = list_cards(tx, CardFilter(limit=MANY))
    return {
        "front page": ["/"],
        "latest": ["/latest"],
        "section": sections[:1],
        "ids of a section": [f"/ids{path}" for path in sections[:1]],
        "story": [story_path(story) for story in stories],
        "article": [card_path(card) for card in cards],
    }


async def ask(
    port: int, store: Store, paths: dict[str, list[str]], given: argparse.Namespace
) -> Times:
    """Ask at a steady rate while the store changes; return the seconds of each request."""
    found: Times = defaultdict(lambda: defaultdict(list))
    idle = deque([await _connect(port) for _ in range(16)])

    async def one(name: str, path: str, due: float, change: int) -> None:
        reader, writer = idle.popleft() if idle else await _connect(port)
        writer.write(write_request(path))
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r\n")[0]))
        assert head[9:12] == b"200", head
        found[name][change].append(time.monotonic() - due)
        idle.append((reader, writer))

    begun, changes, names = time.monotonic(), 0, list(paths)
    async with asyncio.TaskGroup() as group:
        for number in range(int(given.rate * given.seconds)):
            due = begun + number / given.rate
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            if (due - begun) // given.every > changes:
                await asyncio.to_thread(_change, store)
                changes += 1
            name = names[number % len(names)]
            path = paths[name][number // len(names) % len(paths[name])]
            group.create_task(one(name, path, due, changes))
    return found


def _change(store: Store) -> None:
    with store.write(NOW) as tx:
        bump_generation(tx)


def keep_orders(store: Store) -> float:
    """Put the sections in order as a worker does; return the seconds."""
    edges = Edges(
        store=store,
        web=None,  # type: ignore[arg-type]
        pool=None,  # type: ignore[arg-type]
        clock=lambda: NOW + timedelta(hours=1),  # whoever made them before has done so long ago
        chance=lambda: 0.5,
        holder="bench",
    )
    begun = time.perf_counter()
    publish_orders(edges, Site(name="Bench"))
    return time.perf_counter() - begun


def tell(found: Times) -> None:
    """Print one line for each kind, and one for all."""
    print("| asked for | median ms | slowest ms | 99th ms | worst ms |\n|---|---|---|---|---|")
    merged: dict[int, list[float]] = defaultdict(list)
    for spans in found.values():
        for change, times in spans.items():
            merged[change] += times
    for name, spans in [*found.items(), ("all of them", merged)]:
        every = sorted(each for times in spans.values() for each in times)
        slowest = sorted(max(times) for change, times in spans.items() if change)
        told = (
            every[len(every) // 2],
            slowest[len(slowest) // 2],
            every[int(len(every) * 0.99)],
            every[-1],
        )
        print(f"| {name} | " + " | ".join(f"{each * 1000:.1f}" for each in told) + " |")


def main() -> None:
    """Serve, change, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--store", default="", help="a site that is there, instead of making one")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--every", type=float, default=3.0, help="seconds between two changes")
    parser.add_argument("--rate", type=float, default=60.0, help="requests a second, of all kinds")
    parser.add_argument("--no-orders", action="store_true", help="of sections are kept")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.store or str(Path(folder) / "bench.db")
        if not given.store:
            with open_store(path, create=True) as store:
                fill(store, given.articles)
        if not given.no_orders:
            with open_store(path) as store:
                print(f"orders of the sections made in {keep_orders(store):.2f} s")
        port = find_port()
        spawn = multiprocessing.get_context("spawn")
        server = spawn.Process(target=serve, args=(path, port), daemon=True)
        server.start()
        try:
            _wait(port)
            with open_store(path) as store:
                tell(asyncio.run(ask(port, store, choose_paths(store), given)))
        finally:
            server.terminate()
            server.join()


if __name__ == "__main__":
    main()
