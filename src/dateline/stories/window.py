"""The articles that stories may still grow by: their terms, and where each term was seen lately.

An article has a number that only ever grows, so that postings need not be made again when old
articles are dropped. Everything stands in flat arrays: an article costs five bytes a term and some
forty besides, and a window of a million fits a small server. The cost of a search is bounded by
`ASKED` terms times `REACH` postings, however full the window is.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.stories.features import U8, Terms
from dateline.stories.hashing import U32
from dateline.stories.picking import find_starts, rank_largest

F32 = npt.NDArray[np.float32]
Positions = npt.NDArray[np.int64]

INDEXED = 40  # terms of an article by which it can be found
_TERM_BITS = 5
ASKED = 24  # below 2 ** _TERM_BITS; terms of a new article by which others are looked for
REACH = 48  # the newest articles of each such term
CANDIDATES = 32  # articles that are compared in full

COLUMNS: dict[str, npt.DTypeLike] = {
    "article_ids": np.int64,
    "story_ids": np.int64,
    "hours": np.float64,  # since 1970
    "lengths": np.float32,  # of the article's weights before they were made one
    "ends": np.int64,  # of its terms in the pool
    "kinds": np.uint8,  # see below
    "languages": np.uint16,  # place in `names`
    "crowding": np.float32,  # see `scoring`
}
ARTICLE, APART = 1, 2  # APART, never compared with: it tells of much, or is a copy
GONE = 8  # added to the kind of a forgotten one


@dataclass(slots=True)
class Flat:
    """One array that grows by a half when it is full."""

    values: npt.NDArray[Any]
    used: int = 0

    def extend(self, more: npt.NDArray[Any]) -> None:
        """Add values at the end."""
        end = self.used + len(more)
        if end > len(self.values):
            grown = np.empty(max(end, len(self.values) * 3 // 2, 1024), dtype=self.values.dtype)
            grown[: self.used] = self.values[: self.used]
            self.values = grown
        self.values[self.used : end] = more
        self.used = end

    def append(self, value: float) -> None:
        """Add one value at the end."""
        if self.used == len(self.values):
            self.extend(np.array([value], dtype=self.values.dtype))
            return
        self.values[self.used] = value
        self.used += 1

    def cut(self, start: int) -> None:
        """Drop the values before `start`."""
        self.values = self.values[start : self.used].copy()
        self.used -= start

    @property
    def filled(self) -> npt.NDArray[Any]:
        """The values that are set, without a copy."""
        return self.values[: self.used]


def measure_parts(starts: Positions, total: int) -> Positions:
    """Return how long each part is, given where each of them begins."""
    sizes = np.empty_like(starts)
    np.subtract(starts[1:], starts[:-1], out=sizes[:-1])
    sizes[-1:] = total - starts[-1:]
    return sizes


def _make_columns() -> dict[str, Flat]:
    return {name: Flat(np.empty(0, dtype=kind)) for name, kind in COLUMNS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article as the window keeps it."""

    article_id: int
    story_id: int
    hours: float
    length: float
    language: str
    crowding: float = 0.0
    kind: int = ARTICLE


@dataclass(slots=True)
class Window:
    """Articles in the order of arrival; `base` is the number of the first that is still here."""

    columns: dict[str, Flat] = field(default_factory=_make_columns)
    ids: Flat = field(default_factory=lambda: Flat(np.empty(0, dtype=np.uint32)))
    counts: Flat = field(default_factory=lambda: Flat(np.empty(0, dtype=np.uint8)))
    names: list[str] = field(default_factory=list)  # of the languages
    base: int = 0
    postings: dict[int, "array[int]"] = field(default_factory=dict)

    @property
    def next_number(self) -> int:
        """The number that the next article will have."""
        return self.base + self.columns["ends"].used

    def column(self, name: str) -> npt.NDArray[Any]:
        """Return one column, by position: number minus `base`."""
        return self.columns[name].filled

    def add(self, entry: Entry, terms: Terms) -> int:
        """Remember one article, its terms with the heaviest first, and return its number."""
        number = self.next_number
        self.ids.extend(terms.ids)
        self.counts.extend(terms.counts)
        row = (
            entry.article_id,
            entry.story_id,
            entry.hours,
            entry.length,
            self.ids.used,
            entry.kind,
            self.number_language(entry.language),
            entry.crowding,
        )
        for flat, value in zip(self.columns.values(), row, strict=True):  # in the order of COLUMNS
            flat.append(value)
        if entry.kind != APART:
            self._post(number, terms.ids[:INDEXED].tolist())
        return number

    def number_language(self, name: str) -> int:
        """Return the number that stands for a language."""
        if name not in self.names:
            self.names.append(name)
        return self.names.index(name)

    def find(self, asked: Sequence[int], weights: F32) -> Positions:
        """Return the numbers of the articles that share most of the weight of these terms."""
        found: list[array[int]] = []
        shares: list[float] = []
        for term, weight in zip(asked, weights.tolist(), strict=True):
            posting = self.postings.get(term)
            if posting is not None:
                found.append(posting[-REACH:])
                shares.append(weight * weight)
        if not found:
            return np.empty(0, dtype=np.int64)
        # Number and term in one value, so that the values alone are sorted, not their places.
        seen = np.frombuffer(b"".join(found), dtype=np.uint32).astype(np.int64)
        seen <<= _TERM_BITS
        seen |= np.repeat(np.arange(len(found)), [len(part) for part in found])
        seen.sort()
        each = np.array(shares)[seen & ((1 << _TERM_BITS) - 1)]
        seen >>= _TERM_BITS
        firsts = find_starts(seen)
        best = rank_largest(np.add.reduceat(each, firsts), 2 * CANDIDATES)
        return self.keep_present(seen[firsts[best]])[:CANDIDATES]

    def keep_present(self, numbers: Positions) -> Positions:
        """Return those of these numbers that are not forgotten."""
        return numbers[self.mark_present(numbers)]

    def mark_present(self, numbers: Positions) -> npt.NDArray[np.bool_]:
        """Return which of these numbers are not forgotten."""
        at = numbers - self.base
        here: npt.NDArray[np.bool_] = at >= 0  # of forgotten ones even the row may be gone
        if np.count_nonzero(here) == len(at):
            return np.asarray(self.column("kinds")[at] < GONE)
        here[here] = self.column("kinds")[at[here]] < GONE
        return here

    def gather(self, numbers: Positions) -> tuple[U32, U8, Positions]:
        """Return the terms of these articles one after the other, and where each begins."""
        starts, stops = self.find_terms(numbers)
        sizes = stops - starts
        stops = sizes.cumsum()
        offsets = stops - sizes
        where = (starts - offsets).repeat(sizes)
        where += np.arange(len(where))
        return self.ids.filled.take(where), self.counts.filled.take(where), offsets

    def find_terms(self, numbers: Positions) -> tuple[Positions, Positions]:
        """Return where in the pool the terms of these articles begin and end."""
        ends = self.column("ends")
        at = numbers - self.base
        starts = ends[at - 1]  # of the first article any, put right in the next line
        starts[at == 0] = 0
        return starts, ends[at]

    def read_terms(self, number: int) -> Terms:
        """Return the terms of one article."""
        starts, stops = self.find_terms(np.array([number]))
        part = slice(int(starts[0]), int(stops[0]))
        return Terms(ids=self.ids.filled[part], counts=self.counts.filled[part])

    def forget_before(self, hours: float) -> Positions:
        """Forget the articles that are older, and return their numbers."""
        kinds = self.column("kinds")
        old = np.flatnonzero((self.column("hours") < hours) & (kinds < GONE))
        kinds[old] |= GONE
        return old + self.base

    def make_room(self) -> None:
        """Drop the oldest articles once a quarter of all are forgotten ones in front."""
        present = np.flatnonzero(self.column("kinds") < GONE)
        total = self.columns["kinds"].used
        first = int(present[0]) if len(present) else total
        if first * 4 <= total or not first:
            return
        cut = int(self.column("ends")[first - 1])
        self.ids.cut(cut)
        self.counts.cut(cut)
        for flat in self.columns.values():
            flat.cut(first)
        self.column("ends")[:] -= cut
        self.base += first
        idle = [term for term, posting in self.postings.items() if posting[-1] < self.base]
        for term in idle:
            del self.postings[term]

    def rebuild(self) -> None:
        """Make the postings again, those of forgotten articles as well: they fill places too."""
        self.postings = {}
        kinds = (self.column("kinds") % GONE).tolist()
        starts, stops = self.find_terms(np.arange(self.base, self.next_number))
        rows = zip(kinds, starts.tolist(), stops.tolist(), strict=True)
        for position, (kind, start, stop) in enumerate(rows):
            if kind == ARTICLE:
                terms = self.ids.filled[start : min(stop, start + INDEXED)]
                self._post(self.base + position, terms.tolist())

    def _post(self, number: int, terms: Sequence[int]) -> None:
        postings = self.postings
        for term in terms:
            posting = postings.get(term)
            if posting is None:
                postings[term] = array("I", (number,))
                continue
            if len(posting) >= 2 * REACH:  # only the newest are ever asked for
                del posting[:REACH]
            posting.append(number)
