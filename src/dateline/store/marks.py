"""Marks on what was looked for: whole terms, in the passage of a text where most of them meet.

A term of several words is marked where they stand together, a word in a script without spaces
where its letters do; one word in all its forms.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dateline.store.terms import Cut, Text

_WINDOW = 220  # characters of a snippet
_HITS = 400  # hits in a text that are looked at
_NEAR = 12  # of them that are counted from one on

Parts = tuple[tuple[str, bool], ...]  # words, and whether they are a hit


class _Hit(NamedTuple):
    start: int
    end: int
    term: int  # which


def mark_hits(text: str, terms: Sequence[Cut], language: str = "") -> Parts:
    """Return the best passage of `text` in parts, each with whether it is a hit.

    It is where the most different terms stand near each other; the first such place.
    """
    hits = _find_hits(text, terms, language)
    start = _choose_start(text, hits)
    end = _find_end(text, start)
    inside = [hit for hit in hits if start <= hit.start and hit.end <= end]
    opening, rest = "… " if start else "", " …" if end < len(text) else ""
    return _join([(opening, False), *_cut(text, start, end, inside), (rest, False)])


def mark_all(text: str, terms: Sequence[Cut], language: str = "") -> Parts:
    """Return all of `text` in parts, each with whether it is a hit; marks are no part of a word."""
    return _join(_cut(text, 0, len(text), _find_hits(text, terms, language)))


def _find_hits(text: str, terms: Sequence[Cut], language: str) -> list[_Hit]:
    return [_Hit(*span) for span in Text(text, language).find_spans(terms, _HITS)]


def _join(parts: Iterable[tuple[str, bool]]) -> Parts:
    return tuple((words, is_hit) for words, is_hit in parts if words)


def _cut(text: str, start: int, end: int, hits: Iterable[_Hit]) -> list[tuple[str, bool]]:
    """Return a passage in parts, each with whether it is a hit; neighbouring letters are one."""
    parts = [("", False)]
    done = start
    for hit in hits:
        words = text[hit.start : hit.end]
        if hit.start == done and parts[-1][1]:  # letters of a script without spaces
            parts[-1] = (parts[-1][0] + words, True)
        else:
            parts += [(text[done : hit.start], False), (words, True)]
        done = hit.end
    return [*parts, (text[done:end], False)]


def _find_end(text: str, start: int) -> int:
    """Return where the passage ends: after a word, where there is one in its second half."""
    end = start + _WINDOW
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", start + _WINDOW // 2, end)
    return space if space >= 0 else end


def _choose_start(text: str, hits: Sequence[_Hit]) -> int:
    best, most, last = 0, 0, 0
    for at, hit in enumerate(hits):
        last = max(last, at)
        while last < len(hits) and hits[last].end <= hit.start + _WINDOW * 2 // 3:
            last += 1
        different = len({one.term for one in hits[at : min(last, at + _NEAR)]})
        if different > most:
            best, most = hit.start, different
    if best < _WINDOW // 2:
        return 0
    space = text.find(" ", best - _WINDOW // 3, best)
    return space + 1 if space >= 0 else best
