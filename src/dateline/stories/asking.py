"""A new article held against the window: neighbours, crowd, nearest story."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from dateline.stories.centres import Bag, Centre
from dateline.stories.features import Terms
from dateline.stories.frequency import Frequency
from dateline.stories.hashing import BITS, U32
from dateline.stories.meanings import FULL, Meanings
from dateline.stories.picking import find_starts, rank_largest
from dateline.stories.scoring import (
    KEPT,
    RANK,
    Likeness,
    Rules,
    fade,
    score,
    trust,
    weigh,
    weigh_beside,
)
from dateline.stories.window import ASKED, F32, Positions, Window, measure_parts

STORIES = 24  # stories that are compared in full
# A word's usual rarity. Of the first articles of a language all words seem common; they would count
# for nothing when they come and for far too much later.
USUAL = 3.0
_SMALL = np.float32(1e-9)
Cosines = list[float | None]  # None where there is no such witness
TIMES = np.array([0.0, *(1 + math.log(n) for n in range(1, 256))], dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Piece:
    """What is known of one article."""

    terms: Terms  # heaviest first
    length: float  # of their weights when it came, see `USUAL`
    language: str
    hours: float
    meaning: F32 | None = None

    @property
    def fullness(self) -> float:
        """How much there is to read, 0..1."""
        return len(self.terms.ids) / KEPT

    def as_centre(self, crowding: float) -> Centre:
        """Return the article as a story of its own."""
        order = np.argsort(self.terms.ids)
        shares = (TIMES[self.terms.counts] / self.length)[order].astype(np.float32)
        return Centre(
            first=self.hours,
            last=self.hours,
            bags={self.language: Bag(self.terms.ids[order], shares, 1, self.fullness)},
            meaning=self.meaning,
            meant=int(self.meaning is not None),
            articles=1,
            crowding=crowding,
            size=1,
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked(Piece):
    """A new article, ready to be compared."""

    weights: F32  # of its terms, made of length one


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Near:
    """The neighbours of an article, the nearest first."""

    numbers: Positions
    scores: F32
    likeness: F32  # the same for a reader who looks for more: words tell look-alike events apart
    trust: F32  # how far that is beyond what unrelated articles reach by chance, 0..1
    crowding: float


@dataclass(slots=True)  # not frozen: two dozen are made an article, and freezing costs most of it
class Found:
    """A story and how near it is."""

    story_id: int
    score: float


@dataclass(slots=True)
class View:
    """All that an article is compared with."""

    rules: Rules
    window: Window
    meanings: Meanings
    frequency: Frequency
    by_story: dict[int, Centre]
    scratch: F32

    def prepare(self, terms: Terms, language: str, hours: float, meaning: F32 | None) -> Asked:
        """Weigh the terms by all that was seen, and keep the heaviest."""
        times = TIMES.take(terms.counts)
        weights = times * self.frequency.rarity(terms.ids, language)
        heaviest = rank_largest(weights, KEPT)
        weights, times = weights[heaviest], times[heaviest]
        length = max(float(np.sqrt(weights.dot(weights))), 1e-9)
        plain = float(np.sqrt(times.dot(times)))
        return Asked(
            terms=Terms(ids=terms.ids[heaviest], counts=terms.counts[heaviest]),
            weights=weights / np.float32(length),
            length=max(length, USUAL * plain, 1e-9),
            language=language,
            hours=hours,
            meaning=meaning,
        )

    def find_near(self, asked: Asked) -> Near:
        """Return the earlier articles that share its rare words, or mean nearly the same."""
        numbers = self.window.find(asked.terms.ids[:ASKED].tolist(), asked.weights[:ASKED])
        meanings = np.empty(0, dtype=np.float32)
        if asked.meaning is not None:
            meant = self.window.keep_present(self.meanings.find(asked.meaning))
            numbers = np.concatenate((numbers, meant))
            numbers.sort()
            numbers = numbers[find_starts(numbers)]
            meanings = self._recall_meanings(numbers, asked.meaning)
        if not len(numbers):
            return find_none()
        scores, likeness, trust = self._score_articles(asked, numbers, meanings)
        order = np.argsort(-scores, kind="stable")
        crowd = float(scores[order[RANK - 1]]) if len(order) >= RANK else 0.0
        return Near(
            numbers=numbers[order],
            scores=scores[order],
            likeness=likeness[order],
            trust=trust[order],
            crowding=max(crowd, 0.0),
        )

    def score_stories(self, asked: Asked, near: Near) -> list[Found]:
        """Return the stories of the neighbours, the nearest first."""
        of_near = self.window.column("story_ids")[near.numbers - self.window.base].tolist()
        present = [story for story in dict.fromkeys(of_near) if story in self.by_story]
        stories = present[:STORIES]
        if not stories:
            return []
        centres = [self.by_story[story] for story in stories]
        words = self._compare_words(asked, centres)
        meanings = _compare_meanings(asked.meaning, centres)
        scores = self._score_centres(asked, centres, words, meanings)
        ranked = sorted((-score, story) for score, story in zip(scores, stories, strict=True))
        return [Found(story, -least) for least, story in ranked]

    def _recall_meanings(self, numbers: Positions, meaning: F32) -> F32:
        """Return the cosines of the articles that have a vector; not a number for the others."""
        known = self.meanings.numbers.filled
        cosines = np.full(len(numbers), np.nan, dtype=np.float32)
        at = np.minimum(np.searchsorted(known, numbers), max(len(known) - 1, 0))
        have = known[at] == numbers if len(known) else np.zeros(len(numbers), dtype=bool)
        if have.any():
            vectors = self.meanings.vectors[at[have]].astype(np.float32)
            cosines[have] = vectors @ meaning / FULL
        return cosines

    def _score_articles(
        self, asked: Asked, numbers: Positions, meanings: F32
    ) -> tuple[F32, F32, F32]:
        """Return how near articles are for being one story, for being read beside, and how sure."""
        rules, at = self.rules, numbers - self.window.base
        ids, counts, starts = self.window.gather(numbers)
        words = np.float32(rules.lift) * self._cosines(asked, ids, TIMES.take(counts), starts)
        sizes = measure_parts(starts, len(ids))
        same = self.window.column("languages")[at] == self.window.number_language(asked.language)
        beyond = self._surprise(asked, ids, starts, sizes)
        if not len(meanings):
            return words, words, trust(rules, beyond, np.full_like(words, np.nan), same)
        fullness = np.minimum(sizes / KEPT, asked.fullness).astype(np.float32)
        share = np.where(same, weigh(rules, fullness), 0.0)
        more = np.where(same, weigh_beside(rules, fullness), 0.0)
        sure = trust(rules, beyond, meanings, same)
        return _mix(words, meanings, share), _mix(words, meanings, more), sure

    def _surprise(self, asked: Asked, ids: U32, starts: Positions, sizes: Positions) -> F32:
        """Return by how many standard deviations the shared words are beyond chance.

        By chance each term of the article is in another one as often as in any of its language, as
        if terms came independently; of an article that has few terms, fewer. A rare term counts
        more than it does for a cosine: that many common words are shared says how long a text is.
        """
        its = asked.terms.ids.astype(np.intp)
        weights = asked.weights * self.frequency.rarity(asked.terms.ids, asked.language)
        if not len(ids) or not len(its):
            return np.zeros(len(starts), dtype=np.float32)
        self.scratch[its] = weights
        shared = np.add.reduceat(self.scratch.take(ids), np.minimum(starts, len(ids) - 1))
        self.scratch[its] = 0
        shared[sizes == 0] = 0
        chances = self.frequency.chance(asked.terms.ids, asked.language)
        full = sizes / np.float32(KEPT)
        squares = weights * weights * chances
        mean = full * weights.dot(chances)
        spread = full * squares.sum() - full * full * squares.dot(chances)
        return np.asarray((shared - mean) / np.sqrt(np.maximum(spread, _SMALL)), dtype=np.float32)

    def _compare_words(self, asked: Asked, centres: list[Centre]) -> Cosines:
        """Return the cosine of words to each story, None where it has none in the language."""
        bags = [_pick_bag(centre, asked) for centre in centres]
        some = [bag for bag in bags if bag is not None]
        if not some:
            return [None] * len(bags)
        starts = np.array([0, *accumulate(len(bag.ids) for bag in some[:-1])])
        ids = np.concatenate([bag.ids for bag in some])
        cosines = self._cosines(asked, ids, np.concatenate([bag.weights for bag in some]), starts)
        values = iter(cosines.tolist())
        return [None if bag is None else next(values) for bag in bags]

    def _score_centres(
        self, asked: Asked, centres: list[Centre], words: Cosines, meanings: Cosines
    ) -> Iterator[float]:
        """Yield the score of each story; what all of them share is looked up once."""
        rules, language, hours, full = self.rules, asked.language, asked.hours, asked.fullness
        for centre, by_words, by_meaning in zip(centres, words, meanings, strict=True):
            fullness = same_language = 0.0
            bag = centre.bags.get(language)
            if bag is not None:
                fullness = min(full, bag.fullness / bag.articles)
                same_language = bag.articles / centre.articles
            seen = Likeness(
                words=by_words,
                meaning=by_meaning,
                fullness=fullness,
                same_language=same_language,
            )
            gap = hours - centre.last
            if gap < 0:
                gap = max(gap, centre.first - hours)
            yield score(rules, seen) * fade(rules, gap)

    def _cosines(self, asked: Asked, ids: U32, times: F32, starts: Positions) -> F32:
        """Return the cosine of the article to each bag of terms that begins at `starts`."""
        if not len(ids):
            return np.zeros(len(starts), dtype=np.float32)
        weights = times * self.frequency.rarity(ids, asked.language)
        its = asked.terms.ids.astype(np.intp)
        self.scratch[its] = asked.weights
        products = self.scratch.take(ids)
        products *= weights
        self.scratch[its] = 0
        safe = np.minimum(starts, len(ids) - 1)
        cosines = np.add.reduceat(products, safe)
        weights *= weights
        cosines /= np.maximum(np.sqrt(np.add.reduceat(weights, safe)), _SMALL)
        # A bag without terms has taken those of its neighbour: reduceat knows no empty part.
        cosines[measure_parts(starts, len(ids)) == 0] = 0
        return np.asarray(cosines, dtype=np.float32)


def _mix(words: F32, meanings: F32, share: F32) -> F32:
    """Return words and meanings as one; words alone where the meaning is not a number."""
    mixed = share * words + (1 - share) * meanings
    return np.where(np.isnan(meanings), words, mixed).astype(np.float32)


def _compare_meanings(meaning: F32 | None, centres: list[Centre]) -> Cosines:
    """Return the cosine of meaning to each story, None where one has none."""
    sums = [centre.meaning for centre in centres if centre.meaning is not None]
    if meaning is None or not sums:
        return [None] * len(centres)
    table = np.stack(sums)
    lengths = np.sqrt(np.einsum("ij,ij->i", table, table))
    values = iter((table @ meaning / np.maximum(lengths, 1e-9)).tolist())
    return [None if centre.meaning is None else next(values) for centre in centres]


def _pick_bag(centre: Centre, asked: Asked) -> Bag | None:
    """Return the story's words in the article's language; without meaning, any that it has."""
    bag = centre.bags.get(asked.language)
    if bag is None and (asked.meaning is None or centre.meaning is None):
        return max(centre.bags.values(), key=lambda each: each.articles, default=None)
    return bag


def find_none() -> Near:
    """Return the neighbours of an article that has none."""
    none = np.empty(0, dtype=np.float32)
    numbers = np.empty(0, dtype=np.int64)
    return Near(numbers=numbers, scores=none, likeness=none, trust=none, crowding=0.0)


def make_scratch() -> F32:
    """Return an empty table with a place for every term."""
    return np.zeros(1 << BITS, dtype=np.float32)


__all__ = ["Asked", "Found", "Near", "Piece", "View", "find_none", "make_scratch"]
