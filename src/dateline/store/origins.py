"""Origins: which articles carry one report, and from whom each has it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Select, bindparam, func, literal, select, tuple_, update

from dateline.model import ArticleId, OriginId, OriginPlace, Role, StoryId
from dateline.store.columns import Moment, RowId
from dateline.store.engine import Tx
from dateline.store.rows import Row, in_batches, insert_into
from dateline.store.tables import articles, origins
from dateline.store.tallies import recount_stories

_STREAM = 2000
_PLACE = update(articles).where(articles.c.id == bindparam("placed_id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginMember:
    """One article inside an origin."""

    article_id: ArticleId
    url: str
    role: Role
    taken_from_url: str | None = None  # of the member it resembles most
    likeness: float = 1.0
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginRow:
    """One origin with its articles, the earliest first."""

    id: OriginId
    members: tuple[OriginMember, ...]


def next_origin_id(tx: Tx) -> OriginId:
    """Return the lowest id that no origin has had."""
    return OriginId(
        tx.conn.execute(select(func.coalesce(func.max(origins.c.id), 0) + 1)).scalar_one()
    )


def save_origin_places(tx: Tx, places: Sequence[OriginPlace]) -> None:
    """Put articles into their origins; saving the same places again changes nothing."""
    if not places:
        return
    opened = [{"id": found, "opened_at": tx.now} for found in {p.origin_id for p in places}]
    tx.conn.execute(insert_into(tx, origins).on_conflict_do_nothing(), opened)
    tx.conn.execute(_PLACE, [_to_row(place) for place in places])
    moved: set[StoryId] = set()
    for batch in in_batches([place.article_id for place in places]):
        query_moved = select(articles.c.story_id).where(
            articles.c.id.in_(batch), articles.c.story_id.is_not(None)
        )
        moved.update(StoryId(found) for found in tx.conn.execute(query_moved).scalars())
    recount_stories(tx, moved)


def iterate_origins(tx: Tx) -> Iterator[OriginRow]:
    """Yield all origins in order of their ids, a few thousand articles in memory at a time."""
    for origin_id, rows in groupby(_iterate_members(tx), key=lambda row: row.origin_id):
        yield OriginRow(id=OriginId(origin_id), members=tuple(_to_member(row) for row in rows))


def load_origin(tx: Tx, origin_id: OriginId) -> OriginRow | None:
    """Return an origin with its articles."""
    rows = tx.conn.execute(_members().where(articles.c.origin_id == origin_id)).all()
    if not rows:
        return None
    return OriginRow(id=origin_id, members=tuple(_to_member(row) for row in rows))


def _to_row(place: OriginPlace) -> dict[str, Any]:
    return {
        "placed_id": place.article_id,
        "origin_id": place.origin_id,
        "role": place.role,
        "taken_from": place.taken_from,
        "likeness": place.likeness,
        "origin_why": place.why,
        "origin_made_by": place.made_by,
    }


def _members() -> Select[Any]:
    parent = articles.alias("parent")
    names = ("id", "origin_id", "at", "url", "role", "likeness", "origin_why")
    own = [articles.c[name] for name in names]
    joined = articles.outerjoin(parent, parent.c.id == articles.c.taken_from)
    query = select(*own, parent.c.url.label("taken_from_url")).select_from(joined)
    return query.order_by(articles.c.origin_id, articles.c.at, articles.c.id)


def _iterate_members(tx: Tx) -> Iterator[Row]:
    query = _members().where(articles.c.origin_id.is_not(None)).limit(_STREAM)
    place = tuple_(articles.c.origin_id, articles.c.at, articles.c.id)
    rows: Sequence[Row] = tx.conn.execute(query).all()
    while rows:
        yield from rows
        last = rows[-1]
        seen = tuple_(
            literal(last.origin_id, RowId), literal(last.at, Moment), literal(last.id, RowId)
        )
        rows = tx.conn.execute(query.where(place > seen)).all()


def _to_member(row: Row) -> OriginMember:
    return OriginMember(
        article_id=ArticleId(row.id),
        url=row.url,
        role=Role(row.role),
        taken_from_url=row.taken_from_url,
        likeness=row.likeness,
        why=row.origin_why,
    )
