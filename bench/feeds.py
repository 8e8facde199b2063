"""Reading feeds: ours beside fastfeedparser and feedparser, alone and one after the other.

    python bench/feeds.py [--rounds 5]

Speed: milliseconds of processor time a feed over the real feeds in ../shared/suites/real_feeds
(one line a system, the best of the rounds). Right: how many of the expectations in
../shared/suites/feedparser_cases about fields that Dateline keeps each system meets, through a
mapping of its result to those fields that favours it (titles are made plain by our own function).
feedparser's cases are feedparser's own, so its share is the yardstick, not a result.
"""

import argparse
import importlib.util
import io
import lzma
import sys
import tarfile
import time
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import fastfeedparser
import feedparser

from dateline.fetch.decoding import decode_body, prepare_xml
from dateline.fetch.feeds import read_feed
from dateline.fetch.words import plain_title
from dateline.model import Fetched

ROOT = Path(__file__).parents[1]
FEEDS = ROOT.parent / "shared" / "suites" / "real_feeds.tar.xz"
Read = tuple[dict[str, Any], list[dict[str, Any]]]
Reader = Callable[[bytes, str, str], Read]


@dataclass(frozen=True, kw_only=True)
class Score:
    """What one system did: ms a feed, expectations met, feeds on which it raised."""

    name: str
    ms: float
    right: int
    raised: int


def load_module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


suite = load_module(ROOT / "tests" / "fetch" / "feedparser_suite.py")


def read_ours(body: bytes, url: str, content_type: str) -> Read:
    feed = read_feed(body, url=url, content_type=content_type)
    if not isinstance(feed, Fetched):
        return {}, []
    head = {"feed title": feed.title, "feed language": feed.language}
    return head, [suite.show_entry(entry) for entry in feed.entries]


def read_with_fastfeedparser(body: bytes, url: str, content_type: str) -> Read:
    return _show_peer(fastfeedparser.parse(body))


def read_with_both(body: bytes, url: str, content_type: str) -> Read:
    """The chain of the first design: our safe text, fastfeedparser, feedparser if that fails."""
    mended = prepare_xml(decode_body(body, content_type)[0]).text.encode()
    found = _try(read_with_fastfeedparser, mended, url, content_type)
    if found is None or not found[1]:
        return read_with_feedparser(mended, url, content_type)
    return found


def read_with_feedparser(body: bytes, url: str, content_type: str) -> Read:
    headers = {"content-type": content_type, "content-location": url}
    return _show_peer(feedparser.parse(io.BytesIO(body), response_headers=headers))


def _show_peer(found: Mapping[str, Any]) -> Read:
    feed = found.get("feed") or {}
    head = {
        "feed title": plain_title(feed.get("title") or ""),
        "feed language": feed.get("language"),
    }
    return head, [_show_peer_entry(entry) for entry in found["entries"]]


def _show_peer_entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    content = (entry.get("content") or [{}])[0]
    source = entry.get("source") or {}
    summary = entry.get("description") or entry.get("summary") or ""
    files = [*(entry.get("media_thumbnail") or ()), *(entry.get("media_content") or ())]
    files += entry.get("enclosures") or ()
    tags = entry.get("tags") or ()
    image = entry.get("image")
    files += [image] if isinstance(image, Mapping) else []
    return {
        "title": plain_title(entry.get("title") or ""),
        "summary": summary or content.get("value") or "",
        "content": content.get("value") or summary,
        "link": entry.get("link"),
        "guid": entry.get("id"),
        "author": entry.get("author"),
        "published": _moment(entry, "published"),
        "updated": _moment(entry, "updated"),
        "category": [t for tag in tags for t in (tag.get("term"), tag.get("label")) if t],
        "picture": [url for file in files if (url := file.get("url") or file.get("href"))],
        "credited": source.get("title"),
        "credited_url": source.get("link") or source.get("href"),
        "language": entry.get("language") or content.get("language"),
    }


def _moment(entry: Mapping[str, Any], name: str) -> datetime | None:
    parsed, written = entry.get(f"{name}_parsed"), entry.get(name)
    try:
        return datetime(*parsed[:6], tzinfo=UTC) if parsed else datetime.fromisoformat(written)
    except (TypeError, ValueError):
        return None


def measure_speed(read: Reader, bodies: list[bytes], rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        for body in bodies:
            _try(read, body, "https://feeds.invalid/", "")
        best = min(best, time.process_time() - began)
    return best * 1000 / len(bodies)


def _try(read: Reader, body: bytes, url: str, content_type: str) -> Read | None:
    try:
        return read(body, url, content_type)
    except Exception:
        return None


def score(name: str, read: Reader, bodies: list[bytes], rounds: int) -> Score:
    right = raised = 0
    for case in suite.read_cases():
        found = _try(read, case.body, case.url, case.content_type)
        raised += found is None
        head, entries = found or ({}, [])
        right += sum(suite.agrees(check, head, entries, case.url) for check in case.checks)
    return Score(name=name, ms=measure_speed(read, bodies, rounds), right=right, raised=raised)


def read_bodies() -> list[bytes]:
    with lzma.open(FEEDS) as packed, tarfile.open(fileobj=io.BytesIO(packed.read())) as tar:
        files = (tar.extractfile(m) for m in tar if m.name.endswith(".xml"))
        return [file.read() for file in files if file]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    if not FEEDS.exists() or not suite.SUITE.exists():
        sys.exit(f"skipped: {FEEDS.name} or {suite.SUITE.name} is not in ../shared/suites")
    warnings.simplefilter("ignore")
    bodies = read_bodies()
    checks = sum(len(case.checks) for case in suite.read_cases())
    ours = score("dateline", read_ours, bodies, rounds)
    fast = score("fastfeedparser", read_with_fastfeedparser, bodies, rounds)
    both = score("fast, then slow", read_with_both, bodies, rounds)
    slow = score("feedparser", read_with_feedparser, bodies, max(1, rounds // 3))
    size = sum(map(len, bodies)) / 1e6
    print(f"{len(bodies)} real feeds, {size:.1f} MB; {checks} expectations of feedparser's cases")
    for one in (ours, fast, both, slow):
        print(
            f"{one.name:15} {one.ms:8.2f} ms a feed ({one.ms / ours.ms:6.2f} x ours)   "
            f"right {one.right:5} = {one.right / checks:6.1%}   raised {one.raised}"
        )


if __name__ == "__main__":
    main()
