"""Visits: which feeds are to be asked now, and what was learned by asking them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from dateline.model import FeedId, SourceId, Visit
from dateline.store.columns import EPOCH, Moment
from dateline.store.engine import Tx
from dateline.store.rows import Claim, Row, save_held, take_rows
from dateline.store.tables import feeds, sources

_LEARNED = (
    *("etag", "last_modified", "body_hash", "checked_at", "succeeded_at", "failures", "problem"),
    *("permanent", "gone", "next_at", "interval", "why", "entries_a_day"),
)
_COLUMNS = [feeds.c.id, feeds.c.source_id, feeds.c.url, *(feeds.c[name] for name in _LEARNED)]


def claim_visits(tx: Tx, *, holder: str, until: datetime, limit: int) -> list[Visit]:
    """Take feeds that are due: active, not gone, their source not paused; longest due first."""
    query = _asked().where(feeds.c.due_at <= tx.now).order_by(feeds.c.due_at, feeds.c.id)
    claim = Claim(holder=holder, until=until, limit=limit)
    return [_to_visit(row) for row in take_rows(tx, feeds.c.id, query, claim)]


def list_visits(tx: Tx) -> list[Visit]:
    """Return what is known of every active feed, by source."""
    query = select(*_COLUMNS).where(feeds.c.active == True)  # noqa: E712
    ordered = query.order_by(feeds.c.source_id, feeds.c.place)
    return [_to_visit(row) for row in tx.conn.execute(ordered)]


def next_visit_at(tx: Tx) -> datetime | None:
    """Return when the next feed is due (perhaps in the past), None where there is none to ask."""
    soonest = _asked().with_only_columns(func.min(feeds.c.due_at, type_=Moment))
    found: datetime | None = tx.conn.execute(soonest).scalar()
    return found


def save_visit(tx: Tx, visit: Visit, holder: str) -> None:
    """Keep what a visit taught and free its feed; LeaseLostError where it is no longer held."""
    values = {name: getattr(visit, name) for name in _LEARNED}
    values["due_at"] = visit.next_at or EPOCH
    save_held(tx, feeds.c.id, visit.feed_id, holder, values)


def _asked() -> Select[Any]:
    return (
        select(*_COLUMNS)
        .join(sources, sources.c.id == feeds.c.source_id)
        .where(feeds.c.active == True, feeds.c.gone == False, sources.c.paused == False)  # noqa: E712
    )


def _to_visit(row: Row) -> Visit:
    learned = {name: getattr(row, name) for name in _LEARNED}
    return Visit(feed_id=FeedId(row.id), source_id=SourceId(row.source_id), url=row.url, **learned)
