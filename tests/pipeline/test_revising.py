"""Stories that have turned out to be two: split in the store as the placer found it."""

from collections.abc import Collection
from dataclasses import replace

import msgspec
from tests.pipeline.world import add_articles, add_copies, article, make_edges

from dateline.model import ArticleId, Decision, DecisionId, DecisionKind, StoryId, StorySplit
from dateline.pipeline import grouping
from dateline.pipeline.grouping import Grouping, place_origins, place_stories
from dateline.pipeline.memory import Memory
from dateline.store import Store
from dateline.store import decisions as decision_rows
from dateline.store import merging as merging_rows
from dateline.store import stories as story_rows
from dateline.stories.placing import MADE_BY, Placer

LEAVING = (article(12), article(18))  # of the articles on the first topic: 0, 6, 12, 18
COPIES = (article(20), article(21), article(22))  # of 12


class Parter(Placer):
    """A placer that finds, when it is asked first, that some articles of story 1 are another's."""

    leaving: tuple[ArticleId, ...] = LEAVING
    asked: list[Collection[StoryId] | None]

    def find_splits(self, among: Collection[StoryId] | None = None) -> tuple[StorySplit, ...]:
        first = not hasattr(self, "asked")
        self.asked = [] if first else self.asked
        self.asked.append(among)
        if not first or not self.leaving:
            return ()
        return (
            StorySplit(story_id=StoryId(1), article_ids=self.leaving, score=0.6, why="for a test"),
        )


def group_all(store: Store, groups: Grouping) -> None:
    edges = make_edges(store)
    while place_origins(edges, groups):
        pass
    while place_stories(edges, groups):
        pass


def make_parting(kind: type[Parter] = Parter) -> Grouping:
    made = replace(grouping.STORIES, make=kind, load=kind.from_bytes)
    return Grouping(stories=Memory(kind=made))


def add_all(store: Store) -> None:
    """Keep as many articles as are placed before the first look, three copies among them."""
    add_articles(store, 20)
    add_copies(store, of=12, count=3, first=20)
    add_articles(store, 2, first=23)


def list_members(store: Store, story_id: int) -> set[ArticleId]:
    with store.read() as tx:
        return merging_rows.list_members(tx, StoryId(story_id))[0]


def list_splits(store: Store) -> list[Decision]:
    with store.read() as tx:
        return decision_rows.decisions_after(tx, DecisionId(0), (DecisionKind.SPLIT,), 100)


def test_a_split_is_saved_with_the_batch_that_found_it(store: Store) -> None:
    add_all(store)
    groups = make_parting()
    group_all(store, groups)
    (decision,) = list_splits(store)
    assert (decision.from_id, decision.after) == (1, article(24))
    assert (decision.by, decision.why, decision.score) == (MADE_BY, "for a test", 0.6)
    assert groups.stories.decided == decision.id and not decision.by_person
    assert list_members(store, decision.to_id) == {*LEAVING, *COPIES}
    assert list_members(store, 1) >= {article(0), article(6)}
    with store.read() as tx:
        stories = [story_rows.load_story(tx, StoryId(each)) for each in (1, decision.to_id)]
        assert story_rows.next_story_id(tx) == decision.to_id + 1
    for story in stories:
        assert story and story.lead.article_id in {card.article_id for card in story.members}
    index = groups.stories.index
    assert isinstance(index, Parter) and index.asked == [None, [1, decision.to_id]]


def test_copies_go_with_their_report(store: Store) -> None:
    """Also where it is the copy that was found to leave: a report is one thing in one story."""
    add_all(store)

    class Stray(Parter):
        leaving = (*COPIES, article(6))

    group_all(store, make_parting(Stray))
    (decision,) = list_splits(store)
    assert decision.article_ids == (article(6),)
    assert list_members(store, 1) >= {article(0), article(12), *COPIES}


def test_a_split_that_would_leave_nothing_is_none(sqlite_store: Store) -> None:
    add_all(sqlite_store)

    class Empty(Parter):
        leaving = COPIES

    groups = make_parting(Empty)
    group_all(sqlite_store, groups)
    assert not list_splits(sqlite_store)
    assert isinstance(groups.stories.index, Parter) and groups.stories.index.asked == [None]


def test_later_articles_join_the_story_that_was_split_off(store: Store) -> None:
    add_all(store)
    groups = make_parting()
    group_all(store, groups)
    (decision,) = list_splits(store)
    add_copies(store, of=18, count=1, first=25)
    group_all(store, groups)
    assert article(25) in list_members(store, decision.to_id)


def test_a_new_worker_ends_where_the_old_one_is(store: Store) -> None:
    add_all(store)
    steady, fresh = make_parting(), Grouping()
    group_all(store, steady)
    with store.read() as tx:
        index = fresh.stories.catch_up(tx, steady.stories.model)
    old = steady.stories.index
    assert old is not None and list_splits(store)
    for name in ("upto", "decided", "known", "newest"):
        assert getattr(fresh.stories, name) == getattr(steady.stories, name), name
    mine, its = (msgspec.msgpack.decode(each.to_bytes()) for each in (index, old))
    for name in ("window", "centres", "held", "bound"):
        assert mine[name] == its[name], name
