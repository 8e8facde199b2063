"""Words to numbers, the same in every process and on every machine."""

import re
from collections.abc import Callable
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

U32 = npt.NDArray[np.uint32]
Halves = npt.NDArray[np.int64]  # below 2 ** 20

BITS = 21  # two million numbers: a hundred thousand words of a window seldom meet by chance
STEM = 6  # letters of a word that count; measured in bench/stories.py
SYLLABLE = 3  # letters of each of two syllables that count together
_MASK = (1 << BITS) - 1
_MEMO_SIZE = 400_000  # words whose number is kept at hand; only a matter of speed
_LETTER = 1 << 31  # marks a letter of a script without spaces; below it is its code point
_LONE = np.uint32(_LETTER)
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
_HALF = 20  # bits of each half of a pair
_STARTS = 100_000  # beginnings of syllables from which on all are listed anew
_PAIRS = 19  # bits: pairs whose number is kept at hand, in 4 MB
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # Fibonacci hashing: 2⁶⁴ times the golden ratio less one


class _Memo(dict[str, int]):
    """The number of each word that was seen lately; a lone letter has its code point instead."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MEMO_SIZE:
            self.clear()
        lone = len(word) == 1 and _UNSPACED.match(word)
        number = self[word] = _LETTER | ord(word) if lone else hash_one(word[:STEM])
        return number


class _Pairs:
    """The number of each pair that was seen lately: a pair has two places, side by side."""

    def __init__(self, write: Callable[[int], str]) -> None:
        self._write = write  # what a half stands for
        self._table = np.zeros(1 << _PAIRS, dtype=np.int64)  # the pair plus one, then its number

    def look_up(self, first: Halves, second: Halves) -> U32:
        """Return the number of each pair of halves, as if its words were written together."""
        pairs = first << _HALF | second
        spread = pairs.view(np.uint64) * _SPREAD
        spread ^= spread >> np.uint64(32)  # else the two halves, counted up, lie on a lattice
        spread *= _SPREAD
        spread >>= np.uint64(64 - _PAIRS)
        places = spread.view(np.int64) & -2
        found = self._table[places]
        other = (found >> BITS != pairs + 1).nonzero()[0]
        if len(other):
            found[other] = self._look_beside(pairs[other], places[other])
        found &= _MASK
        return np.asarray(found, dtype=np.uint32)

    def _look_beside(self, pairs: Halves, places: Halves) -> Halves:
        """Return what the table has in the second places; what is new moves the old there."""
        found = self._table[places + 1]
        new = (found >> BITS != pairs + 1).nonzero()[0]
        if len(new):
            write, half = self._write, (1 << _HALF) - 1
            found[new] = [
                pair + 1 << BITS | hash_one(write(pair >> _HALF) + write(pair & half))
                for pair in pairs[new].tolist()
            ]
            self._table[places[new] + 1] = self._table[places[new]]
            self._table[places[new]] = found[new]
        return found


class _Syllables(dict[str, int]):
    """The number of each word that was seen lately, and above it the place of its beginning."""

    def __init__(self) -> None:
        super().__init__()
        self.starts: list[str] = []
        self._places: dict[str, int] = {}
        self.pairs = _Pairs(self.starts.__getitem__)

    def __missing__(self, word: str) -> int:
        if len(self) >= _MEMO_SIZE:
            self.clear()
        start = word[:SYLLABLE]
        place = self._places.setdefault(start, len(self.starts))
        if place == len(self.starts):
            self.starts.append(start)
        number = self[word] = place << 32 | hash_one(word[:STEM])
        return number


_memo = _Memo()
_letters = _Pairs(chr)
_syllables = [_Syllables()]


def hash_words(words: list[str]) -> U32:
    """Return the number of the beginning of each word, below 2 ** BITS.

    Letters of scripts without spaces count as pairs of neighbours, which come last.
    """
    numbers = np.fromiter(map(_memo.__getitem__, words), dtype=np.uint32, count=len(words))
    alone = numbers >= _LONE
    if not np.count_nonzero(alone):
        return numbers
    both = alone[1:] & alone[:-1]
    letters = (numbers ^ _LONE).astype(np.int64)
    pairs = _letters.look_up(letters[:-1][both], letters[1:][both])
    return np.concatenate((numbers[~alone], pairs))


def hash_syllables(words: list[str]) -> U32:
    """Return the number of the beginning of each word, then those of each two neighbours."""
    if len(_syllables[0].starts) >= _STARTS:
        _syllables[0] = _Syllables()
    memo = _syllables[0]
    numbers = np.fromiter(map(memo.__getitem__, words), dtype=np.int64, count=len(words))
    starts = numbers >> 32
    alone = (numbers & _MASK).astype(np.uint32)
    return np.concatenate((alone, memo.pairs.look_up(starts[:-1], starts[1:])))


def hash_one(term: str) -> int:
    """Return the number of one term, below 2 ** BITS."""
    digest = blake2b(term.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "little") & _MASK
