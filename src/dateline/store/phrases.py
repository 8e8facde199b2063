"""Phrases: the index knows pairs of words, the texts know the rest."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import text

from dateline.store.engine import Tx
from dateline.store.matching import Cut, Matching
from dateline.store.tokens import LONGEST, MOST, list_tokens

_READ = (
    "SELECT a.id, a.kicker, a.headline, a.lede, v.text FROM articles AS a "
    "JOIN versions AS v ON v.article_id = a.id AND v.number = a.versions WHERE a.id "
)
_READ_SQLITE = _READ + "IN ({})"
_READ_POSTGRES = text(_READ + "= ANY(:ids)")
AT_ONCE = 25  # articles whose texts are read, and that a search looks at between two of its pauses
_APART = " _ "  # between headline and text: no phrase spans both, and no word is this

Read = Callable[[Sequence[int]], Sequence[Sequence[Any]]]


class Phrases:
    """What must stand in an article and what must not."""

    def __init__(self, wanted: Sequence[Cut], unwanted: Sequence[Cut]) -> None:
        self.wanted = tuple(map(_write, wanted))
        self.unwanted = tuple(map(_write, unwanted))
        self.plain = all(map(_is_plain, (*wanted, *unwanted)))
        self.plain_wanted = tuple(map(_compile, wanted)) if self.plain else ()
        self.plain_unwanted = tuple(map(_compile, unwanted)) if self.plain else ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)

    def stand(self, title: str, body: str) -> bool:
        """Say whether a headline and a text have all that is wanted and nothing that is not."""
        if self.plain and title.isascii() and body.isascii():
            texts = (title[:MOST].lower(), body[:MOST].lower())
            has_all = all(_has_plain(each, texts) for each in self.plain_wanted)
            return has_all and not any(_has_plain(each, texts) for each in self.plain_unwanted)
        tokens = f" {' '.join(list_tokens(title))}{_APART}{' '.join(list_tokens(body))} "
        has_all = all(phrase in tokens for phrase in self.wanted)
        return has_all and not any(phrase in tokens for phrase in self.unwanted)


def _is_plain(term: Cut) -> bool:
    return all(token.isascii() and len(token) < LONGEST for token in term[0])


def _compile(term: Cut) -> re.Pattern[str]:
    """Return the phrase in folded ASCII; it begins with its letters, so that it is found fast."""
    tokens, prefix = term
    return re.compile("[^a-z0-9]+".join(tokens) + ("" if prefix else "(?![a-z0-9])"))


def _has_plain(phrase: re.Pattern[str], texts: Sequence[str]) -> bool:
    for each in texts:
        match = phrase.search(each)
        while match and match.start() and each[match.start() - 1].isalnum():
            match = phrase.search(each, match.start() + 1)
        if match:
            return True
    return False


def list_phrases(matching: Matching, listed: int) -> Phrases:
    """Return what of a search the index cannot tell: phrases of more than `listed` words."""
    wanted = [term for term in matching.terms if len(term[0]) > listed]
    unwanted = [term for term in matching.without_terms if len(term[0]) > listed]
    return Phrases(wanted, unwanted)


def _write(term: Cut) -> str:
    tokens, prefix = term
    return f" {' '.join(tokens)}" + ("" if prefix else " ")


def find_exact(phrases: Phrases, ids: Sequence[int], read: Read) -> set[int]:
    """Return which articles have the phrases; `read` is one of the functions below."""
    return {
        row[0] for row in read(ids) if phrases.stand(f"{row[1]} {row[2]}", f"{row[3]}\n{row[4]}")
    }


def read_sqlite(connection: Any, ids: Sequence[int]) -> Sequence[Sequence[Any]]:
    """Return the newest texts of articles, through the driver itself, as the search reads."""
    rows: Sequence[Sequence[Any]] = connection.execute(
        _READ_SQLITE.format(",".join("?" * len(ids))), ids
    ).fetchall()
    return rows


def read_postgres(tx: Tx, ids: Sequence[int]) -> Sequence[Sequence[Any]]:
    """Return the newest texts of articles."""
    return tx.conn.execute(_READ_POSTGRES, {"ids": list(ids)}).all()
