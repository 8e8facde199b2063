"""The counts of one day, published: how many readers each article had, by the day of UTC.

Numbers below five are not told: where two people read an article, one of them would learn of the
other. Their sum is, and how many articles they are.
"""

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from dateline.model import ArticleId, HourReads

LEAST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleDay:
    """One article on one day."""

    article_id: ArticleId
    reads: int
    networks: int | None  # by these the list is ordered, crowds weighed down; None: below five


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCounts:
    """One day: the articles that may be told, most reads first, and what is not told in sum."""

    day: date
    articles: tuple[ArticleDay, ...]
    reads: int  # of all articles
    untold: int  # articles with fewer reads than are told


def count_day(day: date, hours: Iterable[HourReads]) -> DayCounts:
    """Return the counts of a day from the sums of its hours."""
    reads: dict[ArticleId, int] = defaultdict(int)
    networks: dict[ArticleId, float] = defaultdict(float)
    for each in hours:
        reads[each.article_id] += max(each.reads, 0)
        networks[each.article_id] += each.networks
    told = [
        ArticleDay(article_id=each, reads=count, networks=_tell(min(networks[each], count)))
        for each, count in reads.items()
        if count >= LEAST
    ]
    return DayCounts(
        day=day,
        articles=tuple(sorted(told, key=lambda one: (-one.reads, one.article_id))),
        reads=sum(reads.values()),
        untold=sum(1 for count in reads.values() if 0 < count < LEAST),
    )


def _tell(networks: float) -> int | None:
    return round(networks) if round(networks) >= LEAST else None


def write_json(counts: DayCounts, link: Callable[[ArticleId], str]) -> bytes:
    """Return the counts as JSON; `link` gives the full address of an article's page."""
    record = {
        "day": counts.day.isoformat(),
        "reads": counts.reads,
        "least": LEAST,
        "articles_below_least": counts.untold,
        "articles": [
            {
                "article": each.article_id,
                "url": link(each.article_id),
                "reads": each.reads,
                "networks": each.networks,
            }
            for each in counts.articles
        ],
    }
    return json.dumps(record, separators=(",", ":")).encode() + b"\n"


def write_csv(counts: DayCounts, link: Callable[[ArticleId], str]) -> bytes:
    """Return the counts as CSV (RFC 4180) with a head line."""
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(("article", "url", "reads", "networks"))
    for each in counts.articles:
        networks = "" if each.networks is None else each.networks
        writer.writerow((each.article_id, link(each.article_id), each.reads, networks))
    return sink.getvalue().encode()
