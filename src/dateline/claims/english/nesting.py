"""Statements inside statements: which of them are worth telling."""

from dateline.claims.english.finds import Find
from dateline.claims.english.lines import Sheet

_SPOKEN = frozenset(("quote", "clause", "that", "told", "according"))
_NESTED = 0.7
_SURE_NESTED = 0.8


def drop_weak(sheet: Sheet, finds: list[Find]) -> list[Find]:
    """Leave out attitudes inside other statements; what is said inside one is less sure."""
    kept: list[Find] = []
    for find in sorted(finds, key=_length, reverse=True):
        is_nested = any(_holds(sheet, other, find) for other in kept)
        if not is_nested:
            kept.append(find)
        elif find.take in _SPOKEN and find.source is not None and find.trust >= _SURE_NESTED:
            find.trust *= _NESTED
            kept.append(find)
    return kept


def _length(find: Find) -> int:
    return sum(last - first for first, last in find.content)


def _holds(sheet: Sheet, outer: Find, inner: Find) -> bool:
    if inner.cue is None:
        return False
    place = sheet.words.tokens[inner.cue[1] - 1].start
    return any(first <= place < last for first, last in outer.content)
