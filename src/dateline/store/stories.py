"""Stories: membership, headline, counts; an id and its address are for ever."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
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

from dateline.model import ArticleId, Card, StoryCard, StoryId, StoryPlace
from dateline.store.cards import load_cards, select_cards, to_card
from dateline.store.columns import Moment, RowId
from dateline.store.engine import Tx
from dateline.store.readings import names_from_json
from dateline.store.rows import Row, in_batches, insert_into
from dateline.store.tables import articles, related, stories, story_facets
from dateline.store.tallies import recount_stories
from dateline.text import make_slug

_MEMBERS = 6  # cards of a story in a list
_STREAM = 2000
_PLACE = update(articles).where(articles.c.id == bindparam("placed_id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """One story with the addresses of its articles, the earliest first."""

    id: StoryId
    slug: str
    headline: str
    article_urls: tuple[str, ...]


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
    """Return the lowest id that no story has had."""
    return StoryId(
        tx.conn.execute(select(func.coalesce(func.max(stories.c.id), 0) + 1)).scalar_one()
    )


def save_story_places(tx: Tx, places: Sequence[StoryPlace]) -> None:
    """Put articles into their stories and note what each is related to, in both directions.

    Counts and times of all stories concerned are right afterwards; saving the same places again
    changes nothing. A new story begins with the headline of its first article.
    """
    if not places:
        return
    moved = _list_stories(tx, places)
    _open_stories(tx, places)
    tx.conn.execute(_PLACE, [_to_row(place) for place in places])
    _save_related(tx, places)
    recount_stories(tx, moved | {place.story_id for place in places})


def set_story_lead(
    tx: Tx, story_id: StoryId, article_id: ArticleId, headline: str, slug: str
) -> None:
    """Set whose headline a story carries, and the readable part of its address."""
    values = {"lead_id": article_id, "headline": headline, "slug": slug}
    tx.conn.execute(update(stories).where(stories.c.id == story_id).values(values))


def iterate_stories(tx: Tx) -> Iterator[StoryRow]:
    """Yield all stories in order of their ids, a few thousand articles in memory at a time."""
    for story_id, group in groupby(_iterate_members(tx), key=lambda row: row.story_id):
        rows = list(group)
        yield StoryRow(
            id=StoryId(story_id),
            slug=rows[0].slug,
            headline=rows[0].story_headline,
            article_urls=tuple(row.url for row in rows),
        )


def load_story(tx: Tx, story_id: StoryId) -> StoryCard | None:
    """Return a story with all its articles, the newest first; None where it has none."""
    query = select(stories).where(stories.c.id == story_id, stories.c.articles > 0)
    row = tx.conn.execute(query).one_or_none()
    if row is None:
        return None
    mine = select_cards().where(articles.c.story_id == story_id)
    newest = mine.order_by(articles.c.at.desc(), articles.c.id.desc())
    members = [to_card(found) for found in tx.conn.execute(newest)]
    leads = [card for card in members if card.article_id == row.lead_id]
    return _to_story(row, members, leads[0] if leads else members[0])


def list_stories(tx: Tx, wanted: StoryFilter) -> list[StoryCard]:
    """Return stories, those with the newest article first, each with at most six of its cards."""
    rows = tx.conn.execute(query_stories(wanted)).all()
    newest = tx.conn.execute(query_newest_members([StoryId(row.id) for row in rows]))
    members: dict[int, list[Card]] = {}
    for found in newest:
        members.setdefault(found.story_id, []).append(to_card(found))
    known = {card.article_id for cards in members.values() for card in cards}
    missing = [row.lead_id for row in rows if row.lead_id not in known]
    leads = {card.article_id: card for card in load_cards(tx, missing)}
    leads.update((card.article_id, card) for cards in members.values() for card in cards)
    return [_to_short_story(row, members[row.id], leads) for row in rows if row.id in members]


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


def query_newest_members(ids: Sequence[StoryId]) -> Select[Any]:
    """Return the query for the newest few cards of each of some stories, newest first."""
    inner = articles.alias("member")
    few = (
        select(inner.c.id)
        .where(inner.c.story_id == stories.c.id)
        .order_by(inner.c.at.desc(), inner.c.id.desc())
        .limit(_MEMBERS)
        .correlate(stories)
    )
    query = select_cards().join(stories, and_(stories.c.id.in_(ids), articles.c.id.in_(few)))
    return query.order_by(articles.c.at.desc(), articles.c.id.desc())


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
        "story_made_by": place.made_by,
    }


def _list_stories(tx: Tx, places: Sequence[StoryPlace]) -> set[StoryId]:
    found: set[StoryId] = set()
    for batch in in_batches([place.article_id for place in places]):
        query = select(articles.c.story_id).where(
            articles.c.id.in_(batch), articles.c.story_id.is_not(None)
        )
        found.update(StoryId(story_id) for story_id in tx.conn.execute(query).scalars())
    return found


def _open_stories(tx: Tx, places: Sequence[StoryPlace]) -> None:
    first: dict[StoryId, ArticleId] = {}
    for place in places:
        first.setdefault(place.story_id, place.article_id)
    for batch in in_batches(first.items()):
        names = (articles.c.id, articles.c.headline, articles.c.at)
        query = select(*names).where(articles.c.id.in_([article_id for _, article_id in batch]))
        known: dict[int, Row] = {row.id: row for row in tx.conn.execute(query)}
        rows = [_open_row(story_id, known[article_id]) for story_id, article_id in batch]
        tx.conn.execute(insert_into(tx, stories).on_conflict_do_nothing(), rows)


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


def _iterate_members(tx: Tx) -> Iterator[Row]:
    own = [articles.c[name] for name in ("id", "story_id", "at", "url")]
    joined = articles.join(stories, stories.c.id == articles.c.story_id)
    query = select(*own, stories.c.slug, stories.c.headline.label("story_headline"))
    place = tuple_(articles.c.story_id, articles.c.at, articles.c.id)
    ordered = query.select_from(joined).where(articles.c.story_id.is_not(None))
    ordered = ordered.order_by(articles.c.story_id, articles.c.at, articles.c.id).limit(_STREAM)
    rows: Sequence[Row] = tx.conn.execute(ordered).all()
    while rows:
        yield from rows
        last = rows[-1]
        seen = tuple_(
            literal(last.story_id, RowId), literal(last.at, Moment), literal(last.id, RowId)
        )
        rows = tx.conn.execute(ordered.where(place > seen)).all()


def _to_short_story(row: Row, members: list[Card], leads: dict[ArticleId, Card]) -> StoryCard:
    lead = leads.get(ArticleId(row.lead_id), members[0])
    if all(card.article_id != lead.article_id for card in members):
        members = [*members[: _MEMBERS - 1], lead]
    return _to_story(row, members, lead)


def _to_story(row: Row, members: list[Card], lead: Card) -> StoryCard:
    return StoryCard(
        story_id=StoryId(row.id),
        slug=row.slug,
        headline=row.headline,
        lead=lead,
        members=tuple(members),
        articles=row.articles,
        outlets=row.outlets,
        origins=row.origins,
        languages=names_from_json(row.languages),
        first_at=row.first_at,
        last_at=row.last_at,
    )
