"""Stories that have turned out to be one: pairs that are thought about, and those that are kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from dateline.model import StoryId, StoryMerge
from dateline.stories.asking import View
from dateline.stories.centres import Centre
from dateline.stories.pairs import (
    Compared,
    Reports,
    ask_alike,
    compare_reports,
    list_reports,
    read_stories,
)
from dateline.stories.scoring import demand, fade
from dateline.stories.splitting import would_part

Pair = tuple[int, int]  # the lower id first


@dataclass(slots=True)
class Doubts:
    """Pairs of stories that an article stood between, and what was decided for good."""

    pairs: set[Pair] = field(default_factory=set)
    held: set[Pair] = field(default_factory=set)  # never one again by our own decision
    bound: set[int] = field(default_factory=set)  # never parted by our own decision

    def think_of(self, one: int, other: int) -> None:
        """Note two stories that may be one."""
        if one != other:
            self.pairs.add(_order(one, other))

    def hold(self, one: int, other: int) -> None:
        """Note two stories that were one before."""
        self.held.add(_order(one, other))

    def rename(self, story_id: int, into: int) -> None:
        """Take notice that a story has become another."""
        self.pairs = _rename(self.pairs, story_id, into)
        self.held = _rename(self.held, story_id, into)
        if story_id in self.bound:
            self.bound.remove(story_id)
            self.bound.add(into)

    def bind(self, story_id: int) -> None:
        """Note a story that a person has made of several."""
        self.bound.add(story_id)

    def decide(self, view: View, known: "Known") -> list[StoryMerge]:
        """Return the merges of the pairs that are near enough, the surest first, one a story.

        `known` keeps what was compared, for the next time; a story that changes is dropped from it.
        """
        asked = sorted(self.pairs - self.held)
        known.compare(view, asked)
        found = [merge for pair in asked if (merge := _judge(view, known, pair)) is not None]
        found.sort(key=lambda merge: (-merge.score, merge.into, merge.story_id))
        chosen: list[StoryMerge] = []
        touched: set[int] = set()
        for merge in found:
            if not touched & {merge.story_id, merge.into}:
                chosen.append(merge)
                touched |= {merge.story_id, merge.into}
        known.drop(touched)
        return chosen


@dataclass(slots=True)
class Known:
    """Stories that were read and pairs that were compared, as long as they do not change."""

    stories: dict[int, Reports] = field(default_factory=dict)
    pairs: dict[Pair, Compared] = field(default_factory=dict)

    def compare(self, view: View, asked: Sequence[Pair]) -> None:
        """Compare those of the pairs that are not known yet."""
        new = [pair for pair in asked if pair not in self.pairs]
        unread = {story for pair in new for story in pair} - self.stories.keys()
        self.stories |= read_stories(view, list_reports(view.window, unread))
        for one, other in new:
            mine, its = self.stories.get(one), self.stories.get(other)
            if mine is not None and its is not None:
                self.pairs[one, other] = compare_reports(view.rules, mine, its)

    def drop(self, stories: set[int]) -> None:
        """Forget stories that change."""
        self.stories = {story: it for story, it in self.stories.items() if story not in stories}
        self.pairs = {pair: it for pair, it in self.pairs.items() if stories.isdisjoint(pair)}


def _judge(view: View, known: Known, pair: Pair) -> StoryMerge | None:
    """Return the merge of two stories, the later into the earlier, if they are near enough."""
    one, other = pair
    nearness = _measure(view, known, pair)
    if nearness < 1 or would_part(view.rules, known.stories[one], known.stories[other]):
        return None
    return StoryMerge(
        story_id=StoryId(other),
        into=StoryId(one),
        score=round(nearness, 4),
        why="their reports are as alike as those of one story",
    )


def _measure(view: View, known: Known, pair: Pair) -> float:
    """Return how near two stories are, as a share of what is asked of them."""
    mine, its = (view.by_story.get(story) for story in pair)
    compared = known.pairs.get(pair)
    if mine is None or its is None or compared is None:
        return 0.0
    found = compared.across * fade(view.rules, max(mine.first - its.last, its.first - mine.last))
    crowding = max(_mean_crowding(mine), _mean_crowding(its))
    asked = demand(view.rules, view.rules.merging, crowding)
    return found / max(asked, ask_alike(view.rules, compared), 1e-9)


def _mean_crowding(centre: Centre) -> float:
    return centre.crowding / max(centre.articles, 1)


def _order(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _rename(pairs: set[Pair], story_id: int, into: int) -> set[Pair]:
    renamed = {_order(*(into if story == story_id else story for story in pair)) for pair in pairs}
    return {pair for pair in renamed if pair[0] != pair[1]}


def pack_pairs(pairs: set[Pair]) -> bytes:
    """Return pairs as bytes, in order."""
    return np.array(sorted(pairs), dtype=np.int64).tobytes()


def unpack_pairs(data: bytes) -> set[Pair]:
    """Read what `pack_pairs` wrote."""
    values = np.frombuffer(data, dtype=np.int64).reshape(-1, 2).tolist()
    return {(int(one), int(other)) for one, other in values}
