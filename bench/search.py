"""What a search costs among a million articles, ours beside what else could be asked.

Run: python bench/search.py --keep FOLDER [--articles N] [--address postgresql://…] [--peers]
The made-up site (`search_data.py`) is built in FOLDER, or in the PostgreSQL database at the
address, where it is not there yet: for a million a quarter of an hour, PostgreSQL longer. Prints
one line a kind of question: processor time, median and 95th percentile of different questions (on
PostgreSQL with the server's own, where it runs on this machine), in milliseconds; and the most wall
time.

`newest` is the newest 21 hits; `page` the newest thousand, counted and grouped, with what is shown;
`best` the same, ranked.
"""

import argparse
import gc
import itertools
import math
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import text

from dateline.publish.asking import parse_search
from dateline.publish.results import count_facets, group_hits
from dateline.store import SearchQuery, Store, Tx, open_store
from dateline.store.search import find_hits
from dateline.store.search_texts import load_found
from dateline.store.sources import list_sources
from dateline.store.stories import load_short_stories
from dateline.web.asked import Sought, add_either, make_query
from dateline.web.desk import Frame
from dateline.web.finding import (
    COUNT_SECONDS,
    OF_STORY,
    PAGE,
    SECONDS,
    WINDOW,
    make_patience,
    rank,
)
from dateline.web.meant import find_meant
from search_data import NOW, Maker, fill
from search_peers import Peer, list_peers

ZONE = ZoneInfo("UTC")
PEER_KINDS = ("common word", "middling word", "rare word", "phrase of common words")
PEER_SECONDS = 45.0  # for one kind of question to one of them
Ask = Callable[[Tx, str], object]


class Asker:
    """Makes questions of each kind, different ones and the same in each run."""

    def __init__(self, maker: Maker, articles: int) -> None:
        self.maker, self.draw = maker, maker.random
        self.draw.seed(7)
        self.days = articles / 5760

    def word(self, low: int, high: int) -> str:
        return self.maker.words[self.draw.randrange(low, high)]

    def phrase(self, length: int, limit: int) -> str:
        """Words that stand together somewhere, all of them among the `limit` most frequent."""
        known = set(self.maker.words[:limit])
        for _ in range(10_000):
            words = self.maker.take(self.maker.pool, length)
            if known.issuperset(words) and len(set(words)) == length:
                return f'"{" ".join(words)}"'
        raise SystemExit("There are no such words together.")

    def day(self) -> str:
        return f"{NOW + timedelta(days=self.draw.uniform(1, self.days)):%Y-%m-%d}"

    def list_kinds(self) -> dict[str, Callable[[], str]]:
        people, places = self.maker.people, self.maker.places
        draw, word = self.draw, self.word
        common, middle = (lambda: word(0, 50)), (lambda: word(300, 3000))
        known, unknown = (
            (lambda: people[draw.randrange(20)]),
            (lambda: people[-draw.randrange(1, 9999)]),
        )
        return {
            "common word": common,
            "middling word": middle,
            "rare word": lambda: word(30_000, 60_000),
            "two common words": lambda: f"{common()} {common()}",
            "common and middling": lambda: f"{common()} {middle()}",
            "two middling words": lambda: f"{middle()} {middle()}",
            "common and rare": lambda: f"{common()} {word(30_000, 60_000)}",
            "phrase of common words": lambda: self.phrase(2, 50),
            "phrase of three": lambda: self.phrase(3, 3000),
            "outlet: alone": lambda: f"outlet:s{draw.randrange(200)}",
            "outlet: and common": lambda: f"outlet:s{draw.randrange(200)} {common()}",
            "outlet: and rare": lambda: f"outlet:s{draw.randrange(200)} {word(20_000, 60_000)}",
            "lang: and middling": lambda: f"lang:ja {middle()}",
            "from: to: and common": lambda: f"{common()} from:{self.day()} to:{self.day()}",
            "said-by: known": lambda: f'said-by:"{known()}"',
            "said-by: known, common": lambda: f'said-by:"{known()}" {common()}',
            "said-by: rare, common": lambda: f'said-by:"{unknown()}" {common()}',
            "person: known, middling": lambda: f'person:"{known()}" {middle()}',
            "place:": lambda: f'place:"{places[draw.randrange(2000)]}"',
            "story: and common": lambda: f"story:{draw.randrange(1000, 9999)} {common()}",
            "without a common word": lambda: f"{middle()} -{common()}",
            "either of two": lambda: f"{common()} OR {middle()}",
            "either, and rare": lambda: f"{common()} OR {middle()} {word(30_000, 60_000)}",
            "beginning of a word": lambda: f"{middle()[:4]}*",
        }

    def list_hostile(self) -> dict[str, Callable[[], str]]:
        word = self.word
        return {
            "phrase that never is": lambda: '"{}"'.format(" ".join([word(0, 9)] * 3)),
            "32 common words": lambda: " ".join(word(0, 90) for _ in range(40)),
            "either of thirty": lambda: " OR ".join(word(0, 90) for _ in range(30)),
            "two beginnings": lambda: f"{word(0, 60)[:2]}an* {word(70, 900)[:3]}*",
            "all but": lambda: f"{word(0, 9)} -{word(0, 9)} -{word(0, 9)}",
        }


def make_site(store: Store) -> Frame:
    with store.read() as tx:
        sources = {source.key: source for source in list_sources(tx)}
    return Frame(
        generation=1,
        made_at=NOW,
        sources=sources,
        sections=("World", "Sport", "Business", "Culture", "Science"),
        languages=("de", "en", "es", "fr", "ja"),
        popular_by="read",
        popular=(),
        most_read=(),
        held={},
        ranked=(),
        reasons={},
    )


class Ours:
    """Our search, as the page of the site uses it."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.stopped = 0

    def read(self, tx: Tx, typed: str, limit: int) -> SearchQuery:
        parts = parse_search(typed)
        dates = {part.operator: part.value for part in parts if part.operator in ("from", "to")}
        sought = Sought(
            parts=tuple(part for part in parts if part.operator not in ("from", "to")),
            since=datetime.fromisoformat(min(dates.values())).date() if dates else None,
            until=datetime.fromisoformat(max(dates.values())).date() if dates else None,
        )
        meant = find_meant(tx, sought.parts)
        return make_query(sought, meant, self.frame, ZONE, limit=limit)

    def find(self, tx: Tx, query: SearchQuery):
        # The clock is this process's own time: others on the machine do not shorten the search.
        now = time.process_time()
        patience = replace(make_patience(), clock=time.process_time)
        patience = replace(patience, until=now + SECONDS, content=now + COUNT_SECONDS)
        if tx.dialect == "postgresql":  # whose work is not in the time of this process
            patience = make_patience()
        hits = find_hits(tx, query, patience)
        self.stopped += hits.stopped
        return hits

    def newest(self, tx: Tx, typed: str) -> object:
        query = self.read(tx, typed, 21)
        ids = [hit.article_id for hit in self.find(tx, query).hits]
        return load_found(tx, ids, query)

    def ids(self, tx: Tx, typed: str) -> object:
        return [hit.article_id for hit in self.find(tx, self.read(tx, typed, 21)).hits]

    def ranked(self, tx: Tx, typed: str) -> object:
        query = self.read(tx, typed, WINDOW)
        return rank(tx, self.find(tx, query).hits, add_either(query))[:21]

    def page(self, tx: Tx, typed: str) -> object:
        return self._show(tx, typed, best=False)

    def best(self, tx: Tx, typed: str) -> object:
        return self._show(tx, typed, best=True)

    def _show(self, tx: Tx, typed: str, *, best: bool) -> object:
        query = self.read(tx, typed, WINDOW)
        hits, query = self.find(tx, query).hits, add_either(query)
        ranked = rank(tx, hits, query) if best else hits
        groups = group_hits(ranked)[:PAGE]
        facets = count_facets(hits, ZONE)
        shown = [hit.article_id for group in groups for hit in group.hits[:OF_STORY]]
        several = [group.story_id for group in groups if group.story_id and len(group.hits) > 1]
        heads = load_short_stories(tx, several)
        return load_found(tx, shown, query), heads, facets


def read_server_time(tx: Tx) -> float:
    """Return the processor time that the server's process for this connection has taken."""
    if tx.dialect == "sqlite":
        return 0.0
    pid = tx.conn.execute(text("SELECT pg_backend_pid()")).scalar_one()
    path = Path(f"/proc/{pid}/schedstat")
    return int(path.read_text().split()[0]) / 1e9 if path.exists() else 0.0


def measure(
    store: Store, typed: list[str], ask: Ask, seconds: float = math.inf
) -> tuple[float, float, float]:
    """Return median and 95th percentile of processor time, and the most wall time, in ms.

    After so many `seconds` nothing more is asked.
    """
    times, longest, until = [], 0.0, time.monotonic() + seconds
    for one in typed:
        if times and time.monotonic() > until:
            break
        with store.read() as tx:
            server, wall, began = read_server_time(tx), time.monotonic(), time.process_time()
            ask(tx, one)
            spent = time.process_time() - began
            longest = max(longest, time.monotonic() - wall)
            times.append((spent + read_server_time(tx) - server) * 1e3)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)], longest * 1e3


def warm(store: Store, ours: Ours, typed: list[str]) -> None:
    for one in typed[:3]:
        with store.read() as tx:
            ours.best(tx, one)


def show(store: Store, kinds: dict[str, Callable[[], str]], ours: Ours, count: int) -> None:
    print(f"{'question':26}{'newest':>16}{'page':>18}{'best':>18}{'most wall':>11}  stopped")
    for name, make in kinds.items():
        typed = [make() for _ in range(count)]
        warm(store, ours, typed)
        ours.stopped = 0
        found = [measure(store, typed, ask) for ask in (ours.newest, ours.page, ours.best)]
        cells = "".join(f"{median:9.1f} /{most:7.1f}" for median, most, _ in found)
        wall = max(longest for _, _, longest in found)
        print(f"{name:26}{cells}{wall:9.0f}  {ours.stopped or ''}", flush=True)


def show_peers(store: Store, asker: Asker, ours: Ours, folder: Path) -> None:
    """Print one line a system: 21 numbers, the best beside our best, the newest beside ours."""
    kinds = asker.list_kinds()
    typed = {name: [kinds[name]() for _ in range(12)] for name in PEER_KINDS}
    known: dict[bool, list[float]] = {}
    print(f"\n{'median / 95 %, ms':22}" + "".join(f"{name:>34}" for name in PEER_KINDS))
    rows = [Peer("ours, newest", ours.ids, False), Peer("ours, best", ours.ranked)]
    for peer in itertools.chain(rows, list_peers(store, folder)):
        cells = [measure(store, asked, peer.ask, PEER_SECONDS) for asked in typed.values()]
        of_ours = known.setdefault(peer.ranks, [median for median, _, _ in cells])
        told = "".join(
            f"{median:13.1f} /{most:10.1f} ×{median / own:<7.1f}"
            for (median, most, _), own in zip(cells, of_ours, strict=True)
        )
        print(f"{peer.name:22}{told}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, required=True, help="folder of the made-up site")
    parser.add_argument("--articles", type=int, default=1_000_000)
    parser.add_argument("--address", default="")
    parser.add_argument("--count", type=int, default=60, help="questions of each kind")
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    maker = Maker()
    address = options.address or str(options.keep / f"search-{options.articles}.db")
    with open_store(address, create=True) as store:
        with store.read() as tx:
            last = tx.conn.execute(text("SELECT max(id) FROM articles")).scalar()
        if not last:
            fill(store, maker, options.articles)
        asker, ours = Asker(maker, options.articles), Ours(make_site(store))
        gc.freeze()  # the words of the made-up site are no business of the collector
        show(store, asker.list_kinds(), ours, options.count)
        print("hostile")
        show(store, asker.list_hostile(), ours, options.count)
        if options.peers:
            show_peers(store, asker, ours, options.keep)


if __name__ == "__main__":
    main()
