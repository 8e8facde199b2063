"""Which story does an article belong to? Decided once, when it comes, from what came before.

TF-IDF with the document frequency of what was seen so far; an article joins the story whose middle
is nearest, if it is near enough. Age counts softly: an old story needs a better match, never more
than `FLOOR` allows, because stories that sleep for a week do wake up (bench/stories.py).
"""

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from dateline.model import ArticleId, Lead, Related, StoryId, StoryPlace
from dateline.stories import snapshot
from dateline.stories.centres import Centre, Centres
from dateline.stories.features import U32, Terms, read_terms
from dateline.stories.frequency import Frequency
from dateline.stories.hashing import BITS
from dateline.stories.window import ASKED, F32, Positions, Window

MADE_BY = "stories/1"

KEPT = 100  # terms of an article, the heaviest
RELATED = 12  # nearest earlier articles
RELATED_FROM = 0.08  # cosine below which nothing is related
STORIES = 16  # stories that are compared in full
_TIMES = np.array([0.0, *(1 + math.log(n) for n in range(1, 256))], dtype=np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The numbers that decide; one set for every language and kind of text."""

    threshold: float = 0.16  # of cosine times age
    floor: float = 0.85  # what is left of the score of a very old story
    fading: float = 336.0  # hours in which most of the rest goes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Asked:
    """A new article, ready to be compared."""

    terms: Terms  # heaviest first
    weights: F32  # of length one
    length: float  # before it was made one
    language: str
    hours: float


class Placer:
    """The memory of the stories of a window, and the one place that decides about them.

    The same leads in the same order give the same places, in every process; `replay` leaves the
    same memory behind as `place` did, and so does a round trip through bytes.
    """

    def __init__(self, rules: Rules | None = None) -> None:
        self._rules = rules or Rules()
        self._window = Window()
        self._frequency = Frequency()
        self._centres = Centres()
        self._scratch = np.zeros(1 << BITS, dtype=np.float32)

    def place(self, lead: Lead, *, new_id: StoryId) -> StoryPlace:
        """Decide where the article belongs, and remember it; it opens `new_id` or joins another."""
        asked = self._ask(lead)
        near, cosines = self._compare_articles(asked)
        story_id, score = self._choose_story(asked, near)
        opened = score < self._rules.threshold
        chosen = new_id if opened else StoryId(story_id)
        related = self._list_related(near, cosines)
        self._remember(asked, lead.article_id, chosen)
        return StoryPlace(
            article_id=lead.article_id,
            story_id=chosen,
            opened=opened,
            score=round(score, 4),
            related=related,
            made_by=MADE_BY,
        )

    def replay(self, lead: Lead, story_id: StoryId) -> None:
        """Remember an article whose story was decided before."""
        self._remember(self._ask(lead), lead.article_id, story_id)

    def forget_before(self, at: datetime) -> None:
        """Forget articles that are older than `at`, and stories that have no others."""
        for story_id in self._window.forget_before(at.timestamp() / 3600):
            self._centres.leave(story_id)

    def to_bytes(self) -> bytes:
        """Return the exact state; what `from_bytes` reads goes on as this would have."""
        return snapshot.write(self._window, self._frequency, self._centres)

    @classmethod
    def from_bytes(cls, data: bytes, rules: Rules | None = None) -> "Placer":
        """Read a state that `to_bytes` has written; `ValueError` where it is of another kind."""
        placer = cls(rules)
        placer._window, placer._frequency, placer._centres = snapshot.read(data)
        return placer

    def _ask(self, lead: Lead) -> _Asked:
        """Read the terms of a new article, count them, and weigh them by all that was seen."""
        terms = read_terms(lead)
        self._frequency.count(terms.ids, lead.language)
        weights = _TIMES[terms.counts] * self._frequency.rarity(terms.ids, lead.language)
        heaviest = np.argsort(-weights, kind="stable")[:KEPT]
        weights = weights[heaviest]
        length = max(float(np.linalg.norm(weights)), 1e-9)
        return _Asked(
            terms=Terms(ids=terms.ids[heaviest], counts=terms.counts[heaviest]),
            weights=weights / length,
            length=length,
            language=lead.language,
            hours=lead.at.timestamp() / 3600,
        )

    def _remember(self, asked: _Asked, article_id: ArticleId, story_id: StoryId) -> None:
        self._window.add(article_id, story_id, asked.hours, asked.terms)
        shares = _TIMES[asked.terms.counts] / asked.length
        self._centres.join(story_id, asked.terms.ids, shares, asked.hours)

    def _compare_articles(self, asked: _Asked) -> tuple[Positions, F32]:
        """Return the positions of earlier articles, and the cosine to each."""
        near = self._window.find(asked.terms.ids[:ASKED].tolist(), asked.weights[:ASKED])
        if not len(near):
            return near, np.empty(0, dtype=np.float32)
        ids, counts, starts = self._window.gather(near)
        return near, self._cosines(asked, ids, _TIMES[counts], starts)

    def _choose_story(self, asked: _Asked, near: Positions) -> tuple[int, float]:
        """Return the nearest story and its score, 0 where there is none."""
        window = self._window
        stories = list(dict.fromkeys(window.story_ids[p] for p in near.tolist()))[:STORIES]
        if not stories:
            return 0, 0.0
        centres = [self._centres.by_story[story] for story in stories]
        starts = np.cumsum([0, *(len(centre.ids) for centre in centres[:-1])])
        cosines = self._cosines(
            asked,
            np.concatenate([centre.ids for centre in centres]),
            np.concatenate([centre.weights for centre in centres]),
            starts,
        )
        scores = [
            cosine * self._fade(asked.hours, centre)
            for cosine, centre in zip(cosines.tolist(), centres, strict=True)
        ]
        best = max(range(len(scores)), key=lambda i: (scores[i], -stories[i]))
        return stories[best], scores[best]

    def _fade(self, hours: float, centre: Centre) -> float:
        gap = max(0.0, hours - centre.last, centre.first - hours)
        floor = self._rules.floor
        return floor + (1 - floor) * math.exp(-gap / self._rules.fading)

    def _cosines(self, asked: _Asked, ids: U32, times: F32, starts: Positions) -> F32:
        """Return the cosine of the article to each bag of terms that begins at `starts`."""
        weights = times * self._frequency.rarity(ids, asked.language)
        self._scratch[asked.terms.ids] = asked.weights
        products = np.add.reduceat(self._scratch[ids] * weights, starts)
        self._scratch[asked.terms.ids] = 0
        lengths = np.sqrt(np.add.reduceat(weights * weights, starts))
        return np.asarray(products / np.maximum(lengths, 1e-9), dtype=np.float32)

    def _list_related(self, near: Positions, cosines: F32) -> tuple[Related, ...]:
        order = np.argsort(-cosines, kind="stable")[:RELATED]
        ids = self._window.article_ids
        return tuple(
            Related(article_id=ArticleId(ids[position]), score=round(cosine, 4))
            for position, cosine in zip(near[order].tolist(), cosines[order].tolist(), strict=True)
            if cosine >= RELATED_FROM
        )
