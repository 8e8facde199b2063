"""A text cut into paragraphs, sentences and words, once, for everything that reads claims in it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from dateline.model import ClaimClues, Span
from dateline.sentences import split_paragraphs, split_sentences
from dateline.text import base_language

LONGEST_TEXT = 200_000  # code points; what stands behind them is not read
# A word with its inner apostrophes, hyphens and dots (U.S., Jean-Luc, don't), a number with its
# separators, or one mark.
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|[^\W\d_]+(?:[’'ʼ·‑-][^\W\d_]+)*"
    r"|\d+(?:[.,:’'٫٬/]\d+)*"
    r"|[^\W_]+"
    r"|\S"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark of a text."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        """Return the word without regard to case."""
        return self.text.casefold()

    @property
    def is_word(self) -> bool:
        """Say whether it is a word: it begins with a letter."""
        return self.text[0].isalpha()

    @property
    def is_high(self) -> bool:
        """Say whether it begins with a capital letter."""
        return self.text[0].isupper()


@dataclass(frozen=True, eq=False)
class Page:
    """One article's text, and what is known beside it; cut up when it is first asked for."""

    text: str
    clues: ClaimClues = field(default_factory=ClaimClues)

    @property
    def language(self) -> str:
        """Return the language without its region: "en"."""
        return base_language(self.clues.language)

    @cached_property
    def day(self) -> date | None:
        """Return the day of publication on the outlet's own clock, None where it is not known."""
        at = self.clues.published
        if at is None:
            return None
        try:
            return (at + timedelta(minutes=self.clues.offset_minutes or 0)).date()
        except OverflowError:
            return at.date()

    @cached_property
    def paragraphs(self) -> list[Span]:
        """Return the paragraphs as spans, in order; the text behind `LONGEST_TEXT` has none."""
        return split_paragraphs(self.text[:LONGEST_TEXT])

    @cached_property
    def sentences(self) -> list[Span]:
        """Return the sentences as spans, in order."""
        return split_sentences(self.text[:LONGEST_TEXT], self.language)

    @cached_property
    def tokens(self) -> list[Token]:
        """Return all words, numbers and marks, in order."""
        found = _TOKEN.finditer(self.text, 0, LONGEST_TEXT)
        return [Token(match.group(), match.start(), match.end()) for match in found]

    @cached_property
    def _token_starts(self) -> list[int]:
        return [token.start for token in self.tokens]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def tokens_in(self, span: Span) -> list[Token]:
        """Return the tokens that begin inside a span."""
        first, last = (bisect_right(self._token_starts, at - 1) for at in span)
        return self.tokens[first:last]

    def sentence_at(self, at: int) -> Span:
        """Return the sentence in which a place lies, or the last one before it."""
        number = max(bisect_right(self._sentence_starts, at) - 1, 0)
        return self.sentences[number] if self.sentences else (0, 0)

    def words(self, span: Span) -> str:
        """Return the text of a span."""
        return self.text[span[0] : span[1]]

    def join(self, spans: Sequence[Span]) -> str:
        """Return the text of several spans, joined by one space: a statement's content."""
        return " ".join(self.text[start:end] for start, end in spans)
