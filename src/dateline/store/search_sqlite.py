"""The search on SQLite, whose index gives hits in the order of time: the walk ends early.

For the beginning of a word SQLite first puts together the whole lists of all words that begin so,
and cannot be stopped while it does; half a second, where they are common. So it is asked for these
words one by one instead, whose lists it only begins to read. Where they are too many, the beginning
is looked for in the texts of the newest articles, or of those that have the rest, if a look at the
newest says that many have it; if few have it, the lists are short.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from dateline.store.engine import Tx
from dateline.store.matching import PAIRS_SQLITE, Matching, find_beginning, write_sqlite
from dateline.store.phrases import Phrases, list_phrases
from dateline.store.search_range import LANGUAGE, SELECT, Patience, Range
from dateline.store.sqlite import driver
from dateline.store.terms import Cut

__all__ = ["walk_sqlite"]

_STEPS = 500  # of SQLite's machine between two looks at the clock
_WORDS = 200  # that begin so and are asked for one by one
_SAMPLE = 100  # newest articles in which it is counted how many have a beginning
_MANY = 0.05  # of them

# It gives the first word from one on without counting how many articles have it.
_WORDS_TABLE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_words "
    "USING fts5vocab('main', 'search', 'instance')"
)
_NEXT_WORD = "SELECT term FROM temp.search_words WHERE term >= ? LIMIT 1"

_TEXTS = SELECT + ", a.lede, v.text "
_SOURCE = "CROSS JOIN sources AS s ON s.id = a.source_id "
_VERSION = "CROSS JOIN versions AS v ON v.article_id = a.id AND v.number = a.versions "
_FOUND = "FROM search AS f CROSS JOIN articles AS a ON a.search_id = f.rowid " + _SOURCE
_MATCH = (
    "WHERE f.search MATCH ?1 AND f.rowid >= ?2 AND f.rowid < ?3 "
    "AND (?4 IS NULL OR f.rowid IN (SELECT value FROM json_each(?4))) ORDER BY f.rowid DESC"
)
_NEWEST = (
    "WHERE a.search_id >= ?2 AND a.search_id < ?3 AND ?1 = '' "
    "AND (?4 IS NULL OR a.search_id IN (SELECT value FROM json_each(?4))) "
    "ORDER BY a.search_id DESC"
)
_WALK = SELECT + _FOUND + _MATCH
_WALK_TEXTS = _TEXTS + _FOUND + _VERSION + _MATCH
_SCAN_TEXTS = _TEXTS + "FROM articles AS a " + _SOURCE + _VERSION + _NEWEST


def walk_sqlite(
    tx: Tx, matching: Matching, where: Range, patience: Patience | None
) -> tuple[list[Any], bool]:
    """Return the newest rows of hits, and whether it took too long."""
    # The driver itself: what it gave before it was stopped is kept.
    connection: Any = tx.conn.connection.dbapi_connection
    rows: list[Any] = []
    told: list[bool] = []  # SQLite has several words for having been stopped

    def is_over() -> bool:
        if patience is not None and patience.count_left(len(rows)) <= 0:
            told.append(True)
        return bool(told)

    connection.set_progress_handler(is_over, _STEPS)
    try:
        for row in _walk(connection, matching, where):
            rows.append(row)
            if len(rows) >= where.limit:
                break
    except driver.Error:
        if not told:
            raise
    finally:
        connection.set_progress_handler(None, 0)
    return rows, bool(told)


def _walk(connection: Any, matching: Matching, where: Range) -> Iterator[Any]:
    only = None if where.only is None else json.dumps(sorted(where.only))
    query, phrases = _plan(connection, matching, where)
    bound = (query, where.low, where.high, only)
    if not phrases:
        yield from (row for row in connection.execute(_WALK, bound) if row[0] not in where.never)
        return
    for row in connection.execute(_WALK_TEXTS if query else _SCAN_TEXTS, bound):
        if row[0] not in where.never and _stands(phrases, row):
            yield row[:-2]


def _stands(phrases: Phrases, row: Any) -> bool:
    return phrases.stand(row[-3], f"{row[-2]}\n{row[-1]}", row[LANGUAGE])


def _plan(connection: Any, matching: Matching, where: Range) -> tuple[str, Phrases]:
    """Return what the index is asked, "" for nothing, and what is looked for in the texts."""
    terms = [term for term in (*matching.terms, *matching.without_terms) if term.prefix]
    begun = {each: _list_begun(connection, each) for each in map(find_beginning, terms)}
    many = [term for term in terms if len(begun[find_beginning(term)]) > _WORDS]
    broad = _find_broad(connection, many, where) if many else frozenset[Cut]()
    known = {each: words for each, words in begun.items() if len(words) <= _WORDS}
    rest = replace(
        matching,
        terms=tuple(term for term in matching.terms if term not in broad),
        without_terms=tuple(term for term in matching.without_terms if term not in broad),
    )
    if rest.asks:
        return write_sqlite(rest, known), list_phrases(matching, PAIRS_SQLITE, broad)
    if matching.without_tags:  # texts do not tell
        return write_sqlite(matching, known), list_phrases(matching, PAIRS_SQLITE)
    return "", list_phrases(matching, 0)


def _list_begun(connection: Any, beginning: str) -> list[str]:
    """Return the words of the index that begin so; one more than are asked for, at most."""
    connection.execute(_WORDS_TABLE)
    found: list[str] = []
    after = beginning
    while len(found) <= _WORDS:
        row = connection.execute(_NEXT_WORD, (after,)).fetchone()
        if row is None or not row[0].startswith(beginning):
            break
        found.append(row[0])
        after = row[0] + "\0"
    return found


def _find_broad(connection: Any, begun: Sequence[Cut], where: Range) -> frozenset[Cut]:
    """Return which of the terms many of the newest articles have."""
    newest = connection.execute(_SCAN_TEXTS, ("", where.low, where.high, None))
    sample = list(islice(newest, _SAMPLE))
    alone = {term: Phrases([term], []) for term in begun}
    return frozenset(
        term
        for term, phrase in alone.items()
        if sum(_stands(phrase, row) for row in sample) >= _MANY * _SAMPLE
    )
