"""How many articles have used a term: what makes a word rare or common, learnt on the way.

Counted by language, so that "der" is common in German however few German articles there are.
"""

import math
from dataclasses import dataclass, field

import numpy as np

from dateline.stories.features import U32
from dateline.stories.hashing import BITS, hash_one
from dateline.stories.window import F32

_SIZE = 1 << BITS
# What is left of the weight of a word that only one article has: nobody shares it, so it says no
# more than that this article has words of its own.
ALONE = np.float32(0.6)
_TWICE = np.float32(math.log1p(1.5))  # log of a count plus one, between those of 1 and 2


@dataclass(slots=True)
class Frequency:
    """Counts of articles by term and language."""

    counts: U32 = field(default_factory=lambda: np.zeros(_SIZE, dtype=np.uint32))
    logs: F32 = field(default_factory=lambda: np.zeros(_SIZE, dtype=np.float32))  # of counts + 1
    articles: dict[str, int] = field(default_factory=dict)  # by language

    def count(self, ids: U32, language: str) -> None:
        """Note one article of a language."""
        places = ids ^ _salt(language)
        self.counts[places] += np.uint32(1)
        self.logs[places] = np.log1p(self.counts[places], dtype=np.float32)
        self.articles[language] = self.articles.get(language, 0) + 1

    def rarity(self, ids: U32, language: str) -> F32:
        """Return the weight of each term: 0 where every article has it, less where only one has."""
        total = np.float32(math.log1p(self.articles.get(language, 0)))
        logs = self.logs[ids ^ _salt(language)]
        weights: F32 = np.maximum(total - logs, np.float32(0))
        weights[logs < _TWICE] *= ALONE
        return weights


_salts: dict[str, np.uint32] = {}


def _salt(language: str) -> np.uint32:
    salt = _salts.get(language)
    if salt is None:
        salt = _salts[language] = np.uint32(hash_one(f"language {language}"))
    return salt
