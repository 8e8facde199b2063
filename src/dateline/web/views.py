"""Reads, counted without cookies and hard to inflate, and kept only as sums by the hour.

A read is a page that stayed open and visible for five seconds (the script says so), not by a bot,
and at most once an hour from one network for one article. Counts are gathered in memory and
written by `flush`; what is not written when the process dies is lost, which is the price of
writing nothing while people read.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from dateline.model import ArticleId
from dateline.store import Store
from dateline.store.cards import load_cards
from dateline.store.views import add_views
from dateline.web.throttle import NetworkKey

LONGEST = 500_000  # (network, article) pairs remembered within an hour; beyond it none is counted
_BATCH = 500
Waiting = Counter[tuple[datetime, int]]  # reads by hour and article


@dataclass(slots=True)
class Views:
    """The reads of this process that are not written yet."""

    _networks: NetworkKey = field(default_factory=NetworkKey)
    _hour: datetime | None = None
    _seen: set[tuple[bytes, int]] = field(default_factory=set)
    _waiting: Waiting = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def count(self, article_id: int, address: str, now: datetime) -> bool:
        """Count one read, unless this network read this article within this hour."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        with self._lock:
            if self._hour != hour:
                self._hour, self._seen = hour, set()
            mark = (self._networks.hash_network(address, now), article_id)
            if mark in self._seen or len(self._seen) >= LONGEST:
                return False
            self._seen.add(mark)
            self._waiting[hour, article_id] += 1
            return True

    def flush(self, store: Store, now: datetime) -> int:
        """Write what is waiting, reads of articles that do not exist left out; returns how many."""
        with self._lock:
            waiting, self._waiting = self._waiting, Counter()
        if not waiting:
            return 0
        try:
            return _write(store, waiting, now)
        except BaseException:
            with self._lock:
                self._waiting.update(waiting)
            raise


def _write(store: Store, waiting: Waiting, now: datetime) -> int:
    wanted = sorted({ArticleId(article_id) for _hour, article_id in waiting})
    with store.write(now) as tx:
        known = {
            card.article_id
            for at in range(0, len(wanted), _BATCH)
            for card in load_cards(tx, wanted[at : at + _BATCH])
        }
        hours: dict[datetime, dict[ArticleId, int]] = {}
        for (hour, article_id), count in waiting.items():
            if article_id in known:
                hours.setdefault(hour, {})[ArticleId(article_id)] = count
        for hour, counts in sorted(hours.items()):
            add_views(tx, hour, counts)
    return sum(sum(counts.values()) for counts in hours.values())
