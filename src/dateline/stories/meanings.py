"""What articles mean, as vectors of a language model: which earlier ones mean about the same.

A model puts all texts of one language a little aside, so the running mean of the language is taken
off first. Of each vector the signs are kept as bits: the number of differing bits finds the few
articles that are worth an exact comparison, at a cost that does not grow with the window
(Charikar 2002, https://doi.org/10.1145/509907.509965).
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.stories.window import F32, Flat, Positions

I8 = npt.NDArray[np.int8]

REACH = 32_768  # the newest articles that are looked at
NEAREST = 48  # of these are compared exactly
STEADY = 3.0  # articles of a language that count as much as the mean of all languages
FULL = np.float32(127)  # what 1 is in a vector that is kept
EVERYWHERE = "*"  # no language tag


@dataclass(slots=True)
class Mean:
    """The sum of the vectors of a language, and of how many."""

    total: npt.NDArray[np.float64]
    count: int = 0


@dataclass(slots=True)
class Meanings:
    """The vectors of the newest articles, and the middle of each language."""

    numbers: Flat = field(default_factory=lambda: Flat(np.empty(0, dtype=np.int64)))
    vectors: npt.NDArray[np.int8] = field(default_factory=lambda: np.empty((0, 0), dtype=np.int8))
    means: dict[str, Mean] = field(default_factory=dict)
    # A column an article: adding up whole rows is many times faster than a few numbers at a time.
    _bits: npt.NDArray[np.uint64] = field(default_factory=lambda: np.empty((0, 0), dtype=np.uint64))

    def centre(self, packed: bytes, language: str) -> F32 | None:
        """Count a vector, and return it without what its language has in common.

        None where there is none, or it is of another size than those before.
        """
        vector = np.frombuffer(packed, dtype=np.int8).astype(np.float64)
        length = float(np.linalg.norm(vector))
        if not length or (self.vectors.size and len(vector) != self.vectors.shape[1]):
            return None
        vector /= length
        everywhere, here = self._count(vector, EVERYWHERE), self._count(vector, language)
        shared = here.total + STEADY * everywhere.total / everywhere.count
        rest = vector - shared / (here.count + STEADY)
        length = float(np.linalg.norm(rest))
        return (rest / length).astype(np.float32) if length > 1e-6 else None

    def add(self, number: int, vector: F32) -> None:
        """Remember the centred vector of an article."""
        place = self.numbers.used
        if place == len(self.vectors):
            self._grow(len(vector))
        packed = quantise(vector)
        self.vectors[place] = packed
        self._bits[:, place] = _take_signs(packed[None, :])[0]
        self.numbers.extend(np.array([number], dtype=np.int64))
        if self.numbers.used >= 2 * REACH:
            self._halve()

    def find(self, vector: F32) -> Positions:
        """Return the numbers of the articles that mean most nearly the same."""
        start = max(0, self.numbers.used - REACH)
        stop = self.numbers.used
        if start == stop:
            return np.empty(0, dtype=np.int64)
        asked = _take_signs(quantise(vector)[None, :]).T
        differing = np.bitwise_count(self._bits[:, start:stop] ^ asked).sum(axis=0, dtype=np.uint16)
        recent: Positions = self.numbers.filled[start:]
        if len(recent) <= NEAREST:
            return recent
        return recent[np.sort(np.argpartition(differing, NEAREST - 1)[:NEAREST])]

    def recall(self, number: int) -> F32 | None:
        """Return the vector of one article, None where it has none any more."""
        known = self.numbers.filled
        at = int(np.searchsorted(known, number))
        if at >= len(known) or known[at] != number:
            return None
        return np.asarray(self.vectors[at] / FULL, dtype=np.float32)

    def recall_all(self, numbers: Positions) -> F32 | None:
        """Return the vectors of these articles, a row each; not a number where one has none.

        None where no article at all has one.
        """
        known = self.numbers.filled
        if not len(known):
            return None
        at = np.minimum(np.searchsorted(known, numbers), len(known) - 1)
        vectors = self.vectors[at].astype(np.float32) / FULL
        vectors[known[at] != numbers] = np.nan
        return np.asarray(vectors, dtype=np.float32)

    def restore(self, vectors: I8) -> None:
        """Take over the vectors that belong to `numbers`."""
        self.vectors = vectors.copy()
        self._bits = np.ascontiguousarray(_take_signs(self.vectors).T)

    def _count(self, vector: npt.NDArray[np.float64], language: str) -> Mean:
        mean = self.means.get(language)
        if mean is None:
            mean = self.means[language] = Mean(np.zeros(len(vector)))
        mean.total += vector
        mean.count += 1
        return mean

    def _grow(self, size: int) -> None:
        rows = max(1024, len(self.vectors) * 2)
        vectors = np.zeros((rows, size), dtype=np.int8)
        bits = np.zeros((_count_words(size), rows), dtype=np.uint64)
        if len(self.vectors):
            vectors[: len(self.vectors)] = self.vectors
            bits[:, : len(self.vectors)] = self._bits
        self.vectors, self._bits = vectors, bits

    def _halve(self) -> None:
        kept = slice(self.numbers.used - REACH, self.numbers.used)
        self.vectors[:REACH] = self.vectors[kept].copy()
        self._bits[:, :REACH] = self._bits[:, kept].copy()
        self.numbers.cut(self.numbers.used - REACH)


def quantise(vector: F32) -> I8:
    """Return a vector of length one as it is kept: a whole number of -127 to 127 each."""
    return np.asarray(np.rint(FULL * vector), dtype=np.int8)


def _count_words(size: int) -> int:
    return -(-size // 64)


def _take_signs(vectors: npt.NDArray[Any]) -> npt.NDArray[np.uint64]:
    """Return one bit a number, padded to whole words of 64."""
    bits = np.packbits(vectors > 0, axis=1)
    padded = np.zeros((len(bits), 8 * _count_words(vectors.shape[1])), dtype=np.uint8)
    padded[:, : bits.shape[1]] = bits
    return padded.view(np.uint64)
