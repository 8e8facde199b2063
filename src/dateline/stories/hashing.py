"""Words to numbers, the same in every process and on every machine."""

from hashlib import blake2b

import numpy as np
import numpy.typing as npt

BITS = 21  # two million numbers: a hundred thousand words of a window seldom meet by chance
_MASK = (1 << BITS) - 1
_MEMO_SIZE = 400_000  # words whose number is kept at hand; only a matter of speed

_memo: dict[str, int] = {}


def hash_terms(terms: list[str]) -> npt.NDArray[np.uint32]:
    """Return the number of each term, below 2 ** BITS."""
    get = _memo.get
    numbers = [get(term, -1) for term in terms]
    if -1 in numbers:
        numbers = [get(term, -1) if term in _memo else _add(term) for term in terms]
    return np.array(numbers, dtype=np.uint32)


def _add(term: str) -> int:
    if len(_memo) >= _MEMO_SIZE:
        _memo.clear()
    number = hash_one(term)
    _memo[term] = number
    return number


def hash_one(term: str) -> int:
    """Return the number of one term, below 2 ** BITS."""
    digest = blake2b(term.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "little") & _MASK
