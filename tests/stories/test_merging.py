"""Merges: two stories become one where their reports say so, not where they are of one kind."""

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from dateline.model import ArticleId, Decision, DecisionId, DecisionKind, Lead, SourceId, StoryId
from dateline.stories.placing import Placer, Rules

START = datetime(2026, 3, 2, tzinfo=UTC)
REPORTS = 5  # of each event
KIND = [f"kind{n}" for n in range(26)]  # words that reports of events of one kind share
OTHER = [f"other{n}" for n in range(26)]  # the same, of other news


def write(number: int, own: list[str], kind: list[str] = KIND) -> Lead:
    """Return a report: what such events share, what this one has alone, words of its own."""
    rng = random.Random(number)
    words = [*rng.sample(kind, 18), *rng.sample(own, min(len(own), 30))]
    words += [f"w{number}x{n}" for n in range(60)]
    rng.shuffle(words)
    return Lead(
        article_id=ArticleId(number),
        source_id=SourceId(1),
        url=f"https://example.org/{number}",
        language="en",
        headline="",
        text=" ".join(words),
        at=START,
    )


def remember_two(rules: Rules, own: list[list[str]]) -> Placer:
    """Return a placer that has seen other news and two stories, 1 and 2, told by turns."""
    placer = Placer(rules)
    for number in range(100, 160):
        words = [f"n{number}x{n}" for n in range(30)]
        placer.place(write(number, words, OTHER), new_id=StoryId(number))
        placer.find_merges()
    for turn in range(REPORTS):
        for story, words in enumerate(own, start=1):
            placer.replay(write(1000 + 10 * turn + story, words), StoryId(story))
    return placer


def list_pairs(placer: Placer) -> set[frozenset[int]]:
    return {frozenset((int(merge.story_id), int(merge.into))) for merge in placer.find_merges()}


TWO_EVENTS = [[f"one{n}" for n in range(34)], [f"two{n}" for n in range(34)]]
ONE_EVENT = [TWO_EVENTS[0], TWO_EVENTS[0]]
LOOSE = replace(Rules(), merging=0.1, doubt=0.2)  # so that two events of one kind are near enough


def test_fragments_of_one_event_become_one_story() -> None:
    assert list_pairs(remember_two(Rules(), ONE_EVENT)) == {frozenset((1, 2))}


def test_two_events_of_one_kind_stay_two_stories() -> None:
    together = frozenset((1, 2))
    assert together in list_pairs(remember_two(replace(LOOSE, alike=0.0), TWO_EVENTS))
    assert together not in list_pairs(remember_two(LOOSE, TWO_EVENTS))


def test_what_a_person_has_split_is_not_merged_again() -> None:
    placer = remember_two(Rules(), ONE_EVENT)
    moved = tuple(ArticleId(1000 + 10 * turn + 2) for turn in range(REPORTS))
    assert list_pairs(placer) == {frozenset((1, 2))}
    split = Decision(
        id=DecisionId(1),
        at=START,
        kind=DecisionKind.SPLIT,
        after=ArticleId(moved[-1]),
        from_id=1,
        to_id=2,
        article_ids=moved,
        by="person",
    )
    placer.apply(split)
    placer.replay(write(2000, ONE_EVENT[0]), StoryId(1))
    assert not list_pairs(placer)


@pytest.mark.parametrize("own", [ONE_EVENT, TWO_EVENTS], ids=["one event", "two events"])
def test_merges_are_the_same_after_a_round_trip_through_bytes(own: list[list[str]]) -> None:
    placer = remember_two(LOOSE, own)
    again = Placer.from_bytes(placer.to_bytes(), LOOSE)
    assert again.find_merges() == placer.find_merges()
    assert again.to_bytes() == placer.to_bytes()
