"""Reads, counted without cookies and behind caches, hard to inflate, kept only as sums by the hour.

A read is a page that stayed open and visible for five seconds, as its script says with a ticket
that was made for it when it opened (`tickets`), by a person as far as can be told (`persons`), and
a reader's first of that article on that day (`readers`). Counts are gathered in memory and written
by `flush`; what is not written when the process dies is lost, which is the price of writing
nothing while people read.

Everything that tells readers apart lives in this process. Where several processes serve one site,
the tickets of one are void in another: let one of them have all requests under /seen.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from dateline.model import ArticleId
from dateline.publish.jumps import JUDGED, LOOK_BACK, find_jumps, list_loud
from dateline.store import Store, Tx
from dateline.store.cards import load_cards
from dateline.store.rows import in_batches
from dateline.store.views import add_views, count_coverage, list_hours, list_jumps, save_jumps
from dateline.web.readers import Change, Reader, Readers
from dateline.web.tickets import Tickets

_log = logging.getLogger("dateline.web")
Waiting = defaultdict[tuple[datetime, int], tuple[int, int]]  # reads and weight


def _wait() -> Waiting:
    return defaultdict(lambda: (0, 0))


@dataclass(slots=True)
class Views:
    """The reads of this process that are not written yet."""

    _tickets: Tickets = field(default_factory=Tickets)
    _readers: Readers = field(default_factory=Readers)
    _waiting: Waiting = field(default_factory=_wait)
    _lock: Lock = field(default_factory=Lock)

    def open(self, article_id: int, reader: Reader, now: datetime) -> str:
        """Return the ticket for an article that this reader opens now."""
        return self._tickets.mint(article_id, reader.describe(), now)

    def count(self, article_id: int, reader: Reader, ticket: str, now: datetime) -> bool:
        """Count one read, if its ticket is good and this reader is new to the article today."""
        with self._lock:
            if not self._tickets.check(ticket, article_id, reader.describe(), now):
                return False
            changes = self._readers.count(article_id, reader, now)
            if changes:
                self._tickets.use(ticket, now)
            self._add(changes)
            return bool(changes)

    def flush(self, store: Store, now: datetime) -> int:
        """Write what is waiting, reads of articles that do not exist left out; returns how many."""
        with self._lock:
            waiting, self._waiting = self._waiting, _wait()
        if not waiting:
            return 0
        changes = [Change(*place, *sums) for place, sums in waiting.items()]
        try:
            with store.write(now) as tx:
                written = _write(tx, changes)
        except BaseException:
            with self._lock:
                self._add(changes)
            raise
        _judge(store, now)
        return written

    def _add(self, changes: list[Change]) -> None:
        for hour, article_id, reads, weight in changes:
            before = self._waiting[hour, article_id]
            self._waiting[hour, article_id] = (before[0] + reads, before[1] + weight)


def _write(tx: Tx, changes: list[Change]) -> int:
    wanted = sorted({ArticleId(each.article_id) for each in changes})
    known = {card.article_id for batch in in_batches(wanted) for card in load_cards(tx, batch)}
    reads: dict[datetime, dict[ArticleId, int]] = defaultdict(dict)
    weights: dict[datetime, dict[ArticleId, int]] = defaultdict(dict)
    for hour, article_id, count, weight in changes:
        if article_id in known:
            reads[hour][ArticleId(article_id)] = count
            weights[hour][ArticleId(article_id)] = weight
    for hour in sorted(reads):
        add_views(tx, hour, reads[hour], weights[hour])
    return sum(sum(counts.values()) for counts in reads.values())


def _judge(store: Store, now: datetime) -> None:
    with store.read() as tx:
        hours = list_hours(tx, now - LOOK_BACK - JUDGED)
        loud = list_loud(hours, now)
        known = [jump for jump in list_jumps(tx, now - JUDGED) if not jump.lifted]
        if not loud and not known:
            return
        found = find_jumps(hours, count_coverage(tx, loud), now)
    if found == known:
        return
    with store.write(now) as tx:
        fresh = save_jumps(tx, now - JUDGED, found)
    for jump in fresh:
        _log.warning(
            "Article %d was read in %d networks in the hour from %s, where at most %d were "
            "explained: its place among the most read is held.",
            *(jump.article_id, jump.networks, jump.hour.isoformat(), jump.explained),
        )
