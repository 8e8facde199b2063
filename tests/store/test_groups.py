"""Origins and stories: places, counts that are right, related articles, streams."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dateline.model import UNDATED_AT, OriginPlace, Related, Role, StoryPlace
from dateline.store import NewVersion, OriginMember, OriginRow, Store, StoryFilter, Tx
from dateline.store.articles import save_articles, save_version
from dateline.store.cards import load_cards
from dateline.store.leads import load_leads
from dateline.store.members import query_newest_parts
from dateline.store.origins import (
    iterate_origins,
    load_origin,
    next_origin_id,
    save_origin_places,
)
from dateline.store.stories import (
    iterate_stories,
    list_related,
    list_stories,
    load_story,
    next_story_id,
    query_newest_members,
    query_related,
    query_stories,
    save_story_places,
)
from dateline.store.story_leads import set_story_lead
from dateline.store.story_stream import query_parts, query_whole
from dateline.store.tallies import query_origins, query_tallies


def place(tx: Tx, story_id: int, *article_ids: int, origin_id: int = 0) -> None:
    origins = [
        OriginPlace(article_id=one, origin_id=origin_id or one, role=Role.FIRST)
        for one in article_ids
    ]
    save_origin_places(tx, origins)
    save_story_places(tx, [StoryPlace(article_id=one, story_id=story_id) for one in article_ids])


def test_origin_is_a_tree(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        one, two = make.save(tx, ids["a"], "one", "two")
        assert next_origin_id(tx) == 1
        places = [
            OriginPlace(article_id=one, origin_id=1, role=Role.FIRST, opened=True),
            OriginPlace(
                article_id=two,
                origin_id=1,
                role=Role.CARRIES,
                taken_from=one,
                likeness=0.91,
                why="most of it",
                made_by="origins/1",
            ),
        ]
        save_origin_places(tx, places)
        save_origin_places(tx, places)
        assert next_origin_id(tx) == 2
        (origin,) = iterate_origins(tx)
        assert load_origin(tx, 1) == origin
        assert load_origin(tx, 2) is None
        (card,) = load_cards(tx, [two])
    first = OriginMember(article_id=one, url="https://example.org/one", role=Role.FIRST)
    second = OriginMember(
        article_id=two,
        url="https://example.org/two",
        role=Role.CARRIES,
        taken_from_url="https://example.org/one",
        likeness=0.91,
        why="most of it",
    )
    assert origin == OriginRow(id=1, members=(first, second))
    assert (card.origin_id, card.role) == (1, Role.CARRIES)


def test_counts_of_a_story_are_right_and_stay_so(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b", "agency")
        one, two = make.save(tx, ids["a"], "one", "two")
        (three,) = make.save(tx, ids["b"], "three", language="de")
        (four,) = make.save(tx, ids["agency"], "four")
        place(tx, 7, one, two, three, origin_id=1)
        place(tx, 7, four)
        place(tx, 7, four)
        story = load_story(tx, 7)
        assert next_story_id(tx) == 8
    assert story is not None
    assert (story.articles, story.outlets, story.origins) == (4, 3, 2)
    assert story.languages == ("en", "de")
    assert (story.first_at, story.last_at) == (make.now, make.now + timedelta(minutes=1))
    assert story.headline == "Headline one"
    assert story.slug == "headline-one"
    assert [card.article_id for card in story.members] == [two, four, three, one]
    assert story.lead.article_id == one


def test_article_that_moves_changes_both_stories(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b")
        (one,) = make.save(tx, ids["a"], "one")
        (two,) = make.save(tx, ids["b"], "two")
        place(tx, 1, one, two)
        place(tx, 2, two)
        place(tx, 2, one)
        assert load_story(tx, 1) is None
        moved = load_story(tx, 2)
        listed = list_stories(tx, StoryFilter())
        assert list_stories(tx, StoryFilter(source_key="a")) == listed
        assert next_story_id(tx) == 3
    assert moved is not None
    assert (moved.articles, moved.outlets) == (2, 2)
    assert [story.story_id for story in listed] == [2]


def test_origin_that_changes_later_is_counted(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        one, two = make.save(tx, ids["a"], "one", "two")
        place(tx, 1, one, two)
        before = load_story(tx, 1)
        save_origin_places(tx, [OriginPlace(article_id=two, origin_id=one, role=Role.CARRIES)])
        after = load_story(tx, 1)
    assert before is not None
    assert after is not None
    assert (before.origins, after.origins) == (2, 1)


def test_lead_is_shown_even_where_it_is_old(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        saved = make.save(tx, ids["a"], *map(str, range(9)))
        place(tx, 1, *saved)
        set_story_lead(tx, 1, saved[0])
        (story,) = list_stories(tx, StoryFilter())
        whole = load_story(tx, 1)
    assert (story.headline, story.slug) == ("Headline 0", "headline-0")
    assert story.lead.article_id == saved[0]
    assert [card.article_id for card in story.members] == [*saved[:3:-1], saved[0]]
    assert whole is not None
    assert len(whole.members) == 9


def test_lists_of_stories_are_filtered_and_paged(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b")
        for number in range(1, 8):
            source = ids["a"] if number % 2 else ids["b"]
            section = "Sport" if number > 4 else "World"
            # Stories two by two end at the same moment.
            new = make.save(tx, source, f"s{number}", section=section, language=f"l{number % 3}")
            place(tx, number, *new)

        def listed(**wanted) -> list[int]:
            return [story.story_id for story in list_stories(tx, StoryFilter(**wanted))]

        assert listed() == [7, 6, 5, 4, 3, 2, 1]
        assert listed(section="Sport") == [7, 6, 5]
        assert listed(source_key="b") == [6, 4, 2]
        assert listed(section="Sport", source_key="b") == [6]
        assert listed(section="World", language="l1", source_key="a") == [1]
        assert listed(section="None") == []
        assert listed(since=make.later) == []
        assert listed(before=make.now) == []
        assert listed(limit=2) == [7, 6]
        assert listed(limit=2, before=make.now, before_id=6) == [5, 4]
        assert listed(section="Sport", before=make.now, before_id=6) == [5]


def test_related_stand_in_both_directions(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        one, two, three = make.save(tx, ids["a"], "one", "two", "three")
        near = (Related(article_id=one, score=0.5), Related(article_id=two, score=0.75))
        places = [StoryPlace(article_id=three, story_id=1, related=near)]
        save_story_places(tx, places)
        save_story_places(tx, places)
        of_three = [(card.article_id, score) for card, score in list_related(tx, three, 10)]
        of_one = [(card.article_id, score) for card, score in list_related(tx, one, 10)]
        assert of_three == [(two, 0.75), (one, 0.5)]
        assert of_one == [(three, 0.5)]
        assert len(list_related(tx, three, 1)) == 1


def test_streams_of_groups_are_whole(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        saved = make.save(tx, ids["a"], *map(str, range(40)))
        for number in range(4):
            place(tx, number + 1, *saved[number::4], origin_id=number + 1)
        stories = list(iterate_stories(tx))
        origins = list(iterate_origins(tx))
    assert [story.id for story in stories] == [origin.id for origin in origins] == [1, 2, 3, 4]
    second = stories[1]
    assert (second.slug, second.headline) == ("headline-1", "Headline 1")
    assert second.languages == ("en",)
    assert (second.first_at, second.last_at) == (second.members[0].at, second.members[-1].at)
    assert second.article_urls == tuple(
        f"https://example.org/{number}" for number in range(1, 40, 4)
    )
    assert [len(origin.members) for origin in origins] == [10] * 4


def test_streams_go_on_where_a_part_ended(store: Store, make, monkeypatch) -> None:
    monkeypatch.setattr("dateline.store.story_stream._STREAM", 3)
    monkeypatch.setattr("dateline.store.story_stream._AT_ONCE", 3)
    monkeypatch.setattr("dateline.store.origins._STREAM", 3)
    test_streams_of_groups_are_whole(store, make)


def test_lists_of_stories_read_an_index(sqlite_store: Store, make, plan) -> None:
    with sqlite_store.read() as tx:
        plans = {
            "ix_stories_last_at": plan(tx, query_stories(StoryFilter(before=make.now))),
            "ix_story_facets_value": plan(tx, query_stories(StoryFilter(section="World"))),
            "sqlite_autoindex_story_facets_1": plan(
                tx, query_stories(StoryFilter(section="World", language="en"))
            ),
        }
        members = plan(tx, query_newest_members().params(ids=[1, 2]))
        near = plan(tx, query_related(1))
        counted = [plan(tx, ask().params(ids=[1, 2])) for ask in (query_tallies, query_origins)]
        parts = plan(tx, query_newest_parts().params(ids=[1, 2]))
        streamed = [plan(tx, query_whole([1, 2])), plan(tx, query_parts([1, 2]))]
    for index, told in plans.items():
        assert index in told
        assert "TEMP B-TREE" not in told
    for told in counted:
        assert "COVERING INDEX ix_articles_story_at (story_id=?)" in told
        assert "ix_story_parts_at (story_id=?)" in told
    assert "ix_story_parts_at (story_id=?)" in parts
    for told in (parts, *streamed):
        assert "SCAN" not in told
    assert "COVERING INDEX ix_articles_story_at" in members
    assert "SCAN" not in members
    assert "SCAN" not in near


def test_what_was_read_from_a_file_without_a_date_makes_no_time(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b")
        (one,) = make.save(tx, ids["a"], "one")
        undated = [replace(make.article(ids["b"], name), live=False) for name in ("two", "three")]
        two, three = save_articles(tx, undated)
        place(tx, 1, one, two)
        place(tx, 2, three)
        dated, bare = load_story(tx, 1), load_story(tx, 2)
        save_version(
            tx, two, NewVersion(seen_at=make.later, reading=make.reading("new"), fingerprint="n")
        )
        cards = load_cards(tx, [one, two])
        times = {lead.article_id: lead.at for lead in load_leads(tx, [one, two])}
        listed = [story.story_id for story in list_stories(tx, StoryFilter())]
    assert (dated.first_at, dated.last_at, dated.outlets) == (make.now, make.now, 2)
    assert (bare.first_at, bare.last_at, bare.dated) == (UNDATED_AT, UNDATED_AT, False)
    assert [card.dated for card in cards] == [True, False]
    assert [card.at for card in cards] == [make.now, make.now]  # first seen, where nothing is known
    assert times == {one: make.now, two: make.now}
    assert listed == [1, 2]


@pytest.mark.flow
def test_postgres_goes_from_stories_to_their_newest_articles(postgres_store: Store, make) -> None:
    with postgres_store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        saved = make.save(tx, ids["a"], *map(str, range(9)))
        place(tx, 1, *saved)
        (story,) = list_stories(tx, StoryFilter())
        asked = query_newest_members("postgresql").params(ids=[1, 2])
        written = asked.compile(tx.conn, compile_kwargs={"literal_binds": True})
        told = "\n".join(tx.conn.exec_driver_sql(f"EXPLAIN {written}").scalars())
    assert [card.article_id for card in story.members] == [*saved[:3:-1], saved[0]]
    assert "SubPlan" not in told  # asked of every article of the store
