"""The versions of an article: all of them, or only those that a page shows."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, and_, select

from dateline.model import ArticleId, Version
from dateline.store.engine import Tx
from dateline.store.readings import reading_from_row
from dateline.store.rows import Row
from dateline.store.tables import articles, versions


def load_versions(tx: Tx, article_id: ArticleId) -> list[Version]:
    """Return all versions of an article, the first one first."""
    query = select(versions).where(versions.c.article_id == article_id)
    return [to_version(row) for row in tx.conn.execute(query.order_by(versions.c.number))]


def load_version(tx: Tx, article_id: ArticleId, number: int) -> Version | None:
    """Return one version of an article; number 1 is the first that was seen."""
    mine = versions.c.article_id == article_id
    query = select(versions).where(mine, versions.c.number == number)
    row = tx.conn.execute(query).one_or_none()
    return to_version(row) if row else None


def load_newest_versions(tx: Tx, article_id: ArticleId, limit: int) -> Sequence[Version]:
    """Return the newest versions of an article, the oldest of them first."""
    query = select(versions).where(versions.c.article_id == article_id)
    newest = query.order_by(versions.c.number.desc()).limit(limit)
    return [to_version(row) for row in tx.conn.execute(newest)][::-1]


def to_version(row: Row) -> Version:
    """Return the version of a row of `versions`."""
    return Version(
        number=row.number,
        seen_at=row.seen_at,
        reading=reading_from_row(row),
        fingerprint=row.fingerprint,
        raw_hash=row.raw_hash,
    )


def is_newest() -> ColumnElement[bool]:
    """Return what joins articles to their newest versions."""
    return and_(versions.c.article_id == articles.c.id, versions.c.number == articles.c.versions)
