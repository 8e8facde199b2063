"""Fetches the real pages and feeds of ../shared into a site, each host served on loopback.

    .venv/bin/python bench/real_pages.py [--keep DIR]

Each page stands at its own address on its own host; each host has an RSS feed of its pages; the
real feeds stand on hosts of their own (the pages that they name are not there: they answer 404, so
that the feed's own text has to do). Prints what came of it: sources, entries, articles, failures by
reason, seconds, peak memory.
"""

import argparse
import contextlib
import gzip
import json
import os
import re
import resource
import sys
import tarfile
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.sax.saxutils import escape

from dateline.cli.home import open_edges, open_house
from dateline.cli.running import fetch
from dateline.cli.terminal import tell
from dateline.model import Source
from dateline.net import NetPolicy, Web
from dateline.settings import CATALOG_NAME, FILE_NAME, write_settings
from dateline.sources.catalog import write_source
from dateline.store import articles as article_rows
from dateline.store import entries as entry_rows
from dateline.store import origins as origin_rows
from dateline.store import stories as story_rows
from dateline.text import make_slug
from dateline.urls import canonicalise, parse_web_url, read_host

SHARED = Path(__file__).parents[2] / "shared"
CANONICAL = re.compile(rb"<link[^>]+rel=[\"']?canonical[\"']?[^>]*>", re.IGNORECASE)
HREF = re.compile(rb"href=[\"']?(https?://[^\"'\s>]+)", re.IGNORECASE)


def load_pages() -> Iterator[tuple[str, bytes]]:
    """Yield the address and the gzipped HTML of each real page."""
    with tarfile.open(SHARED / "bench/fundus_evaluation.tar.xz") as tar:
        for name in json.load(tar.extractfile("ground_truth.json")):
            body = tar.extractfile(f"html/{name}").read()
            yield find_address(gzip.decompress(body), name), body
    with tarfile.open(SHARED / "bench/scrapinghub_aeb.tar.xz") as tar:
        for name, truth in json.load(tar.extractfile("ground-truth.json")).items():
            yield truth["url"], tar.extractfile(f"html/{name}.html.gz").read()
    with tarfile.open(SHARED / "bench/fundus_testdata_multilingual.tar.xz") as tar:
        for member in [m for m in tar.getnames() if m.endswith("/meta.info")]:
            for name, told in json.load(tar.extractfile(member)).items():
                path = f"{member.removesuffix('meta.info')}{name}"
                if path in tar.getnames():
                    yield told["url"], tar.extractfile(path).read()


def find_address(html: bytes, name: str) -> str:
    """Return the address that a page names as its own, or one made of its file's name."""
    tag = CANONICAL.search(html)
    href = HREF.search(tag.group()) if tag else None
    outlet = make_slug(name.partition("_")[0])
    return href.group(1).decode() if href else f"https://{outlet}.example/{make_slug(name)}"


def load_feeds() -> Iterator[tuple[str, bytes]]:
    """Yield a made-up host and the body of each real feed."""
    with tarfile.open(SHARED / "suites/real_feeds.tar.xz") as tar:
        for name in tar.getnames():
            if name.endswith((".xml", "json_feed_sample.json")):
                yield f"{make_slug(Path(name).stem)}.feeds.example", tar.extractfile(name).read()


class RecordedWeb:
    """All pages by host and path, with one feed a host."""

    def __init__(self) -> None:
        self.pages: dict[tuple[str, str], bytes] = {}
        self.feeds: dict[str, bytes] = {}
        self.count = 0
        listed: dict[str, list[str]] = defaultdict(list)
        for url, body in load_pages():
            address = parse_web_url(url)
            assert address, url
            host = read_host(address)
            path = address.partition("://")[2].partition("/")[2].partition("#")[0]
            self.pages[host, "/" + path] = body
            listed[host].append(address)
            self.count += 1
        for host, urls in listed.items():
            self.feeds[host] = write_feed(host, urls)
        self.page_hosts = sorted(listed)
        self.feeds |= dict(load_feeds())

    def answer(self, host: str, path: str) -> tuple[int, str, bytes, bool]:
        if path == "/dateline-bench-feed" and host in self.feeds:
            return 200, "application/xml", self.feeds[host], False
        if (host, path) in self.pages:
            return 200, "text/html", self.pages[host, path], True
        return 404, "text/plain", b"not here", False


def write_feed(host: str, urls: list[str]) -> bytes:
    """Return an RSS feed that names each page of a host, without a title or a date."""
    at = format_datetime(datetime.now(UTC))
    items = "".join(f"<item><link>{escape(u)}</link><guid>{escape(u)}</guid></item>" for u in urls)
    head = f"<title>{host}</title><link>http://{host}/</link><pubDate>{at}</pubDate>"
    return f'<rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


def serve(web: RecordedWeb) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host = self.headers.get("Host", "").partition(":")[0].lower()
            status, kind, body, packed = web.answer(host, self.path)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if packed:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def write_home(home: Path, web: RecordedWeb) -> int:
    home.mkdir(parents=True, exist_ok=True)
    values = {"allow_loopback": True, "contact": "bench@dateline.example", "site_name": "Bench"}
    (home / FILE_NAME).write_text(write_settings(values))
    blocks = [
        write_source(
            Source(
                key=make_slug(host),
                name=host,
                home=f"http://{host}/",
                feeds=(f"http://{host}/dateline-bench-feed",),
            )
        )
        for host in sorted(web.feeds)
    ]
    (home / CATALOG_NAME).write_text("\n".join(blocks))
    return len(blocks)


class Watch(threading.Thread):
    """Looks at the memory of every process of this run, twice a second (Linux)."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.largest_mb = 0.0
        self.together_mb = 0.0

    def run(self) -> None:
        while True:
            sizes = {pid: read_resident_mb(pid) for pid in list_group()}
            self.together_mb = max(self.together_mb, sum(sizes.values()))
            sizes.pop(os.getpid(), None)
            self.largest_mb = max([self.largest_mb, *sizes.values()])
            time.sleep(0.5)


def list_group() -> list[int]:
    group = os.getpgrp()
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ProcessLookupError):
            if os.getpgid(int(path.name)) == group:
                found.append(int(path.name))
    return found


def read_resident_mb(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 / 1e6
    except (OSError, IndexError):
        return 0.0


def report(home: Path, web: RecordedWeb, sources: int, seconds: float, watch: Watch) -> None:
    with open_house(home) as house, house.store.read() as tx:
        counts = entry_rows.count_entries(tx)
        articles = list(article_rows.iterate_articles(tx))
        stories = sum(1 for _ in story_rows.iterate_stories(tx))
        origins = sum(1 for _ in origin_rows.iterate_origins(tx))
    states: Counter[str] = Counter()
    for (state, _), count in counts.items():
        states[state] += count
    urls = {canonicalise(article.url) for article in articles}
    pages = sum(1 for url, _ in load_pages() if canonicalise(parse_web_url(url) or url) in urls)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"sources {sources}, entries {sum(counts.values())}, articles {len(articles)}, "
        f"origins {origins}, stories {stories}"
    )
    print(f"pages served {web.count}, of these articles now {pages}")
    print("entries: " + ", ".join(f"{state} {count}" for state, count in states.most_common()))
    for (state, problem), count in sorted(counts.items(), key=lambda item: -item[1]):
        if problem:
            print(f"  {state} {count}: {problem}")
    print(f"taken from: {Counter(a.version.reading.taken_from for a in articles).most_common()}")
    print(f"undatable: {sum(a.version.reading.published.at is None for a in articles)}")
    memory = f"{own:.0f} MB, largest worker {watch.largest_mb:.0f} MB"
    print(f"seconds {seconds:.1f}, peak memory {memory}, all together {watch.together_mb:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, help="home folder to keep the site in")
    options = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit("../shared is not there; nothing to fetch")
    web = RecordedWeb()
    server = serve(web)
    with tempfile.TemporaryDirectory() as scratch:
        home = options.keep or Path(scratch)
        sources = write_home(home, web)
        policy = NetPolicy(
            user_agent="Dateline bench",
            allow_loopback=True,
            stand_ins={"*": ("127.0.0.1", server.server_address[1])},
            min_gap=0.0,
            per_host=4,
        )
        watch = Watch()
        watch.start()
        started = time.monotonic()
        with open_house(home) as house, Web(policy) as door, open_edges(house, web=door) as edges:
            failed = fetch(house, edges, once=True)
        seconds = time.monotonic() - started
        tell(f"a step failed: {failed}" if failed else "fetched")
        report(home, web, sources, seconds, watch)


if __name__ == "__main__":
    main()
