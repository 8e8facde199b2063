"""Phrases: the index knows pairs of words, the texts know the rest."""

import re
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import text

from dateline.store.engine import Tx
from dateline.store.matching import Matching
from dateline.store.terms import Cut, Text
from dateline.store.tokens import LONGEST, MOST, cut_folded, fold, is_spaced

_READ = text(
    "SELECT v.article_id, v.text FROM unnest(CAST(:ids AS bigint[]), CAST(:numbers AS integer[])) "
    "AS newest (id, number) JOIN versions AS v ON v.article_id = newest.id "
    "AND v.number = newest.number"
)
_APART = " _ "  # between headline and text: no phrase spans both, and no word is this


class Phrases:
    """What must stand in an article and what must not."""

    def __init__(self, wanted: Sequence[Cut], unwanted: Sequence[Cut]) -> None:
        # Of single words whose forms are meant only those that are not wanted get here.
        self.forms = tuple(term for term in unwanted if term.word)
        unwanted = [term for term in unwanted if not term.word]
        self.wanted = tuple(map(_write, wanted))
        self.unwanted = tuple(map(_write, unwanted))
        self.simple = all(map(_is_simple, (*wanted, *unwanted)))
        self.simple_wanted = tuple(map(_compile, wanted)) if self.simple else ()
        self.simple_unwanted = tuple(map(_compile, unwanted)) if self.simple else ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted or self.forms)

    def stand(self, title: str, body: str, language: str = "") -> bool:
        """Say whether a headline and a text have all that is wanted and nothing that is not."""
        return self._stand_written(title, body) and not self._have_forms((title, body), language)

    def _have_forms(self, texts: Sequence[str], language: str) -> bool:
        read = [Text(each[:MOST], language) for each in texts] if self.forms else []
        return any(each.find(term) for each in read for term in self.forms)

    def _stand_written(self, title: str, body: str) -> bool:
        texts = (fold(title[:MOST]), fold(body[:MOST]))
        if self.simple and all(map(is_spaced, texts)):  # no need to cut the text into words
            has_all = all(_has(each, texts) for each in self.simple_wanted)
            return has_all and not any(_has(each, texts) for each in self.simple_unwanted)
        tokens = f" {_APART.join(' '.join(cut_folded(each)) for each in texts)} "
        has_all = all(phrase in tokens for phrase in self.wanted)
        return has_all and not any(phrase in tokens for phrase in self.unwanted)


def _is_simple(term: Cut) -> bool:
    return all(is_spaced(token) and len(token) < LONGEST for token in term.tokens)


def _compile(term: Cut) -> re.Pattern[str]:
    """Return the phrase as it stands in folded text; it begins with its letters, to be fast."""
    return re.compile(r"[\W_]+".join(term.tokens) + ("" if term.prefix else r"(?![^\W_])"))


def _has(phrase: re.Pattern[str], texts: Sequence[str]) -> bool:
    for each in texts:
        match = phrase.search(each)
        while match and match.start() and each[match.start() - 1].isalnum():
            match = phrase.search(each, match.start() + 1)
        if match:
            return True
    return False


def list_phrases(matching: Matching, listed: int, more: Collection[Cut] = frozenset()) -> Phrases:
    """Return what of a search the index is not asked, or cannot tell.

    These are phrases of more than `listed` words, and `more`.
    """
    wanted = [term for term in matching.terms if len(term.tokens) > listed or term in more]
    never = matching.without_terms
    unwanted = [term for term in never if len(term.tokens) > listed or term in more]
    return Phrases(wanted, unwanted)


def _write(term: Cut) -> str:
    return f" {' '.join(term.tokens)}" + ("" if term.prefix else " ")


def find_exact(tx: Tx, phrases: Phrases, rows: Sequence[Any]) -> list[Any]:
    """Return which of the rows are of articles that have the phrases (PostgreSQL).

    A row is that of a hit, with the lede and the number of the newest version at its end.
    """
    asked = {"ids": [row[1] for row in rows], "numbers": [row[-1] for row in rows]}
    texts = {row[0]: row[1] for row in tx.conn.execute(_READ, asked)}
    return [row for row in rows if phrases.stand(row[-3], f"{row[-2]}\n{texts.get(row[1], '')}")]
