"""A page's words with compounds cut at their hyphens, and phrases looked up among them.

"25-year-old" is one word of a page, and three pieces here: figures are written inside compounds.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from dateline.claims.page import Page, Token
from dateline.model import ClaimClues, Span

V = TypeVar("V")
UNSPACED = "\u2e80"  # scripts without spaces: a scale or a unit is a letter of a longer run
_LETTER = re.compile(r"(?s:.)")
_PART = re.compile(r"[-‑]|[^-‑]+")
HYPHENS = frozenset("-‑")
DASHES = frozenset("-‑–—−")


class Pieces:
    """The words, numbers and marks of a page, in order; every index may be asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.text = page.text
        self.tokens = _cut_all(page.tokens)
        self.words = [piece.text for piece in self.tokens]
        self.lows = [word.casefold() for word in self.words]

    def __len__(self) -> int:
        return len(self.tokens)

    def word(self, at: int) -> str:
        """Return a piece as written, "" outside the text."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def low(self, at: int) -> str:
        """Return a piece without regard to case, "" outside the text."""
        return self.lows[at] if 0 <= at < len(self.lows) else ""

    def is_glued(self, at: int) -> bool:
        """Say whether nothing stands between a piece and the one before it."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    def gap(self, at: int) -> str:
        """Return what stands between a piece and the one before it."""
        if not 0 < at < len(self.tokens):
            return ""
        return self.text[self.tokens[at - 1].end : self.tokens[at].start][:3]

    def is_high(self, at: int) -> bool:
        """Say whether a piece begins with a capital letter."""
        return self.word(at)[:1].isupper()

    def is_number(self, at: int) -> bool:
        """Say whether a piece is written in digits."""
        return self.word(at)[:1].isdecimal()

    def span(self, first: int, end: int) -> Span:
        """Return the place in the text of the pieces from `first` up to `end`."""
        return self.tokens[first].start, self.tokens[end - 1].end

    @cached_property
    def sentence_numbers(self) -> list[int]:
        """Return for each piece the number of its sentence."""
        starts = [start for start, _ in self.page.sentences]
        numbers, at = [], 0
        for token in self.tokens:
            while at < len(starts) and starts[at] <= token.start:
                at += 1
            numbers.append(at)
        return numbers

    def is_first(self, at: int) -> bool:
        """Say whether a piece begins its sentence, a quotation or what follows a colon."""
        if at <= 0 or self.sentence_numbers[at] != self.sentence_numbers[at - 1]:
            return True
        return self.word(at - 1) in _OPENING


_OPENING = frozenset("\"'“‘„«‹([:;•*-–—>¿¡")


def _cut_all(tokens: Iterable[Token]) -> list[Token]:
    pieces: list[Token] = []
    for token in tokens:
        word = token.text
        is_compound = len(word) > 1 and ("-" in word or "‑" in word)
        if is_compound:
            pieces += _cut(token, _PART)
        elif word[0] >= UNSPACED and len(word) > 1 and _is_behind_number(pieces, token):
            pieces += _cut(token, _LETTER)
        else:
            pieces.append(token)
    return pieces


def _is_behind_number(pieces: list[Token], token: Token) -> bool:
    return not pieces or (pieces[-1].end == token.start and pieces[-1].text[0].isdecimal())


def _cut(token: Token, part: re.Pattern[str]) -> list[Token]:
    parts = part.finditer(token.text)
    return [Token(m.group(), token.start + m.start(), token.start + m.end()) for m in parts]


@dataclass(frozen=True, slots=True)
class Found(Generic[V]):
    """A phrase found: where it ends (or begins, read backwards), and what it means."""

    at: int
    value: V


class Phrases(Generic[V]):
    """Phrases to look up at a place, the longest first, in either direction.

    White space does not count: "US $" is found as "US$", "per-cent" is not "per cent".
    """

    def __init__(self, forms: Mapping[str, V], *, exact: bool = False) -> None:
        self.exact = exact
        self._first: dict[str, list[tuple[list[str], V]]] = {}
        self._last: dict[str, list[tuple[list[str], V]]] = {}
        for form, value in forms.items():
            words = cut_phrase(form, exact=exact)
            self._first.setdefault(words[0], []).append((words, value))
            self._last.setdefault(words[-1], []).append((words, value))
        for table in (self._first, self._last):
            for entries in table.values():
                entries.sort(key=lambda entry: -len(entry[0]))

    def match(self, pieces: Pieces, at: int) -> Found[V] | None:
        """Return the longest phrase that begins at a piece, with the piece behind it."""
        words = pieces.words if self.exact else pieces.lows
        for phrase, value in self._first.get(words[at], ()) if at < len(words) else ():
            if len(phrase) == 1 or words[at : at + len(phrase)] == phrase:
                return Found(at + len(phrase), value)
        return None

    def match_back(self, pieces: Pieces, end: int) -> Found[V] | None:
        """Return the longest phrase that ends just before a piece, with its first piece."""
        words = pieces.words if self.exact else pieces.lows
        for phrase, value in self._last.get(words[end - 1], ()) if end > 0 else ():
            first = end - len(phrase)
            if first >= 0 and words[first:end] == phrase:
                return Found(first, value)
        return None


def cut_phrase(form: str, *, exact: bool = False) -> list[str]:
    """Return a phrase in pieces, as `Pieces` cuts a text."""
    pieces = Pieces(Page(form, ClaimClues()))
    return pieces.words if exact else pieces.lows
