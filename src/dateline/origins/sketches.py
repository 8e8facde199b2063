"""Which earlier articles might have passages in common: chosen passages, and who has them.

MinHash with bands asks for texts that are alike as wholes; but copies are cut, stand inside longer
texts, or are one paragraph of them. So passages are chosen by winnowing (Schleimer, Wilkerson and
Aiken, 2003): of every so many in a row the one with the smallest number, hence two texts that share
a stretch of some length share a chosen passage, however much else stands around it.

Who has a passage stands in a table of rows with sixteen places each, the newest in the place of the
oldest: one look is one read of memory, however many articles are remembered, and what very many
have ("Sign up for our newsletter") takes no more room than anything else.
"""

from dataclasses import dataclass, field

import msgspec
import numpy as np
import numpy.typing as npt

from dateline.origins.passages import U32

I64 = npt.NDArray[np.int64]
Table = np.ndarray[tuple[int, int], np.dtype[np.uint32]]

PLACES = 16  # of one row
_WIDEST = 24  # passages in a row of which one is chosen: a shared stretch of 28 words is found
_WIDTHS = (12, 8, 4)  # of shorter texts, so that some two dozen passages are chosen
_CHOSEN = 20
_ROWS_AT_FIRST = 1 << 10
_DOUBLED_BELOW = 1 << 18  # rows; a larger table grows by half
_FULL = 0.85  # share of the places that living articles may take
_SPREAD = np.uint32(0x9E3779B1)
_CHUNK = 1 << 14  # rows that are moved at a time when the table grows


def choose(passages: U32) -> U32:
    """Return the passages by which a text is found, ascending and once each."""
    count = len(passages)
    if not count:
        return passages
    width = next((w for w in (_WIDEST, *_WIDTHS) if 2 * count >= _CHOSEN * (w + 1)), _WIDTHS[-1])
    least = _slide_least(passages, min(width, count))
    # One that is the smallest of many in a row stands there as often: most of them go unsorted.
    least = least[_differ(least)]
    least.sort()
    return least[_differ(least)]


def _differ(values: U32) -> npt.NDArray[np.bool_]:
    """Return for each value whether the one before it is another."""
    first = np.empty(len(values), dtype=np.bool_)
    first[0] = True
    np.not_equal(values[1:], values[:-1], out=first[1:])
    return first


def _slide_least(values: U32, width: int) -> U32:
    """Return the smallest of each `width` values in a row."""
    least, done = values, 1
    while done < width:
        step = min(done, width - done)
        least = np.minimum(least[:-step], least[step:])
        done += step
    return least


def _make(rows: int) -> Table:
    return np.zeros((rows, PLACES), dtype=np.uint32)


class SavedSketches(msgspec.Struct, kw_only=True):
    """A table as it is written; what is read of it lies in what was read, uncopied."""

    rows: int
    living: int
    passages: memoryview
    positions: memoryview
    heads: memoryview


@dataclass(slots=True, eq=False)
class Sketches:
    """Chosen passages to the positions of the articles that have them, the newest of them."""

    passages: Table = field(default_factory=lambda: _make(_ROWS_AT_FIRST))
    positions: Table = field(default_factory=lambda: _make(_ROWS_AT_FIRST))  # plus one; 0: nobody
    heads: npt.NDArray[np.uint8] = field(
        default_factory=lambda: np.zeros(_ROWS_AT_FIRST, dtype=np.uint8)
    )
    living: int = 0  # passages of articles that are not forgotten

    def add(self, position: int, chosen: U32) -> None:
        """Remember one article; positions only ever grow."""
        self.living += len(chosen)
        while self.living > _FULL * self.positions.size:
            self._grow()
        mixed = chosen * _SPREAD
        rows = _find_rows(mixed, len(self.heads))
        places = self.heads[rows]
        self.passages[rows, places] = mixed
        self.positions[rows, places] = position + 1
        self.heads[rows] = (places + 1) % PLACES

    def find(self, chosen: U32) -> dict[int, float]:
        """Return the positions that share any of these passages, with a weight for each.

        A passage that many have says little: each gives one in all to those that have it.
        """
        mixed = chosen * _SPREAD
        rows = _find_rows(mixed, len(self.heads))
        asked, places = (self.passages.take(rows, axis=0) == mixed[:, None]).nonzero()
        found = self.positions[rows[asked], places]
        if not found.all():  # an empty place has the passage 0
            asked, found = asked[found > 0], found[found > 0]
        if len(found) < 2:  # most have met nobody, or one by chance
            return {position - 1: 1.0 for position in found.tolist()}
        weights = 1.0 / np.bincount(asked)[asked]
        total: dict[int, float] = {}
        for position, weight in zip(found.tolist(), weights.tolist(), strict=True):
            total[position - 1] = total.get(position - 1, 0.0) + weight
        return total

    def dump(self) -> "SavedSketches":
        """Return the state; its bytes are those of the table, not copies of them."""
        return SavedSketches(
            rows=len(self.heads),
            living=self.living,
            passages=self.passages.data.cast("B"),
            positions=self.positions.data.cast("B"),
            heads=self.heads.data.cast("B"),
        )

    @classmethod
    def load(cls, state: "SavedSketches") -> "Sketches":
        """Return what `dump` wrote."""
        shape = (state.rows, PLACES)
        return cls(
            passages=np.frombuffer(state.passages, dtype=np.uint32).reshape(shape).copy(),
            positions=np.frombuffer(state.positions, dtype=np.uint32).reshape(shape).copy(),
            heads=np.frombuffer(state.heads, dtype=np.uint8).copy(),
            living=state.living,
        )

    def _grow(self) -> None:
        # A row holds a range of mixed numbers, so rows 2i and 2i+1 become 3i to 3i+2 (or 4i to
        # 4i+3): the table moves in pieces, and little more than the new one is needed meanwhile.
        old = len(self.heads)
        rows = 2 * old if old < _DOUBLED_BELOW else old // 2 * 3
        grown = Sketches(_make(rows), _make(rows), np.zeros(rows, dtype=np.uint8), self.living)
        for start in range(0, old, _CHUNK):
            kept = slice(start, start + _CHUNK)
            grown._fill(self.passages[kept].ravel(), self.positions[kept].ravel())
        self.passages, self.positions, self.heads = grown.passages, grown.positions, grown.heads

    def _fill(self, mixed: U32, positions: U32) -> None:
        taken = positions > 0
        mixed, positions = mixed[taken], positions[taken]
        rows = _find_rows(mixed, len(self.heads))
        order = np.argsort(rows << 32 | positions, kind="stable")
        mixed, positions, rows = mixed[order], positions[order], rows[order]
        ends = np.searchsorted(rows, rows, side="right")
        from_end = ends - 1 - np.arange(len(rows))
        counts = np.minimum(ends - np.searchsorted(rows, rows, side="left"), PLACES)
        kept = from_end < PLACES  # a new row may lie in two old ones
        rows, places = rows[kept], (counts - 1 - from_end)[kept]
        self.passages[rows, places] = mixed[kept]
        self.positions[rows, places] = positions[kept]
        self.heads[rows] = counts[kept] % PLACES


def _find_rows(mixed: U32, rows: int) -> I64:
    return (mixed.astype(np.int64) * rows) >> 32
