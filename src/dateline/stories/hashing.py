"""Words to numbers, the same in every process and on every machine."""

from hashlib import blake2b

import numpy as np
import numpy.typing as npt

BITS = 21  # two million numbers: a hundred thousand words of a window seldom meet by chance
STEM = 6  # letters of a word that count; measured in bench/stories.py
_MASK = (1 << BITS) - 1
_MEMO_SIZE = 400_000  # words whose number is kept at hand; only a matter of speed


class _Memo(dict[str, int]):
    """The number of each word that was seen lately."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MEMO_SIZE:
            self.clear()
        number = self[word] = hash_one(word[:STEM])
        return number


_memo = _Memo()


def hash_words(words: list[str]) -> npt.NDArray[np.uint32]:
    """Return the number of the beginning of each word, below 2 ** BITS."""
    return np.fromiter(map(_memo.__getitem__, words), dtype=np.uint32, count=len(words))


def hash_one(term: str) -> int:
    """Return the number of one term, below 2 ** BITS."""
    digest = blake2b(term.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "little") & _MASK
