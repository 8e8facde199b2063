"""An article as the words it is compared by: its own and, apart from them, those it quotes.

What stands in quotation marks is kept apart: two reports of one speech share its quotes and are
still two reports. A word is a number of two bytes, so a text of 400 words is remembered in 800;
five words in a row, a passage, are one number again.
"""

import re
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from dateline.text import list_tokens

U16 = npt.NDArray[np.uint16]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]

WORDS = 5  # of a passage
LONGEST_TEXT = 60_000  # code points; what stands further down is not compared
MOST_OWN, MOST_QUOTED = 4_000, 1_500  # words of one article that are remembered
FIGURES = 1 << 12  # words below this one are written with digits
FEWEST = 24  # own words below which a text is compared with its quotations
_MEMO_SIZE = 400_000
_WORD, _FOUR = np.dtype("<u2"), np.dtype("<u8")  # as they lie in memory
_FACTORS = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9))
_OFFSET = np.uint64(0x2545F4914F6CDD1D)
# A quotation ends at its closing mark or with its paragraph; short ones are names and irony. The
# mark that opens and closes alike opens only before a word and closes only behind one, so that one
# lost mark does not turn around all that follows.
_SHORTEST = 25  # code points between the marks
_LINE_END = r"\n(?![ \t]{0,20}\n)"  # and not a paragraph's
_PAIRS = {  # by the mark that opens: opening, what does not stand inside, closing
    "“": ("“", "”", "”"),
    "„": ("„", "“”", "[“”]"),
    "«": ("«", "»", "»"),
    "「": ("「", "」", "」"),
    '"': (r'(?<![^\s(\[–—-])"(?=\S)', '"', r'(?<=\S)"'),
}
_QUOTED = {
    mark: re.compile(
        f"{opening}(?:[^{other}\n]|{_LINE_END}){{{_SHORTEST}}}"
        f"[^{other}\n]*(?:{_LINE_END}[^{other}\n]*)*(?:{end}|$|(?=\n))"
    )
    for mark, (opening, other, end) in _PAIRS.items()
}
_OPENING = re.compile(f"[{''.join(_PAIRS)}]")


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of an article as numbers, in order."""

    own: U16
    quoted: U16


def read_words(text: str) -> Words:
    """Return the words of a text; one that is nearly all quotation, a speech, has it as its own."""
    text = text[:LONGEST_TEXT]
    rest, quotes = _split_quotes(text)
    own = _number(list_tokens(rest)[:MOST_OWN])
    if quotes and len(own) < FEWEST:
        return Words(_number(list_tokens(text)[:MOST_OWN]), _number([]))
    return Words(own, _number(list_tokens("\n".join(quotes))[:MOST_QUOTED]))


def _split_quotes(text: str) -> tuple[str, list[str]]:
    """Return the text without its quotations, and these."""
    if not any(mark in text for mark in _PAIRS):
        return text, []
    rest, quotes, done = [], [], 0
    opening = _OPENING.search(text)
    while opening:
        match = _QUOTED[opening.group()].match(text, opening.start())
        if match:
            rest.append(text[done : match.start()])
            quotes.append(match.group())
            done = match.end()
        opening = _OPENING.search(text, (match or opening).end())
    return "\n".join([*rest, text[done:]]), quotes


def view_fours(words: U16) -> U64:
    """Return each four words in a row as one number, in order: the words themselves, uncopied."""
    words = np.ascontiguousarray(words, dtype=_WORD)
    return np.ndarray((max(0, len(words) - 3),), _FOUR, words, 0, (2,))


def hash_passages(words: U16) -> U32:
    """Return one number for each five words in a row, in order; none of fewer than five."""
    if len(words) < WORDS:
        return np.empty(0, dtype=np.uint32)
    mixed = view_fours(words)[:-1] + _OFFSET
    mixed *= _FACTORS[0]
    mixed ^= mixed >> np.uint64(31)
    mixed += words[WORDS - 1 :]
    mixed *= _FACTORS[1]
    mixed >>= np.uint64(32)
    return mixed.astype(np.uint32)


class _Numbers(dict[str, int]):
    """The number of each word; a word is hashed once."""

    def __missing__(self, token: str) -> int:
        if len(self) >= _MEMO_SIZE:
            self.clear()
        digest = blake2b(token.encode("utf-8", "surrogatepass"), digest_size=4).digest()
        number = int.from_bytes(digest, "little")
        least, room = (0, FIGURES) if token[0].isdigit() else (FIGURES, (1 << 16) - FIGURES)
        self[token] = found = least + number % room
        return found


_numbers = _Numbers()


def _number(tokens: list[str]) -> U16:
    return np.fromiter(map(_numbers.__getitem__, tokens), dtype=np.uint16, count=len(tokens))
