"""Event sets as leads: the public sets of ../shared/bench, each article with its true event.

One reader for all: articles in order of their date (those without one come last, in file order, as
the pipeline would meet them); a missing language is detected, as the pipeline does. Nothing is
specific to a set but its file's name.
"""

import json
import lzma
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import comb
from pathlib import Path
from typing import Any

import py3langid as langid

from dateline.model import ArticleId, Lead, SourceId

SHARED = Path(__file__).parents[2] / "shared" / "bench"
SETS = ("events_giveme5w1h", "events_ecbplus_train", "events_itn_2018_2022", "events_vietnamese_a")
_NO_DATE = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSet:
    """Leads in order, and the event of each."""

    name: str
    leads: tuple[Lead, ...]
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """B-cubed precision, recall and F1, the adjusted Rand index, and the number of clusters."""

    precision: float
    recall: float
    f1: float
    ari: float
    clusters: int


def read_rows(name: str) -> list[dict[str, Any]]:
    """Read one file of JSON lines from the shared data."""
    with lzma.open(SHARED / f"{name}.jsonl.xz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def load_set(name: str) -> EventSet:
    """Read one event set."""
    rows = sorted(read_rows(name), key=lambda row: _date(row) or datetime.max.replace(tzinfo=UTC))
    moment, leads = _NO_DATE, []
    for number, row in enumerate(rows, start=1):
        moment = _date(row) or moment
        leads.append(_lead(row, number, moment))
    return EventSet(name=name, leads=tuple(leads), events=tuple(str(r["event"]) for r in rows))


def _date(row: dict[str, Any]) -> datetime | None:
    try:
        return datetime.fromisoformat(row["date"]).replace(tzinfo=UTC)
    except (KeyError, TypeError, ValueError):
        return None


def _lead(row: dict[str, Any], number: int, moment: datetime) -> Lead:
    return Lead(
        article_id=ArticleId(number),
        source_id=SourceId(1),
        url=str(row.get("url") or row["id"]),
        language=row.get("lang") or langid.classify(row["text"][:2000])[0],
        headline=row.get("title") or "",
        text=row["text"],
        at=moment,
    )


def score(truth: Sequence[str], found: Sequence[int], only: set[str] | None = None) -> Score:
    """Return B-cubed and ARI over the articles whose true event is among `only` (None: all)."""
    rows = [(t, f) for t, f in zip(truth, found, strict=True) if only is None or t in only]
    both, true_size = Counter(rows), Counter(t for t, _ in rows)
    found_size = Counter(f for _, f in rows)
    precision = sum(both[row] / found_size[row[1]] for row in rows) / len(rows)
    recall = sum(both[row] / true_size[row[0]] for row in rows) / len(rows)
    f1 = 2 * precision * recall / (precision + recall)
    return Score(
        precision=precision,
        recall=recall,
        f1=f1,
        ari=_rand(both, true_size, found_size),
        clusters=len(found_size),
    )


def _rand(
    both: Counter[tuple[str, int]], true_size: Counter[str], found_size: Counter[int]
) -> float:
    """Return the adjusted Rand index: 1 where all pairs agree, 0 for chance."""
    together = sum(comb(n, 2) for n in both.values())
    true = sum(comb(n, 2) for n in true_size.values())
    found = sum(comb(n, 2) for n in found_size.values())
    chance = true * found / max(1, comb(both.total(), 2))
    most = (true + found) / 2
    return (together - chance) / (most - chance) if most != chance else 1.0


def halve_events(truth: Sequence[str]) -> tuple[set[str], set[str]]:
    """Split the events in two halves of about as many articles, the same in every run."""
    sizes = Counter(truth)
    halves: tuple[set[str], set[str]] = (set(), set())
    weight = [0, 0]
    for event, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        side = int(weight[1] < weight[0])
        halves[side].add(event)
        weight[side] += size
    return halves


def pick(events: EventSet, only: set[str]) -> EventSet:
    """Return the part of a set whose events are among `only`."""
    kept = [i for i, event in enumerate(events.events) if event in only]
    return EventSet(
        name=events.name,
        leads=tuple(events.leads[i] for i in kept),
        events=tuple(events.events[i] for i in kept),
    )


def group_by_event(events: EventSet) -> Iterator[list[Lead]]:
    """Yield the articles of each event."""
    groups: dict[str, list[Lead]] = defaultdict(list)
    for lead, event in zip(events.leads, events.events, strict=True):
        groups[event].append(lead)
    yield from groups.values()
