"""The search on PostgreSQL, whose index gives hits in no order.

Spans of time are asked for, from the newest on and each eight times as long as the one before,
until there are enough hits.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import TextClause, text
from sqlalchemy.exc import OperationalError

from dateline.store.engine import Tx
from dateline.store.index import ID_BITS, SPAN_BITS, span_tag
from dateline.store.matching import PAIRS_POSTGRES, Matching, write_postgres
from dateline.store.phrases import Phrases, find_exact, list_phrases
from dateline.store.search_range import SELECT, Patience, Range

__all__ = ["ask_postgres", "write_span"]

_Span = tuple[str, int]  # the tags of a span of time, and its lowest number
_FIRST = -(2**63)
_AT_ONCE = 25  # texts that are read in one go, at first
_CANDIDATES = 200  # for a phrase that is looked for in the texts
_CANCELED = "57014"  # PostgreSQL: the statement took too long

# The inner query must go through the index of words. That of numbers looks cheaper to the planner,
# which does not count that the words of each article would be read; hence + 0, and OFFSET 0.
_NEWEST = (
    "(SELECT search_id FROM (SELECT search_id FROM search "
    "WHERE {words} AND search_id + 0 >= :low AND search_id + 0 < :high "
    "AND (:all OR search_id = ANY(:only)) OFFSET 0) AS found ORDER BY search_id DESC "
    "LIMIT :limit) AS newest"
)
# It knows nothing of how often two words meet: it must use the index, plan each question by itself,
# compile nothing for a question of a millisecond, and have room for the numbers of all hits.
_PLANNING = text(
    "SELECT (SELECT max(search_id) FROM search WHERE search_id < :high), "
    "(SELECT min(search_id) FROM search WHERE search_id >= :dated), "
    "set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true), "
    "set_config('plan_cache_mode', 'force_custom_plan', true), "
    "set_config('work_mem', '64MB', true)"
)
_TIMEOUT = text("SELECT set_config('statement_timeout', :left, true)")


class _Asked(NamedTuple):
    """What a span of time is asked for."""

    words: Sequence[str]
    of_texts: bool  # their texts will be looked at: with what that takes


def ask_postgres(
    tx: Tx, matching: Matching, where: Range, patience: Patience | None
) -> tuple[list[Any], bool]:
    """Return the newest rows of hits, and whether it took too long."""
    rows: list[Any] = []
    # Before the savepoint: what is searched after a search that was stopped is planned like it.
    bound = {"high": where.high, "dated": 1 << ID_BITS}
    last, first = tx.conn.execute(_PLANNING, bound).one()[:2]
    spans = [] if last is None else list(_list_spans(last, where.low, first or _FIRST))
    try:
        with tx.conn.begin_nested():
            over = _Timeout(tx, patience, rows)
            for row in _walk(tx, matching, where, spans, over.look):
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


def _walk(
    tx: Tx, matching: Matching, where: Range, spans: Sequence[_Span], go_on: Callable[[], bool]
) -> Iterator[Any]:
    """Yield hits, the newest first, span by span, as long as there is time."""
    query, phrases = write_postgres(matching), list_phrases(matching, PAIRS_POSTGRES)
    limit = max(where.limit, _CANDIDATES) if phrases else where.limit
    high = where.high
    for tags, start in spans:
        part = replace(where, low=max(where.low, start), high=high, limit=limit)
        rows = _ask_span(tx, _Asked([*query, tags] if tags else query, bool(phrases)), part, go_on)
        yield from _keep_exact(tx, rows, phrases, go_on) if phrases else rows
        high = start


def _keep_exact(
    tx: Tx, rows: Iterable[Any], phrases: Phrases, go_on: Callable[[], bool]
) -> Iterator[Any]:
    """Yield the rows whose articles have the phrases; ever more of them are looked at in one go."""
    rest, at_once = iter(rows), _AT_ONCE
    while (batch := list(islice(rest, at_once))) and go_on():
        yield from (row[:-2] for row in find_exact(tx, phrases, batch))
        at_once = min(2 * at_once, _CANDIDATES)


def _ask_span(tx: Tx, asked: _Asked, where: Range, go_on: Callable[[], bool]) -> Iterator[Any]:
    """Yield what a span of time has, the newest first; it is asked for so many rows at once."""
    only = {"all": where.only is None, "only": sorted(where.only or ())}
    bound: dict[str, Any] = {"low": where.low, "limit": where.limit, **only}
    bound |= {f"words{number}": each for number, each in enumerate(asked.words)}
    query = _write_span_query(len(asked.words), asked.of_texts)
    high = where.high
    while go_on() and (found := tx.conn.execute(query, bound | {"high": high}).all()):
        yield from (row for row in found if where.has(row[0]))
        if len(found) < where.limit:
            break
        high = found[-1][0]


@lru_cache(64)
def _write_span_query(count: int, of_texts: bool) -> TextClause:
    words = [f"words @@ CAST(:words{number} AS tsquery)" for number in range(count)]
    newest = _NEWEST.format(words=" AND ".join(words))
    more = ", a.lede, a.versions" if of_texts else ""
    return text(
        f"{SELECT} {more} FROM {newest} JOIN articles AS a USING (search_id) "
        "JOIN sources AS s ON s.id = a.source_id ORDER BY a.search_id DESC"
    )


def _list_spans(last: int, low: int, oldest: int) -> Iterator[_Span]:
    """Yield ever longer spans of time up to the newest article, at last all of it.

    What is above the lowest number of one was found with it, when the next is looked at.
    """
    for bits in SPAN_BITS:
        tags, start = write_span(bits, last)
        if start <= oldest:  # the tags would be everywhere
            break
        yield tags, start
        if start <= low:
            return
    yield "", _FIRST


def write_span(bits: int, last: int) -> tuple[str, int]:
    """Return the expression for a span of time that ends with a number, and its lowest number.

    It is of one to two times 2**bits minutes: the newest span that has a tag may just have begun.
    """
    size = 1 << ID_BITS + bits
    tags = f"('{span_tag(bits, last)}' | '{span_tag(bits, last - size)}')"
    return tags, last // size * size - size
