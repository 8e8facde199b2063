"""Statements inside statements: which of them are worth telling."""

from dateline.claims.english.finds import Find
from dateline.claims.english.lines import Line, Sheet

_SPOKEN = frozenset(("quote", "clause", "that", "told", "according"))
_NESTED = 0.7
_SURE_OF_SPEECH = 0.88
_SURE_NESTED = 0.8
_SPEAKERS_OF_QUOTES = frozenset("i we you it".split())


def drop_weak(sheet: Sheet, line: Line, finds: list[Find]) -> list[Find]:
    """Leave out attitudes inside other statements, and what a quotation says of its own speaker."""
    if line.level:
        finds = [find for find in finds if _is_told_by_another(line, find)]
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


def _is_told_by_another(line: Line, find: Find) -> bool:
    if find.source is None or not find.quotes or find.trust < _SURE_OF_SPEECH:
        return False
    is_near = find.source.how in ("near", "pronoun", "apposition", "after")
    return is_near and line.low[find.source.first] not in _SPEAKERS_OF_QUOTES


def _holds(sheet: Sheet, outer: Find, inner: Find) -> bool:
    if inner.cue is None:
        return False
    place = sheet.words.tokens[inner.cue[1] - 1].start
    return any(first <= place < last for first, last in outer.content)
