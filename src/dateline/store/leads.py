"""Leads: articles as grouping reads them, and which of them still lack a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, literal, select

from dateline.model import (
    UNDATED_AT,
    ArticleId,
    Lead,
    Link,
    OriginId,
    OriginPlace,
    Role,
    SourceId,
    SourceKind,
    StoryId,
    StoryPart,
)
from dateline.store.columns import unsquash
from dateline.store.engine import Tx
from dateline.store.histories import is_newest
from dateline.store.links import links_of
from dateline.store.parts import list_parts
from dateline.store.rows import Row, in_batches
from dateline.store.tables import articles, sources, vectors, versions

_OWN = ("id", "source_id", "url", "at", "first_seen", "story_id", "origin_id")
_PLACE = ("role", "taken_from", "origin_agency", "likeness", "sureness")


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """An article and where it was placed, as the store has it now."""

    lead: Lead
    origin: OriginPlace | None = None  # with its links; None while it has no origin
    story_id: StoryId | None = None
    follows: bool = False  # see `StoryPlace`
    parts: tuple[StoryPart, ...] = ()  # of this article, in other stories


class _Credit(msgspec.Struct):
    key: str


class _Credited(msgspec.Struct):
    credits: list[_Credit]


def leads_without_origin(tx: Tx, limit: int) -> list[Lead]:
    """Return articles that have no origin yet, in order of their ids."""
    return [_to_lead(row) for row in tx.conn.execute(query_without_origin().limit(limit))]


def leads_without_story(tx: Tx, limit: int, *, model: str = "") -> list[Lead]:
    """Return articles that have an origin but no story yet, in order of their ids.

    With a model named each has its vector, and the list ends before the first article that waits
    for one: articles are placed in order.
    """
    rows = tx.conn.execute(query_without_story(model).limit(limit)).all()
    ready = takewhile(lambda row: not model or row.vector is not None, rows)
    return [_to_lead(row) for row in ready]


def leads_without_vector(tx: Tx, model: str, limit: int) -> list[Lead]:
    """Return articles that wait for a story and have no vector of a model, in order of ids."""
    return [_to_lead(row) for row in tx.conn.execute(query_without_vector(model).limit(limit))]


def leads_between(
    tx: Tx, after: ArticleId, upto: ArticleId, limit: int, *, model: str = ""
) -> list[Placed]:
    """Return articles with after < id <= upto and where they were placed, in order of ids.

    With a model named, leads have their vectors of it, where there are any.
    """
    span = _leads(model, extra=(*_PLACE, "origin_why", "origin_made_by", "follows"))
    found = span.where(articles.c.id > after, articles.c.id <= upto).limit(limit)
    rows = tx.conn.execute(found).all()
    ids = [ArticleId(row.id) for row in rows]
    links, parts = links_of(tx, ids), list_parts(tx, ids)
    return [
        Placed(
            lead=_to_lead(row),
            origin=_to_place(row, links.get(ArticleId(row.id), ())),
            story_id=None if row.story_id is None else StoryId(row.story_id),
            follows=bool(row.follows),
            parts=parts.get(ArticleId(row.id), ()),
        )
        for row in rows
    ]


def load_leads(tx: Tx, ids: Sequence[ArticleId], *, model: str = "") -> list[Lead]:
    """Return articles, in order of their ids; with their vectors where a model is named."""
    leads: list[Lead] = []
    for batch in in_batches(sorted(set(ids))):
        found = _leads(model).where(articles.c.id.in_(batch))
        leads += [_to_lead(row) for row in tx.conn.execute(found)]
    return leads


def query_without_origin() -> Select[Any]:
    """Return the query behind `leads_without_origin`."""
    return _leads().where(articles.c.origin_id.is_(None))


def query_without_story(model: str = "") -> Select[Any]:
    """Return the query behind `leads_without_story`."""
    return _leads(model).where(_waits())


def query_without_vector(model: str) -> Select[Any]:
    """Return the query behind `leads_without_vector`."""
    has_it = select(vectors.c.model).where(
        vectors.c.article_id == articles.c.id, vectors.c.model == model
    )
    return _leads().where(_waits(), ~has_it.exists())


def _waits() -> ColumnElement[bool]:
    return and_(articles.c.story_id.is_(None), articles.c.origin_id.is_not(None))


def _leads(model: str = "", extra: Sequence[str] = ()) -> Select[Any]:
    own = [articles.c[name] for name in _OWN]
    own += [articles.c[name] for name in extra]
    names = ("headline", "language", "text", "document", "published_at")
    read = [versions.c[name] for name in names]
    source = [sources.c[name] for name in ("key", "kind", "family")]
    joined = articles.join(versions, is_newest()).join(
        sources, sources.c.id == articles.c.source_id
    )
    vector: ColumnElement[Any] = literal(None).label("vector")
    if model:
        mine = and_(vectors.c.article_id == articles.c.id, vectors.c.model == model)
        joined = joined.outerjoin(vectors, mine)
        vector = vectors.c.vector
    query = select(*own, *read, *source, vector).select_from(joined)
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
        at=row.at if row.at > UNDATED_AT else row.first_seen,
        credits=tuple(dict.fromkeys(credit.key for credit in credited.credits)),
        agency=row.key if row.kind == SourceKind.AGENCY else "",
        family=row.family,
        dated=row.published_at is not None,
        vector=b"" if row.vector is None else bytes(row.vector),
        origin_id=None if row.origin_id is None else OriginId(row.origin_id),
    )


def _to_place(row: Row, links: tuple[Link, ...]) -> OriginPlace | None:
    if row.origin_id is None:
        return None
    return OriginPlace(
        article_id=ArticleId(row.id),
        origin_id=OriginId(row.origin_id),
        role=Role(row.role),
        taken_from=None if row.taken_from is None else ArticleId(row.taken_from),
        agency=row.origin_agency,
        likeness=1.0 if row.likeness is None else row.likeness,
        sureness=1.0 if row.sureness is None else row.sureness,
        why=row.origin_why,
        links=links,
        made_by=row.origin_made_by,
    )
