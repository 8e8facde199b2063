"""Merges, splits and joins: counts, redirects, readers; what is done is not done again."""

import pytest

from dateline.errors import GroupError
from dateline.model import (
    Link,
    LinkKind,
    OriginPlace,
    Role,
    StoryPlace,
)
from dateline.store import Store, StoryFilter, Subscription
from dateline.store.backup import check_store
from dateline.store.links import list_links
from dateline.store.merging import find_successor, join_origins, merge_stories, split_story
from dateline.store.origins import load_origin, save_origin_places
from dateline.store.readers import (
    ask_subscription,
    confirm_subscription,
    count_readers,
    drop_address,
    leave_subscription,
    list_readers,
    load_subscription,
)
from dateline.store.stories import (
    iterate_stories,
    list_stories,
    load_story,
    next_story_id,
    save_story_places,
)


def test_merged_story_leads_to_the_other(store: Store, make) -> None:
    with store.write(make.now) as tx:
        saved = make.save(tx, make.sources(tx, "a")["a"], *map(str, range(6)))
        for number in range(1, 5):
            make.place(tx, number, saved[number])
        assert merge_stories(tx, 2, 1)
        assert merge_stories(tx, 3, 2)  # 2 has gone into 1, and so does 3
        assert merge_stories(tx, 1, 4)
        assert not merge_stories(tx, 2, 1)
        assert not merge_stories(tx, 4, 2)
        assert not merge_stories(tx, 4, 4)
        assert [find_successor(tx, number) for number in range(1, 6)] == [4, 4, 4, None, None]
        assert load_story(tx, 2) is None
        assert make.spans(tx, 4) == dict.fromkeys(saved[1:5], ())
        make.place(tx, 3, saved[5])
        assert saved[5] in make.spans(tx, 4)
        rows = {row.id: row for row in iterate_stories(tx)}
        assert next_story_id(tx) == 5
        listed = list_stories(tx, StoryFilter())
    assert [rows[number].merged_into for number in range(1, 5)] == [4, 1, 1, None]
    assert [len(rows[number].members) for number in range(1, 5)] == [0, 0, 0, 5]
    assert [story.story_id for story in listed] == [4]
    assert listed[0].articles == 5
    assert check_store(store) == []


def test_impossible_merge_says_why(store: Store, make) -> None:
    with store.write(make.now) as tx:
        saved = make.save(tx, make.sources(tx, "a")["a"], "1", "2", "3")
        for number, one in enumerate(saved, start=1):
            make.place(tx, number, one)
        merge_stories(tx, 1, 2)
        with pytest.raises(GroupError, match="merged into story 2 before"):
            merge_stories(tx, 1, 3)
        with pytest.raises(GroupError, match="no story 9"):
            merge_stories(tx, 9, 3)
        with pytest.raises(GroupError, match="no story 9"):
            merge_stories(tx, 3, 9)


def test_merge_joins_parts(store: Store, make) -> None:
    with store.write(make.now) as tx:
        one, two, three, four = make.save(tx, make.sources(tx, "a")["a"], *"1234")
        make.place(tx, 1, one)
        make.place(tx, 2, two, parts=[make.part(one, 2, (5, 6))])
        both = [make.part(three, 1, (0, 3)), make.part(three, 2, (2, 5), (7, 8), score=0.75)]
        make.place(tx, 3, three, parts=both)
        make.place(tx, 4, four, parts=[make.part(four, 1, (1, 2)), make.part(two, 1, (1, 2))])
        merge_stories(tx, 1, 2)
        assert make.spans(tx, 2) == {
            one: (),  # the whole is there now: its part is no more told apart
            two: (),
            three: ((0, 5), (7, 8)),
            four: ((1, 2),),
        }
    assert check_store(store) == []


def test_readers_of_a_merged_story_follow_the_other(store: Store, make) -> None:
    with store.write(make.now) as tx:
        saved = make.save(tx, make.sources(tx, "a")["a"], "1", "2")
        make.place(tx, 1, saved[0])
        make.place(tx, 2, saved[1])

        def ask(email: str, name: str, *, confirm: bool = True) -> str:
            token = ask_subscription(tx, Subscription(email=email, list=name))
            assert token is not None
            if confirm:
                confirm_subscription(tx, token)
            return token

        only = ask("only@a.example", "story:1")
        old, new = ask("both@a.example", "story:1"), ask("both@a.example", "story:2")
        sure = ask("half@a.example", "story:1")
        unsure = ask("half@a.example", "story:2", confirm=False)
        other = ask("other@a.example", "story:11")
        merge_stories(tx, 1, 2)
        assert count_readers(tx) == {"story:2": 3, "story:11": 1}
        kept = {reader.email: reader.token for reader in list_readers(tx, "story:2")}
        assert kept == {"only@a.example": only, "both@a.example": new, "half@a.example": sure}
        for token in (old, unsure):  # links in letters that were sent before lead to the other
            subscription = load_subscription(tx, token)
            assert subscription is not None
            assert subscription.list == "story:2"
        assert leave_subscription(tx, old)
        assert load_subscription(tx, new) is None
        assert not leave_subscription(tx, old)
        assert drop_address(tx, "half@a.example") == 1
        assert load_subscription(tx, unsure) is None
        assert load_subscription(tx, other) is not None


def test_old_links_outlive_a_second_merge(store: Store, make) -> None:
    with store.write(make.now) as tx:
        saved = make.save(tx, make.sources(tx, "a")["a"], "1", "2", "3")
        tokens = []
        for number, one in enumerate(saved, start=1):
            make.place(tx, number, one)
            token = ask_subscription(tx, Subscription(email="e@a.example", list=f"story:{number}"))
            assert token is not None
            confirm_subscription(tx, token)
            tokens.append(token)
        merge_stories(tx, 1, 2)
        merge_stories(tx, 2, 3)
        assert count_readers(tx) == {"story:3": 1}
        assert leave_subscription(tx, tokens[0])
        assert count_readers(tx) == {}


def test_split_makes_a_story_of_some_articles(store: Store, make) -> None:
    with store.write(make.now) as tx:
        one, two, three, four = make.save(tx, make.sources(tx, "a")["a"], *"1234")
        make.place(tx, 1, one, two, three)
        make.place(tx, 2, four, parts=[make.part(four, 1, (0, 3))])
        assert split_story(tx, 1, [four, one, one], 3)
        assert make.spans(tx, 1) == {two: (), three: ()}
        assert make.spans(tx, 3) == {one: (), four: ((0, 3),)}
        assert make.spans(tx, 2) == {four: ()}
        left, taken = load_story(tx, 1), load_story(tx, 3)
        assert not split_story(tx, 1, [one, four], 3)
        assert load_story(tx, 3) == taken
        assert next_story_id(tx) == 4
    assert left is not None
    assert taken is not None
    assert (left.lead.article_id, left.headline, left.slug) == (two, "Headline 2", "headline-2")
    assert (taken.lead.article_id, taken.headline, taken.articles) == (one, "Headline 1", 2)
    assert check_store(store) == []


def test_impossible_split_says_why_and_changes_nothing(store: Store, make) -> None:
    with store.write(make.now) as tx:
        one, two, three = make.save(tx, make.sources(tx, "a")["a"], *"123")
        make.place(tx, 1, one, two)
        make.place(tx, 2, three)
        before = list(iterate_stories(tx))
        wrong = {
            "at least one must stay": (1, [one, two], 3),
            "does not have the article 3": (1, [one, three], 3),
            "No article": (1, [], 3),
            "a story 2 already": (1, [one], 2),
            "no story 8": (8, [one], 9),
        }
        for message, asked in wrong.items():
            with pytest.raises(GroupError, match=message):
                split_story(tx, *asked)
        assert list(iterate_stories(tx)) == before
        merge_stories(tx, 1, 2)
        with pytest.raises(GroupError, match="split that one"):
            split_story(tx, 1, [one], 3)


def test_merge_and_split_undo_each_other(store: Store, make) -> None:
    with store.write(make.now) as tx:
        saved = make.save(tx, make.sources(tx, "a")["a"], *"1234")
        make.place(tx, 1, *saved[:2])
        make.place(tx, 2, *saved[2:])
        merge_stories(tx, 2, 1)
        split_story(tx, 1, saved[2:], 3)
        assert make.spans(tx, 3) == dict.fromkeys(saved[2:], ())
        assert find_successor(tx, 2) == 1  # its address was given away, and stays so
        assert merge_stories(tx, 3, 1)
    assert check_store(store) == []


def test_joined_origin_hangs_below_its_source(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b")
        one, two, three, four = make.save(tx, ids["a"], *"1234")
        first = OriginPlace(article_id=one, origin_id=1, role=Role.FIRST)
        copy = OriginPlace(article_id=two, origin_id=1, role=Role.CARRIES, taken_from=one)
        other = OriginPlace(article_id=three, origin_id=2, role=Role.FIRST)
        copied = OriginPlace(article_id=four, origin_id=2, role=Role.CARRIES, taken_from=three)
        save_origin_places(tx, [first, copy, other, copied])
        save_story_places(tx, [StoryPlace(article_id=i, story_id=1) for i in (one, two, three)])
        link = Link(
            article_id=four, other_id=two, kind=LinkKind.TRANSLATION, likeness=0.8, why="same"
        )
        assert join_origins(tx, 2, 1, link)
        assert not join_origins(tx, 2, 1, link)
        assert load_origin(tx, 2) is None
        tree = load_origin(tx, 1)
        story = load_story(tx, 1)
        links = list_links(tx, two)
    assert tree is not None
    assert story is not None
    assert story.origins == 1
    parents = {member.article_id: member.taken_from_url for member in tree.members}
    url = "https://example.org/"
    assert parents == {one: None, two: f"{url}1", three: f"{url}2", four: f"{url}3"}
    roots = [member.article_id for member in tree.members if member.role is Role.FIRST]
    assert roots == [one]
    (hung,) = [member for member in tree.members if member.article_id == three]
    assert (hung.likeness, hung.sureness, hung.why) == (0.8, 0.8, "same")
    assert [(found, card.article_id) for found, card in links] == [(link, four)]
    assert check_store(store) == []
