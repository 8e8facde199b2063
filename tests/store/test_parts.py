"""Parts of articles in other stories, outlets of one family: what a story counts and shows."""

from dataclasses import replace

from dateline.store import NewVersion, Store, StoryFilter, Tx
from dateline.store.articles import save_version
from dateline.store.backup import check_store
from dateline.store.sources import list_sources, save_sources
from dateline.store.stories import (
    list_stories,
    load_story,
)


def test_part_of_an_article_belongs_to_another_story(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b")
        one, two = make.save(tx, ids["a"], "one", "two")
        (three,) = make.save(tx, ids["b"], "three", language="de", section="Sport")
        make.place(tx, 1, one, two)
        make.place(tx, 2, three, parts=[make.part(three, 1, (0, 3), (9, 12))])
        first, second = load_story(tx, 1), load_story(tx, 2)
        listed = {story.story_id: story for story in list_stories(tx, StoryFilter())}
        by_source = list_stories(tx, StoryFilter(source_key="b"))
        by_section = list_stories(tx, StoryFilter(section="Sport"))
    assert first is not None
    assert second is not None
    assert (first.articles, first.outlets, first.origins) == (3, 1, 2)
    assert first.languages == ("en",)
    assert {card.article_id: card.spans for card in first.members} == {
        one: (),
        two: (),
        three: ((0, 3), (9, 12)),
    }
    assert next(card for card in first.members if card.spans).story_id == 2
    assert second.members[0].spans == ()
    assert listed[1].members == first.members
    assert {story.story_id for story in by_source} == {1, 2}
    assert {story.story_id for story in by_section} == {2}  # the section is that of the whole
    assert check_store(store) == []


def test_parts_alone_make_no_coverage(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b", "c")
        (one,) = make.save(tx, ids["a"], "one")
        parts = [*make.save(tx, ids["b"], "two", "three"), *make.save(tx, ids["c"], "four")]
        make.place(tx, 1, one)
        before = load_story(tx, 1)
        for number, each in enumerate(parts, start=2):
            make.place(tx, number, each, parts=[make.part(each, 1, (0, 3))])
        after = load_story(tx, 1)
    assert before is not None
    assert after is not None
    assert len(after.members) == after.articles == 4
    counted = ("outlets", "origins", "languages", "first_at", "last_at")
    assert [getattr(after, name) for name in counted] == [getattr(before, name) for name in counted]
    assert check_store(store) == []


def test_parts_count_where_no_article_is_left(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b")
        (one,), (two,) = make.save(tx, ids["a"], "one"), make.save(tx, ids["b"], "two")
        make.place(tx, 1, one)
        make.place(tx, 2, two, parts=[make.part(two, 1, (0, 3))])
        make.place(tx, 3, one)
        story = load_story(tx, 1)
    assert story is not None
    assert (story.articles, story.outlets, story.origins) == (1, 1, 1)
    assert story.last_at == story.members[0].at
    assert check_store(store) == []


def test_part_is_given_up_where_the_whole_comes(store: Store, make) -> None:
    with store.write(make.now) as tx:
        (one, two) = make.save(tx, make.sources(tx, "a")["a"], "one", "two")
        make.place(tx, 1, one)
        make.place(tx, 2, two, parts=[make.part(two, 1, (0, 3)), make.part(two, 2, (4, 5))])
        assert make.spans(tx, 1) == {one: (), two: ((0, 3),)}
        assert make.spans(tx, 2) == {two: ()}
        make.place(tx, 1, two)
        assert make.spans(tx, 1) == {one: (), two: ()}
    assert check_store(store) == []


def test_lead_that_is_a_part_is_shown_as_one(store: Store, make) -> None:
    with store.write(make.now) as tx:
        saved = make.save(tx, make.sources(tx, "a")["a"], *map(str, range(9)))
        # A part of the first article opens story 1.
        make.place(tx, 2, saved[0], parts=[make.part(saved[0], 1, (0, 3))])
        make.place(tx, 1, *saved[1:])
        (story,) = [story for story in list_stories(tx, StoryFilter()) if story.story_id == 1]
    assert story.lead.article_id == saved[0]
    assert story.lead.spans == ((0, 3),)
    assert len(story.members) == 6


def test_edit_that_moves_an_article_moves_its_parts(store: Store, make) -> None:
    with store.write(make.now) as tx:
        (one, two) = make.save(tx, make.sources(tx, "a")["a"], "one", "two")
        make.place(tx, 1, one)
        make.place(tx, 2, two, parts=[make.part(two, 1, (0, 3))])
        edit(tx, two, make.reading("two", minutes=90), make.later)
        first = load_story(tx, 1)
    assert first is not None
    assert first.members[0].article_id == two
    assert first.last_at == first.members[1].at  # a part makes no story new
    assert first.members[0].edited_at == make.later
    assert first.members[1].edited_at is None
    assert check_store(store) == []


def edit(tx: Tx, article_id: int, reading, seen_at) -> None:
    save_version(tx, article_id, NewVersion(seen_at=seen_at, reading=reading, fingerprint="new"))


def test_family_is_one_outlet(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b", "c")
        saved = [make.save(tx, ids[key], key)[0] for key in "abc"]
        make.place(tx, 1, *saved)
        before = load_story(tx, 1)
        changed = [replace(one, family="a", publisher="A & B") for one in list_sources(tx)[:2]]
        save_sources(tx, changed)
        assert list_sources(tx)[:2] == changed
        after = load_story(tx, 1)
    assert before is not None
    assert after is not None
    assert (before.outlets, after.outlets) == (3, 2)  # "a" the family is not "a" the source
    assert [card.family for card in after.members] == ["", "a", "a"]
    assert check_store(store) == []
