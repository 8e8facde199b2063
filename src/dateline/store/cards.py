"""Cards: articles as lists show them, each list one indexed read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, literal, select, tuple_

from dateline.model import UNDATED_AT, ArticleId, Card, OriginId, Picture, Rights, Role, StoryId
from dateline.store.columns import Moment, RowId, from_json
from dateline.store.engine import Tx
from dateline.store.readings import names_from_json
from dateline.store.rows import Row, in_batches
from dateline.store.tables import articles, pictures, sources

_SHOWN = (
    *("id", "url", "headline", "kicker", "lede", "language", "section", "at", "first_seen"),
    *("versions", "gone_at", "picture", "story_id", "origin_id", "role", "credits"),
    *("taken_from", "likeness", "sureness", "origin_why", "origin_agency", "edited_at"),
    *("own_section", "sighted"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFilter:
    """Which articles to list; `before` is the moment and id of the last card of the page above."""

    source_key: str = ""
    section: str = ""
    language: str = ""
    story_id: StoryId | None = None
    origin_id: OriginId | None = None
    before: tuple[datetime, ArticleId] | None = None
    limit: int = 30


def load_cards(tx: Tx, ids: Sequence[ArticleId]) -> list[Card]:
    """Return the cards of articles in the order of `ids`; unknown ids are left out."""
    found: dict[ArticleId, Card] = {}
    for batch in in_batches(ids):
        rows = tx.conn.execute(_query_some(), {"ids": batch})
        found.update((ArticleId(row.id), to_card(row)) for row in rows)
    return [found[article_id] for article_id in ids if article_id in found]


def list_cards(tx: Tx, wanted: CardFilter) -> list[Card]:
    """Return cards, the newest first."""
    return [to_card(row) for row in tx.conn.execute(query_cards(wanted))]


def list_sections(tx: Tx) -> list[tuple[str, int]]:
    """Return the sections with the number of their articles, the largest first."""
    return _count_by(tx, articles.c.section)


def list_languages(tx: Tx) -> list[tuple[str, int]]:
    """Return the languages with the number of their articles, the largest first."""
    return _count_by(tx, articles.c.language)


def query_cards(wanted: CardFilter) -> Select[Any]:
    """Return the query behind `list_cards`."""
    query = select_cards()
    if wanted.source_key:
        known = select(sources.c.id).where(sources.c.key == wanted.source_key).scalar_subquery()
        query = query.where(articles.c.source_id == known)
    equal = {
        "section": wanted.section,
        "language": wanted.language,
        "story_id": wanted.story_id,
        "origin_id": wanted.origin_id,
    }
    for name, value in equal.items():
        if value:
            query = query.where(articles.c[name] == value)
    if wanted.before is not None:
        query = query.where(is_before(*wanted.before))
    newest = query.order_by(articles.c.at.desc(), articles.c.id.desc())
    return newest.limit(wanted.limit)


def is_before(at: datetime, article_id: ArticleId) -> ColumnElement[bool]:
    """Return the condition that an article stands below another in a list, newest first."""
    below = tuple_(literal(at, Moment), literal(article_id, RowId))
    return tuple_(articles.c.at, articles.c.id) < below


def select_cards() -> Select[Any]:
    """Return the query for all that a card shows, to be narrowed and ordered."""
    own = [articles.c[name] for name in _SHOWN]
    copy = [
        func.coalesce(pictures.c.hash, "").label("picture_hash"),
        func.coalesce(pictures.c.width, 0).label("picture_width"),
        func.coalesce(pictures.c.height, 0).label("picture_height"),
    ]
    source = [sources.c.key.label("source_key"), sources.c.name.label("source_name")]
    joined = articles.join(sources, sources.c.id == articles.c.source_id).outerjoin(
        pictures, pictures.c.url_key == articles.c.picture_key
    )
    return select(*own, *source, sources.c.rights, sources.c.family, *copy).select_from(joined)


@cache  # to build it takes longer than to run it
def _query_some() -> Select[Any]:
    return select_cards().where(articles.c.id.in_(bindparam("ids", expanding=True)))


def to_card(row: Row) -> Card:
    """Return the card of a row of `select_cards`."""
    return Card(
        article_id=ArticleId(row.id),
        url=row.url,
        headline=row.headline,
        kicker=row.kicker,
        lede=row.lede,
        language=row.language,
        section=row.section,
        source_key=row.source_key,
        source_name=row.source_name,
        rights=Rights(row.rights),
        at=row.at if row.at > UNDATED_AT else row.first_seen,
        first_seen=row.first_seen,
        dated=row.at > UNDATED_AT,
        sighted=row.sighted,
        versions=row.versions,
        gone=row.gone_at is not None,
        picture=from_json(row.picture, Picture) if row.picture else None,
        picture_hash=row.picture_hash,
        picture_width=row.picture_width,
        picture_height=row.picture_height,
        story_id=None if row.story_id is None else StoryId(row.story_id),
        origin_id=None if row.origin_id is None else OriginId(row.origin_id),
        role=Role(row.role) if row.role else None,
        credits=names_from_json(row.credits),
        taken_from=None if row.taken_from is None else ArticleId(row.taken_from),
        likeness=1.0 if row.likeness is None else row.likeness,
        sureness=1.0 if row.sureness is None else row.sureness,
        why=row.origin_why,
        agency=row.origin_agency,
        family=row.family,
        gone_at=row.gone_at,
        edited_at=row.edited_at,
        own_section=row.own_section or row.section,
    )


def _count_by(tx: Tx, column: ColumnElement[str]) -> list[tuple[str, int]]:
    query = select(column.label("name"), func.count().label("rows")).where(column != "")
    rows = tx.conn.execute(query.group_by(column))
    return sorted(((row.name, row.rows) for row in rows), key=lambda pair: (-pair[1], pair[0]))
