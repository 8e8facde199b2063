"""Decisions: told in order, also where several writers decide at once; none loses an article."""

import threading

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.errors import GroupError
from dateline.model import (
    Decision,
    DecisionKind,
    StoryPlace,
)
from dateline.store import NewDecision, Store, Tx
from dateline.store.decisions import (
    decisions_after,
    list_merged,
    list_story_decisions,
    query_about,
    query_after,
    save_decision,
)
from dateline.store.merging import find_successor, merge_stories, split_story
from dateline.store.stories import (
    iterate_stories,
    load_story,
    next_story_id,
    save_story_places,
)
from dateline.store.tables import decisions


def test_decisions_are_told_in_order(store: Store, make) -> None:
    def new(kind: DecisionKind, from_id: int, to_id: int, **more) -> NewDecision:
        return NewDecision(kind=kind, after=7, from_id=from_id, to_id=to_id, by="person", **more)

    merge, split, join = DecisionKind.MERGE, DecisionKind.SPLIT, DecisionKind.JOIN
    with store.write(make.now) as tx:
        saved = make.save(tx, make.sources(tx, "a")["a"], *"1234")
        for number, one in enumerate(saved, start=1):
            make.place(tx, number, one)
        made = [
            save_decision(tx, new(split, 2, 4, article_ids=(3, 9), why="two matters", score=0.5)),
            save_decision(tx, new(join, 2, 1)),
            save_decision(tx, new(merge, 2, 1)),
            save_decision(tx, new(merge, 1, 3)),
        ]
        merge_stories(tx, 2, 1)
        merge_stories(tx, 1, 3)
        assert made[0] == Decision(
            id=made[0].id,
            kind=split,
            at=make.now,
            after=7,
            from_id=2,
            to_id=4,
            article_ids=(3, 9),
            by="person",
            score=0.5,
            why="two matters",
        )
        assert decisions_after(tx, 0, [join], 9) == made[1:2]
        assert decisions_after(tx, 0, [merge, split], 9) == [made[0], *made[2:]]
        assert decisions_after(tx, 0, [merge, split], 2) == [made[0], made[2]]
        assert decisions_after(tx, made[2].id, [merge, split], 9) == made[3:]
        assert list_story_decisions(tx, 3) == [made[0], *made[2:]]
        assert list_story_decisions(tx, 1) == [made[0], *made[2:]]
        assert list_story_decisions(tx, 2) == [made[0], made[2]]
        assert list_story_decisions(tx, 4) == made[:1]


def test_decisions_are_found_by_indexes(sqlite_store: Store, plan) -> None:
    with sqlite_store.read() as tx:
        told = {
            "ix_decisions_kind": plan(tx, query_after(3, DecisionKind.MERGE)),
            "ix_decisions_from": plan(tx, query_about(decisions.c.from_id, list_merged(1))),
            "ix_decisions_to": plan(tx, query_about(decisions.c.to_id, list_merged(1))),
            "ix_stories_merged_into": plan(tx, list_merged(1)),
        }
    for index, steps in told.items():
        assert index in steps
        assert "SCAN decisions" not in steps
        assert "SCAN stories" not in steps


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), st.integers(1, 8), st.integers(1, 8)),
        st.tuples(st.just("split"), st.integers(1, 8), st.integers(1, 6)),
        st.tuples(st.just("place"), st.integers(1, 8), st.integers(1, 6)),
    ),
    max_size=12,
)


@given(steps=_STEPS)
@examples(25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_order_of_decisions_loses_anything(sqlite_store: Store, make, steps) -> None:
    class Undo(Exception):  # noqa: N818 - not an error: the next example begins anew
        pass

    with pytest.raises(Undo), sqlite_store.write(make.now) as tx:
        saved = make.save(tx, make.sources(tx, "a")["a"], *map(str, range(6)))
        for number, one in enumerate(saved, start=1):
            make.place(tx, number, one, parts=[make.part(one, max(1, number - 1), (0, 2))])
        for kind, number, other in steps:
            run(tx, kind, number, other)
        stories = list(iterate_stories(tx))
        whole = [one.article_id for story in stories for one in story.members if not one.spans]
        assert sorted(whole) == saved
        for story in stories:
            successor = find_successor(tx, story.id)
            assert (successor is None) == (story.merged_into is None)
            assert successor is None or load_story(tx, successor) is not None
            assert len({one.article_id for one in story.members}) == len(story.members)
        raise Undo


def run(tx: Tx, kind: str, number: int, other: int) -> None:
    try:
        if kind == "merge":
            merge_stories(tx, number, other)
        elif kind == "split":
            split_story(tx, number, [other], next_story_id(tx))
        elif load_story(tx, number) is not None or find_successor(tx, number) is not None:
            save_story_places(tx, [StoryPlace(article_id=other, story_id=number)])
    except GroupError:
        pass


@pytest.mark.flow
def test_decisions_commit_in_the_order_of_their_ids(postgres_store: Store, make) -> None:
    def decide() -> None:
        with postgres_store.write(make.later) as tx:
            new = NewDecision(kind=DecisionKind.MERGE, after=0, from_id=3, to_id=4)
            made.append(save_decision(tx, new).id)

    made: list[int] = []
    with postgres_store.write(make.now) as tx:
        new = NewDecision(kind=DecisionKind.SPLIT, after=0, from_id=1, to_id=2)
        first = save_decision(tx, new).id
        other = threading.Thread(target=decide)
        other.start()
        other.join(0.3)
        assert made == []  # it waits: nobody may see its decision before ours
    other.join()
    assert made == [first + 1]


@pytest.mark.flow
def test_two_writers_never_open_one_story(postgres_store: Store, make) -> None:
    with postgres_store.write(make.now) as tx:
        saved = make.save(tx, make.sources(tx, "a")["a"], *"123")
        make.place(tx, 1, *saved)

    def split(leaving: int) -> None:
        with postgres_store.write(make.now) as tx:
            split_story(tx, 1, [leaving], next_story_id(tx))

    threads = [threading.Thread(target=split, args=[one]) for one in saved[1:]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with postgres_store.read() as tx:
        assert [len(make.spans(tx, number)) for number in (1, 2, 3)] == [1, 1, 1]
