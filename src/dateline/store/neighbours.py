"""Articles that may be offered beside another: a few indexed reads, however large the store is.

Five ways lead to them: the story of the article, what was found near to it when either was placed
(`related`), parts of one in the story of the other, the telling names that both have, and what
readers went on to. Each way is cut off by its index, so that what is read does not grow with the
store. What is then to be offered is decided in `publish/related.py`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import (
    BindParameter,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    union_all,
)

from dateline.model import (
    UNDATED_AT,
    ArticleId,
    Card,
    Entity,
    Kin,
    Neighbour,
    OriginId,
    StoryId,
    Telling,
)
from dateline.store.columns import Moment, RowId, Words, from_json, shorten
from dateline.store.engine import Tx
from dateline.store.follows import list_followed
from dateline.store.rows import Row
from dateline.store.statements import is_shown
from dateline.store.tables import articles, entities, names, related, sources, story_parts
from dateline.text import make_slug

NEAREST = 18  # articles that were found near
MEMBERS = 8  # of the story: so many before the article, and so many after it
PARTS = 6  # of other articles in the story, the newest; and of other stories' articles
NAMED = 6  # articles that have a telling name: so many before the article, and so many after it
KEYS = 3  # telling names that are looked for

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_KEYS: BindParameter[Any] = bindparam("keys", expanding=True)


class _Mentions(msgspec.Struct):
    mentions: list[Any]


_decode = msgspec.json.Decoder(_Mentions).decode


@dataclass(slots=True)
class _Found:
    """What led to which article."""

    score: dict[int, float] = field(default_factory=dict)
    kin: dict[int, Kin] = field(default_factory=dict)
    followed: Mapping[ArticleId, int] = field(default_factory=dict)
    ids: set[int] = field(default_factory=set)


def to_neighbour(card: Card) -> Neighbour:
    """Return an article as its neighbours are held against it."""
    return Neighbour(
        article_id=card.article_id,
        headline=card.headline,
        lede=card.lede,
        language=card.language,
        outlet=card.family or card.source_key,
        at=card.at,
        dated=card.dated,
        story_id=card.story_id,
        origin_id=card.origin_id,
        kin=Kin.WHOLE,
        score=1.0,
    )


def list_entities(tx: Tx, article_id: ArticleId) -> list[Entity]:
    """Return who and what the newest version of an article names, none where it was withdrawn."""
    rows = tx.conn.execute(_query_own(), {"ids": [article_id]})
    return [from_json(row.document, Entity) for row in rows]


def count_mentions(tx: Tx, keys: Iterable[str]) -> dict[str, int]:
    """Return how often all articles together mention each key."""
    asked = {shorten(key): key for key in keys}
    rows = tx.conn.execute(_query_mentions(), {"keys": sorted(asked)}) if asked else ()
    return {asked[row.key]: int(row.mentions) for row in rows if row.key in asked}


def count_articles(tx: Tx) -> int:
    """Return about how many articles there are: no id is given twice, few are given up."""
    return int(tx.conn.execute(_query_last()).scalar_one())


def list_sources_named(tx: Tx, found: Iterable[str]) -> list[str]:
    """Return those of these names under whose slug an outlet or agency is followed."""
    slugs = {make_slug(name): name for name in found}
    rows = tx.conn.execute(_query_sources(), {"keys": sorted(slugs)}) if slugs else ()
    return [slugs[row.key] for row in rows]


def list_neighbours(tx: Tx, page: Neighbour, telling: Sequence[Telling]) -> list[Neighbour]:
    """Return the articles that may be offered beside one, in order of their ids.

    Withdrawn ones are left out. `telling` are the names by which others are looked for; the first
    few count.
    """
    keys = {shorten(name.key): name.key for name in telling[:KEYS]}
    found = _Found()
    for row in tx.conn.execute(query_nearest(), {"article_id": page.article_id}):
        found.score[row.other_id] = row.score
    found.followed = list_followed(tx, page.article_id)
    found.ids.update(found.score, found.followed)
    if page.story_id is not None:
        _add_kin(tx, page, found)
    if keys:
        places = {f"key_{place}": key for place, key in enumerate(keys)}
        named = tx.conn.execute(query_named(len(keys)), places | {"article_id": page.article_id})
        found.ids.update(row.article_id for row in named)
    found.ids.discard(page.article_id)
    if not found.ids:
        return []
    asked = {"ids": sorted(found.ids), "keys": sorted(keys)}
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in tx.conn.execute(query_rows(), asked):
        rows[row.id].append(row)
    return [_to_neighbour(each, page, found, keys) for each in rows.values()]


def _add_kin(tx: Tx, page: Neighbour, found: _Found) -> None:
    asked = {
        "story_id": page.story_id,
        "at": page.at,
        "article_id": page.article_id,
    }
    for row in tx.conn.execute(query_kin(), asked):
        found.ids.add(row.id)
        found.kin[row.id] = Kin(row.kin)


@cache  # to build these takes longer than to run them
def query_nearest() -> Select[Any]:
    """Return the query for what was found near to an article, the nearest first."""
    mine = related.c.article_id == bindparam("article_id", type_=RowId)
    query = select(related.c.other_id, related.c.score).where(mine)
    return query.order_by(related.c.score.desc(), related.c.other_id.desc()).limit(NEAREST)


@cache
def query_kin() -> Any:
    """Return the query for articles of the same story, near in time, and for those in part of it.

    Named are `story_id`, `at` and `article_id` of the article that is read.
    """
    story_id = bindparam("story_id", type_=RowId)
    at, own = bindparam("at", type_=Moment), bindparam("article_id", type_=RowId)
    columns = (articles.c.id, _say(Kin.WHOLE))
    mine = select(*columns).where(articles.c.story_id == story_id)
    before = mine.where(articles.c.at <= at).order_by(articles.c.at.desc(), articles.c.id.desc())
    after = mine.where(articles.c.at > at).order_by(articles.c.at, articles.c.id)
    told = select(story_parts.c.article_id.label("id"), _say(Kin.PART))
    told = told.where(story_parts.c.story_id == story_id)
    told = told.order_by(story_parts.c.at.desc(), story_parts.c.article_id.desc())
    others = select(*columns[:1], _say(Kin.PART)).join(
        story_parts, story_parts.c.story_id == articles.c.story_id
    )
    others = others.where(story_parts.c.article_id == own)
    others = others.order_by(articles.c.at.desc(), articles.c.id.desc())
    ways = (before, MEMBERS), (after, MEMBERS), (told, PARTS), (others, PARTS)
    return union_all(*(select(way.limit(most).subquery()) for way, most in ways))


@cache
def query_named(count: int) -> Any:
    """Return the query for articles that have one of `count` names, around `article_id`."""
    own = bindparam("article_id", type_=RowId)
    ways = []
    for place in range(count):
        mine = select(entities.c.article_id).where(
            entities.c.key == bindparam(f"key_{place}", type_=Words)
        )
        before = mine.where(entities.c.article_id < own).order_by(entities.c.article_id.desc())
        after = mine.where(entities.c.article_id > own).order_by(entities.c.article_id)
        ways += [before.limit(NAMED), after.limit(NAMED)]
    return union_all(*(select(way.subquery()) for way in ways))


@cache
def query_rows() -> Select[Any]:
    """Return the query for the articles `ids` that still stand: one row for each of the names
    `keys` that the newest version has, one for those that have none.

    The outer join makes both databases begin with the articles, not with all that has a name.
    """
    own = ("id", "headline", "lede", "language", "at", "first_seen", "story_id", "origin_id")
    named = and_(
        entities.c.key.in_(_KEYS),
        entities.c.article_id == articles.c.id,
        entities.c.version == articles.c.versions,
    )
    joined = articles.join(sources, sources.c.id == articles.c.source_id)
    query = select(
        *(articles.c[name] for name in own),
        *(sources.c.key.label("source_key"), sources.c.family),
        *(entities.c.key, entities.c.document),
    ).select_from(joined.outerjoin(entities, named))
    standing = query.where(articles.c.id.in_(_IDS), articles.c.gone_at.is_(None))
    return standing.order_by(articles.c.id, entities.c.key)


@cache
def _query_own() -> Select[Any]:
    query = select(entities.c.document).join(articles, articles.c.id == entities.c.article_id)
    return query.where(is_shown(entities), articles.c.id.in_(_IDS)).order_by(entities.c.number)


@cache
def _query_last() -> Select[Any]:
    return select(func.coalesce(func.max(articles.c.id), 0))


@cache
def _query_sources() -> Select[Any]:
    return select(sources.c.key).where(sources.c.key.in_(_KEYS))


@cache
def _query_mentions() -> Select[Any]:
    total = func.sum(names.c.mentions).label("mentions")
    return select(names.c.key, total).where(names.c.key.in_(_KEYS)).group_by(names.c.key)


def _say(kin: Kin) -> Any:
    return literal_column(f"'{kin.value}'").label("kin")


def _count_shared(rows: Sequence[Row], keys: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    counts = Counter[str]()
    for row in rows:
        if row.key in keys:
            counts[keys[row.key]] += len(_decode(row.document).mentions)
    return tuple(sorted(counts.items()))


def _to_neighbour(
    rows: Sequence[Row], page: Neighbour, found: _Found, keys: Mapping[str, str]
) -> Neighbour:
    row = rows[0]
    kin = found.kin.get(row.id, Kin.NONE)
    if page.story_id is not None and row.story_id == page.story_id:
        kin = Kin.WHOLE
    dated = row.at > UNDATED_AT
    return Neighbour(
        article_id=ArticleId(row.id),
        headline=row.headline,
        lede=row.lede,
        language=row.language,
        outlet=row.family or row.source_key,
        at=row.at if dated else row.first_seen,
        dated=dated,
        story_id=None if row.story_id is None else StoryId(row.story_id),
        origin_id=None if row.origin_id is None else OriginId(row.origin_id),
        kin=kin,
        score=found.score.get(row.id, 0.0),
        followed=found.followed.get(ArticleId(row.id), 0),
        shared=_count_shared(rows, keys),
    )
