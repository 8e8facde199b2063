"""Event sets in a store: the whole of one, or of each of many events one article alone.

A set goes through the whole pipeline (`import`), as one site of many outlets.
"""

import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dateline.model import Card
from dateline.pipeline.edges import Edges
from dateline.pipeline.grouping import Grouping
from dateline.pipeline.importing import OrderedLines, import_lines
from dateline.store import Store, open_store
from dateline.store.cards import CardFilter, list_cards
from dateline.text import list_words
from dateline.urls import read_host
from dateline.work.pool import Pool
from events import read_rows
from meaning import open_model

MONTH = timedelta(days=31)
SHARED_BY = 3
DAY = "2010-06-01T12:00:00+00:00"
_LONG = re.compile(r"[^\W\d_]{5,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One set in a store: cards in order, and what of each is known from the set."""

    name: str
    store: Store
    cards: tuple[Card, ...]
    texts: tuple[str, ...]
    events: tuple[str, ...]
    near: dict[str, set[str]]  # neighbouring events
    reports: tuple[int, ...]  # which articles a reader takes for one

    def find_right(self, place: int, *, wide: bool) -> set[int]:
        """Return the reports that are right answers for an article."""
        event = self.events[place]
        wanted = {event} | (self.near.get(event, set()) if wide else set())
        own = self.reports[place]
        return {
            report
            for other, report in zip(self.events, self.reports, strict=True)
            if other in wanted and report != own
        }


def open_set(name: str, folder: Path) -> Site:
    """Take a set through the pipeline, unless it was before."""
    rows = read_rows(name)
    return _open(name, rows, find_near(rows), folder / f"{name}.db")


def open_lone(name: str, folder: Path, draw: int) -> Site:
    """Take one article of each of many events through the pipeline, no two of neighbours.

    Each draw takes other events of those that are neighbours, and other articles.
    """
    rows = read_rows(name)
    near = find_near(rows)
    return _open(name, pick_lone(rows, near, draw), near, folder / f"{name}-lone-{draw}.db")


def pick_lone(
    rows: Sequence[dict[str, Any]], near: dict[str, set[str]], draw: int
) -> list[dict[str, Any]]:
    """Return one article of each event that is no neighbour of one taken before."""
    by_event = defaultdict[str, list[dict[str, Any]]](list)
    for row in rows:
        by_event[str(row["event"])].append(row)
    chance, taken = random.Random(draw), dict[str, dict[str, Any]]()
    for event in chance.sample(sorted(by_event), len(by_event)):
        if near[event].isdisjoint(taken):
            taken[event] = chance.choice(by_event[event])
    return [row for row in rows if taken.get(str(row["event"])) is row]


def _open(
    name: str, chosen: Sequence[dict[str, Any]], near: dict[str, set[str]], path: Path
) -> Site:
    rows = {f"{row['id']}": row for row in chosen}
    fresh = not path.exists()
    store = open_store(str(path), create=True)
    if fresh:
        _import(store, [_to_record(row) for row in rows.values()])
    with store.read() as tx:
        cards = list_cards(tx, CardFilter(limit=100_000))
    cards.sort(key=lambda card: card.article_id)
    mine = [rows[card.url.rpartition("/")[2]] for card in cards]
    return Site(
        name=name,
        store=store,
        cards=tuple(cards),
        texts=tuple(f"{row.get('title') or ''} {row['text']}" for row in mine),
        events=tuple(str(row["event"]) for row in mine),
        near=near,
        reports=find_reports(cards),
    )


def find_reports(cards: Sequence[Card]) -> tuple[int, ...]:
    """Return a number for each article, the same for what has one origin or one headline."""
    numbers = list(range(len(cards)))
    first: dict[object, int] = {}
    for place, card in enumerate(cards):
        headline = tuple(list_words(card.headline))
        for mark in [card.origin_id, *([headline] if headline else [])]:
            one, other = numbers[first.setdefault(mark, place)], numbers[place]
            numbers = [one if number == other else number for number in numbers]
    return tuple(numbers)


def _to_record(row: dict[str, Any]) -> dict[str, str]:
    host = (read_host(row["url"]) if row.get("url") else "") or f"nowhere-{row['id']}.example"
    record = {"url": f"https://{host}/{row['id']}", "text": row["text"], "title": row["title"]}
    record["published"] = (row.get("date") or "") + "+00:00" if row.get("date") else DAY
    return record | {"lang": row["lang"] or "en"}


def _import(store: Store, records: Sequence[dict[str, str]]) -> None:
    lines = OrderedLines.gather(json.dumps(record).encode() for record in records)
    with Pool(0) as pool:
        edges = Edges(
            store=store,
            web=None,  # type: ignore[arg-type]  # nothing is fetched
            pool=pool,
            clock=lambda: datetime.now(UTC),
            chance=random.random,
            holder="bench",
            encoder=open_model(),
            report=lambda line: print(line, file=sys.stderr),
        )
        import_lines(edges, lines, Grouping(), lambda state: None)
    lines.close()


def find_near(rows: Iterable[dict[str, Any]]) -> dict[str, set[str]]:
    """Return which events are neighbours."""
    dates: dict[str, list[datetime]] = defaultdict(list)
    words: dict[str, set[str]] = {}
    topics: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        event = str(row["event"])
        topics[str(row.get("topic") or event)].add(event)
        words[event] = set(_LONG.findall(str(row.get("event_name") or "").lower()))
        if row.get("date"):
            dates[event].append(datetime.fromisoformat(row["date"]).replace(tzinfo=None))
    near = {event: set(topic) - {event} for topic in topics.values() for event in topic}
    when = {event: sorted(found)[len(found) // 2] for event, found in dates.items()}
    for event, at in when.items():
        around = [other for other in when if abs(when[other] - at) <= MONTH]
        common = Counter(word for other in around for word in words[other])
        telling = {word for word in words[event] if common[word] <= SHARED_BY}
        near[event] |= {other for other in around if other != event and words[other] & telling}
    return near
