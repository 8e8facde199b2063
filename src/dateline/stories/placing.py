"""Which story does an article belong to? Decided once, when it comes, from what came before.

An article joins the nearest story, if it is near enough among so many neighbours; else it opens
one. Age counts softly: an old story needs a better match, never more than the floor allows, because
stories that sleep for a week do wake up. An article of next to no words says nothing that another
could be near to: it stands alone. Strands of an article that tell another story belong to
that one in part. Now and then a story that turned out to be two is split, and stories that turned
out to be one are merged, which is recorded.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import numpy as np

from dateline.model import (
    ArticleId,
    Decision,
    DecisionKind,
    Lead,
    Related,
    StoryId,
    StoryMerge,
    StoryPart,
    StoryPlace,
    StorySplit,
)
from dateline.stories import snapshot
from dateline.stories.asking import Asked, Found, Near, View, find_none, make_scratch
from dateline.stories.centres import Centre, Centres
from dateline.stories.features import read_terms, says_something
from dateline.stories.frequency import Frequency
from dateline.stories.meanings import Meanings
from dateline.stories.merging import Doubts, Known
from dateline.stories.moving import read_article, read_articles, take_out
from dateline.stories.scoring import Rules, ask_kinship, demand
from dateline.stories.splitting import find_splits, list_grown
from dateline.stories.strands import MANY, find_strands, tells_of_much
from dateline.stories.window import APART, ARTICLE, GONE, Entry, Window

__all__ = ["MADE_BY", "RELATED", "Placer", "Rules"]

MADE_BY = "stories/6"

RELATED = 12  # nearest earlier articles
ELSEWHERE = 6  # of other stories, that are listed beside them where these are fewer
RELATED_FROM = 0.12  # score below which nothing is related
DOUBTS = 4  # stories beside the chosen one that are thought about
USUAL = 50  # joins that must have been seen before their mean counts fully
PARTLY = 0.15  # score from which on an article may tell a part of a story
Recall = Callable[[Sequence[ArticleId]], Sequence[Lead]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """Where an article goes, and what else was near."""

    best: Found
    others: tuple[Found, ...]
    enough: bool


@dataclass(slots=True)
class State:
    """Everything that is remembered."""

    window: Window = field(default_factory=Window)
    meanings: Meanings = field(default_factory=Meanings)
    frequency: Frequency = field(default_factory=Frequency)
    centres: Centres = field(default_factory=Centres)
    doubts: Doubts = field(default_factory=Doubts)
    binding: float = 0.0  # sum of the scores of all joins to any story
    joins: int = 0


class Placer:
    """The memory of the stories of a window, and the one place that decides about them.

    The same leads in the same order give the same places, in every process; `replay` leaves the
    same memory behind as `place` did, and so does a round trip through bytes.
    """

    def __init__(self, rules: Rules | None = None, state: State | None = None) -> None:
        self._rules = rules or Rules()
        self._state = state or State()
        self._view = View(
            rules=self._rules,
            window=self._state.window,
            meanings=self._state.meanings,
            frequency=self._state.frequency,
            by_story=self._state.centres.by_story,
            scratch=make_scratch(),
        )

    def place(
        self,
        lead: Lead,
        *,
        new_id: StoryId,
        recall: Recall | None = None,
        report: StoryId | None = None,
    ) -> StoryPlace:
        """Decide where the article belongs, and remember it; it opens `new_id` or joins another.

        `recall` gives earlier articles back with their texts, so that they can be searched for
        strands of the article's story; without it, only the article itself is. `report` is the
        story of the report that the article carries, where it is a copy of one: it goes there, and
        counts for nothing, since it says nothing new.
        """
        follows = report is not None
        place, near = self._settle(lead, new_id=new_id, decided=report, follows=follows)
        if recall is None:
            return place
        return replace(place, parts=place.parts + self._look_back(place, near, recall))

    def replay(self, lead: Lead, story_id: StoryId, *, follows: bool = False) -> None:
        """Remember an article whose story was decided before, and whether it is a copy there."""
        self._settle(lead, new_id=story_id, decided=story_id, follows=follows)

    def find_merges(self) -> tuple[StoryMerge, ...]:
        """Decide which stories have turned out to be one, and go on as if they always were."""
        doubts, merges = self._state.doubts, list[StoryMerge]()
        known = Known()
        while found := doubts.decide(self._view, known):
            for merge in found:
                self._merge(merge.story_id, merge.into)
            merges += found
        doubts.pairs.clear()
        return tuple(merges)

    def find_splits(self, among: Collection[StoryId] | None = None) -> tuple[StorySplit, ...]:
        """Return which stories have turned out to be two; what becomes of it, `apply` tells.

        Asked for all that grew lately, or, once these are split, for what became of them.
        """
        asked = list_grown(self._state.window) if among is None else set(map(int, among))
        return find_splits(self._view, asked - self._state.doubts.bound)

    def apply(self, decision: Decision) -> None:
        """Take over a merge or split that was decided elsewhere, or by this index before."""
        if decision.kind is DecisionKind.MERGE:
            self._merge(decision.from_id, decision.to_id)
            if decision.by_person:
                self._state.doubts.bind(decision.to_id)
        elif decision.kind is DecisionKind.SPLIT:
            self._split(decision)

    def forget_before(self, at: datetime) -> None:
        """Forget articles that are older than `at`, and stories that have no others."""
        window, centres = self._state.window, self._state.centres
        numbers = window.forget_before(at.timestamp() / 3600)
        at_rows = numbers - window.base
        whole = window.column("kinds")[at_rows] % GONE == ARTICLE
        for story_id in window.column("story_ids")[at_rows][whole].tolist():
            centres.leave(story_id)
        window.make_room()

    def to_bytes(self) -> bytes:
        """Return the exact state; what `from_bytes` reads goes on as this would have."""
        return snapshot.write(self._state)

    @classmethod
    def from_bytes(cls, data: bytes, rules: Rules | None = None) -> "Placer":
        """Read a state that `to_bytes` has written; `ValueError` where it is of another kind."""
        return cls(rules, snapshot.read(data, State()))

    def _settle(
        self, lead: Lead, *, new_id: StoryId, decided: StoryId | None, follows: bool
    ) -> tuple[StoryPlace, Near]:
        state, view = self._state, self._view
        terms = read_terms(lead)
        if not follows:
            state.frequency.count(terms.ids, lead.language)
        meaning = state.meanings.centre(lead.vector, lead.language) if lead.vector else None
        asked = view.prepare(terms, lead.language, lead.at.timestamp() / 3600, meaning)
        is_mute = not says_something(lead)
        near = find_none() if is_mute else view.find_near(asked)
        choice = self._choose(asked, near)
        story_id = decided or (StoryId(choice.best.story_id) if choice.enough else new_id)
        parts = self._find_parts(lead, story_id, choice)
        apart = follows or is_mute or tells_of_much(lead) or len(parts) >= MANY
        joined = choice.best.score if story_id == choice.best.story_id else None
        kind = APART if apart else ARTICLE
        self._remember(asked, near, _Told(lead.article_id, story_id, kind, joined))
        if not follows:
            self._doubt(choice, story_id, near.crowding)
        place = StoryPlace(
            article_id=lead.article_id,
            story_id=story_id,
            opened=decided is None and not choice.enough,
            follows=follows,
            score=round(choice.best.score, 4),
            related=self._list_related(near, story_id),
            parts=parts,
            made_by=MADE_BY,
        )
        return place, near

    def _choose(self, asked: Asked, near: Near) -> _Choice:
        found = self._view.score_stories(asked, near)
        if not found:
            return _Choice(best=Found(0, 0.0), others=(), enough=False)
        wanted = demand(self._rules, self._rules.threshold, near.crowding)
        fitting = (
            place
            for place, each in enumerate(found)
            if each.score >= wanted and each.score >= self._ask(each.story_id)
        )
        place = next(fitting, None)
        best = found.pop(place or 0)
        return _Choice(best=best, others=tuple(found[:DOUBTS]), enough=place is not None)

    def _ask(self, story_id: int) -> float:
        usual = self._state.binding / max(self._state.joins, USUAL)
        return ask_kinship(self._rules, self._view.by_story[story_id], usual)

    def _doubt(self, choice: _Choice, story_id: int, crowding: float) -> None:
        """Note the stories that the article was nearly in as well."""
        least = demand(self._rules, self._rules.threshold * self._rules.doubt, crowding)
        for found in (choice.best, *choice.others):
            if found.story_id and found.score >= least:
                self._state.doubts.think_of(story_id, found.story_id)

    def _remember(self, asked: Asked, near: Near, told: "_Told") -> None:
        state = self._state
        entry = Entry(
            article_id=told.article_id,
            story_id=told.story_id,
            hours=asked.hours,
            length=asked.length,
            language=asked.language,
            crowding=near.crowding,
            kind=told.kind,
        )
        number = state.window.add(entry, asked.terms)
        if told.kind == ARTICLE:
            article = asked.as_centre(near.crowding)
            if told.score is not None:
                article.binding, article.joins = told.score, 1
                state.binding += told.score
                state.joins += 1
            state.centres.join(told.story_id, article)
            if asked.meaning is not None:
                state.meanings.add(number, asked.meaning)

    def _find_parts(self, lead: Lead, story_id: int, choice: _Choice) -> tuple[StoryPart, ...]:
        """Return what the article tells of other stories that are near."""
        near = [choice.best, *choice.others]
        ids = [f.story_id for f in near if f.story_id not in (0, story_id) and f.score >= PARTLY]
        by_story = self._view.by_story
        others = [(id, by_story[id]) for id in ids if id in by_story]
        return self._search(lead, by_story.get(story_id), others)

    def _look_back(self, place: StoryPlace, near: Near, recall: Recall) -> tuple[StoryPart, ...]:
        """Return what earlier articles of other stories tell of this article's story."""
        window = self._state.window
        nearest = [one for one in near.scores[:RELATED].tolist() if one >= RELATED_FROM]
        rows = (near.numbers[: len(nearest)] - window.base).tolist()
        homes = [int(story_id) for story_id in window.column("story_ids")[rows]]
        ids = window.column("article_ids")[rows].tolist()
        rivals = {*homes, int(place.story_id)}
        elsewhere = {
            ArticleId(article_id): (row, home)
            for article_id, score, row, home in zip(ids, nearest, rows, homes, strict=True)
            if score >= PARTLY and home != place.story_id
        }
        if place.story_id not in self._view.by_story or not elsewhere:
            return ()
        return tuple(
            part
            for lead in recall(sorted(elsewhere))
            for part in self._search_again(lead, *elsewhere[lead.article_id], rivals)
        )

    def _search_again(
        self, lead: Lead, row: int, home: int, rivals: set[int]
    ) -> tuple[StoryPart, ...]:
        """Search an earlier article, whose own words do not count for its story."""
        by_story = self._view.by_story
        others = [(id, by_story[id]) for id in sorted(rivals - {home}) if id in by_story]
        story = by_story.get(home)
        if story is not None:
            article = read_article(self._state.window, self._state.meanings, row)
            story = take_out(story, article) if story.articles > 1 else None
        return self._search(lead, story, others)

    def _search(
        self, lead: Lead, own: Centre | None, others: Sequence[tuple[int, Centre]]
    ) -> tuple[StoryPart, ...]:
        return tuple(
            StoryPart(
                article_id=lead.article_id,
                story_id=StoryId(strand.story_id),
                spans=strand.spans,
                score=round(min(strand.cosine, 1.0), 4),
            )
            for strand in find_strands(lead, own, others, self._state.frequency)
        )

    def _merge(self, story_id: int, into: int) -> None:
        state = self._state
        stories = state.window.column("story_ids")
        stories[stories == story_id] = into
        state.centres.merge(story_id, into)
        state.doubts.rename(story_id, into)

    def _split(self, decision: Decision) -> None:
        state = self._state
        window = state.window
        moving = np.isin(window.column("article_ids"), np.array(decision.article_ids))
        moving &= window.column("story_ids") == decision.from_id
        window.column("story_ids")[moving] = decision.to_id
        for story_id in (decision.from_id, decision.to_id):
            state.centres.by_story.pop(story_id, None)
            for article in read_articles(window, state.meanings, story_id):
                state.centres.join(story_id, article)
        state.doubts.hold(decision.from_id, decision.to_id)

    def _list_related(self, near: Near, story_id: int) -> tuple[Related, ...]:
        """Return the nearest articles, and a few of other stories where these are full of its own.

        Of a large story the nearest dozen are its own reports; a reader who has read one of them
        is not helped by the others alone.
        """
        rows = near.numbers - self._state.window.base
        others = self._state.window.column("story_ids")[rows] != story_id
        nearness = np.where(others, near.likeness * near.trust, near.likeness)
        order = np.argsort(-nearness, kind="stable")
        order = order[nearness[order] >= RELATED_FROM]
        rows, others = rows[order], others[order]
        chosen = np.arange(len(rows)) < RELATED
        chosen |= others & (others.cumsum() <= ELSEWHERE)
        ids = self._state.window.column("article_ids")[rows[chosen]].tolist()
        return tuple(
            Related(article_id=ArticleId(other), score=min(round(value, 4), 1.0))
            for other, value in zip(ids, nearness[order][chosen].tolist(), strict=True)
        )


@dataclass(frozen=True, slots=True)
class _Told:
    """What is remembered of an article beside its words."""

    article_id: ArticleId
    story_id: int
    kind: int
    score: float | None = None  # with which it joined, None where it is the first
