"""Which addresses there are: articles and stories by ranges of their ids, and what is new of them.

A range is a fixed stretch of ids, so that a site of a million articles is listed in pieces that
never shift.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, Table, func, select

from dateline.model import UNDATED_AT, ArticleId, StoryId
from dateline.store.engine import Tx
from dateline.store.rows import insert_into
from dateline.store.tables import articles, counters, stories

RANGE = 10_000  # ids; a sitemap may name 50,000 addresses
# Only a story of which nothing stands has a withdrawn lead.
_gone_lead = select(articles.c.id).where(
    articles.c.id == stories.c.lead_id, articles.c.gone_at.is_not(None)
)
_shared = (stories.c.articles > 1) & stories.c.merged_into.is_(None)
_LISTED: dict[str, tuple[Table, ColumnElement[bool]]] = {
    "articles": (articles, articles.c.gone_at.is_(None)),
    "stories": (stories, _shared & ~_gone_lead.exists()),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedArticle:
    """What an address of an article is made of, and when the page changed."""

    article_id: ArticleId
    headline: str
    changed_at: datetime
    story_id: StoryId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedStory:
    """What an address of a story is made of, and when the page changed; None: not known."""

    story_id: StoryId
    slug: str
    changed_at: datetime | None


def list_ranges(tx: Tx, kind: str) -> list[int]:
    """Return the numbers of the ranges in which any "articles" or "stories" are listed.

    One look each.
    """
    table, is_listed = _LISTED[kind]
    column = table.c.id
    found: list[int] = []
    while True:
        start = (found[-1] + 1) * RANGE if found else 0
        first = tx.conn.execute(select(func.min(column)).where(column >= start, is_listed)).scalar()
        if first is None:
            return found
        found.append(int(first) // RANGE)


def list_range_articles(tx: Tx, number: int) -> list[ListedArticle]:
    """Return the articles of a range that were not withdrawn, by id."""
    here = (articles.c.id >= number * RANGE) & (articles.c.id < (number + 1) * RANGE)
    query = _select_articles().where(here, _LISTED["articles"][1])
    return _read_articles(tx, query.order_by(articles.c.id))


def list_range_stories(tx: Tx, number: int) -> list[ListedStory]:
    """Return the stories of a range that have a page of their own, by id."""
    here = (stories.c.id >= number * RANGE) & (stories.c.id < (number + 1) * RANGE)
    query = _select_stories().where(here, _LISTED["stories"][1])
    return [
        ListedStory(
            story_id=StoryId(row.id),
            slug=row.slug,
            changed_at=row.last_at if row.last_at > UNDATED_AT else None,
        )
        for row in tx.conn.execute(query.order_by(stories.c.id))
    ]


def list_new_articles(tx: Tx, after: ArticleId, limit: int) -> list[ListedArticle]:
    """Return articles that came after one, in order."""
    query = _select_articles().where(articles.c.id > after).order_by(articles.c.id)
    return _read_articles(tx, query.limit(limit))


def list_edited_articles(tx: Tx, after: datetime, limit: int) -> list[ListedArticle]:
    """Return articles that were edited after a moment, in order."""
    query = _select_articles().where(articles.c.edited_at > after)
    return _read_articles(tx, query.order_by(articles.c.edited_at, articles.c.id).limit(limit))


def last_article(tx: Tx) -> ArticleId:
    """Return the id of the newest article, 0 where there is none."""
    return ArticleId(tx.conn.execute(select(func.max(articles.c.id))).scalar() or 0)


def read_counter(tx: Tx, name: str) -> int | None:
    """Return a number that was kept under a name, None where none was."""
    found = tx.conn.execute(select(counters.c.value).where(counters.c.name == name)).scalar()
    return None if found is None else int(found)


def set_counter(tx: Tx, name: str, value: int) -> None:
    """Keep a number under a name."""
    insert = insert_into(tx, counters).values(name=name, value=value)
    changed = {"value": insert.excluded.value}
    tx.conn.execute(insert.on_conflict_do_update(index_elements=["name"], set_=changed))


def _select_articles() -> Select[tuple[object, ...]]:
    changed = func.coalesce(articles.c.edited_at, articles.c.first_seen, type_=articles.c.at.type)
    return select(
        articles.c.id, articles.c.headline, articles.c.story_id, changed.label("changed_at")
    )


def _select_stories() -> Select[tuple[object, ...]]:
    return select(stories.c.id, stories.c.slug, stories.c.last_at)


def _read_articles(tx: Tx, query: Select[tuple[object, ...]]) -> list[ListedArticle]:
    return [
        ListedArticle(
            article_id=ArticleId(row.id),
            headline=row.headline,
            changed_at=row.changed_at,
            story_id=None if row.story_id is None else StoryId(row.story_id),
        )
        for row in tx.conn.execute(query)
    ]
