"""Sources and their feeds: what the operator wrote, and how they fare."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from dateline.model import Rights, Route, Source, SourceId, SourceKind
from dateline.store.called import call_again
from dateline.store.columns import Moment, digest, from_json, to_json
from dateline.store.engine import Tx
from dateline.store.rows import Row, insert_into
from dateline.store.tables import articles, entries, feeds, sources
from dateline.store.tallies import list_stories_of, recount_stories

_FILED_BY = ("section", "sections", "country")  # what decides where its articles are filed
_CALLED_BY = ("rights", "excerpt_words")  # and what those without a headline are called


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCounts:
    """What has come from one source."""

    entries: int = 0
    articles: int = 0
    failed: int = 0  # entries that failed at last
    newest: datetime | None = None  # when its newest article was published or first seen


def save_sources(tx: Tx, wanted: Iterable[Source]) -> dict[str, SourceId]:
    """Insert or change sources by their key and return their ids.

    Feeds follow the source; one that is no longer named is kept, with what is known of it, but
    not asked. Where a source changes its family, its stories are counted anew.
    """
    saved: dict[str, SourceId] = {}
    moved: list[str] = []
    for source in wanted:
        moved += [source.key] if _changes(tx, source, ("family",)) else []
        insert = insert_into(tx, sources).values(_to_row(source))
        kept: dict[str, Any] = {
            name: insert.excluded[name] for name in _to_row(source) if name != "key"
        }
        if _changes(tx, source, _FILED_BY):
            kept["filed_by"] = ""  # its articles are to be filed anew
        is_other = _changes(tx, source, _CALLED_BY)
        query = insert.on_conflict_do_update(index_elements=["key"], set_=kept)
        saved[source.key] = SourceId(tx.conn.execute(query.returning(sources.c.id)).scalar_one())
        if is_other:
            call_again(tx, saved[source.key], source)
        _save_feeds(tx, saved[source.key], source)
    recount_stories(tx, list_stories_of(tx, moved))
    return saved


def retire_sources(tx: Tx, keep: Collection[str]) -> int:
    """Pause the sources that are asked and whose key is not in `keep`; return how many."""
    asked = select(feeds.c.id).where(feeds.c.source_id == sources.c.id).exists()
    query = select(sources.c.id, sources.c.key).where(sources.c.paused == False, asked)  # noqa: E712
    rows = tx.conn.execute(query)
    gone = [row.id for row in rows if row.key not in keep]
    for source_id in gone:
        tx.conn.execute(update(sources).where(sources.c.id == source_id).values(paused=True))
    return len(gone)


def ensure_source(tx: Tx, source: Source) -> SourceId:
    """Return the id of the source with this key; insert it where there is none."""
    known = find_source_id(tx, source.key)
    if known is not None:
        return known
    return save_sources(tx, [source])[source.key]


def find_source_id(tx: Tx, key: str) -> SourceId | None:
    """Return the id of the source with this key."""
    found = tx.conn.execute(select(sources.c.id).where(sources.c.key == key)).scalar()
    return None if found is None else SourceId(found)


def list_sources(tx: Tx) -> list[Source]:
    """Return all sources, by name."""
    found = load_sources(tx, None)
    return sorted(found.values(), key=lambda source: (source.name.casefold(), source.key))


def load_source(tx: Tx, key: str) -> Source | None:
    """Return the source with this key."""
    source_id = find_source_id(tx, key)
    return None if source_id is None else load_source_by_id(tx, source_id)


def load_source_by_id(tx: Tx, source_id: SourceId) -> Source | None:
    """Return the source with this id."""
    return load_sources(tx, [source_id]).get(source_id)


def load_sources(tx: Tx, ids: Collection[SourceId] | None) -> dict[SourceId, Source]:
    """Return the sources with these ids, or all where `ids` is None, with their active feeds."""
    query = select(sources)
    asked = select(feeds.c.source_id, feeds.c.url).where(feeds.c.active == True)  # noqa: E712
    if ids is not None:
        query = query.where(sources.c.id.in_(ids))
        asked = asked.where(feeds.c.source_id.in_(ids))
    urls: dict[int, list[str]] = {}
    for row in tx.conn.execute(asked.order_by(feeds.c.source_id, feeds.c.place)):
        urls.setdefault(row.source_id, []).append(row.url)
    return {
        SourceId(row.id): _from_row(row, urls.get(row.id, ())) for row in tx.conn.execute(query)
    }


def source_counts(tx: Tx) -> dict[SourceId, SourceCounts]:
    """Return for each source how many entries and articles came from it."""
    counts: dict[SourceId, dict[str, Any]] = {}
    states = select(entries.c.source_id, entries.c.state, func.count().label("rows"))
    for row in tx.conn.execute(states.group_by(entries.c.source_id, entries.c.state)):
        mine = counts.setdefault(SourceId(row.source_id), {"entries": 0})
        mine["entries"] += row.rows
        if row.state == "failed":
            mine["failed"] = row.rows
    newest = func.max(articles.c.at, type_=Moment).label("newest")
    query = select(articles.c.source_id, func.count().label("rows"), newest)
    for row in tx.conn.execute(query.group_by(articles.c.source_id)):
        mine = counts.setdefault(SourceId(row.source_id), {})
        mine.update(articles=row.rows, newest=row.newest)
    return {source_id: SourceCounts(**mine) for source_id, mine in counts.items()}


def _to_row(source: Source) -> dict[str, Any]:
    names = ("key", "name", "home", "language", "country", "section", "excerpt_words")
    more = ("interval", "paused", "publisher", "family")
    row = {name: getattr(source, name) for name in (*names, *more)}
    row["sections"] = to_json(source.sections).decode() if source.sections else ""
    return row | {"kind": source.kind, "rights": source.rights, "route": source.route}


def _from_row(row: Row, urls: Iterable[str]) -> Source:
    names = [column.name for column in sources.c if column.name != "filed_by"]
    values = {name: getattr(row, name) for name in names}
    pairs = from_json(row.sections, list[tuple[str, str]]) if row.sections else ()
    values["sections"] = tuple(pairs)
    values["kind"] = SourceKind(row.kind)
    values["rights"] = Rights(row.rights)
    values["route"] = Route(row.route)
    return Source(**values, feeds=tuple(urls))


def _changes(tx: Tx, source: Source, names: Sequence[str]) -> bool:
    query = select(*(sources.c[name] for name in names)).where(sources.c.key == source.key)
    before = tx.conn.execute(query).one_or_none()
    row = _to_row(source)
    return before is not None and any(getattr(before, name) != row[name] for name in names)


def _save_feeds(tx: Tx, source_id: SourceId, source: Source) -> None:
    tx.conn.execute(update(feeds).where(feeds.c.source_id == source_id).values(active=False))
    for place, url in enumerate(dict.fromkeys(source.feeds)):
        insert = insert_into(tx, feeds).values(
            source_id=source_id,
            url=url,
            url_key=digest(url),
            place=place,
            active=True,
            interval=source.interval,
            due_at=tx.now,
        )
        tx.conn.execute(
            insert.on_conflict_do_update(
                index_elements=["source_id", "url_key"], set_={"active": True, "place": place}
            )
        )
