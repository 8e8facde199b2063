"""An article as a set of passages: five words in a row, each made into one number.

What stands in quotation marks is kept apart: two reports of one speech share its quotes and are
still two reports.
"""

import re
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from dateline.text import list_tokens

U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]

WORDS = 5  # of a passage
LONGEST_TEXT = 60_000  # code points; what stands further down is not compared
KEPT = 2_000  # passages of one article that are remembered, the smallest numbers of them
FEWEST = 20  # own passages below which the quotations count as well
_MEMO_SIZE = 400_000
_FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 1],
    dtype=np.uint64,
)
# A quotation ends at its closing mark or with its paragraph; short ones are names and irony.
_INSIDE = r"(?:[^{}\n]|\n(?![ \t]{{0,20}}\n)){{25,}}"
_QUOTED = re.compile(
    "|".join(
        f"{opening}{_INSIDE.format(closing)}(?:{closing}|$|(?=\n))"
        for opening, closing in (("“", "”"), ("„", "“”"), ("«", "»"), ("「", "」"), ('"', '"'))
    ).replace("“”|", "[“”]|")
)
_memo: dict[str, int] = {}


def read_passages(text: str) -> U32:
    """Return the passages of a text, ascending and once each; none of fewer than five words.

    Of a text that is nearly all quotation, a speech in full, the quotation is taken as its own.
    """
    text = text[:LONGEST_TEXT]
    own = _hash_passages(_QUOTED.sub("\n", text))
    return own if len(own) >= FEWEST else _hash_passages(text)


def _hash_passages(text: str) -> U32:
    words = _hash_words(list_tokens(text))
    count = len(words) - WORDS + 1
    if count < 1:
        return np.empty(0, dtype=np.uint32)
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(WORDS):
        mixed += words[place : place + count] * _FACTORS[place]
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    numbers = np.unique((mixed >> np.uint64(32)).astype(np.uint32))
    return numbers[:KEPT]


def _hash_words(tokens: list[str]) -> U64:
    get = _memo.get
    numbers = [get(token, -1) for token in tokens]
    if -1 in numbers:
        numbers = [_memo[token] if token in _memo else _add(token) for token in tokens]
    return np.array(numbers, dtype=np.uint64)


def _add(token: str) -> int:
    if len(_memo) >= _MEMO_SIZE:
        _memo.clear()
    digest = blake2b(token.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    _memo[token] = number = int.from_bytes(digest, "little")
    return number
