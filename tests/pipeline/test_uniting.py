"""Stories made one by a translation: when, when not, and that every worker learns of it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update
from tests.pipeline.test_grouping import NOW, group_all, list_decisions, list_stories
from tests.pipeline.test_translating import Comparer, look_through
from tests.pipeline.world import Words, add_articles, article, make_edges

from dateline.model import (
    ArticleId,
    DecisionKind,
    Link,
    LinkKind,
    OriginId,
    OriginPlace,
    Related,
    Role,
    StoryId,
    StoryPart,
    StoryPlace,
)
from dateline.pipeline import deciding, translating, uniting
from dateline.pipeline.grouping import Grouping
from dateline.store import Store, open_store, tables
from dateline.store import cards as card_rows
from dateline.store import decisions as decision_rows
from dateline.store import merging as merging_rows
from dateline.store import origins as origin_rows
from dateline.store import stories as story_rows
from dateline.store.decisions import NewDecision

FOUND = Link(
    article_id=article(3),
    other_id=article(0),
    kind=LinkKind.TRANSLATION,
    likeness=0.8,
    why="sentence by sentence",
)


def place_by_hand(store: Store, *stories: Sequence[int]) -> None:
    """Keep articles in English, the last one in German, and put them into stories 1, 2, …

    Each is a report of its own; the last one is related to the first.
    """
    count = sum(map(len, stories))
    add_articles(store, count - 1)
    add_articles(store, 1, first=count - 1, language="de")
    where = {number: at for at, members in enumerate(stories, start=1) for number in members}
    with store.write(NOW) as tx:
        origins = [
            OriginPlace(
                article_id=article(n), origin_id=OriginId(n + 1), role=Role.FIRST, opened=True
            )
            for n in range(count)
        ]
        origin_rows.save_origin_places(tx, origins)
        places = [
            StoryPlace(article_id=article(n), story_id=StoryId(where[n])) for n in range(count)
        ]
        near = (Related(article_id=article(0), score=0.3),)
        places[-1] = replace(places[-1], related=near)
        story_rows.save_story_places(tx, places)


def look(store: Store, monkeypatch: pytest.MonkeyPatch) -> int:
    """Look for translations, where the last article is one of the first."""
    return look_through(make_edges(store), Comparer(hits=1), monkeypatch)


def test_a_translation_makes_one_story_of_two(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    place_by_hand(store, [0, 1, 2], [3])
    assert look(store, monkeypatch) == 1
    assert sorted(list_stories(store)[1]) == [article(n) for n in range(4)]
    (decision,) = list_decisions(store)
    assert (decision.kind, decision.from_id, decision.to_id) == (DecisionKind.MERGE, 2, 1)
    assert (decision.by, decision.after) == (translating.MADE_BY, article(3))
    assert decision.article_ids == (article(3),)
    assert decision.score == 0.8 and decision.why.endswith(": sentence by sentence")
    with store.read() as tx:
        assert merging_rows.find_successor(tx, StoryId(2)) == 1
        story = story_rows.load_story(tx, StoryId(1))
    assert story and (story.articles, story.origins) == (4, 3)
    assert look(store, monkeypatch) == 0
    assert len(list_decisions(store)) == 1


def test_what_a_person_has_split_stays_apart(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    place_by_hand(store, [0, 1, 2, 3])
    person = deciding.Person(holder="someone")
    with store.write(NOW) as tx:
        decision = deciding.split_by_hand(tx, person, StoryId(1), [article(3)])
    assert look(store, monkeypatch) == 1
    assert list_stories(store)[decision.to_id] == [article(3)]
    assert [one.kind for one in list_decisions(store)] == [DecisionKind.SPLIT]


def test_what_became_of_a_split_story_stays_apart_too(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    place_by_hand(store, [0, 1, 2], [4, 3])
    person = deciding.Person(holder="someone")
    with store.write(NOW) as tx:
        split = deciding.split_by_hand(tx, person, StoryId(1), [article(2)])
        deciding.merge_by_hand(tx, person, StoryId(2), StoryId(split.to_id))
    before = list_stories(store)
    assert look(store, monkeypatch) == 1
    assert list_stories(store) == before


def test_one_report_does_not_glue_two_large_stories(sqlite_store: Store) -> None:
    """Of eight reports one or two may have strayed; where three are the same, none has."""
    place_by_hand(sqlite_store, range(8), range(8, 16))
    for number in (8, 9, 10):
        more = replace(FOUND, article_id=article(number), other_id=article(number - 8))
        with sqlite_store.write(NOW) as tx:
            assert translating.join_link(tx, more) == 1
            decision = uniting.unite_stories(tx, more, by="translations/2")
        assert (decision is None) is (number < 10)
    assert len(list_stories(sqlite_store)[1]) == 16


@pytest.mark.parametrize("number", [0, 3])
def test_a_live_blog_or_a_round_up_is_no_evidence(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    place_by_hand(sqlite_store, [0, 1, 2], [3])
    with sqlite_store.write(NOW) as tx:
        named = update(tables.versions).values(headline="Live updates: the day in the capital")
        tx.conn.execute(named.where(tables.versions.c.article_id == article(number)))
    assert look(sqlite_store, monkeypatch) == 1
    assert not list_decisions(sqlite_store)


def test_a_page_that_tells_of_many_stories_is_no_evidence(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    place_by_hand(sqlite_store, [0, 1, 2], [4], [5], [6], [3, 7])
    parts = tuple(
        StoryPart(article_id=article(0), story_id=StoryId(story), spans=((0, 9),), score=0.5)
        for story in (2, 3, 4)
    )
    told = StoryPlace(article_id=article(0), story_id=StoryId(1), parts=parts)
    with sqlite_store.write(NOW) as tx:
        story_rows.save_story_places(tx, [told])
    assert look(sqlite_store, monkeypatch) == 1
    assert not list_decisions(sqlite_store)


def test_a_look_that_was_cut_off_in_a_merge_leaves_nothing(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    place_by_hand(sqlite_store, [0, 1, 2], [3])
    save = decision_rows.save_decision

    def fail(tx: object, new: NewDecision) -> object:
        if new.kind is DecisionKind.MERGE:
            raise RuntimeError("killed")
        return save(tx, new)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(decision_rows, "save_decision", fail)
        with pytest.raises(RuntimeError):
            look(sqlite_store, patch)
    with sqlite_store.read() as tx:
        cards = card_rows.load_cards(tx, [article(n) for n in range(4)])
    assert len({card.origin_id for card in cards}) == 4, "the join is undone with the merge"
    assert len(list_stories(sqlite_store)[2]) == 1
    assert look(sqlite_store, monkeypatch) == 1
    assert len(list_decisions(sqlite_store)) == 1


def test_the_next_batch_is_waited_for(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    place_by_hand(sqlite_store, [0, 1, 2], [3])
    edges = make_edges(sqlite_store)
    monkeypatch.setattr(translating, "compare", Comparer(hits=1))
    looks = translating.claim_look(edges, NOW)
    with sqlite_store.write(NOW) as tx:
        placer = deciding.Person(holder="a placer")
        assert deciding.take_floor(tx, placer)
        tx.conn.execute(
            update(tables.leases)
            .where(tables.leases.c.name == "stories")
            .values(until=NOW.replace(year=2100))
        )
    assert translating.join_translations(edges, looks) == 0
    assert not list_decisions(sqlite_store)


@pytest.mark.store
def test_workers_that_start_anew_decide_as_one_that_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stories grow, a translation merges two of them, and others grow on."""
    ends = []
    for name, stays in (("steady", True), ("anew", False)):
        with open_store(str(tmp_path / f"{name}.db"), create=True) as store:
            edges, groups = make_edges(store, encoder=Words()), Grouping()
            for first in range(0, 160, 40):
                add_articles(store, 40, first=first)
                group_all(edges, groups if stays else Grouping())
                if first == 40:
                    merge_first_two(store)
            told = [replace(one, at=NOW) for one in list_decisions(store)]
            ends.append((list_stories(store), told))
    assert ends[0] == ends[1]
    stories, decisions = ends[0]
    assert [one.by for one in decisions].count("translations/2") == 1
    assert not stories[2]


def merge_first_two(store: Store) -> None:
    """Let a report of story 2 be a translation of one of story 1, each of few origins."""
    members = list_stories(store)
    ids = ArticleId(members[2][0]), ArticleId(members[1][0])
    with store.write(NOW) as tx:
        assert deciding.take_floor(tx, deciding.Person(holder="translator"))
        for mine, its in zip(members[2], members[1], strict=False):
            link = replace(FOUND, article_id=ArticleId(mine), other_id=ArticleId(its))
            translating.join_link(tx, link)
        link = replace(FOUND, article_id=ids[0], other_id=ids[1])
        assert uniting.unite_stories(tx, link, by="translations/2")
