"""How many pages one core serves: from the page cache, as a 304, and made anew for each request.

    python bench/web.py [--articles N] [--store PATH] [--seconds S] [--rate R]

A site of generated articles on SQLite (or the store of a site that is there), uvicorn in a process
of its own, a plain loopback client with keep-alive. A rate is requests by second of processor time
that the server used (its own and its threads'), so that the client beside it on the same machine
does not count. Peers, with the same client: an empty Starlette page, the most that this stack can
do, and nginx, where it is installed, with one worker and the same bytes in a file.

The last line asks for articles that are in no cache, R times a second whether the answers are there
or not, of a server that is bound to one core; its milliseconds are from the moment a request was
due.
"""

import argparse
import asyncio
import multiprocessing
import os
import random
import shutil
import socket
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from dateline.extract.cleaning import clean_html
from dateline.model import (
    Dated,
    OriginId,
    OriginPlace,
    Reading,
    Related,
    Rights,
    Role,
    Site,
    Source,
    StoryId,
    StoryPlace,
)
from dateline.store import NewArticle, Store, open_store
from dateline.store.articles import save_articles
from dateline.store.editions import bump_generation
from dateline.store.origins import save_origin_places
from dateline.store.sources import save_sources
from dateline.store.stories import save_story_places
from dateline.text import fingerprint
from dateline.web import WebOptions, make_app
from dateline.web.ready import find_protocol

NOW = datetime(2026, 5, 14, 12, tzinfo=UTC)
SECTIONS = ("World", "Politics", "Business", "Science", "Culture", "Sport")
BATCH = 500
CONNECTIONS = 16


NGINX = """
daemon off; master_process off; error_log {folder}/errors; pid {folder}/pid;
events {{ worker_connections 256; }}
http {{
  access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder}; open_file_cache max=16;
  server {{
    listen 127.0.0.1:{port}; root {folder}; default_type text/html;
    location / {{ add_header Content-Encoding br; }}
  }}
}}
"""


def fill(store: Store, count: int) -> None:
    """Put `count` articles of 40 outlets into the store, three to an origin, six to a story."""
    rng = random.Random(1)
    words = ["".join(rng.choices("abcdefghijklmnop", k=rng.randint(3, 9))) for _ in range(4000)]
    with store.write(NOW) as tx:
        outlets = [
            Source(
                key=f"outlet-{n}",
                name=f"Outlet {n}",
                home=f"https://o{n}.example/",
                rights=list(Rights)[n % 3],
            )
            for n in range(40)
        ]
        ids = list(save_sources(tx, outlets).values())
    for first in range(0, count, BATCH):
        batch = [_make(rng, words, n, ids) for n in range(first, min(first + BATCH, count))]
        with store.write(NOW) as tx:
            _place(tx, first, save_articles(tx, batch))
    with store.write(NOW) as tx:
        bump_generation(tx)


def _make(rng: random.Random, words: list[str], number: int, ids: list) -> NewArticle:
    text = "\n\n".join(" ".join(rng.choices(words, k=60)) for _ in range(7))
    url = f"https://o{number % 40}.example/{number}"
    reading = Reading(
        url=url,
        canonical=url,
        headline=" ".join(rng.choices(words, k=9)).capitalize(),
        byline=("A Reporter",),
        language="en",
        published=Dated(at=NOW - timedelta(minutes=number), evidence="bench"),
        section=SECTIONS[number % 6],
        lede=text[:200],
        text=text,
        html=clean_html("".join(f"<p>{part}</p>" for part in text.split("\n\n")), base=url),
    )
    return NewArticle(
        source_id=ids[number % 40],
        guid=url,
        url=url,
        first_seen=NOW,
        reading=reading,
        fingerprint=fingerprint(text),
    )


def _place(tx, first: int, saved: list) -> None:
    numbered = list(enumerate(saved, start=first))
    save_origin_places(
        tx,
        [
            OriginPlace(
                article_id=each,
                origin_id=OriginId(n // 3 + 1),
                role=Role.CARRIES if n % 3 else Role.FIRST,
                opened=n % 3 == 0,
            )
            for n, each in numbered
        ],
    )
    places = []
    for at, (n, each) in enumerate(numbered):
        near = tuple(Related(article_id=other, score=0.5) for other in saved[max(0, at - 8) : at])
        places.append(
            StoryPlace(
                article_id=each, story_id=StoryId(n // 6 + 1), opened=n % 6 == 0, related=near
            )
        )
    save_story_places(tx, places)


def serve(path: str, port: int, cache_bytes: int) -> None:
    """Run one server until it is killed; "" is the empty peer."""
    quiet = {"port": port, "log_level": "critical", "access_log": False, "loop": "uvloop"}
    if path:
        options = WebOptions(now=lambda: NOW, cache_bytes=cache_bytes, own_process=True)
        site = make_app(open_store(path), Site(name="Bench"), options=options)
        uvicorn.run(site, http=find_protocol(site), **quiet)
    else:
        uvicorn.run(
            Starlette(routes=[Route("/", lambda _request: PlainTextResponse("ok"))]), **quiet
        )


async def ask(port: int, requests: list[bytes], seconds: float) -> tuple[int, list[float]]:
    """Ask in a circle from several connections; return how many, and each one's seconds."""
    end = time.monotonic() + seconds
    times: list[float] = []

    async def one(start: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        turn = start
        while time.monotonic() < end:
            begun = time.monotonic()
            writer.write(requests[turn % len(requests)])
            turn += CONNECTIONS
            head = await reader.readuntil(b"\r\n\r\n")
            lower = head.lower()
            if b"content-length: " in lower:
                length = int(lower.split(b"content-length: ")[1].split(b"\r\n")[0])
                await reader.readexactly(length)
            assert head[9:12] in (b"200", b"304"), head
            times.append(time.monotonic() - begun)
        writer.close()

    await asyncio.gather(*(one(n) for n in range(CONNECTIONS)))
    return len(times), sorted(times)


def write_request(path: str, *headers: str) -> bytes:
    """Return one GET as it goes over the wire."""
    lines = [f"GET {path} HTTP/1.1", "Host: bench.example", "Accept-Encoding: br, gzip", *headers]
    return "\r\n".join([*lines, "", ""]).encode()


async def ask_steadily(
    port: int, requests: list[bytes], rate: float, seconds: float
) -> tuple[int, list[float]]:
    """Ask `rate` times a second; return how many answers came, and each one's seconds."""
    times: list[float] = []
    opened = [await _connect(port) for _ in range(CONNECTIONS)]
    idle = deque(opened)  # in turn, so that none is closed for being idle

    async def one(request: bytes, due: float) -> None:
        reader, writer = idle.popleft() if idle else await _connect(port)
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        await reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r\n")[0]))
        assert head[9:12] == b"200", head
        times.append(time.monotonic() - due)
        idle.append((reader, writer))

    begun = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for number in range(int(rate * seconds)):
            due = begun + number / rate
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            group.create_task(one(requests[number % len(requests)], due))
    for _reader, writer in idle:
        writer.close()
    return len(times), sorted(times)


async def _connect(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection("127.0.0.1", port)


def read_processor(pid: int) -> float:
    """Return the seconds of processor time that a process has used, all its threads."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(name: str, path: str, cache: int, requests: list[bytes], seconds: float) -> float:
    """Start a server, warm it, ask, print one line; return its rate."""
    with start_server(path, cache) as (port, pid):
        return _ask_for_a_while(name, port, pid, requests, seconds)


@contextmanager
def start_server(path: str, cache: int) -> Iterator[tuple[int, int]]:
    """Run a server of its own, and give its port and its process."""
    port = find_port()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(path, port, cache))
    server.start()
    try:
        _wait(port)
        yield port, server.pid or 0
    finally:
        server.terminate()
        server.join()


def find_port() -> int:
    """Return a port that is free."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _ask_for_a_while(
    name: str, port: int, pid: int, requests: list[bytes], seconds: float
) -> float:
    asyncio.run(ask(port, requests, min(1.0, seconds / 3)))
    before = read_processor(pid)
    count, times = asyncio.run(ask(port, requests, seconds))
    rate = count / (read_processor(pid) - before)
    tell(name, rate, times)
    return rate


def tell(name: str, rate: float, times: list[float]) -> None:
    """Print one line."""
    p50, p99 = times[len(times) // 2] * 1000, times[int(len(times) * 0.99)] * 1000
    print(f"| {name} | {rate:,.0f} | {p50:.1f} | {p99:.1f} |", flush=True)


def measure_steadily(path: str, requests: list[bytes], rate: float, seconds: float) -> None:
    """Ask a server on one core at a steady rate, print one line."""
    with start_server(path, 0) as (port, pid):
        os.sched_setaffinity(pid, {min(os.sched_getaffinity(0))})
        asyncio.run(ask_steadily(port, requests, rate / 4, 4))
        before = read_processor(pid)
        count, times = asyncio.run(ask_steadily(port, requests, rate, seconds))
        used = read_processor(pid) - before
    tell(f"article, made anew, {rate:.0f} a second asked of one core", count / used, times)


def measure_nginx(body: bytes, seconds: float) -> float:
    """Serve the bytes of a page by nginx, print one line; return its rate, 0 without nginx."""
    program = shutil.which("nginx")
    if program is None:
        print("nginx is not installed: not measured")
        return 0.0
    port = find_port()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "page").write_bytes(body)
        Path(folder, "conf").write_text(NGINX.format(folder=folder, port=port), "utf-8")
        server = subprocess.Popen([program, "-p", folder, "-c", str(Path(folder, "conf"))])
        try:
            _wait(port)
            page = [write_request("/page")]
            return _ask_for_a_while("the same bytes by nginx", port, server.pid, page, seconds)
        finally:
            server.terminate()
            server.wait()


def _wait(port: int) -> None:
    for _attempt in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server did not start")


def main() -> None:
    """Print one line for each kind of request."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--store", default="", help="a site that is there, instead of making one")
    parser.add_argument("--rate", type=float, default=100.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.store or str(Path(folder) / "bench.db")
        if not given.store:
            with open_store(path, create=True) as store:
                fill(store, given.articles)
        with open_store(path) as store:
            tag, slugs, body = asyncio.run(_look(store))
        searches = [write_request(f"/search?q={'abcdefghijklmnop'[n % 16]}") for n in range(64)]
        print("| request | requests by core-second | median ms | 99th ms |\n|---|---|---|---|")
        rates: dict[str, float] = {}
        for name, at, cache, requests in (
            ("empty Starlette page (the stack's limit)", "", 0, [write_request("/")]),
            ("front page, cached, br", path, 64_000_000, [write_request("/")]),
            ("front page, 304", path, 64_000_000, [write_request("/", f"If-None-Match: {tag}")]),
            ("front page, made anew", path, 0, [write_request("/")]),
            ("article, made anew", path, 0, [write_request(slug) for slug in slugs]),
            ("RSS of the front page, made anew", path, 0, [write_request("/feeds/front.rss")]),
            ("search, made anew", path, 0, searches),
        ):
            rates[name] = measure(name, at, cache, requests, given.seconds)
        peer = measure_nginx(body, given.seconds)
        measure_steadily(
            path, [write_request(slug) for slug in slugs], given.rate, 4 * given.seconds
        )
        if peer:
            print(f"cached, of nginx's rate: x{rates['front page, cached, br'] / peer:.2f}")


async def _look(store: Store) -> tuple[str, list[str], bytes]:
    """Return the tag of the front page, the paths of some articles, and the page's bytes."""
    from dateline.publish.addresses import card_path
    from dateline.store.cards import CardFilter, list_cards

    app = make_app(store, Site(name="Bench"), options=WebOptions(now=lambda: NOW))
    sent: list = []
    scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "root_path": ""}
    scope["headers"] = [(b"accept-encoding", b"br")]

    async def receive() -> dict:
        return {"type": "http.request", "body": b""}

    async def send(message: dict) -> None:
        sent.append(message)

    await app(scope, receive, send)
    with store.read() as tx:
        cards = list_cards(tx, CardFilter(limit=2000))
    tag = dict(sent[0]["headers"])[b"etag"].decode()
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return tag, [card_path(card) for card in cards], body


if __name__ == "__main__":
    main()
