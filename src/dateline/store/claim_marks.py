"""Which versions of articles have been read for what they say, by whom, and which wait.

A mark is made with its version, so that what waits is one look into an index.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, insert, select, update

from dateline.model import UNDATED_AT, ArticleId, Reading
from dateline.store.engine import Tx
from dateline.store.readings import reading_from_row
from dateline.store.rows import Row
from dateline.store.tables import articles, claim_marks, sources, versions

VersionKey = tuple[ArticleId, int]  # an article and the number of its version


_PLACED = (
    update(claim_marks)
    .where(
        claim_marks.c.article_id == bindparam("of"), claim_marks.c.version == bindparam("number")
    )
    .values(placed=1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreadVersion:
    """A version whose claims have not been read by the present reader."""

    article_id: ArticleId
    version: int
    reading: Reading
    outlet: str  # name of the source
    came_out: datetime | None  # as far as is known


def want_claims(tx: Tx, keys: Sequence[VersionKey]) -> None:
    """Mark new versions as waiting to be read."""
    rows = [{"article_id": article_id, "version": version} for article_id, version in keys]
    if rows:
        tx.conn.execute(insert(claim_marks), rows)


def list_unread(tx: Tx, made_by: str, limit: int) -> list[UnreadVersion]:
    """Return versions that `made_by` has not read, in order of articles and versions."""
    rows: list[Row] = []
    for other in (claim_marks.c.made_by < made_by, claim_marks.c.made_by > made_by):
        rows += tx.conn.execute(query_unread(other).limit(limit - len(rows)))
    return [
        UnreadVersion(
            article_id=ArticleId(row.article_id),
            version=row.number,
            reading=reading_from_row(row),
            outlet=row.outlet,
            came_out=row.published_at or (row.first_seen if row.at > UNDATED_AT else None),
        )
        for row in rows
    ]


def is_any_unread(tx: Tx, made_by: str) -> bool:
    """Say whether a version waits to be read by `made_by`."""
    others = (claim_marks.c.made_by < made_by, claim_marks.c.made_by > made_by)
    return any(
        tx.conn.execute(select(claim_marks.c.version).where(other).limit(1)).first() is not None
        for other in others
    )


def list_unplaced(tx: Tx, limit: int) -> list[VersionKey]:
    """Return versions that were read and are not in the ledger yet, in order.

    Those whose article has no story yet are left out: a story is what makes two wordings one.
    """
    rows = tx.conn.execute(query_unplaced().limit(limit))
    return [(ArticleId(row.article_id), row.version) for row in rows]


def mark_placed(tx: Tx, keys: Sequence[VersionKey]) -> None:
    """Note that the statements of versions are in the ledger."""
    rows = [{"of": article_id, "number": version} for article_id, version in keys]
    if rows:
        tx.conn.execute(_PLACED, rows)


def is_version(table: Any, key: VersionKey) -> ColumnElement[bool]:
    """Return the condition that a row of a table is of one version."""
    return and_(table.c.article_id == key[0], table.c.version == key[1])


def query_unread(other: ColumnElement[bool]) -> Select[Any]:
    """Return the query behind `list_unread`, for readers before or behind the present one."""
    of_version = and_(
        versions.c.article_id == claim_marks.c.article_id,
        versions.c.number == claim_marks.c.version,
    )
    joined = (
        claim_marks.join(versions, of_version)
        .join(articles, articles.c.id == claim_marks.c.article_id)
        .join(sources, sources.c.id == articles.c.source_id)
    )
    own = (articles.c.at, articles.c.first_seen, sources.c.name.label("outlet"))
    query = select(versions, *own).select_from(joined).where(other)
    order = (claim_marks.c.made_by, claim_marks.c.article_id, claim_marks.c.version)
    return query.order_by(*order)


def query_unplaced() -> Select[Any]:
    """Return the query behind `list_unplaced`."""
    waits = and_(claim_marks.c.placed == 0, claim_marks.c.made_by != "")
    query = select(claim_marks.c.article_id, claim_marks.c.version)
    joined = query.join(articles, articles.c.id == claim_marks.c.article_id)
    placed = joined.where(waits, articles.c.story_id.is_not(None))
    return placed.order_by(claim_marks.c.article_id, claim_marks.c.version)
