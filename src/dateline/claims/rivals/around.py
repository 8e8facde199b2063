"""The words around a figure in its clause: what befell the counted may stand there."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from dateline.claims.page import Page
from dateline.model import Figure, Span

_CONTEXT = 200  # code points on either side of a figure
_OPENING = 30  # code points of words that tell when or where a whole sentence holds
_CLAUSE_ENDS = frozenset(",;:()")


def add_clauses(page: Page, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return the figures of one article with the words of its clause around each."""
    spans = sorted(figure.span for figure in figures)
    taken = {figure.span: _end_of(figure) for figure in figures}
    ends = [0, *(taken[span] for span in spans)]
    starts = [*(start for start, _ in spans), len(page.text)]
    rooms = {span: (ends[n], starts[n + 1]) for n, span in enumerate(spans)}
    around = (_words_around(page, figure, rooms[figure.span], starts) for figure in figures)
    return tuple(
        replace(figure, before=before, behind=behind)
        for figure, (before, behind) in zip(figures, around, strict=True)
    )


def _end_of(figure: Figure) -> int:
    """Return where a figure ends with what it counts: "17 bodies" leaves none to the next."""
    counted = figure.counts_span
    return counted[1] if counted and counted[0] >= figure.span[1] else figure.span[1]


def _words_around(page: Page, figure: Figure, room: Span, starts: Sequence[int]) -> tuple[str, str]:
    first, last = page.sentence_at(figure.span[0])
    start = max(first, min(room[0], figure.span[0]), figure.span[0] - _CONTEXT)
    end = min(last, max(room[1], figure.span[1]), figure.span[1] + _CONTEXT)
    before = page.text[start : figure.span[0]]
    cut = max(before.rfind(mark) for mark in _CLAUSE_ENDS) + 1
    opening = "" if start + cut == first else _opening(page.text, first, start + cut)
    if bisect_left(starts, first) != bisect_left(starts, first + len(opening)):
        opening = ""  # "One dead, three hurt": another figure stands there
    behind = page.text[figure.span[1] : max(end, figure.span[1])]
    ends = [at for mark in _CLAUSE_ENDS if (at := behind.find(mark)) >= 0]
    return opening + before[cut:], behind[: min(ends, default=len(behind))]


def _opening(text: str, first: int, last: int) -> str:
    """Return the few words and the comma with which a sentence opens: "Earlier this year,"."""
    comma = text.find(",", first, min(last, first + _OPENING))
    return text[first : comma + 1] if comma > first else ""
