"""An article as a bag of terms: what story matching sees of it.

A term is a number made from a word, so the memory a term takes does not depend on its length and
no dictionary grows with the years. No grammar: a long word is cut to its first letters, which
joins most forms of one word in most languages; of scripts without spaces, pairs of letters are
taken, and of languages written in syllables, pairs of syllables. Stop words are left to the
document frequency.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dateline.model import Lead
from dateline.stories.hashing import U32, hash_syllables, hash_words
from dateline.stories.picking import find_starts
from dateline.text import has_words, list_tokens

U8 = npt.NDArray[np.uint8]

TITLE_WEIGHT = 3  # a word of the headline counts so many times
LEDE, LEDE_WEIGHT = 60, 1  # the first words of the text count so many times more
DESCRIBED = 160  # code points that an encoder is given of an article
FEWEST_WORDS = 4  # of letters, headline and text together, below which an article says nothing
LONGEST_TEXT = 6_000  # code points; what stands further down seldom says what the story is
# Languages that set a space after each syllable: a word is seen only where two are taken together.
_SYLLABLES = frozenset({"vi"})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terms:
    """The terms of one article: ids, ascending, and how often each stands there (at most 255)."""

    ids: U32
    counts: U8


def read_terms(lead: Lead) -> Terms:
    """Return the terms of an article, those of its headline and first words weighted."""
    title = _hash(lead.headline[:500], lead.language)
    body = _hash(lead.text[:LONGEST_TEXT], lead.language)
    weighted = [title] * TITLE_WEIGHT + [body[:LEDE]] * LEDE_WEIGHT + [body]
    return _count(np.concatenate(weighted))


def count_terms(text: str, language: str) -> Terms:
    """Return the terms of a piece of text, each as often as it stands there."""
    return _count(_hash(text, language))


def _count(numbers: U32) -> Terms:
    """Return each number once and how often it stands there: `numpy.unique` in half its time."""
    if not len(numbers):
        return Terms(ids=numbers, counts=np.empty(0, dtype=np.uint8))
    numbers.sort()
    starts = find_starts(numbers)
    counts = np.diff(starts, append=len(numbers))
    return Terms(ids=numbers[starts], counts=np.minimum(counts, 255).astype(np.uint8))


def _hash(text: str, language: str) -> U32:
    syllabic = language.partition("-")[0] in _SYLLABLES
    return (hash_syllables if syllabic else hash_words)(list_tokens(text))


def says_something(lead: Lead) -> bool:
    """Say whether an article has words enough to be near to another; "Hm." has not."""
    return has_words(f"{lead.headline}\n{lead.text[:LONGEST_TEXT]}", FEWEST_WORDS)


def describe(lead: Lead) -> str:
    """Return what an encoder is given of an article: its headline, or else how its text begins.

    A headline says what a report is about in a dozen words; more text made stories across languages
    worse, and an encoder slower (bench/stories.py).
    """
    return (lead.headline.strip() or lead.text.strip())[:DESCRIBED]
