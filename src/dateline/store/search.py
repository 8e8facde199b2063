"""The search: the newest hits, without looking at more articles than it takes to find them.

SQLite's index gives hits in the order of time: the walk ends as soon as there are enough. That of
PostgreSQL gives them in no order, so spans of time are asked for, from the newest on and each
eight times as long as the one before, until there are enough. A search that takes too long ends
with what it has found by then, and says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, text

from dateline.model import ArticleId, Hit, StoryId
from dateline.store.columns import from_ticks
from dateline.store.engine import Tx
from dateline.store.index import make_search_id, read_ticks
from dateline.store.matching import Facts, SearchQuery, make_matching
from dateline.store.search_postgres import ask_postgres
from dateline.store.search_range import SELECT, Patience, Range
from dateline.store.search_sqlite import walk_sqlite
from dateline.store.successors import find_successor
from dateline.store.tables import articles
from dateline.store.terms import Term

__all__ = ["Facts", "Hits", "Patience", "SearchQuery", "Term", "find_hits"]

_FIRST, _LAST = -(2**63), 2**63 - 1
_STORY_MOST = 5000  # articles of a story that are searched

_LIST = text(
    SELECT + "FROM articles AS a JOIN sources AS s ON s.id = a.source_id "
    "WHERE a.search_id >= :low AND a.search_id < :high ORDER BY a.search_id DESC LIMIT :limit"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """The newest hits, the newest first."""

    hits: tuple[Hit, ...] = ()
    more: bool = False  # as many as were asked for or as are enough: there may be older ones
    stopped: bool = False  # it took too long: some may be missing


def find_hits(tx: Tx, wanted: SearchQuery, patience: Patience | None = None) -> Hits:
    """Return the newest hits (to the minute); no input raises."""
    where = _find_range(tx, wanted)
    matching = make_matching(tx, wanted)
    if matching is None or where.low >= where.high:
        return Hits()
    if matching.asks:
        find = walk_sqlite if tx.dialect == "sqlite" else ask_postgres
        rows, stopped = find(tx, matching, where, patience)
    elif wanted.facts.stories or wanted.since or wanted.until:
        rows, stopped = _list_rows(tx, where), False
    else:
        return Hits()
    hits = tuple(_to_hit(*row) for row in rows[: wanted.limit])
    enough = patience is not None and len(hits) >= patience.enough > 0
    more = len(rows) >= wanted.limit or (stopped and enough)
    return Hits(hits=hits, more=more, stopped=stopped and not enough)


def _to_hit(search_id: int, article_id: int, story_id: int | None, *rest: str) -> Hit:
    at = from_ticks(read_ticks(search_id))
    story = None if story_id is None else StoryId(story_id)
    key, language, section, title = rest
    return Hit(search_id, ArticleId(article_id), story, key, language, section, at, title)


def _find_range(tx: Tx, wanted: SearchQuery) -> Range:
    low = _FIRST if wanted.since is None else make_search_id(wanted.since, ArticleId(0))
    high = _LAST
    if wanted.until is not None:  # to the end of that minute; the cards are filtered exactly
        high = make_search_id(wanted.until, ArticleId(-1)) + 1
    if wanted.before is not None:
        high = min(high, make_search_id(*wanted.before))
    never = _list_members(tx, wanted.without.stories)
    if not wanted.facts.stories:
        return Range(low=low, high=high, limit=wanted.limit, never=never)
    only = frozenset(one for one in _list_members(tx, wanted.facts.stories) if low <= one < high)
    low, high = (min(only), max(only) + 1) if only else (0, 0)
    return Range(low=low, high=high, limit=wanted.limit, only=only, never=never)


def _list_members(tx: Tx, stories: Sequence[StoryId]) -> frozenset[int]:
    """Return the numbers of the articles of stories, also of those that these were merged into."""
    if not stories:
        return frozenset()
    ids = {find_successor(tx, story_id) or story_id for story_id in stories[:_STORY_MOST]}
    query = select(articles.c.search_id).where(articles.c.story_id.in_(sorted(ids)))
    newest = query.order_by(articles.c.at.desc()).limit(_STORY_MOST)
    return frozenset(tx.conn.execute(newest).scalars())


def _list_rows(tx: Tx, where: Range) -> list[Any]:
    """Return the newest articles of a span of time, or of stories."""
    spans = [(where.low, where.high, where.limit + len(where.never))]
    if where.only is not None:
        newest = sorted(filter(where.has, where.only), reverse=True)[: where.limit]
        spans = [(one, one + 1, 1) for one in newest]
    rows: list[Any] = []
    for low, high, limit in spans:
        rows += tx.conn.execute(_LIST, {"low": low, "high": high, "limit": limit})
    return [tuple(row) for row in rows if where.has(row[0])]
