"""The articles that stories may still grow by: their terms, and where each term was seen lately.

Memory is bounded per article: its heaviest terms at five bytes each, `INDEXED` with a posting.
The cost of a search is bounded by `ASKED` terms times `REACH` postings, however full the window is.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from dateline.stories.features import U8, U32, Terms

F32 = npt.NDArray[np.float32]
Positions = npt.NDArray[np.int64]

INDEXED = 40  # terms of an article by which it can be found
ASKED = 24  # terms of a new article by which others are looked for
REACH = 48  # the newest articles of each such term
CANDIDATES = 24  # articles that are compared in full


@dataclass(slots=True)
class Window:
    """Articles by position, in the order of arrival; a forgotten one stays as a gap for a while."""

    article_ids: list[int] = field(default_factory=list)
    story_ids: list[int] = field(default_factory=list)
    hours: list[float] = field(default_factory=list)  # since 1970
    terms: list[Terms] = field(default_factory=list)  # the heaviest first
    alive: list[bool] = field(default_factory=list)
    gone: int = 0
    postings: dict[int, "array[int]"] = field(default_factory=dict)

    def add(self, article_id: int, story_id: int, hours: float, terms: Terms) -> None:
        """Remember one article; its terms are given with the heaviest first."""
        self.article_ids.append(article_id)
        self.story_ids.append(story_id)
        self.hours.append(hours)
        self.terms.append(terms)
        self.alive.append(True)
        self._post(len(self.terms) - 1)

    def find(self, asked: Sequence[int], weights: F32) -> Positions:
        """Return the positions of the articles that share most of the weight of these terms."""
        found: list[npt.NDArray[np.uint32]] = []
        shares: list[float] = []
        for term, weight in zip(asked, weights.tolist(), strict=True):
            posting = self.postings.get(term)
            if posting is not None:
                found.append(np.frombuffer(posting, dtype=np.uint32)[-REACH:])
                shares.append(weight * weight)
        if not found:
            return np.empty(0, dtype=np.int64)
        seen = np.concatenate(found)
        order = np.argsort(seen, kind="stable")
        seen = seen[order]
        firsts = np.concatenate(([0], np.flatnonzero(seen[1:] != seen[:-1]) + 1))
        positions = seen[firsts]
        score = np.add.reduceat(np.repeat(shares, [len(part) for part in found])[order], firsts)
        best = positions[np.argsort(-score, kind="stable")[: 2 * CANDIDATES]].astype(np.int64)
        alive = [position for position in best.tolist() if self.alive[position]]
        return np.array(alive[:CANDIDATES], dtype=np.int64)

    def gather(self, positions: Positions) -> tuple[U32, U8, Positions]:
        """Return the terms of these articles one after the other, and where each begins."""
        rows = [self.terms[position] for position in positions.tolist()]
        starts = np.cumsum([0, *(len(row.ids) for row in rows[:-1])])
        ids = np.concatenate([row.ids for row in rows])
        return ids, np.concatenate([row.counts for row in rows]), starts

    def forget_before(self, hours: float) -> list[int]:
        """Forget the articles that are older, and return the story of each."""
        left = []
        for position, at in enumerate(self.hours):
            if at < hours and self.alive[position]:
                self.alive[position] = False
                self.gone += 1
                left.append(self.story_ids[position])
        if self.gone * 4 > len(self.alive):  # room is made once a quarter of all is forgotten
            self._compact()
        return left

    def rebuild(self) -> None:
        """Make the postings again from the articles."""
        self.postings = {}
        for position in range(len(self.terms)):
            self._post(position)

    def _compact(self) -> None:
        kept = [position for position, alive in enumerate(self.alive) if alive]
        self.article_ids = [self.article_ids[p] for p in kept]
        self.story_ids = [self.story_ids[p] for p in kept]
        self.hours = [self.hours[p] for p in kept]
        self.terms = [self.terms[p] for p in kept]
        self.alive = [True] * len(kept)
        self.gone = 0
        self.rebuild()

    def _post(self, position: int) -> None:
        postings = self.postings
        for term in self.terms[position].ids[:INDEXED].tolist():
            posting = postings.get(term)
            if posting is None:
                postings[term] = array("I", (position,))
                continue
            if len(posting) >= 2 * REACH:  # only the newest are ever asked for
                del posting[:REACH]
            posting.append(position)
