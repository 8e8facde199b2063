"""Stories: membership, headline, counts; an id and its address are for ever."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    tuple_,
    update,
)

from dateline.model import UNDATED_AT, ArticleId, Card, OriginId, StoryCard, StoryId, StoryPlace
from dateline.store.cards import select_cards, to_card
from dateline.store.columns import Moment, RowId
from dateline.store.decisions import LOCK_STORIES
from dateline.store.engine import Tx
from dateline.store.members import (
    MOST,
    list_newest_members,
    load_leads,
    load_members,
    query_newest_members,
)
from dateline.store.parts import SavedPart, drop_whole, save_parts
from dateline.store.readings import names_from_json
from dateline.store.rows import Row, in_batches, insert_into, take_turn
from dateline.store.story_stream import StoryMember, StoryRow, iterate_stories
from dateline.store.successors import find_successor, follow_merges, list_known_stories
from dateline.store.tables import articles, related, stories, story_facets
from dateline.store.tallies import recount_stories
from dateline.text import make_slug

__all__ = [
    "StoryFilter",
    "StoryMember",
    "StoryRow",
    "find_successor",
    "iterate_stories",
    "list_related",
    "list_stories",
    "load_short_stories",
    "load_story",
    "next_story_id",
    "open_stories",
    "query_newest_members",
    "query_related",
    "query_stories",
    "save_story_places",
    "stories_of_origins",
]

_PLACE = update(articles).where(articles.c.id == bindparam("placed_id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFilter:
    """Which stories to list.

    `before` is the `last_at` of the last story on the page above; with `before_id`, its id,
    stories of the same microsecond are not lost between pages.
    """

    since: datetime | None = None
    section: str = ""
    language: str = ""
    source_key: str = ""
    before: datetime | None = None
    before_id: StoryId | None = None
    limit: int = 30


def next_story_id(tx: Tx) -> StoryId:
    """Return the lowest id that no story has had, and none will have before the commit."""
    take_turn(tx, LOCK_STORIES)
    return StoryId(
        tx.conn.execute(select(func.coalesce(func.max(stories.c.id), 0) + 1)).scalar_one()
    )


def save_story_places(tx: Tx, places: Sequence[StoryPlace]) -> None:
    """Put articles into their stories and note what each is related to, in both directions.

    Counts and times of all stories concerned are right afterwards; saving the same places again
    changes nothing. A new story begins with the headline of its first article. What is meant for
    a story that was merged goes into the one that took it over.
    """
    if not places:
        return
    places = _redirect(tx, places)
    moved = _list_stories(tx, places)
    parts = [(part, place.made_by) for place in places for part in place.parts]
    named = [(place.story_id, place.article_id) for place in places]
    named += [(part.story_id, part.article_id) for part, _ in parts]
    open_stories(tx, named)
    tx.conn.execute(_PLACE, [_to_row(place) for place in places])
    drop_whole(tx, {place.article_id: place.story_id for place in places})
    save_parts(tx, [SavedPart(part=part, made_by=made_by) for part, made_by in parts])
    _save_related(tx, places)
    recount_stories(tx, moved | {story_id for story_id, _ in named})


def stories_of_origins(
    tx: Tx, origin_ids: Collection[OriginId | None]
) -> dict[OriginId | None, StoryId]:
    """Return in which story the report of each origin stands: that of its first placed article."""
    found: dict[OriginId | None, StoryId] = {}
    for batch in in_batches(sorted(id for id in origin_ids if id is not None)):
        placed = and_(articles.c.origin_id.in_(batch), articles.c.story_id.is_not(None))
        firsts = select(func.min(articles.c.id)).where(placed).group_by(articles.c.origin_id)
        query = select(articles.c.origin_id, articles.c.story_id).where(articles.c.id.in_(firsts))
        for row in tx.conn.execute(query):
            found[OriginId(row.origin_id)] = StoryId(row.story_id)
    return found


def load_story(tx: Tx, story_id: StoryId) -> StoryCard | None:
    """Return a story with all its articles, the newest first; None where it has none.

    Members of which only a part belongs to it have `spans`. For the address of a story that was
    merged see `find_successor`.
    """
    query = select(stories).where(stories.c.id == story_id, stories.c.articles > 0)
    row = tx.conn.execute(query).one_or_none()
    members = [] if row is None else load_members(tx, story_id)
    if row is None or not members:
        return None
    leads = [card for card in members if card.article_id == row.lead_id]
    return _to_story(row, members, leads[0] if leads else members[0])


def list_stories(tx: Tx, wanted: StoryFilter) -> list[StoryCard]:
    """Return stories, those with the newest article first, each with at most six of its cards."""
    return _to_short_stories(tx, tx.conn.execute(query_stories(wanted)).all())


def load_short_stories(tx: Tx, ids: Sequence[StoryId]) -> list[StoryCard]:
    """Return stories as lists have them, in the order of `ids`; those without articles are not."""
    found: dict[StoryId, StoryCard] = {}
    for batch in in_batches(ids):
        query = select(stories).where(stories.c.id.in_(batch), stories.c.articles > 0)
        some = _to_short_stories(tx, tx.conn.execute(query).all())
        found.update((story.story_id, story) for story in some)
    return [found[story_id] for story_id in ids if story_id in found]


def _to_short_stories(tx: Tx, rows: Sequence[Row]) -> list[StoryCard]:
    members = list_newest_members(tx, [StoryId(row.id) for row in rows])
    missing = [
        (StoryId(row.id), ArticleId(row.lead_id))
        for row in rows
        if all(card.article_id != row.lead_id for card in members.get(row.id, ()))
    ]
    leads = load_leads(tx, missing)
    return [
        _to_short_story(row, members[row.id], leads.get(row.id))
        for row in rows
        if row.id in members
    ]


def list_related(tx: Tx, article_id: ArticleId, limit: int) -> list[tuple[Card, float]]:
    """Return the articles nearest to one, with their scores, the nearest first."""
    query = query_related(article_id).limit(limit)
    return [(to_card(row), row.score) for row in tx.conn.execute(query)]


def query_related(article_id: ArticleId) -> Select[Any]:
    """Return the query behind `list_related`."""
    query = select_cards().add_columns(related.c.score)
    joined = query.join(related, related.c.other_id == articles.c.id)
    mine = joined.where(related.c.article_id == article_id)
    return mine.order_by(related.c.score.desc(), related.c.other_id.desc())


def query_stories(wanted: StoryFilter) -> Select[Any]:
    """Return the query behind `list_stories`: by the index of one facet, or by all stories'."""
    facets = {
        "section": wanted.section,
        "language": wanted.language,
        "source": wanted.source_key,
    }
    asked = [(kind, value) for kind, value in facets.items() if value]
    query = select(stories).where(stories.c.articles > 0)
    at: ColumnElement[Any] = stories.c.last_at
    story_id: ColumnElement[Any] = stories.c.id
    if asked:
        first = story_facets
        query = query.join(first, first.c.story_id == stories.c.id).where(*_has(first, *asked[0]))
        at, story_id = first.c.last_at, first.c.story_id
    for number, (kind, value) in enumerate(asked[1:]):
        also = story_facets.alias(f"also_{number}")
        has_it = select(also.c.kind).where(also.c.story_id == story_id, *_has(also, kind, value))
        query = query.where(has_it.exists())
    if wanted.since is not None:
        query = query.where(at >= wanted.since)
    query = query.where(*_below(wanted, at, story_id))
    return query.order_by(at.desc(), story_id.desc()).limit(wanted.limit)


def open_stories(tx: Tx, named: Iterable[tuple[StoryId, ArticleId]]) -> None:
    """Open the stories that do not exist yet, each with the headline of its first article."""
    first: dict[StoryId, ArticleId] = {}
    for story_id, article_id in named:
        first.setdefault(story_id, article_id)
    known_ids = list_known_stories(tx, first)
    for batch in in_batches(one for one in first.items() if one[0] not in known_ids):
        names = (articles.c.id, articles.c.headline, articles.c.at)
        query = select(*names).where(articles.c.id.in_([article_id for _, article_id in batch]))
        known: dict[int, Row] = {row.id: row for row in tx.conn.execute(query)}
        rows = [_open_row(story_id, known[article_id]) for story_id, article_id in batch]
        tx.conn.execute(insert_into(tx, stories).on_conflict_do_nothing(), rows)


def _has(facet: Any, kind: str, value: str) -> list[ColumnElement[bool]]:
    return [facet.c.kind == literal_column(f"'{kind}'"), facet.c.value == value]


def _below(
    wanted: StoryFilter, at: ColumnElement[Any], story_id: ColumnElement[Any]
) -> list[ColumnElement[bool]]:
    if wanted.before is None:
        return []
    if wanted.before_id is None:
        return [at < wanted.before]
    last = tuple_(literal(wanted.before, Moment), literal(wanted.before_id, RowId))
    return [tuple_(at, story_id) < last]


def _to_row(place: StoryPlace) -> dict[str, Any]:
    return {
        "placed_id": place.article_id,
        "story_id": place.story_id,
        "story_score": place.score,
        "follows": int(place.follows),
        "story_made_by": place.made_by,
    }


def _redirect(tx: Tx, places: Sequence[StoryPlace]) -> list[StoryPlace]:
    ids = {place.story_id for place in places}
    ids |= {part.story_id for place in places for part in place.parts}
    list_known_stories(tx, ids, hold=True)
    end_of = follow_merges(tx, ids)
    return [
        replace(
            place,
            story_id=end_of[place.story_id],
            parts=tuple(replace(part, story_id=end_of[part.story_id]) for part in place.parts),
        )
        for place in places
    ]


def _list_stories(tx: Tx, places: Sequence[StoryPlace]) -> set[StoryId]:
    found: set[StoryId] = set()
    for batch in in_batches([place.article_id for place in places]):
        query = select(articles.c.story_id).where(
            articles.c.id.in_(batch), articles.c.story_id.is_not(None)
        )
        found.update(StoryId(story_id) for story_id in tx.conn.execute(query).scalars())
    return found


def _open_row(story_id: StoryId, article: Row) -> dict[str, Any]:
    none = {"articles": 0, "outlets": 0, "origins": 0}
    return none | {
        "id": story_id,
        "slug": make_slug(article.headline),
        "headline": article.headline,
        "lead_id": article.id,
        "first_at": article.at,
        "last_at": article.at,
    }


def _save_related(tx: Tx, places: Sequence[StoryPlace]) -> None:
    scores: dict[tuple[int, int], float] = {}
    for place in places:
        for other in place.related:
            scores[place.article_id, other.article_id] = other.score
            scores[other.article_id, place.article_id] = other.score
    rows = [
        {"article_id": one, "other_id": other, "score": score}
        for (one, other), score in scores.items()
        if one != other
    ]
    if not rows:
        return
    insert = insert_into(tx, related)
    changed = {"score": insert.excluded.score}
    pair = ["article_id", "other_id"]
    tx.conn.execute(insert.on_conflict_do_update(index_elements=pair, set_=changed), rows)


def _to_short_story(row: Row, members: list[Card], lead: Card | None) -> StoryCard:
    mine = [card for card in members if card.article_id == row.lead_id]
    if mine or lead is None:
        return _to_story(row, members, mine[0] if mine else members[0])
    return _to_story(row, [*members[: MOST - 1], lead], lead)


def _to_story(row: Row, members: list[Card], lead: Card) -> StoryCard:
    return StoryCard(
        story_id=StoryId(row.id),
        slug=row.slug,
        headline=lead.headline,
        lead=lead,
        members=tuple(members),
        articles=row.articles,
        outlets=row.outlets,
        origins=row.origins,
        languages=names_from_json(row.languages),
        first_at=row.first_at,
        last_at=row.last_at,
        first_sighted=_is_sighted(members, row.first_at),
        last_sighted=_is_sighted(members, row.last_at),
    )


def _is_sighted(members: Sequence[Card], at: datetime) -> bool:
    """Say whether none of the articles of a moment has a date of its own."""
    mine = [card for card in members if card.listed_at == at > UNDATED_AT and not card.gone]
    return bool(mine) and all(card.sighted for card in mine)
