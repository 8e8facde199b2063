"""The search: the newest hits, without looking at more articles than it takes to find them.

SQLite's index gives hits in the order of time: the walk ends as soon as there are enough. That of
PostgreSQL gives them in no order, so spans of time are asked for, from the newest on and each
eight times as long as the one before, until there are enough. A search that takes too long ends
with what it has found by then, and says so.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError

from dateline.model import ArticleId, Hit, StoryId
from dateline.store.columns import from_ticks
from dateline.store.engine import Tx
from dateline.store.index import ID_BITS, SPAN_BITS, make_search_id, read_ticks, span_tag
from dateline.store.matching import (
    PAIRS_POSTGRES,
    PAIRS_SQLITE,
    Facts,
    Matching,
    SearchQuery,
    Term,
    make_matching,
    write_postgres,
    write_sqlite,
)
from dateline.store.phrases import (
    AT_ONCE,
    Phrases,
    Read,
    find_exact,
    list_phrases,
    read_postgres,
    read_sqlite,
)
from dateline.store.sqlite import driver
from dateline.store.successors import find_successor
from dateline.store.tables import articles

__all__ = ["Facts", "Hits", "Patience", "SearchQuery", "Term", "find_hits"]

_Span = tuple[str, int]  # the tag of a span of time, and its lowest number
_FIRST, _LAST = -(2**63), 2**63 - 1
_STORY_MOST = 5000  # articles of a story that are searched
_STEPS = 500  # of SQLite's machine between two looks at the clock
_CANDIDATES = 200  # for a phrase that is looked for in the texts
_CANCELED = "57014"  # PostgreSQL: the statement took too long

_SELECT = (
    "SELECT a.search_id, a.id, a.story_id, s.key, a.language, a.section, "
    "a.kicker || ' ' || a.headline "
)
_WALK = (
    _SELECT + "FROM search AS f "
    "CROSS JOIN articles AS a ON a.search_id = f.rowid "
    "CROSS JOIN sources AS s ON s.id = a.source_id "
    "WHERE f.search MATCH ? AND f.rowid >= ? AND f.rowid < ? ORDER BY f.rowid DESC"
)
# The inner query must not be ordered by the planner through the index of numbers, which would read
# every article until it has enough: hence OFFSET 0.
_NEWEST = (
    "(SELECT search_id FROM (SELECT search_id FROM search "
    "WHERE words @@ CAST(:query AS tsquery) AND search_id >= :low AND search_id < :high "
    "AND (:all OR search_id = ANY(:only)) OFFSET 0) AS found ORDER BY search_id DESC "
    "LIMIT :limit) AS newest "
)
_SPAN = text(
    f"{_SELECT} FROM {_NEWEST} JOIN articles AS a USING (search_id) "
    "JOIN sources AS s ON s.id = a.source_id ORDER BY a.search_id DESC"
)
# It knows nothing of how often two words meet: it must use the index, plan each question by itself,
# compile nothing for a question of a millisecond, and have room for the numbers of all hits.
_PLANNING = text(
    "SELECT (SELECT max(search_id) FROM search WHERE search_id < :high), "
    "set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true), "
    "set_config('plan_cache_mode', 'force_custom_plan', true), "
    "set_config('work_mem', '64MB', true)"
)
_TIMEOUT = text("SELECT set_config('statement_timeout', :left, true)")
_LIST = text(
    _SELECT + "FROM articles AS a JOIN sources AS s ON s.id = a.source_id "
    "WHERE a.search_id >= :low AND a.search_id < :high ORDER BY a.search_id DESC LIMIT :limit"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a search may take: until `clock` says `until`, both in seconds.

    Once there are `enough` hits, no longer than until `content`: more of them are only counted.
    """

    clock: Callable[[], float]
    until: float
    content: float = math.inf
    enough: int = 0

    def count_left(self, found: int = 0) -> float:
        """Return the seconds that are left with so many hits; 0 or less where there are none."""
        until = min(self.until, self.content) if found >= self.enough else self.until
        return until - self.clock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """The newest hits, the newest first."""

    hits: tuple[Hit, ...] = ()
    more: bool = False  # as many as were asked for or as are enough: there may be older ones
    stopped: bool = False  # it took too long: some may be missing


@dataclass(frozen=True, slots=True, kw_only=True)
class _Range:
    """Where to look: numbers of the index from `low` to below `high`."""

    low: int
    high: int
    limit: int
    only: frozenset[int] | None = None  # the articles of stories
    never: frozenset[int] = field(default_factory=frozenset)

    def has(self, search_id: int) -> bool:
        """Whether a number may be a hit."""
        return search_id not in self.never and (self.only is None or search_id in self.only)


def find_hits(tx: Tx, wanted: SearchQuery, patience: Patience | None = None) -> Hits:
    """Return the newest hits (to the minute); no input raises."""
    where = _find_range(tx, wanted)
    matching = make_matching(tx, wanted)
    if matching is None or where.low >= where.high:
        return Hits()
    if matching.asks:
        find = _walk_sqlite if tx.dialect == "sqlite" else _ask_postgres
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


def _find_range(tx: Tx, wanted: SearchQuery) -> _Range:
    low = _FIRST if wanted.since is None else make_search_id(wanted.since, ArticleId(0))
    high = _LAST
    if wanted.until is not None:  # to the end of that minute; the cards are filtered exactly
        high = make_search_id(wanted.until, ArticleId(-1)) + 1
    if wanted.before is not None:
        high = min(high, make_search_id(*wanted.before))
    never = _list_members(tx, wanted.without.stories)
    if not wanted.facts.stories:
        return _Range(low=low, high=high, limit=wanted.limit, never=never)
    only = frozenset(one for one in _list_members(tx, wanted.facts.stories) if low <= one < high)
    low, high = (min(only), max(only) + 1) if only else (0, 0)
    return _Range(low=low, high=high, limit=wanted.limit, only=only, never=never)


def _list_members(tx: Tx, stories: Sequence[StoryId]) -> frozenset[int]:
    """Return the numbers of the articles of stories, also of those that these were merged into."""
    if not stories:
        return frozenset()
    ids = {find_successor(tx, story_id) or story_id for story_id in stories[:_STORY_MOST]}
    query = select(articles.c.search_id).where(articles.c.story_id.in_(sorted(ids)))
    newest = query.order_by(articles.c.at.desc()).limit(_STORY_MOST)
    return frozenset(tx.conn.execute(newest).scalars())


def _walk_sqlite(
    tx: Tx, matching: Matching, where: _Range, patience: Patience | None
) -> tuple[list[Any], bool]:
    # The driver itself: what it gave before it was stopped is kept.
    connection: Any = tx.conn.connection.dbapi_connection
    rows: list[Any] = []
    told: list[bool] = []  # SQLite has several words for having been stopped

    def is_over() -> bool:
        if patience is not None and patience.count_left(len(rows)) <= 0:
            told.append(True)
        return bool(told)

    asked = (write_sqlite(matching), where.low, where.high)
    phrases, read = list_phrases(matching, PAIRS_SQLITE), partial(read_sqlite, connection)
    connection.set_progress_handler(is_over, _STEPS)
    try:
        walk = filter(lambda row: where.has(row[0]), connection.execute(_WALK, asked))
        for row in _keep_exact(walk, phrases, read, lambda: True):
            rows.append(row)
            if len(rows) >= where.limit:
                break
    except driver.Error:
        if not told:
            raise
    finally:
        connection.set_progress_handler(None, 0)
    return rows, bool(told)


def _keep_exact(
    rows: Iterable[Any], phrases: Phrases, read: Read, go_on: Callable[[], bool]
) -> Iterator[Any]:
    """Yield the rows whose articles have the phrases; all of them where there are none."""
    if not phrases:
        yield from rows
        return
    rest = iter(rows)
    while (batch := list(islice(rest, AT_ONCE))) and go_on():
        exact = find_exact(phrases, [row[1] for row in batch], read)
        yield from (row for row in batch if row[1] in exact)


def _ask_postgres(
    tx: Tx, matching: Matching, where: _Range, patience: Patience | None
) -> tuple[list[Any], bool]:
    rows: list[Any] = []
    # Before the savepoint: what is searched after a search that was stopped is planned like it.
    last = tx.conn.execute(_PLANNING, {"high": where.high}).one()[0]
    spans = [] if last is None else list(_list_spans(last, where.low))
    try:
        with tx.conn.begin_nested():
            over = _Timeout(tx, patience, rows)
            for row in _walk_postgres(tx, matching, where, spans, over.look):
                rows.append(row)
                if len(rows) >= where.limit:
                    break
            over.reset()
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", "") != _CANCELED:
            raise
        return rows, True
    return rows, over.is_over


class _Timeout:
    """Lets the server stop what takes too long; told again only where much less time is left."""

    def __init__(self, tx: Tx, patience: Patience | None, rows: Sequence[Any]) -> None:
        self.tx, self.patience, self.rows = tx, patience, rows
        self.told = math.inf
        self.is_over = False

    def look(self) -> bool:
        """Say whether there is time left with as many rows as there are by now."""
        if self.patience is None:
            return True
        left = int(self.patience.count_left(len(self.rows)) * 1000)
        self.is_over = left <= 0
        if not self.is_over and left < self.told * 0.7:
            self.told = left
            self.tx.conn.execute(_TIMEOUT, {"left": str(left)})
        return not self.is_over

    def reset(self) -> None:
        """Let what follows in the transaction take the time it takes."""
        if self.told < math.inf:
            self.tx.conn.execute(_TIMEOUT, {"left": "0"})


def _walk_postgres(
    tx: Tx, matching: Matching, where: _Range, spans: Sequence[_Span], go_on: Callable[[], bool]
) -> Iterator[Any]:
    """Yield hits, the newest first, span by span, as long as there is time."""
    query, phrases = write_postgres(matching), list_phrases(matching, PAIRS_POSTGRES)
    read = partial(read_postgres, tx)
    limit = max(where.limit, _CANDIDATES) if phrases else where.limit
    high = where.high
    for tag, start in spans:
        part = replace(where, low=max(where.low, start), high=high, limit=limit)
        rows = _ask_span(tx, f"{query} & '{tag}'" if tag else query, part, go_on)
        yield from _keep_exact(rows, phrases, read, go_on)
        high = start


def _ask_span(tx: Tx, query: str, where: _Range, go_on: Callable[[], bool]) -> Iterator[Any]:
    """Yield what a span of time has, the newest first; it is asked for so many rows at once."""
    only = {"all": where.only is None, "only": sorted(where.only or ())}
    bound: dict[str, Any] = {"query": query, "low": where.low, "limit": where.limit, **only}
    high = where.high
    while go_on() and (found := tx.conn.execute(_SPAN, bound | {"high": high}).all()):
        yield from (row for row in found if where.has(row[0]))
        if len(found) < where.limit:
            break
        high = found[-1][0]


def _list_spans(last: int, low: int) -> Iterator[_Span]:
    """Yield ever longer spans of time up to the newest article, at last all of it.

    What is above the lowest number of one was found with it, when the next is looked at.
    """
    for bits in SPAN_BITS:
        start = last >> ID_BITS + bits << ID_BITS + bits
        yield span_tag(bits, last), start
        if start <= low:
            return
    yield "", _FIRST


def _list_rows(tx: Tx, where: _Range) -> list[Any]:
    """Return the newest articles of a span of time, or of stories."""
    spans = [(where.low, where.high, where.limit + len(where.never))]
    if where.only is not None:
        newest = sorted(filter(where.has, where.only), reverse=True)[: where.limit]
        spans = [(one, one + 1, 1) for one in newest]
    rows: list[Any] = []
    for low, high, limit in spans:
        rows += tx.conn.execute(_LIST, {"low": low, "high": high, "limit": limit})
    return [tuple(row) for row in rows if where.has(row[0])]
