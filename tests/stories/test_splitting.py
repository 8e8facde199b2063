"""Splits: a story becomes two where its reports are clearly those of two events, and only there."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import (
    ArticleId,
    Decision,
    DecisionId,
    DecisionKind,
    Lead,
    SourceId,
    StoryId,
    StorySplit,
)
from dateline.stories.placing import Placer, Rules
from dateline.stories.splitting import LEAST, MOST, part

START = datetime(2026, 3, 2, tzinfo=UTC)
SHARED = [f"kind{n}" for n in range(20)]  # words that reports of events of one kind share
FIRST, SECOND = ([f"{name}{n}" for n in range(34)] for name in ("one", "two"))
STORY, NEW = StoryId(1), StoryId(900)


def write(number: int, own: Sequence[str], *, language: str = "en", words: int = 40) -> Lead:
    """Return a report: what such events share, what this one has alone, words of its own."""
    rng = random.Random(number)
    chosen = [*rng.sample(SHARED, 16), *rng.sample(own, min(len(own), 28))]
    chosen += [f"{rng.randrange(36**4):x}" for _ in range(words)]
    rng.shuffle(chosen)
    return Lead(
        article_id=ArticleId(number),
        source_id=SourceId(1),
        url=f"https://example.org/{number}",
        language=language,
        headline="",
        text=" ".join(chosen),
        at=START,
    )


def remember(events: Sequence[Sequence[str]], count: int = 6) -> Placer:
    """Return a placer that knows other news, and so many reports of each event in one story."""
    placer = Placer()
    add_others(placer, range(100, 300))
    for turn in range(count):
        for event, own in enumerate(events):
            placer.replay(write(1000 + 10 * turn + event, own), STORY)
    return placer


def add_others(placer: Placer, numbers: range) -> None:
    """Tell the placer of other news, each a story of its own."""
    for number in numbers:
        other = replace(write(number, []), text=" ".join(f"n{number}x{n}" for n in range(30)))
        placer.replay(other, StoryId(number))


def list_numbers(event: int, count: int = 6) -> tuple[ArticleId, ...]:
    return tuple(ArticleId(1000 + 10 * turn + event) for turn in range(count))


def decide(kind: DecisionKind, by: str, articles: Sequence[ArticleId] = ()) -> Decision:
    return Decision(
        id=DecisionId(1),
        at=START,
        kind=kind,
        after=ArticleId(1999),
        from_id=STORY if kind is DecisionKind.SPLIT else 2,
        to_id=NEW if kind is DecisionKind.SPLIT else STORY,
        article_ids=tuple(articles),
        by=by,
    )


def test_two_events_in_one_story_become_two() -> None:
    (split,) = remember([FIRST, SECOND]).find_splits()
    assert split.story_id == STORY and split.article_ids == list_numbers(1)
    assert 0 < split.score < 1 and "two groups" in split.why


@pytest.mark.parametrize("count", [LEAST, 6, MOST])
def test_one_event_stays_one(count: int) -> None:
    assert not remember([FIRST], count).find_splits()


def test_a_few_reports_are_no_story_of_their_own() -> None:
    placer = remember([FIRST], 10)
    for number in range(LEAST - 1):
        placer.replay(write(3000 + number, SECOND), STORY)
    assert not placer.find_splits()
    placer.replay(write(3100, SECOND), STORY)
    assert placer.find_splits()


def test_a_large_story_is_left_as_its_readers_know_it() -> None:
    assert remember([FIRST, SECOND], MOST // 2).find_splits()
    assert not remember([FIRST, SECOND], MOST // 2 + 1).find_splits()


def test_short_texts_say_too_little() -> None:
    placer = remember([])
    for number in range(2000, 2012):
        own = (FIRST, SECOND)[number % 2][:6]
        short = write(number, own, words=2)
        placer.replay(replace(short, text=short.text[-60:]), STORY)
    assert not placer.find_splits()


def test_what_a_person_has_merged_stays_one() -> None:
    placer = remember([FIRST, SECOND])
    placer.apply(decide(DecisionKind.MERGE, "stories"))
    assert placer.find_splits()
    placer.apply(decide(DecisionKind.MERGE, "person"))
    assert not placer.find_splits()
    assert not Placer.from_bytes(placer.to_bytes()).find_splits()
    placer.apply(replace(decide(DecisionKind.MERGE, "stories"), from_id=STORY, to_id=NEW))
    assert not placer.find_splits()


def test_what_was_split_is_neither_split_nor_merged_again() -> None:
    placer = remember([FIRST, SECOND])
    (split,) = placer.find_splits()
    placer.apply(decide(DecisionKind.SPLIT, "stories", split.article_ids))
    placer.replay(write(5000, [*FIRST[:17], *SECOND[:17]]), STORY)
    assert not placer.find_splits() and not placer.find_splits([STORY, NEW])
    assert not placer.find_merges()
    place = placer.place(write(5001, SECOND), new_id=StoryId(901))
    assert place.story_id == NEW


def test_only_what_grew_lately_is_looked_at() -> None:
    placer = remember([FIRST, SECOND])
    add_others(placer, range(5000, 5400))
    assert not placer.find_splits()
    assert placer.find_splits([STORY])


def test_three_events_are_parted_one_after_the_other() -> None:
    third = [*SECOND[:16], *(f"three{n}" for n in range(18))]  # more like the second than the first
    placer = remember([FIRST, SECOND, third])
    left: list[tuple[ArticleId, ...]] = []
    found, new_id = placer.find_splits(), int(NEW)
    while found:
        touched = list[StoryId]()
        for split in found:
            left.append(split.article_ids)
            move = decide(DecisionKind.SPLIT, "stories", split.article_ids)
            placer.apply(replace(move, from_id=split.story_id, to_id=new_id))
            touched += [split.story_id, StoryId(new_id)]
            new_id += 1
        found = placer.find_splits(touched)
    assert len(left) == 2
    assert {ids for ids in left if len(ids) == 6} <= {list_numbers(1), list_numbers(2)}


def test_reports_of_another_language_go_with_the_group_that_they_are_nearer_to() -> None:
    placer = remember([FIRST, SECOND])
    placer.replay(write(6000, SECOND, language="nl"), STORY)
    placer.replay(write(6001, FIRST, language="nl"), STORY)
    (split,) = placer.find_splits()
    assert split.article_ids == (*list_numbers(1), ArticleId(6000))


def test_copies_count_for_nothing() -> None:
    placer = remember([FIRST], 10)
    for number in range(7000, 7006):
        placer.replay(write(number, SECOND), STORY, follows=True)
    assert not placer.find_splits()


def test_stories_that_would_be_split_again_are_not_merged() -> None:
    rules = replace(Rules(), merging=0.05, doubt=0.1, alike=0.0)
    for apart, expected in ((0.72, 0), (0.0, 1)):
        placer = Placer(replace(rules, apart=apart))
        add_others(placer, range(100, 160))
        placer.find_merges()
        for turn in range(6):
            for event, own in enumerate((FIRST, SECOND)):
                placer.replay(write(1000 + 10 * turn + event, own), StoryId(1 + event))
        pairs = {(merge.story_id, merge.into) for merge in placer.find_merges()}
        assert len(pairs & {(2, 1)}) == expected


def test_splits_are_the_same_after_a_round_trip_through_bytes() -> None:
    placer = remember([FIRST, SECOND])
    again = Placer.from_bytes(placer.to_bytes())
    found: tuple[StorySplit, ...] = placer.find_splits()
    assert again.find_splits() == found and found
    assert again.to_bytes() == placer.to_bytes()


@given(st.integers(2, 12), st.integers(0, 2**32 - 1))
def test_parting_gives_two_groups_that_are_all(count: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.random((count, count)).astype(np.float32)
    rows = np.sort(rng.permutation(3 * count)[:count])
    table = np.zeros((3 * count, 3 * count), dtype=np.float32)
    table[np.ix_(rows, rows)] = scores + scores.T
    groups = part(table, rows)
    assert sorted([*groups.stays.tolist(), *groups.leaves.tolist()]) == rows.tolist()
    assert groups.stays[0] == rows[0] and np.isfinite([groups.across, groups.within]).all()


@given(st.permutations(range(9)), st.integers(2, 7))
def test_parting_finds_two_blocks(order: list[int], size: int) -> None:
    side = np.array(order) < size
    scores = np.where(side[:, None] == side, np.float32(0.8), np.float32(0.3))
    groups = part(scores, np.arange(9))
    assert set(side[groups.stays].tolist()) == {bool(side[0])}
    assert len(set(side[groups.leaves].tolist())) == 1
    assert groups.across == pytest.approx(0.3)
