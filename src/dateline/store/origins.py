"""Origins: which articles carry one report, and from whom each has it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Select, bindparam, func, literal, select, tuple_, update

from dateline.model import ArticleId, OriginId, OriginPlace, Role, StoryId
from dateline.store.columns import Moment, RowId
from dateline.store.decisions import LOCK_ORIGINS
from dateline.store.engine import Tx
from dateline.store.links import LinkRow, link_rows_of, save_links
from dateline.store.rows import Row, in_batches, insert_into, take_turn
from dateline.store.tables import articles, origins, story_parts
from dateline.store.tallies import recount_stories

_STREAM = 2000
_PLACE = update(articles).where(articles.c.id == bindparam("placed_id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginMember:
    """One article inside an origin."""

    article_id: ArticleId
    url: str
    role: Role
    taken_from_url: str | None = None  # of its parent in the tree
    likeness: float = 1.0
    why: str = ""
    agency: str = ""  # key of the agency it credits, where that is not its parent
    sureness: float = 1.0
    links: tuple[LinkRow, ...] = ()  # what it has of others, of any origin


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginRow:
    """One origin with its articles, the earliest first."""

    id: OriginId
    members: tuple[OriginMember, ...]


def next_origin_id(tx: Tx) -> OriginId:
    """Return the lowest id that no origin has had, and none will have before the commit."""
    take_turn(tx, LOCK_ORIGINS)
    return OriginId(
        tx.conn.execute(select(func.coalesce(func.max(origins.c.id), 0) + 1)).scalar_one()
    )


def save_origin_places(tx: Tx, places: Sequence[OriginPlace]) -> None:
    """Put articles into their origins, with their links and the members that they revise.

    Saving the same places again changes nothing.
    """
    if not places:
        return
    every = [one for place in places for one in (*place.revised, place)]
    opened = [{"id": found, "opened_at": tx.now} for found in {one.origin_id for one in every}]
    tx.conn.execute(insert_into(tx, origins).on_conflict_do_nothing(), opened)
    tx.conn.execute(_PLACE, [_to_row(place) for place in every])
    save_links(tx, [link for one in every for link in one.links])
    recount_stories(tx, stories_of_articles(tx, [one.article_id for one in every]))


def stories_of_articles(tx: Tx, ids: Iterable[ArticleId]) -> set[StoryId]:
    """Return the stories to which some articles belong, as a whole or by a part."""
    found: set[StoryId] = set()
    for batch in in_batches(ids):
        whole = select(articles.c.story_id).where(
            articles.c.id.in_(batch), articles.c.story_id.is_not(None)
        )
        part = select(story_parts.c.story_id).where(story_parts.c.article_id.in_(batch))
        for query in (whole, part):
            found.update(StoryId(story_id) for story_id in tx.conn.execute(query).scalars())
    return found


def iterate_origins(tx: Tx) -> Iterator[OriginRow]:
    """Yield all origins in order of their ids, a few thousand articles in memory at a time."""
    for origin_id, group in groupby(_iterate_members(tx), key=lambda pair: pair[0]):
        yield OriginRow(id=OriginId(origin_id), members=tuple(member for _, member in group))


def load_origin(tx: Tx, origin_id: OriginId) -> OriginRow | None:
    """Return an origin with its articles."""
    rows = tx.conn.execute(_members().where(articles.c.origin_id == origin_id)).all()
    if not rows:
        return None
    return OriginRow(id=origin_id, members=tuple(_to_members(tx, rows)))


def _to_row(place: OriginPlace) -> dict[str, Any]:
    return {
        "placed_id": place.article_id,
        "origin_id": place.origin_id,
        "role": place.role,
        "taken_from": place.taken_from,
        "likeness": place.likeness,
        "origin_why": place.why,
        "origin_made_by": place.made_by,
        "origin_agency": place.agency,
        "sureness": place.sureness,
    }


def _members() -> Select[Any]:
    parent = articles.alias("parent")
    names = ("id", "origin_id", "at", "url", "role", "likeness", "origin_why")
    own = [articles.c[name] for name in (*names, "origin_agency", "sureness")]
    joined = articles.outerjoin(parent, parent.c.id == articles.c.taken_from)
    query = select(*own, parent.c.url.label("taken_from_url")).select_from(joined)
    return query.order_by(articles.c.origin_id, articles.c.at, articles.c.id)


def _iterate_members(tx: Tx) -> Iterator[tuple[int, OriginMember]]:
    query = _members().where(articles.c.origin_id.is_not(None)).limit(_STREAM)
    place = tuple_(articles.c.origin_id, articles.c.at, articles.c.id)
    rows: Sequence[Row] = tx.conn.execute(query).all()
    while rows:
        yield from zip([row.origin_id for row in rows], _to_members(tx, rows), strict=True)
        last = rows[-1]
        seen = tuple_(
            literal(last.origin_id, RowId), literal(last.at, Moment), literal(last.id, RowId)
        )
        rows = tx.conn.execute(query.where(place > seen)).all()


def _to_members(tx: Tx, rows: Sequence[Row]) -> list[OriginMember]:
    links = link_rows_of(tx, [ArticleId(row.id) for row in rows])
    return [_to_member(row, links.get(ArticleId(row.id), ())) for row in rows]


def _to_member(row: Row, links: tuple[LinkRow, ...]) -> OriginMember:
    return OriginMember(
        article_id=ArticleId(row.id),
        url=row.url,
        role=Role(row.role),
        taken_from_url=row.taken_from_url,
        likeness=1.0 if row.likeness is None else row.likeness,
        why=row.origin_why,
        agency=row.origin_agency,
        sureness=1.0 if row.sureness is None else row.sureness,
        links=links,
    )
