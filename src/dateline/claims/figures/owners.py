"""Whose a figure is, and as of when: its innermost statement, and the date beside it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from dateline.claims.figures.lexicon import Lexicon
from dateline.claims.page import Page
from dateline.model import DateMention, DateRange, Span, Statement

_NEAR = 60  # code points between a figure and the date beside it
_OPENING = 8  # code points before a date that opens a sentence: "In early"
_BREAKS = frozenset(".;:!?\n")


class Owners:
    """Finds the innermost statement around a place; places are asked for in ascending order."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.statements = statements
        self._waiting = sorted(
            ((*span, number) for number, held in enumerate(statements) for span in held.spans),
            key=lambda entry: (-entry[0], entry[1]),
        )
        self._open: list[tuple[int, int, int]] = []

    def find(self, at: int) -> tuple[int | None, Statement | None]:
        """Return the innermost statement whose content holds a place, with its index."""
        while self._waiting and self._waiting[-1][0] <= at:
            self._open.append(self._waiting.pop())
        self._open = [entry for entry in self._open if entry[1] > at]
        if not self._open:
            return None, None
        number = max(self._open, key=lambda entry: (entry[0], -entry[1]))[2]
        return number, self.statements[number]


class Times:
    """Finds as of when a figure holds."""

    def __init__(self, page: Page, dates: Sequence[DateMention], lexicon: Lexicon) -> None:
        self.page = page
        self.dates = sorted((d for d in dates if d.range is not None), key=lambda d: d.span)
        self.starts = [mention.span[0] for mention in self.dates]
        self.not_as_of = lexicon.grammar.not_as_of

    def find(self, span: Span, statement: Statement | None) -> DateRange | None:
        """Return the date beside a figure in its sentence, else when its statement was said."""
        beside = self._beside(span, statement)
        if beside is None:
            beside = self._opening(span, statement)
        if beside is not None:
            return beside
        return statement.said_on if statement is not None else None

    def _beside(self, span: Span, statement: Statement | None) -> DateRange | None:
        first, last = self.page.sentence_at(span[0])
        begin = bisect_left(self.starts, max(first, span[0] - _NEAR))
        end = bisect_right(self.starts, min(last, span[1] + _NEAR))
        near = [
            self._distance(mention, span)
            for mention in self.dates[begin:end][:8]
            if statement is None or _holds(statement, mention.span)
        ]
        fitting = [entry for entry in near if entry is not None]
        return min(fitting, key=lambda entry: entry[0])[1] if fitting else None

    def _opening(self, span: Span, statement: Statement | None) -> DateRange | None:
        """Return the date that opens the sentence: "In 2011 a ferry sank, killing 58 people"."""
        first = self.page.sentence_at(span[0])[0]
        at = bisect_left(self.starts, first)
        if at == len(self.dates) or self.dates[at].span[1] > span[0]:
            return None
        start, end = self.dates[at].span
        is_alone = at + 1 == len(self.dates) or self.starts[at + 1] >= span[0]
        if start - first > _OPENING or not is_alone:
            return None
        if statement is not None and not _holds(statement, (start, end)):
            return None
        words = self.page.text[first:end].casefold().split()
        return None if not self.not_as_of.isdisjoint(words) else self.dates[at].range

    def _distance(self, mention: DateMention, span: Span) -> tuple[int, DateRange] | None:
        start, end = mention.span
        text = self.page.text
        between = text[span[1] : start] if start >= span[1] else text[end : span[0]]
        if start < span[0]:
            between = between.removeprefix(",")  # "As of May, 300 boats"
        if mention.range is None or not _BREAKS.isdisjoint(between) or "," in between:
            return None
        before = text[max(0, start - 12) : start].casefold().split()
        inner = mention.text.casefold().split()
        if not self.not_as_of.isdisjoint([*before[-1:], *inner[:1], *inner[-1:]]):
            return None
        return len(between) + (start < span[0]), mention.range


def _holds(statement: Statement, span: Span) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in statement.spans)
