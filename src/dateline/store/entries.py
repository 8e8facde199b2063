"""Entries: what the feeds said, and how far the work on each has come."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import BigInteger, Select, func, literal_column, select, type_coerce, update

from dateline.model import ArticleId, Entry, EntryId, FeedId, Source, SourceId
from dateline.store.columns import Moment, digest, from_json, squash, to_json, to_ticks, unsquash
from dateline.store.engine import Tx
from dateline.store.rows import Claim, Row, in_batches, insert_into, save_held, take_rows
from dateline.store.sources import load_sources
from dateline.store.tables import entries

EntryState = Literal["done", "failed", "skipped", "gone"]
_UNDATED = 2**63 - 1  # entries without a date come last


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCounts:
    """What a visit brought."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTask:
    """One entry that is claimed, with all that the work on it needs."""

    entry: Entry
    source: Source
    seen_at: datetime  # when its feed first showed it
    live: bool = True  # that was when it came out; False: it stood there when the feed was new
    article_id: ArticleId | None = None  # what it became, where it is looked at again
    page_etag: str = ""
    page_last_modified: str = ""
    attempts: int = 0  # how often it was claimed before without an end


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryEnd:
    """How the work on an entry ended; `again_at` is when to look at it again, if ever."""

    state: EntryState
    article_id: ArticleId | None = None
    problem: str = ""
    again_at: datetime | None = None
    page_etag: str = ""
    page_last_modified: str = ""


def save_entries(
    tx: Tx,
    *,
    source_id: SourceId,
    feed_id: FeedId,
    entries: Iterable[Entry],
    live: bool = True,
) -> EntryCounts:
    """Keep what a feed said; a new entry, or one whose words changed, is waiting for work.

    An entry is known by its source and guid. Where another feed of the source shows it in other
    words, it counts as changed only if its date of update is later, so that two feeds that cut
    their summaries differently do not take turns. `live` says that the feed was known
    before: what is new in it came out now.
    """
    unique = {digest(entry.guid): entry for entry in entries}
    counts = {"new": 0, "changed": 0, "same": 0}
    for batch in in_batches(unique.items()):
        known = _load_known(tx, source_id, [key for key, _ in batch])
        for guid_key, entry in batch:
            row = _to_row(entry) | {"source_id": source_id, "feed_id": feed_id}
            row |= {"guid_key": guid_key}
            counts[_save_entry(tx, known.get(guid_key), row, live=live)] += 1
    return EntryCounts(**counts)


def claim_entries(tx: Tx, *, holder: str, until: datetime, limit: int) -> list[EntryTask]:
    """Take entries to work on: those that wait, then those due for another look.

    In order of publication (undated last), source and guid (by its digest, so that the order
    depends neither on arrival nor on the database's alphabet).
    """
    claim = Claim(holder=holder, until=until, limit=limit)
    rows = take_rows(tx, entries.c.id, query_claimable(tx.now, waiting=True), claim)
    if len(rows) < limit:
        rest = replace(claim, limit=limit - len(rows))
        rows += take_rows(tx, entries.c.id, query_claimable(tx.now, waiting=False), rest)
        rows.sort(key=lambda row: (row.order_at, row.source_id, row.guid_key))
    sources = load_sources(tx, {SourceId(row.source_id) for row in rows})
    return [_to_task(row, sources[SourceId(row.source_id)]) for row in rows]


def finish_entry(tx: Tx, entry_id: EntryId, holder: str, end: EntryEnd) -> None:
    """Write how the work ended and free the entry; LeaseLostError where it is no longer held."""
    values: dict[str, Any] = {
        "state": end.state,
        "problem": end.problem,
        "due_at": end.again_at,
        "page_etag": end.page_etag,
        "page_last_modified": end.page_last_modified,
    }
    if end.article_id is not None:
        values["article_id"] = end.article_id
    if end.state != "failed":
        values["attempts"] = 0
    save_held(tx, entries.c.id, entry_id, holder, values)


def postpone_entry(
    tx: Tx, entry_id: EntryId, holder: str, again_at: datetime, problem: str
) -> None:
    """Free an entry that could not be worked on yet (a busy host): it waits until `again_at`."""
    save_held(tx, entries.c.id, entry_id, holder, {"due_at": again_at, "problem": problem})


def count_entries(tx: Tx) -> dict[tuple[str, str], int]:
    """Return how many entries there are by state and problem."""
    query = select(entries.c.state, entries.c.problem, func.count().label("rows"))
    grouped = query.group_by(entries.c.state, entries.c.problem)
    return {(row.state, row.problem): row.rows for row in tx.conn.execute(grouped)}


def next_entry_at(tx: Tx) -> datetime | None:
    """Return when the next entry is due (perhaps in the past), None where there is none."""
    query = select(func.min(entries.c.due_at, type_=Moment)).where(entries.c.due_at.is_not(None))
    found: datetime | None = tx.conn.execute(query).scalar()
    return found


def _load_known(tx: Tx, source_id: SourceId, keys: list[bytes]) -> dict[bytes, Row]:
    columns = ("id", "guid_key", "feed_id", "content_key", "updated_at")
    query = select(*(entries.c[name] for name in columns)).where(
        entries.c.source_id == source_id, entries.c.guid_key.in_(keys)
    )
    return {bytes(row.guid_key): row for row in tx.conn.execute(query)}


def _save_entry(tx: Tx, known: Row | None, row: dict[str, Any], *, live: bool) -> str:
    waiting = {"state": "waiting", "due_at": tx.now, "attempts": 0, "problem": ""}
    if known is None:
        added = insert_into(tx, entries).values(row | waiting | {"seen_at": tx.now, "live": live})
        done = added.on_conflict_do_nothing().returning(entries.c.id)
        return "new" if tx.conn.execute(done).first() else "same"
    if not _is_changed(known, row):
        return "same"
    # Whoever works on the old words loses the claim: the new ones are to be worked on.
    freed = {"lease_holder": "", "lease_until": None}
    tx.conn.execute(update(entries).where(entries.c.id == known.id).values(row | waiting | freed))
    return "changed"


def _is_changed(known: Row, row: dict[str, Any]) -> bool:
    if bytes(known.content_key) == row["content_key"]:
        return False
    if known.feed_id == row["feed_id"]:
        return True
    updated = row["updated_at"]
    return updated is not None and (known.updated_at is None or updated > known.updated_at)


def _to_row(entry: Entry) -> dict[str, Any]:
    # Categories and pictures differ between the feeds of one source: not part of what was said.
    said = [entry.url, entry.title, entry.summary, entry.content, entry.author]
    dates = [entry.published, entry.updated]
    bare = replace(entry, id=EntryId(0), source_id=SourceId(0))
    return {
        "order_at": _UNDATED if entry.published is None else to_ticks(entry.published),
        "updated_at": entry.updated,
        "document": squash(to_json(bare)),
        "content_key": digest(repr((said, dates))),
    }


def query_claimable(now: datetime, *, waiting: bool) -> Select[Any]:
    """Return the query for the entries that wait, or for those due for another look, in order."""
    names = ("id", "source_id", "order_at", "guid_key", "document", "seen_at", "live", "article_id")
    more = ("page_etag", "page_last_modified", "attempts")
    query = select(*(entries.c[name] for name in names + more))
    # The state is written out, so that the databases can use their partial indexes.
    is_waiting = entries.c.state == literal_column("'waiting'")
    if not waiting:
        due = query.where(~is_waiting, entries.c.due_at <= now)
        return due.order_by(entries.c.due_at, entries.c.id)
    # "+ 0" keeps them from the index of `due_at`: nearly all that wait are due, and sorting a
    # million of them would take longer than walking the index that is in order.
    is_due = type_coerce(entries.c.due_at, BigInteger) + 0 <= to_ticks(now)
    ordered = query.where(is_waiting, is_due)
    return ordered.order_by(entries.c.order_at, entries.c.source_id, entries.c.guid_key)


def _to_task(row: Row, source: Source) -> EntryTask:
    entry = from_json(unsquash(row.document), Entry)
    return EntryTask(
        entry=replace(entry, id=EntryId(row.id), source_id=SourceId(row.source_id)),
        source=source,
        seen_at=row.seen_at,
        live=row.live,
        article_id=None if row.article_id is None else ArticleId(row.article_id),
        page_etag=row.page_etag,
        page_last_modified=row.page_last_modified,
        attempts=row.attempts,
    )
