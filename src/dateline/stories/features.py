"""An article as a bag of terms: what story matching sees of it.

A term is a number made from a word, so the memory a term takes does not depend on its length and
no dictionary grows with the years. No grammar: a long word is cut to its first letters, which joins
most forms of one word in most languages; of scripts without spaces, pairs of letters are taken.
Stop words are left to the document frequency.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dateline.model import Lead
from dateline.stories.hashing import hash_terms
from dateline.text import list_tokens

U32 = npt.NDArray[np.uint32]
U8 = npt.NDArray[np.uint8]

STEM = 6  # letters of a word that are kept; measured in bench/stories.py
TITLE_WEIGHT = 3  # a word of the headline counts so many times
LONGEST_TEXT = 12_000  # code points; what stands further down seldom says what the story is
_UNSPACED = "\u0e00"  # from here on a token of one letter is a letter of a script without spaces


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """The terms of one article: ids, ascending, and how often each stands there (at most 255)."""

    ids: U32
    counts: U8


def read_terms(lead: Lead) -> Terms:
    """Return the terms of an article, those of its headline weighted."""
    title = _cut(list_tokens(lead.headline[:500]))
    body = _cut(list_tokens(lead.text[:LONGEST_TEXT]))
    hashed = hash_terms(title * TITLE_WEIGHT + body)
    ids, counts = np.unique(hashed, return_counts=True)
    return Terms(ids=ids, counts=np.minimum(counts, 255).astype(np.uint8))


def _cut(tokens: list[str]) -> list[str]:
    """Cut words to their first letters, and make pairs of letters that stand alone."""
    terms = [token[:STEM] for token in tokens]
    if any(len(token) == 1 and token >= _UNSPACED for token in tokens):
        return _pair(terms)
    return terms


def _pair(terms: list[str]) -> list[str]:
    single = [len(term) == 1 and term >= _UNSPACED for term in terms]
    pairs = [
        a + b
        for a, b, is_a, is_b in zip(terms, terms[1:], single, single[1:], strict=False)
        if is_a and is_b
    ]
    return [term for term, alone in zip(terms, single, strict=True) if not alone] + pairs
