from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.model import UNDATED_AT
from dateline.publish.edition import build_edition, explain_place
from dateline.publish.front import (
    LATEST,
    lay_out_front,
    rank_stories,
    score_story,
    thin_latest,
)


def ids(stories) -> list[int]:
    return [story.story_id for story in stories]


def test_more_independent_origins_lead(make) -> None:
    copied = make.story(1, origins=1, outlets=6)
    reported = make.story(2, origins=5, outlets=6)
    assert ids(rank_stories([copied, reported], make.now)) == [2, 1]


def test_many_reports_of_one_outlet_are_one_voice(make) -> None:
    talkative = make.story(1, origins=28, outlets=1)
    covered = make.story(2, origins=2, outlets=2)
    assert ids(rank_stories([talkative, covered], make.now)) == [2, 1]


def test_an_older_story_falls_behind_a_fresh_one(make) -> None:
    old = make.story(1, age=30, origins=4, outlets=4)
    fresh = make.story(2, age=0)
    assert ids(rank_stories([old, fresh], make.now)) == [2, 1]


def test_the_order_is_the_same_a_year_later(make) -> None:
    stories = [make.story(n, age=n * 3 % 17, origins=1 + n % 4) for n in range(1, 30)]
    now = ids(rank_stories(stories, make.now))
    assert ids(rank_stories(stories, make.now + timedelta(days=365))) == now


def test_a_date_in_the_future_is_no_advantage(make) -> None:
    assert score_story(make.story(1, age=-500), make.now) == score_story(make.story(2), make.now)


def test_the_sites_own_language_is_an_advantage(make) -> None:
    german = make.card(1, language="de-AT")
    foreign = make.story(1, lead=german, age=1)
    own = make.story(2, age=2)
    assert ids(rank_stories([foreign, own], make.now)) == [1, 2]
    assert ids(rank_stories([foreign, own], make.now, language="en")) == [2, 1]
    assert ids(rank_stories([foreign, own], make.now, language="de")) == [1, 2]


def test_one_outlet_cannot_fill_the_page(make) -> None:
    flood = [make.story(n, outlet="loud", age=n / 60) for n in range(1, 200)]
    others = [make.story(300 + n, age=24) for n in range(5)]
    front = rank_stories([*flood, *others], make.now)[:10]
    assert sum(story.lead.source_key == "loud" for story in front) <= 5


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-5, 400)), max_size=40))
@examples(40)
def test_ranking_keeps_every_story_once(make, told: list[tuple[int, int]]) -> None:
    stories = [make.story(n, outlet=f"o{o}", age=age) for n, (o, age) in enumerate(told)]
    assert sorted(ids(rank_stories(stories, make.now))) == list(range(len(told)))


def test_the_page_is_laid_out_for_any_number_of_stories(make) -> None:
    for count in (0, 1, 5, 500):
        page = lay_out_front([make.story(n) for n in range(1, count + 1)], [])
        placed = ids(story for _place, story in page.stories)
        assert len(placed) == len(set(placed))
        assert len(placed) == count or count == 500
        assert (page.lead is None) == (count == 0)


def test_a_story_with_a_picture_leads_where_it_is_near_the_top(make) -> None:
    stories = [make.story(n) for n in range(1, 6)]
    near = make.story(3, lead=make.card(3, picture_hash="abc"))
    assert lay_out_front([*stories[:2], near, *stories[3:]], []).lead == near
    far = make.story(4, lead=make.card(4, picture_hash="abc"))
    assert lay_out_front([*stories[:3], far, *stories[4:]], []).lead == stories[0]


def test_the_feeds_of_one_publisher_are_one_outlet(make) -> None:
    cards = [make.card(n, family="acme", source_key=f"feed-{n}") for n in range(1, 30)]
    cards.append(make.card(30, source_key="other"))
    assert 30 in {card.article_id for card in thin_latest(cards, limit=6)}
    stories = [make.story(n, outlet=f"feed-{n}", age=n / 60) for n in range(1, 9)]
    stories = [replace(each, lead=replace(each.lead, family="acme")) for each in stories]
    other = make.story(30, outlet="other", age=8)
    assert rank_stories([*stories, other], make.now).index(other) < 4


def test_the_latest_column_is_not_one_outlets_own(make) -> None:
    loud = [make.card(n, source_key="loud") for n in range(1, 40)]
    quiet = [make.card(n, source_key=f"q{n}") for n in range(40, 60)]
    shown = thin_latest([*loud, *quiet])
    assert sum(card.source_key == "loud" for card in shown) == LATEST // 3
    assert [card.at for card in shown] == sorted((card.at for card in shown), reverse=True)
    assert len(thin_latest(loud)) == LATEST


def test_withdrawn_articles_are_not_the_latest(make) -> None:
    assert thin_latest([make.card(1, gone=True)]) == []


def test_an_edition_holds_ids_and_reasons_and_is_equal_for_an_equal_page(make) -> None:
    stories = [make.story(n, origins=2) for n in range(1, 9)]
    page = lay_out_front(stories, [make.card(70)])
    edition = build_edition(page)
    assert edition == build_edition(lay_out_front(stories, [make.card(70)]))
    assert b'"place":"lead","story":1,"article":1,"why":"2 origins' in edition
    assert b'"latest":[70]' in edition
    assert b"Headline" not in edition
    assert edition != build_edition(lay_out_front(stories[::-1], []))


def test_what_has_no_date_stands_behind_old_news(make) -> None:
    undated = make.story(1, origins=9, outlets=9, first_at=UNDATED_AT, last_at=UNDATED_AT)
    old = make.story(2, age=24 * 365)
    assert ids(rank_stories([undated, old], make.now)) == [2, 1]
    assert explain_place(undated) == "9 origins, 9 outlets, 1 articles, undated"
    cards = [make.card(1, dated=False, at=make.now), make.card(2), make.card(3)]
    assert [card.article_id for card in thin_latest(cards)] == [2, 3, 1]
