"""The alarm: hours in which an article was read so much more than anything explains.

What explains reading: that it was read nearly as much before, that other articles are read as much
in the same hour, and that several independent origins are about its story. Networks are compared,
not reads: a crowd from few networks weighs nothing already, so that what jumps here came from
many. While an hour jumps, it counts for no more than the hours before: the place is held. What is
explained may grow threefold an hour, so that news that everyone reads is held for an hour or two
at most, and a place is released by itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from dateline.model import ArticleId, HourReads, Jump

LOOK_BACK = timedelta(hours=6)
JUDGED = timedelta(hours=2)  # how long an hour is looked at again
LEAST = 30  # networks in an hour that are never odd
GROWTH = 3
_HOUR = timedelta(hours=1)
_TOP = 0.9  # of the articles that are read in an hour, how many are read less than the usual most

Table = Mapping[datetime, Mapping[ArticleId, HourReads]]


def find_jumps(
    hours: Iterable[HourReads], coverage: Mapping[ArticleId, int], now: datetime
) -> list[Jump]:
    """Return the hours, of the last two, in which an article jumped, by hour and article.

    `hours` are at least those of the last `LOOK_BACK` + `JUDGED`; `coverage` gives the independent
    origins of the story of each article, 1 where it says nothing.
    """
    table: dict[datetime, dict[ArticleId, HourReads]] = defaultdict(dict)
    for each in hours:
        table[each.hour][each.article_id] = each
    found: list[Jump] = []
    for hour in sorted(hour for hour in table if now - JUDGED < hour <= now):
        loud = [each for each in table[hour].values() if each.networks > LEAST]
        judged = (_judge(table, each, coverage.get(each.article_id, 1)) for each in loud)
        found += [jump for jump in judged if jump is not None]
    return sorted(found, key=lambda jump: (jump.hour, jump.article_id))


def list_loud(hours: Iterable[HourReads], now: datetime) -> set[ArticleId]:
    """Return the articles whose coverage `find_jumps` will ask for."""
    return {
        each.article_id
        for each in hours
        if each.networks > LEAST and now - JUDGED < each.hour <= now
    }


def _judge(table: Table, seen: HourReads, origins: int) -> Jump | None:
    explained, own = 0.0, 0.0
    grown: list[float] = []  # what was explained in each hour before
    hours = int(LOOK_BACK / _HOUR)
    for back in range(hours, -1, -1):
        hour = seen.hour - back * _HOUR
        own = max(grown[-hours:], default=0.0)
        usual = _find_usual(table.get(hour, {}), seen.article_id)
        explained = max(LEAST, GROWTH * own, GROWTH * usual * (1 + origins))
        grown.append(min(_read(table, hour, seen.article_id), explained))
    if seen.networks <= explained:
        return None
    before = sum(grown[:-1]) / hours
    return Jump(
        article_id=seen.article_id,
        hour=seen.hour,
        networks=round(seen.networks),
        explained=round(explained),
        before=before,
        own=round(own),
        usual=round(_find_usual(table[seen.hour], seen.article_id)),
        origins=origins,
    )


def _read(table: Table, hour: datetime, article_id: ArticleId) -> float:
    found = table.get(hour, {}).get(article_id)
    return found.networks if found else 0.0


def _find_usual(read: Mapping[ArticleId, HourReads], without: ArticleId) -> float:
    others = sorted(each.networks for each in read.values() if each.article_id != without)
    return others[min(int(len(others) * _TOP), len(others) - 1)] if others else 0.0
