"""The alarm: hours in which an article was read so much more than anything explains.

What explains reading: that it was read nearly as much before, that other articles are read as much
in the same hour, and that several independent origins are about its story. Networks are compared,
not reads: a crowd from few networks weighs nothing already, so that what jumps here came from
many. While an hour jumps, it counts for no more than the hours before: the place is held. What is
explained may grow threefold an hour, so that news that everyone reads is held for an hour or two
at most, and a place is released by itself.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import dropwhile

from dateline.model import ArticleId, HourReads, Jump

LOOK_BACK = timedelta(hours=6)
JUDGED = timedelta(hours=2)  # how long an hour is looked at again
LEAST = 30  # networks in an hour that are never odd
GROWTH = 3
_HOUR = timedelta(hours=1)
_TOP = 0.9  # of the articles that are read in an hour, how many are read less than the usual most


class _Table:
    """What was read in each hour, and all of an hour in order, sorted once."""

    def __init__(self, hours: Iterable[HourReads]) -> None:
        self.read: dict[datetime, dict[ArticleId, HourReads]] = defaultdict(dict)
        for each in hours:
            self.read[each.hour][each.article_id] = each
        self._sorted = {
            hour: sorted(each.networks for each in read.values())
            for hour, read in self.read.items()
        }

    def find_networks(self, hour: datetime, article_id: ArticleId) -> float:
        """Return in how many networks an article was read in an hour."""
        found = self.read[hour].get(article_id) if hour in self.read else None
        return found.networks if found else 0.0

    def find_usual(self, hour: datetime, article_id: ArticleId) -> float:
        """Return in how many networks those of the other articles are read that are read most."""
        networks = self._sorted.get(hour, [])
        is_in = hour in self.read and article_id in self.read[hour]
        others = len(networks) - is_in
        if others < 1:
            return 0.0
        place = min(int(others * _TOP), others - 1)
        # In the list without its own number, those behind that move up by one.
        own = bisect_left(networks, self.find_networks(hour, article_id)) if is_in else others
        return networks[place + (own <= place)]


def find_jumps(
    hours: Iterable[HourReads], coverage: Mapping[ArticleId, int], now: datetime
) -> list[Jump]:
    """Return the hours, of the last two, in which an article jumped, by hour and article.

    `hours` are at least those of the last `LOOK_BACK` + `JUDGED`; `coverage` gives the independent
    origins of the story of each article, 1 where it says nothing.
    """
    table = _Table(hours)
    found: list[Jump] = []
    for hour in sorted(hour for hour in table.read if now - JUDGED < hour <= now):
        loud = [each for each in table.read[hour].values() if each.networks > LEAST]
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


def _judge(table: _Table, seen: HourReads, origins: int) -> Jump | None:
    explained, own = 0.0, 0.0
    grown: list[float] = []  # what was explained in each hour before
    hours = int(LOOK_BACK / _HOUR)
    for back in range(hours, -1, -1):
        hour = seen.hour - back * _HOUR
        own = max(grown[-hours:], default=0.0)
        usual = table.find_usual(hour, seen.article_id)
        explained = max(LEAST, GROWTH * own, GROWTH * usual * (1 + origins))
        grown.append(min(table.find_networks(hour, seen.article_id), explained))
    if seen.networks <= explained:
        return None
    lived = list(dropwhile(lambda networks: networks == 0, grown[:-1]))
    return Jump(
        article_id=seen.article_id,
        hour=seen.hour,
        networks=round(seen.networks),
        explained=round(explained),
        before=sum(lived) / len(lived) if lived else 0.0,
        own=round(own),
        usual=round(table.find_usual(seen.hour, seen.article_id)),
        origins=origins,
    )
