"""Stories that have turned out to be one: pairs that are thought about, and those that are kept."""

from dataclasses import dataclass, field

import numpy as np

from dateline.model import StoryId, StoryMerge
from dateline.stories.asking import View
from dateline.stories.centres import Centre
from dateline.stories.scoring import compare_stories, demand

Pair = tuple[int, int]  # the lower id first


@dataclass(slots=True)
class Doubts:
    """Pairs of stories that an article stood between, and pairs that a person has split."""

    pairs: set[Pair] = field(default_factory=set)
    held: set[Pair] = field(default_factory=set)  # never one again by our own decision

    def think_of(self, one: int, other: int) -> None:
        """Note two stories that may be one."""
        if one != other:
            self.pairs.add(_order(one, other))

    def hold(self, one: int, other: int) -> None:
        """Note two stories that a person has split."""
        self.held.add(_order(one, other))

    def rename(self, story_id: int, into: int) -> None:
        """Take notice that a story has become another."""
        self.pairs = _rename(self.pairs, story_id, into)
        self.held = _rename(self.held, story_id, into)

    def decide(self, view: View) -> list[StoryMerge]:
        """Return the merges of the pairs that are near enough, the surest first, one a story."""
        found = [
            merge
            for one, other in sorted(self.pairs - self.held)
            if (merge := _compare(view, one, other)) is not None
        ]
        found.sort(key=lambda merge: (-merge.score, merge.into, merge.story_id))
        chosen: list[StoryMerge] = []
        touched: set[int] = set()
        for merge in found:
            if not touched & {merge.story_id, merge.into}:
                chosen.append(merge)
                touched |= {merge.story_id, merge.into}
        return chosen


def _compare(view: View, one: int, other: int) -> StoryMerge | None:
    """Return the merge of two stories, the later into the earlier, if they are near enough."""
    mine, its = view.by_story.get(one), view.by_story.get(other)
    if mine is None or its is None:
        return None
    found = compare_stories(view.rules, mine, its, view.frequency)
    crowding = max(_mean_crowding(mine), _mean_crowding(its))
    asked = demand(view.rules, view.rules.merging, crowding)
    if found < asked:
        return None
    return StoryMerge(
        story_id=StoryId(other),
        into=StoryId(one),
        score=round(found / asked, 4),
        why=f"their reports are as alike as those of one story ({found:.2f}; {asked:.2f} is asked)",
    )


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
