"""The lines that cues are looked for in: sentences, with quotations as single units.

Level 0 is what the article says itself: a sentence end inside a quotation is none there, and the
words of quotations are closed to its rules. Level 1 is what is said inside quotations.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.claims.english.words import Words
from dateline.claims.quotes import Quote


@dataclass(slots=True)
class Line:
    """One sentence of one level: tokens `first` up to, not with, `last`."""

    words: Words
    tags: list[str]
    first: int
    last: int
    level: int
    is_headline: bool = False
    subjects: dict[int, object] = field(default_factory=dict)

    @property
    def low(self) -> list[str]:
        """Return the words of the whole page in small letters."""
        return self.words.low


@dataclass(slots=True)
class Sheet:
    """All lines of a page, and where its quotations stand among the tokens."""

    words: Words
    lines: list[Line]
    opens: dict[int, int]  # token of an opening mark -> number of the quotation
    closes: dict[int, int]  # token of a closing mark -> number of the quotation
    inside: dict[int, tuple[int, int]]  # number of a quotation -> its tokens, marks not counted


def lay_out(words: Words) -> Sheet:
    """Return the lines of a page, those inside quotations behind the others."""
    sheet = Sheet(words, [], {}, {}, {})
    outer, inner = list(words.tags), list(words.tags)
    main: list[tuple[int, int]] = []
    for number, quote in enumerate(words.quotes):
        first, last = words.at(quote.spans[0][0]), words.at(quote.spans[-1][1])
        if first >= last:
            continue
        sheet.inside[number] = (first, last)
        sheet.opens[words.at(quote.outer[0])] = number
        if quote.is_closed:
            sheet.closes[words.at(quote.outer[1]) - 1] = number
        if quote.inside is None and not quote.is_scare:
            outer[first:last] = ["Q"] * (last - first)
            main.append((first, last))
        elif quote.inside is not None and not quote.is_scare:
            inner[first:last] = ["Q"] * (last - first)
    sheet.lines += _lay_outer(words, outer, main)
    sheet.lines += _lay_inner(words, inner, main)
    return sheet


def closing_quote(sheet: Sheet, token: int) -> int | None:
    """Return the quotation that a token closes, also where it is the first of two marks ('')."""
    found = sheet.closes.get(token)
    return sheet.closes.get(token + 1) if found is None else found


def quote_at(words: Words, number: int) -> Quote:
    """Return a quotation by its number."""
    return words.quotes[number]


def _lay_outer(words: Words, tags: list[str], main: Sequence[tuple[int, int]]) -> list[Line]:
    lines: list[Line] = []
    for first, last in words.sentences:
        is_inside = first < len(tags) and tags[first] == "Q" and first > 0 and tags[first - 1] == "Q"
        if lines and is_inside:
            lines[-1].last = last
        else:
            lines.append(Line(words, tags, first, last, 0, words.is_headline(first, last)))
    return lines


def _lay_inner(words: Words, tags: list[str], main: Sequence[tuple[int, int]]) -> list[Line]:
    lines: list[Line] = []
    place = 0
    for first, last in main:
        while place < len(words.sentences) and words.sentences[place][1] <= first:
            place += 1
        at = place
        while at < len(words.sentences) and words.sentences[at][0] < last:
            begin, end = words.sentences[at]
            lines.append(Line(words, tags, max(begin, first), min(end, last), 1))
            at += 1
    return lines
