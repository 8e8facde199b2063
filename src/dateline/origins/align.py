"""Which passages of a text stand in another: for readers who want to see what is carried.

Words are compared, not letters: marks, case and spacing do not matter, and a few words that a house
has changed do not end a passage. Unlike `likeness`, which only counts, this says where.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from dateline.model import Span
from dateline.text import find_tokens

LONGEST_TEXT = 60_000  # code points of each text that are looked at
FEWEST = 8.0  # words of a passage
_SEED = 4  # words in a row from which a passage grows
_SEEDED = 8  # places of one seed that are tried
_GAP = 3  # words changed, put in or left out that do not end a passage …
_AGAIN = 3  # … where so many follow that are the same
_UNSPACED = 0x0E00  # from here on a single letter is a token of its own, half a word
_MARKS = 3  # marks beside a passage that are taken along

_GAPS = sorted(((x, y) for x in range(_GAP + 1) for y in range(_GAP + 1) if x or y), key=sum)


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the texts as words with their places."""

    text: str
    words: list[str]
    spans: list[Span]


@dataclass(frozen=True, slots=True)
class _Run:
    """Words from `start` to before `end` in the text, and where they stand in the other."""

    start: int
    end: int
    other_start: int
    other_end: int
    weight: float  # words that are the same


def align(text: str, other: str) -> tuple[tuple[Span, Span], ...]:
    """Return the passages of `text` that stand in `other`, with where they stand there.

    Spans are code points; those of `text` ascend and do not overlap, those of `other` may. The time
    grows with the length of both texts, whatever they say.
    """
    here, there = _split(text), _split(other)
    seeds: dict[tuple[str, ...], list[int]] = {}
    for place in range(len(there.words) - _SEED + 1):
        known = seeds.setdefault(tuple(there.words[place : place + _SEED]), [])
        if len(known) < _SEEDED:
            known.append(place)
    runs: list[_Run] = []
    place, done = 0, 0
    while place <= len(here.words) - _SEED:
        found = seeds.get(tuple(here.words[place : place + _SEED]), ())
        # Most often the text goes on where the other does.
        after = [runs[-1].other_end] if runs and found else []
        grown = [_grow(here, there, (place, start), done) for start in (*found, *after)]
        best = max(grown, key=lambda run: run.weight, default=None)
        if best and best.weight >= FEWEST:
            runs.append(best)
            place = done = best.end
        else:
            place += 1
    return _write(here, there, runs)


def _split(text: str) -> _Side:
    text = text[:LONGEST_TEXT]
    tokens = list(find_tokens(text))
    return _Side(text, [word for word, _, _ in tokens], [(start, end) for _, start, end in tokens])


def _grow(here: _Side, there: _Side, seed: tuple[int, int], floor: int) -> _Run:
    """Return the longest run through a seed, in both directions, not below `floor`."""
    walk = _Walk(here.words, there.words, floor)
    end, other_end, right = walk.follow(seed, 1)
    start, other_start, left = walk.follow((seed[0] - 1, seed[1] - 1), -1)
    return _Run(start + 1, end, other_start + 1, other_end, left + right)


@dataclass(frozen=True, slots=True)
class _Walk:
    """Two lists of words that are followed side by side."""

    here: Sequence[str]
    there: Sequence[str]
    floor: int

    def follow(self, at: tuple[int, int], step: int) -> tuple[int, int, float]:
        """Return the first places that are not reached any more, and the weight of what is."""
        place, other = stop = at
        weight = 0.0
        while True:
            while self._is_same(place, other):
                weight += 0.5 if _is_letter(self.here[place]) else 1.0
                place, other = stop = place + step, other + step
            gap = self._find_gap(place, other, step) if weight else None
            if gap is None:
                return *stop, weight
            place, other = place + step * gap[0], other + step * gap[1]

    def _is_same(self, place: int, other: int) -> bool:
        inside = self.floor <= place < len(self.here) and 0 <= other < len(self.there)
        return inside and self.here[place] == self.there[other]

    def _find_gap(self, place: int, other: int, step: int) -> tuple[int, int] | None:
        for x, y in _GAPS:
            starts = (place + step * x, other + step * y)
            if all(
                self._is_same(starts[0] + step * k, starts[1] + step * k) for k in range(_AGAIN)
            ):
                return x, y
        return None


def _is_letter(word: str) -> bool:
    return len(word) == 1 and ord(word) >= _UNSPACED


def _write(here: _Side, there: _Side, runs: Sequence[_Run]) -> tuple[tuple[Span, Span], ...]:
    """Return runs as spans of code points, with the marks that belong to their words."""
    pairs = []
    done = 0
    for run in runs:
        mine = _widen(here, run.start, run.end, done)
        done = mine[1]
        pairs.append((mine, _widen(there, run.other_start, run.other_end, 0)))
    return tuple(pairs)


def _is_opening(mark: str) -> bool:
    return unicodedata.category(mark) in {"Ps", "Pi"}


def _widen(side: _Side, first: int, stop: int, floor: int) -> Span:
    start, end = side.spans[first][0], side.spans[stop - 1][1]
    before = side.spans[first - 1][1] if first else 0
    after = side.spans[stop][0] if stop < len(side.spans) else len(side.text)
    for _ in range(_MARKS):
        if start > max(before, floor) and _is_opening(side.text[start - 1]):
            start -= 1
        if end < after and not (side.text[end].isspace() or _is_opening(side.text[end])):
            end += 1
    return start, end
