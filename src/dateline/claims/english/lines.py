"""The lines that cues are looked for in: sentences, with quotations as single units.

A sentence end inside a quotation is none, and the words of quotations are closed to the rules: who
is quoted says them, and what they say of others' words is not told as a statement of its own.
"""

from dataclasses import dataclass
from itertools import pairwise

from dateline.claims.english.words import Words

_LONGEST = 300  # tokens of a line that are in no quotation


@dataclass(frozen=True, slots=True)
class Subject:
    """A source among the tokens, and how it was found."""

    first: int
    last: int  # behind the last token
    how: str  # "near", "pronoun", "apposition", "relative", "after", "shared", "main"
    outer: int  # first token of the whole with what is set off by commas; equals `first` mostly


@dataclass(slots=True)
class Line:
    """One sentence of the article: tokens `first` up to, not with, `last`."""

    words: Words
    tags: list[str]
    first: int
    last: int
    is_headline: bool = False
    main: Subject | None = None  # of its first verb, once it was asked for

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
    """Return the lines of a page in order, and its quotations."""
    sheet = Sheet(words, [], {}, {}, {})
    tags = list(words.tags)
    for number, quote in enumerate(words.quotes):
        first, last = words.at(quote.spans[0][0]), words.at(quote.spans[-1][1])
        if first >= last:
            continue
        sheet.inside[number] = (first, last)
        sheet.opens[words.at(quote.outer[0])] = number
        if quote.is_closed:
            sheet.closes[words.at(quote.outer[1]) - 1] = number
        if quote.inside is None and not quote.is_scare:
            tags[first:last] = ["Q"] * (last - first)
    sheet.lines += _cut(words, tags)
    return sheet


def closing_quote(sheet: Sheet, token: int) -> int | None:
    """Return the quotation that a token closes, also where it is the first of two marks ('')."""
    found = sheet.closes.get(token)
    return sheet.closes.get(token + 1) if found is None else found


def is_title(sheet: Sheet, number: int) -> bool:
    """Say whether a quotation is rather a name: few words, the long ones with a capital."""
    first, last = sheet.inside[number]
    tokens = [token for token in sheet.words.tokens[first:last] if token.is_word]
    if len(tokens) < 3:
        return True
    long = [token for token in tokens if len(token.text) > 3]
    return len(tokens) <= 12 and sum(token.is_high for token in long) >= 0.8 * len(long)


def _cut(words: Words, tags: list[str]) -> list[Line]:
    lines: list[Line] = []
    for first, last in words.sentences:
        is_inside = (
            first < len(tags) and tags[first] == "Q" and first > 0 and tags[first - 1] == "Q"
        )
        if lines and is_inside:
            lines[-1].last = last
        else:
            lines.append(Line(words, tags, first, last, words.is_headline(first, last)))
    return [part for line in lines for part in _part(line)]


def _part(line: Line) -> list[Line]:
    """Cut what is too long for a sentence, so that all work on a line is bounded."""
    if line.last - line.first <= _LONGEST:
        return [line]
    own = [at for at in range(line.first, line.last) if line.tags[at] != "Q"]
    edges = [line.first, *own[_LONGEST::_LONGEST], line.last]
    return [Line(line.words, line.tags, first, last) for first, last in pairwise(edges)]
