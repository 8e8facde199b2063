"""The steps of grouping: what is saved, what a worker that starts anew knows."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from tests.pipeline.world import START, Words, add_articles, add_copies, article, make_edges

from dateline.errors import GroupError
from dateline.model import (
    Decision,
    DecisionId,
    DecisionKind,
    StoryId,
    StoryMerge,
)
from dateline.pipeline import deciding, grouping
from dateline.pipeline.edges import Edges
from dateline.pipeline.grouping import Grouping, count_to_merge, place_origins, place_stories
from dateline.pipeline.meaning import BATCH, claim_meanings, encode_meanings, pack, unpack
from dateline.pipeline.memory import Kind, Memory
from dateline.store import Store, open_store
from dateline.store import decisions as decision_rows
from dateline.store import leads as lead_rows
from dateline.store import leases as lease_rows
from dateline.store import merging as merging_rows
from dateline.store import snapshots as snapshot_rows
from dateline.store import stories as story_rows
from dateline.store import vectors as vector_rows
from dateline.store.leads import Placed
from dateline.store.snapshots import Snapshot
from dateline.stories.placing import Placer

NOW = START + timedelta(days=30)
KINDS = (DecisionKind.MERGE, DecisionKind.SPLIT)


def group_all(edges: Edges, groups: Grouping | None = None) -> Grouping:
    groups = groups or Grouping()
    while place_origins(edges, groups):
        pass
    while leads := claim_meanings(edges, NOW):
        encode_meanings(edges, leads)
    while place_stories(edges, groups):
        pass
    return groups


def list_stories(store: Store) -> dict[int, list[int]]:
    with store.read() as tx:
        rows = list(story_rows.iterate_stories(tx))
    return {row.id: [member.article_id for member in row.members] for row in rows}


def list_decisions(store: Store) -> list[Decision]:
    with store.read() as tx:
        return decision_rows.decisions_after(tx, DecisionId(0), KINDS, 100)


# --- meaning ------------------------------------------------------------------------------------


def test_stories_wait_for_the_vectors_of_the_model(sqlite_store: Store) -> None:
    add_articles(sqlite_store, 6)
    edges, groups = make_edges(sqlite_store, encoder=Words()), Grouping()
    place_origins(edges, groups)
    assert place_stories(edges, groups) == 0
    assert encode_meanings(edges, claim_meanings(edges, NOW, 4)) == 4
    assert place_stories(edges, groups) == 4
    group_all(edges, groups)
    assert sum(map(len, list_stories(sqlite_store).values())) == 6


def test_no_text_is_encoded_twice_or_left_out(sqlite_store: Store) -> None:
    add_articles(sqlite_store, BATCH + 10)
    encoder = Words()
    edges = make_edges(sqlite_store, encoder=encoder)
    group_all(edges)
    group_all(edges)
    assert len(encoder.asked) == len(set(encoder.asked)) == BATCH + 10
    with sqlite_store.read() as tx:
        kept = vector_rows.load_vectors(tx, encoder.name, [article(n) for n in range(BATCH + 10)])
    assert len(kept) == BATCH + 10


def test_a_vector_survives_being_kept() -> None:
    (vector,) = Words().encode(["a bridge over the river"])
    again = unpack(pack(vector))
    assert float(vector @ again) > 0.999
    assert not unpack(pack(vector * 0)).any()


def test_two_workers_do_not_encode_the_same(sqlite_store: Store) -> None:
    add_articles(sqlite_store, 3)
    one, two = (make_edges(sqlite_store, encoder=Words(), holder=name) for name in ("one", "two"))
    place_origins(one, Grouping())
    leads = claim_meanings(one, NOW)
    assert len(leads) == 3
    assert claim_meanings(two, NOW) == []
    encode_meanings(one, leads)
    add_articles(sqlite_store, 2, first=3)
    place_origins(one, Grouping())
    assert len(claim_meanings(two, NOW + timedelta(seconds=1))) == 2


def test_without_a_model_articles_are_placed_by_words_alone(sqlite_store: Store) -> None:
    add_articles(sqlite_store, 5)
    edges = make_edges(sqlite_store)
    assert claim_meanings(edges, NOW) == []
    group_all(edges)
    assert sum(map(len, list_stories(sqlite_store).values())) == 5


# --- merges and splits --------------------------------------------------------------------------


class Joiner(Placer):
    """A placer that finds story 2 to be story 1 when it is asked for the first time."""

    done = False

    def find_merges(self) -> tuple[StoryMerge, ...]:
        if self.done:
            return ()
        self.done = True
        merge = StoryMerge(story_id=StoryId(2), into=StoryId(1), score=0.5, why="for a test")
        self.apply(
            Decision(
                id=DecisionId(1),
                kind=DecisionKind.MERGE,
                at=NOW,
                after=article(24),
                from_id=merge.story_id,
                to_id=merge.into,
                by="stories",
            )
        )
        return (merge,)


def make_joining() -> Grouping:
    kind = replace(grouping.STORIES, make=Joiner, load=Joiner.from_bytes)
    return Grouping(stories=Memory(kind=kind))


def test_merges_are_looked_for_at_the_same_counts_in_every_run() -> None:
    counts = [n for n in range(1, 900) if count_to_merge(n - 1) == 1]
    assert counts == [25, 50, 75, 100, 125, 150, 175, 200, 400, 600, 800]


def test_a_merge_is_saved_with_the_batch_that_found_it(store: Store) -> None:
    add_articles(store, 40)
    groups = make_joining()
    group_all(make_edges(store), groups)
    (decision,) = list_decisions(store)
    assert (decision.from_id, decision.to_id, decision.after) == (2, 1, article(24))
    assert decision.by == grouping.STORIES_BY and decision.why == "for a test"
    assert groups.stories.decided == decision.id
    stories = list_stories(store)
    assert not stories[2]
    with store.read() as tx:
        assert merging_rows.find_successor(tx, StoryId(2)) == 1
        story = story_rows.load_story(tx, StoryId(1))
    assert story and story.lead.article_id in {card.article_id for card in story.members}


def test_a_batch_that_fails_leaves_nothing(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_articles(sqlite_store, 30)
    edges, groups = make_edges(sqlite_store), make_joining()
    while place_origins(edges, groups):
        pass

    def fail(*_: object) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(grouping.edition_rows, "bump_generation", fail)
        with pytest.raises(RuntimeError):
            place_stories(edges, groups)
    assert not list_stories(sqlite_store) and not list_decisions(sqlite_store)
    assert groups.stories.index is None and groups.stories.known == 0
    group_all(edges, groups)
    assert len(list_decisions(sqlite_store)) == 1
    assert sum(map(len, list_stories(sqlite_store).values())) == 30


def decide_by_hand(store: Store) -> None:
    """Merge story 3 into story 4, and make a story of the newest article of story 1."""
    person = deciding.Person(holder="someone", why="because")
    with store.write(NOW) as tx:
        assert deciding.take_floor(tx, person)
        deciding.merge_by_hand(tx, person, StoryId(3), StoryId(4))
        story = story_rows.load_story(tx, StoryId(1))
        assert story
        deciding.split_by_hand(tx, person, StoryId(1), [story.members[0].article_id])


def test_a_new_worker_ends_where_the_old_one_is(store: Store) -> None:
    """One worker goes through it all; another starts anew before each batch."""
    edges = make_edges(store, encoder=Words())
    steady = make_joining()
    for first in (0, 30, 60):
        add_articles(store, 30, first=first)
        group_all(edges, steady)
        if first == 30:
            decide_by_hand(store)
    before = list_stories(store)
    fresh = make_joining()
    with store.read() as tx:
        index = fresh.stories.catch_up(tx, steady.stories.model)
    assert isinstance(index, Joiner) and steady.stories.index is not None
    for name in ("upto", "decided", "known", "newest"):
        assert getattr(fresh.stories, name) == getattr(steady.stories, name), name
    assert list_stories(store) == before


@pytest.mark.store
def test_workers_that_start_anew_decide_as_one_that_stays(tmp_path: Path) -> None:
    ends = []
    for name, stays in (("steady", True), ("anew", False)):
        with open_store(str(tmp_path / f"{name}.db"), create=True) as store:
            edges, groups = make_edges(store, encoder=Words()), Grouping()
            for first in range(0, 240, 40):
                add_articles(store, 40, first=first)
                group_all(edges, groups if stays else Grouping())
                if first == 80:
                    decide_by_hand(store)
            told = [replace(one, at=NOW) for one in list_decisions(store)]
            ends.append((list_stories(store), told))
    assert ends[0] == ends[1]
    assert any(len(members) > 3 for members in ends[0][0].values())


def test_decisions_are_learned_in_their_place(sqlite_store: Store) -> None:
    """Whoever catches up, in one go, in steps, or from a snapshot, lives through the same."""
    edges, groups = make_edges(sqlite_store), make_joining()
    steps = make_diary()
    for first in (0, 30, 60):
        add_articles(sqlite_store, 30, first=first)
        group_all(edges, groups)
        read_on(sqlite_store, steps)
        if first == 30:
            decide_by_hand(sqlite_store)
            read_on(sqlite_store, steps)
    at_once = make_diary()
    read_on(sqlite_store, at_once)
    assert at_once.index and steps.index
    assert at_once.index.events == steps.index.events
    events = [event for event in at_once.index.events if event.startswith("merge 3")]
    assert events == ["merge 3 4"]
    place = at_once.index.events.index("merge 3 4")
    assert at_once.index.events[place - 1] == f"place {article(59)}"
    assert at_once.index.events[place + 1].startswith("split 1 ")
    assert at_once.index.events[place + 2] == f"place {article(60)}"


class Diary:
    """An index that writes down what it lives through."""

    def __init__(self, events: list[str] | None = None) -> None:
        self.events = events or []

    def apply(self, decision: Decision) -> None:
        self.events.append(f"{decision.kind} {decision.from_id} {decision.to_id}")

    def forget_before(self, at: datetime) -> None:
        self.events.append(f"forget {at}")

    def to_bytes(self) -> bytes:
        return msgspec.json.encode(self.events)


def make_diary() -> Memory[Diary]:
    def replay(diary: Diary, row: Placed) -> None:
        diary.events.append(f"place {row.lead.article_id}")

    load: Callable[[bytes], Diary] = lambda body: Diary(msgspec.json.decode(body))  # noqa: E731
    kind = Kind(
        name="stories", made_by="diary/1", decided=KINDS, make=Diary, load=load, replay=replay
    )
    return Memory(kind=kind)


def read_on(store: Store, memory: Memory[Diary]) -> None:
    with store.write(NOW) as tx:
        memory.catch_up(tx)


def test_a_snapshot_knows_the_decisions_before_it(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.pipeline.memory.SNAPSHOT_LEAST", 30)
    edges, groups = make_edges(sqlite_store), make_joining()
    add_articles(sqlite_store, 30)
    group_all(edges, groups)
    whole, saving = make_diary(), make_diary()
    with sqlite_store.write(NOW) as tx:
        saving.catch_up(tx)
        saving.snapshot(tx)
    add_articles(sqlite_store, 30, first=30)
    group_all(edges, groups)
    decide_by_hand(sqlite_store)
    from_snapshot = make_diary()
    read_on(sqlite_store, from_snapshot)
    assert from_snapshot.saved == 30
    monkeypatch.setattr("dateline.store.snapshots.load_snapshot", lambda *_: None)
    read_on(sqlite_store, whole)
    assert whole.index and from_snapshot.index
    assert from_snapshot.index.events == whole.index.events
    assert from_snapshot.decided == whole.decided


@pytest.mark.parametrize("body", [b"", b"30 2026-11-02T08:00:00+00:00\n[]", b"30 0 today\n{}"])
def test_a_snapshot_of_another_form_is_passed_over(sqlite_store: Store, body: bytes) -> None:
    add_articles(sqlite_store, 30)
    group_all(make_edges(sqlite_store))
    diary, whole = make_diary(), make_diary()
    read_on(sqlite_store, whole)
    with sqlite_store.write(NOW) as tx:
        old = Snapshot(kind="stories", made_by="diary/1", upto=article(29), body=body)
        snapshot_rows.save_snapshot(tx, old)
    read_on(sqlite_store, diary)
    assert diary.index and whole.index
    assert diary.index.events == whole.index.events
    assert (diary.known, diary.saved) == (30, 0)


def test_vectors_of_two_models_share_no_memory(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.pipeline.memory.SNAPSHOT_LEAST", 10)
    add_articles(sqlite_store, 20)
    groups = group_all(make_edges(sqlite_store, encoder=Words()))
    assert groups.stories.saved == 20 and groups.stories.model == "words/1"
    add_articles(sqlite_store, 5, first=20)
    other = Words(name="words/2")
    group_all(make_edges(sqlite_store, encoder=other), groups)
    assert groups.stories.model == "words/2" and groups.stories.known == 25
    assert len(other.asked) == 5, "what has a story is not encoded again"
    again = Grouping()
    with sqlite_store.read() as tx:
        again.stories.catch_up(tx, "words/2")
    assert again.stories.saved == 25


# --- a person's word ----------------------------------------------------------------------------


def test_a_person_waits_for_the_batch_that_is_being_placed(sqlite_store: Store) -> None:
    add_articles(sqlite_store, 12)
    group_all(make_edges(sqlite_store))
    person = deciding.Person(holder="someone")
    with sqlite_store.write(NOW) as tx:
        assert lease_rows.take_lease(tx, "stories", "a worker", NOW + timedelta(seconds=5))
    with sqlite_store.write(NOW + timedelta(seconds=1)) as tx:
        assert not deciding.take_floor(tx, person)
    with sqlite_store.write(NOW + timedelta(seconds=6)) as tx:
        assert deciding.take_floor(tx, person)


def test_a_split_gives_both_stories_a_headline_of_their_own(sqlite_store: Store) -> None:
    add_articles(sqlite_store, 24)
    group_all(make_edges(sqlite_store))
    person = deciding.Person(holder="someone")
    with sqlite_store.write(NOW) as tx:
        story = next(
            found
            for story_id in list_stories(sqlite_store)
            if (found := story_rows.load_story(tx, StoryId(story_id))) and found.articles > 2
        )
        decision = deciding.split_by_hand(tx, person, story.story_id, [story.lead.article_id])
        old = story_rows.load_story(tx, story.story_id)
        new = story_rows.load_story(tx, StoryId(decision.to_id))
    assert old and new
    assert new.lead.article_id == story.lead.article_id
    assert old.lead.article_id != story.lead.article_id
    assert old.headline == old.lead.headline and new.headline == new.lead.headline


def test_a_story_is_not_merged_with_itself(sqlite_store: Store) -> None:
    add_articles(sqlite_store, 12)
    group_all(make_edges(sqlite_store))
    person = deciding.Person(holder="someone")
    with sqlite_store.write(NOW) as tx:
        deciding.merge_by_hand(tx, person, StoryId(2), StoryId(1))
        with pytest.raises(GroupError, match="one already"):
            deciding.merge_by_hand(tx, person, StoryId(1), StoryId(2))


def test_copies_stand_where_their_report_stands(sqlite_store: Store) -> None:
    """However many carry it, and also where a person has moved the report to another story."""
    add_articles(sqlite_store, 12)
    edges = make_edges(sqlite_store)
    groups = group_all(edges)
    report = article(3)
    (home,) = [story for story, members in list_stories(sqlite_store).items() if report in members]
    person = deciding.Person(holder="a person", why="another thing")
    with sqlite_store.write(NOW) as tx:
        decision = deciding.split_by_hand(tx, person, StoryId(home), [report])
    add_copies(sqlite_store, of=3, count=30, first=12)
    group_all(edges, groups)
    found = list_stories(sqlite_store)
    assert set(found[decision.to_id]) >= {report, *(article(n) for n in range(12, 42))}
    with sqlite_store.read() as tx:
        rows = lead_rows.leads_between(tx, article(0), article(50), 100)
    assert {row.lead.article_id for row in rows if row.follows} == {
        article(n) for n in range(12, 42)
    }
