"""An article as a bag of terms: what story matching sees of it.

A term is a number made from a word, so the memory a term takes does not depend on its length and
no dictionary grows with the years. No grammar: a long word is cut to its first letters, which
joins most forms of one word in most languages; of scripts without spaces, pairs of letters are
taken, and of languages written in syllables, pairs of syllables. Stop words are left to the
document frequency.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dateline.model import Lead
from dateline.stories.hashing import hash_words
from dateline.text import list_tokens

U32 = npt.NDArray[np.uint32]
U8 = npt.NDArray[np.uint8]

TITLE_WEIGHT = 3  # a word of the headline counts so many times
LEDE, LEDE_WEIGHT = 60, 1  # the first words of the text count so many times more
DESCRIBED = 160  # code points that an encoder is given of an article
LONGEST_TEXT = 6_000  # code points; what stands further down seldom says what the story is
# Languages that set a space after each syllable: a word is seen only where two are taken together.
_SYLLABLES = frozenset({"vi"})
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """The terms of one article: ids, ascending, and how often each stands there (at most 255)."""

    ids: U32
    counts: U8


def read_terms(lead: Lead) -> Terms:
    """Return the terms of an article, those of its headline and first words weighted."""
    title = hash_words(_list_words(lead.headline[:500], lead.language))
    body = hash_words(_list_words(lead.text[:LONGEST_TEXT], lead.language))
    weighted = [title] * TITLE_WEIGHT + [body[:LEDE]] * LEDE_WEIGHT + [body]
    return _count(np.concatenate(weighted))


def count_terms(text: str, language: str) -> Terms:
    """Return the terms of a piece of text, each as often as it stands there."""
    return _count(hash_words(_list_words(text, language)))


def _count(numbers: U32) -> Terms:
    """Return each number once and how often it stands there: `numpy.unique` in half its time."""
    if not len(numbers):
        return Terms(ids=numbers, counts=np.empty(0, dtype=np.uint8))
    numbers.sort()
    changes = np.flatnonzero(numbers[1:] != numbers[:-1]) + 1
    edges = np.concatenate(([0], changes, [len(numbers)]))
    counts = np.minimum(edges[1:] - edges[:-1], 255).astype(np.uint8)
    return Terms(ids=numbers[edges[:-1]], counts=counts)


def _list_words(text: str, language: str) -> list[str]:
    tokens = list_tokens(text)
    if language.partition("-")[0] in _SYLLABLES:
        return tokens + [a[:3] + b[:3] for a, b in pairwise(tokens)]
    return _pair(tokens) if _UNSPACED.search(text) else tokens


def _pair(tokens: list[str]) -> list[str]:
    """Make pairs of neighbouring letters of a script without spaces; other words stay."""
    alone = [len(token) == 1 and bool(_UNSPACED.match(token)) for token in tokens]
    neighbours = zip(tokens, tokens[1:], alone, alone[1:], strict=False)
    words = [token for token, single in zip(tokens, alone, strict=True) if not single]
    return words + [a + b for a, b, is_a, is_b in neighbours if is_a and is_b]


def describe(lead: Lead) -> str:
    """Return what an encoder is given of an article: its headline, or else how its text begins.

    A headline says what a report is about in a dozen words; more text made stories across languages
    worse, and an encoder slower (bench/stories.py).
    """
    return (lead.headline.strip() or lead.text.strip())[:DESCRIBED]
