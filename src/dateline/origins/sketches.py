"""Which earlier articles might carry the same report: a sample of passages, and who has them.

MinHash with bands asks for texts that are alike as wholes; but copies are cut, and stand inside
longer texts. So the sample is of the passages with the smallest numbers, at a fixed rate: what one
text holds of another is found at that rate, however much else stands around it.

Postings lie in sorted arrays of growing size, eight bytes each, so a window of a million articles
is searched in a handful of steps.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from dateline.origins.passages import U32

Positions = npt.NDArray[np.int64]

_RATE = 16  # one passage in so many is sampled …
_BELOW = np.uint32((1 << 32) // _RATE)
_FEWEST, _MOST = 24, 96  # … but of a short article more, of a long one fewer
_REACH = 64  # the newest articles that have a passage
_FRESH = 20_000  # postings that are gathered before they are sorted


def sample(passages: U32) -> U32:
    """Return the passages by which an article is found; they are ascending."""
    count = int(np.searchsorted(passages, _BELOW))
    return passages[: min(max(count, _FEWEST), _MOST)]


@dataclass(slots=True, kw_only=True, eq=False)
class _Run:
    """Postings sorted by passage, then by position."""

    passages: U32
    positions: U32


@dataclass(slots=True, eq=False)
class Sketches:
    """Sampled passages to the positions of the articles that have them."""

    fresh: dict[int, list[int]] = field(default_factory=dict)
    waiting: int = 0  # postings in `fresh`
    runs: list[_Run] = field(default_factory=list)  # the oldest and largest first

    def add(self, position: int, sampled: U32) -> None:
        """Remember one article; positions only ever grow."""
        for passage in sampled.tolist():
            self.fresh.setdefault(passage, []).append(position)
        self.waiting += len(sampled)
        if self.waiting >= _FRESH:
            self._sort()

    def find(self, sampled: U32) -> tuple[Positions, Positions]:
        """Return the positions that share any of these passages, and how many each shares.

        Of a passage that very many have ("Sign up for our newsletter") only the newest count.
        """
        left = np.full(len(sampled), _REACH, dtype=np.int64)
        found: list[npt.NDArray[np.generic]] = []
        for place, passage in enumerate(sampled.tolist()):
            posting = self.fresh.get(passage)
            if posting:
                newest = posting[-_REACH:]
                left[place] -= len(newest)
                found.append(np.array(newest, dtype=np.int64))
        found.extend(_take(run, sampled, left) for run in reversed(self.runs))
        if not found:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        return np.unique(np.concatenate(found).astype(np.int64), return_counts=True)

    def _sort(self) -> None:
        pairs = [(p, position) for p, posting in self.fresh.items() for position in posting]
        both = np.array(pairs, dtype=np.uint32)
        run = _order(_Run(passages=both[:, 0], positions=both[:, 1]))
        while self.runs and len(self.runs[-1].passages) <= 2 * len(run.passages):
            run = _merge(self.runs.pop(), run)
        self.runs.append(run)
        self.fresh, self.waiting = {}, 0


def _take(run: _Run, sampled: U32, left: Positions) -> U32:
    """Return the newest positions of each passage, at most `left` of them, and count them off."""
    start = np.searchsorted(run.passages, sampled, side="left")
    stop = np.searchsorted(run.passages, sampled, side="right")
    counts = np.minimum(stop - start, left)
    left -= counts
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    within = np.arange(total) - np.repeat(ends - counts, counts)
    newest: U32 = run.positions[np.repeat(stop - counts, counts) + within]
    return newest


def _merge(older: _Run, newer: _Run) -> _Run:
    return _order(
        _Run(
            passages=np.concatenate([older.passages, newer.passages]),
            positions=np.concatenate([older.positions, newer.positions]),
        )
    )


def _order(run: _Run) -> _Run:
    order = np.argsort(run.passages, kind="stable")  # stable: positions stay ascending
    return _Run(passages=run.passages[order], positions=run.positions[order])
