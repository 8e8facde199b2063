"""How many articles have used a term: what makes a word rare or common, learnt on the way.

Counted by language, so that "der" is common in German however few German articles there are.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from dateline.stories.hashing import BITS, U32, hash_one
from dateline.stories.picking import Places
from dateline.stories.window import F32

Languages = npt.NDArray[np.uint16]  # a number each

_SIZE = 1 << BITS
# What is left of the weight of a word that only one article has: nobody shares it, so it says no
# more than that this article has words of its own.
ALONE = np.float32(0.6)
_NOTHING, _HALF, _WHOLE, _ONE = np.float32(0), np.float32(0.5), np.float32(1), np.uint32(1)
_TWICE = np.float32(math.log1p(1.5))  # log of a count plus one, between those of 1 and 2


@dataclass(slots=True)
class Frequency:
    """Counts of articles by term and language."""

    counts: U32 = field(default_factory=lambda: np.zeros(_SIZE, dtype=np.uint32))
    logs: F32 = field(default_factory=lambda: np.zeros(_SIZE, dtype=np.float32))  # of counts + 1
    articles: dict[str, int] = field(default_factory=dict)  # by language

    def count(self, ids: U32, language: str) -> None:
        """Note one article of a language."""
        places = self._find_places(ids, language)
        counts = self.counts[places]
        counts += _ONE
        self.counts[places] = counts
        self.logs[places] = np.log1p(counts, dtype=np.float32)
        self.articles[language] = self.articles.get(language, 0) + 1

    def rarity(self, ids: U32, language: str) -> F32:
        """Return the weight of each term: 0 where every article has it, less where only one has."""
        places = self._find_places(ids, language)
        return self._weigh(places, np.float32(self._read_total(language)))

    def chance(self, ids: U32, language: str) -> F32:
        """Return in which share of the articles but this one, which was counted, each term is.

        A term that no other has is taken to be in half an article.
        """
        counts = self.counts[self._find_places(ids, language)].astype(np.float32)
        total = np.float32(max(self.articles.get(language, 0), 1))
        return np.asarray((np.maximum(counts, _WHOLE) - _HALF) / total, dtype=np.float32)

    def rarity_in(self, ids: U32, names: Sequence[str], languages: Languages) -> F32:
        """Return the weight of each term in a language of its own: its place in `names`."""
        salts = np.array([_salt(name) for name in names], dtype=np.uint32)
        totals = np.array([self._read_total(name) for name in names], dtype=np.float32)
        places = (ids ^ salts[languages]).astype(np.intp)
        return self._weigh(places, totals[languages])

    def _read_total(self, language: str) -> float:
        return math.log1p(self.articles.get(language, 0))

    def _find_places(self, ids: U32, language: str) -> Places:
        # What numbers an array by the machine's own whole numbers is twice as fast.
        return (ids ^ _salt(language)).astype(np.intp)

    def _weigh(self, places: Places, totals: F32 | np.float32) -> F32:
        logs = self.logs.take(places)
        weights: F32 = totals - logs
        np.maximum(weights, _NOTHING, out=weights)
        weights *= np.where(logs < _TWICE, ALONE, _WHOLE)
        return weights


_salts: dict[str, np.uint32] = {}


def _salt(language: str) -> np.uint32:
    salt = _salts.get(language)
    if salt is None:
        salt = _salts[language] = np.uint32(hash_one(f"language {language}"))
    return salt
