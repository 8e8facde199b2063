"""The middle of each story: what its articles have in common, as words and as meaning.

Words are kept by language, because the words of two languages do not meet; meaning is one vector
for all. Sums are kept, not means, so that two stories can be added to one.
"""

from dataclasses import dataclass, field

import numpy as np

from dateline.stories.hashing import U32
from dateline.stories.picking import find_starts, mark_largest
from dateline.stories.window import F32

KEPT = 200  # terms of a story in one language; the lightest are dropped as it grows


@dataclass(slots=True, eq=False)
class Bag:
    """What the articles of one language have in common."""

    ids: U32  # ascending
    weights: F32  # sums of term frequencies over articles of length one
    articles: int = 1
    fullness: float = 0.0  # sum over articles of how much there was to read, 0..1 each

    def add(self, other: "Bag") -> None:
        """Take in other articles of the language."""
        both = np.concatenate((self.ids, other.ids))
        weights = np.concatenate((self.weights, other.weights)).astype(np.float64)
        order = both.argsort(kind="stable")  # two ascending runs: merged rather than sorted
        both = both[order]
        starts = find_starts(both)
        both, summed = both[starts], np.add.reduceat(weights[order], starts)
        if len(both) > KEPT:
            heaviest = mark_largest(summed, KEPT)
            both, summed = both[heaviest], summed[heaviest]
        self.ids, self.weights = both, summed.astype(np.float32)
        self.articles += other.articles
        self.fullness += other.fullness


@dataclass(slots=True, eq=False)
class Centre:
    """One story."""

    first: float  # hours since 1970
    last: float
    bags: dict[str, Bag] = field(default_factory=dict)  # by language
    meaning: F32 | None = None  # sum of vectors of length one
    meant: int = 0  # articles in that sum
    articles: int = 0  # all that ever joined
    crowding: float = 0.0  # sum over articles of how alike even distant ones were
    binding: float = 0.0  # sum of the scores with which articles joined
    joins: int = 0
    size: int = 0  # articles that are still in the window

    def add(self, other: "Centre") -> None:
        """Take in the articles of another story, or one article as a story of its own."""
        for language, bag in other.bags.items():
            mine = self.bags.get(language)
            if mine is None:
                self.bags[language] = Bag(bag.ids, bag.weights, bag.articles, bag.fullness)
            else:
                mine.add(bag)
        if other.meaning is not None:
            self.meaning = other.meaning if self.meaning is None else self.meaning + other.meaning
        self.meant += other.meant
        self.articles += other.articles
        self.crowding += other.crowding
        self.binding += other.binding
        self.joins += other.joins
        self.size += other.size
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)


@dataclass(slots=True)
class Centres:
    """All stories of the window."""

    by_story: dict[int, Centre] = field(default_factory=dict)

    def join(self, story_id: int, article: Centre) -> None:
        """Add one article, as a story of its own, to its story, which may be new."""
        centre = self.by_story.get(story_id)
        if centre is None:
            centre = self.by_story[story_id] = Centre(first=article.first, last=article.last)
        centre.add(article)

    def leave(self, story_id: int) -> None:
        """Take notice that one article of the story was forgotten."""
        centre = self.by_story.get(story_id)
        if centre is None:
            return
        centre.size -= 1
        if centre.size <= 0:
            del self.by_story[story_id]

    def merge(self, story_id: int, into: int) -> None:
        """Make two stories one."""
        gone = self.by_story.pop(story_id, None)
        if gone is not None:
            self.join(into, gone)
