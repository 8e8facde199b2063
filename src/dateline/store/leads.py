"""Leads: articles as grouping reads them, and which of them still lack a place."""

from typing import Any

import msgspec
from sqlalchemy import Select, and_, select

from dateline.model import ArticleId, Lead, OriginId, SourceId, SourceKind, StoryId
from dateline.store.columns import unsquash
from dateline.store.engine import Tx
from dateline.store.rows import Row
from dateline.store.tables import articles, sources, versions


class _Credit(msgspec.Struct):
    key: str


class _Credited(msgspec.Struct):
    credits: list[_Credit]


def leads_without_origin(tx: Tx, limit: int) -> list[Lead]:
    """Return articles that have no origin yet, in order of their ids."""
    return [_to_lead(row) for row in tx.conn.execute(query_without_origin().limit(limit))]


def leads_without_story(tx: Tx, limit: int) -> list[Lead]:
    """Return articles that have an origin but no story yet, in order of their ids."""
    return [_to_lead(row) for row in tx.conn.execute(query_without_story().limit(limit))]


def leads_between(
    tx: Tx, after: ArticleId, upto: ArticleId, limit: int
) -> list[tuple[Lead, OriginId | None, StoryId | None]]:
    """Return articles with after < id <= upto and where they were placed, in order of ids."""
    span = _leads().where(articles.c.id > after, articles.c.id <= upto)
    return [
        (
            _to_lead(row),
            None if row.origin_id is None else OriginId(row.origin_id),
            None if row.story_id is None else StoryId(row.story_id),
        )
        for row in tx.conn.execute(span.limit(limit))
    ]


def query_without_origin() -> Select[Any]:
    """Return the query behind `leads_without_origin`."""
    return _leads().where(articles.c.origin_id.is_(None))


def query_without_story() -> Select[Any]:
    """Return the query behind `leads_without_story`."""
    return _leads().where(articles.c.story_id.is_(None), articles.c.origin_id.is_not(None))


def _leads() -> Select[Any]:
    newest = and_(versions.c.article_id == articles.c.id, versions.c.number == articles.c.versions)
    own = [articles.c[name] for name in ("id", "source_id", "url", "at", "origin_id", "story_id")]
    read = [versions.c[name] for name in ("headline", "language", "text", "document")]
    joined = articles.join(versions, newest).join(sources, sources.c.id == articles.c.source_id)
    query = select(*own, *read, sources.c.key, sources.c.kind).select_from(joined)
    return query.order_by(articles.c.id)


def _to_lead(row: Row) -> Lead:
    credited = msgspec.json.decode(unsquash(row.document), type=_Credited)
    return Lead(
        article_id=ArticleId(row.id),
        source_id=SourceId(row.source_id),
        url=row.url,
        language=row.language,
        headline=row.headline,
        text=row.text,
        at=row.at,
        credits=tuple(dict.fromkeys(credit.key for credit in credited.credits)),
        agency=row.key if row.kind == SourceKind.AGENCY else "",
    )
