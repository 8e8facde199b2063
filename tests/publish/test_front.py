import json
from dataclasses import replace
from datetime import timedelta

from dateline.model import UNDATED_AT, Pin, PinPlace, Role, StoryId
from dateline.publish.edition import (
    KEPT_IN_SECTION,
    TOLD_IN_SECTION,
    SectionOrder,
    build_edition,
    build_section_edition,
    order_section,
    read_order,
    read_section_edition,
)
from dateline.publish.front import LATEST, find_last_report, freshen, lay_out_front, thin_latest
from dateline.publish.ranking import Evidence, rank_stories


def ids(stories) -> list[int]:
    return [story.story_id for story in stories]


def test_the_page_is_laid_out_for_any_number_of_stories(make) -> None:
    for count in (0, 1, 5, 500):
        page = lay_out_front([make.story(n) for n in range(1, count + 1)], [])
        placed = ids(story for _place, story in page.stories)
        assert len(placed) == len(set(placed))
        assert len(placed) == count or count == 500
        assert (page.lead is None) == (count == 0)


def test_an_address_or_an_exclamation_leads_no_page(make) -> None:
    mute = [
        make.story(number, lead=make.card(number, headline=headline, picture_hash="abc"))
        for number, headline in enumerate(("https://a.example/x.jpg", "Hm.", "🚨 #breaking"), 1)
    ]
    told = make.story(9, lead=make.card(9, headline="Bridge falls"))
    page = lay_out_front([*mute, told], [])
    assert page.lead == told
    assert sorted(ids(story for _, story in page.stories)) == [1, 2, 3, 9]
    assert lay_out_front(mute, []).lead == mute[0]
    assert lay_out_front([told, *mute], [], pinned=StoryId(2)).lead == mute[1]


def test_a_headline_that_says_nothing_does_not_freshen_a_story(make) -> None:
    old = make.card(1, at=make.now - timedelta(hours=9))
    new = make.card(2, headline="https://post.example/picture-of-a-bridge.jpg", at=make.now)
    assert freshen(make.story(1, lead=old, members=(new, old))).lead == old


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
    assert rank_stories([*stories, other], make.now).stories.index(other) < 4


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
    stories = [make.story(n, origins=2, outlets=2, age=n / 9) for n in range(1, 9)]
    ranking = rank_stories(stories, make.now)
    page = lay_out_front(ranking.stories, [make.card(70)])
    edition = build_edition(page, ranking)
    assert edition == build_edition(lay_out_front(ranking.stories, [make.card(70)]), ranking)
    later = rank_stories(stories, make.now + timedelta(hours=1))
    assert edition == build_edition(lay_out_front(later.stories, [make.card(70)]), later)
    assert b'"place":"lead","story":1,"article":1,"why":{"origins":2,"outlets":2' in edition
    assert b'"latest":[70]' in edition
    assert b"Headline" not in edition
    assert read_order(edition) == tuple(range(1, 9))
    assert edition != build_edition(lay_out_front(stories[::-1], []), ranking)


def test_an_edition_of_an_older_program_has_no_order() -> None:
    assert read_order(b'{"made_by":"front/1","stories":[]}') == ()
    assert read_order(b"no json") == ()


def test_the_order_of_a_section_is_kept_with_its_pins_and_reasons(make) -> None:
    stories = [make.story(n, origins=2, outlets=2, age=n / 90) for n in range(1, 200)]
    pins = [
        Pin(story_id=StoryId(150), place=place, at=make.now - timedelta(hours=hours))
        for place, hours in ((PinPlace.TOP, 2), (PinPlace.LEAD, 1))
    ]
    ranking = rank_stories(stories, make.now, evidence=Evidence(pins=pins, reads={StoryId(9): 50}))
    order = order_section(ranking, pins)
    assert order.stories[0] == 150 and len(order.stories) == KEPT_IN_SECTION
    assert order.pins == {150: PinPlace.LEAD}
    assert order.lifted == {9}
    edition = build_section_edition(order, ranking)
    assert read_section_edition(edition) == order
    told = json.loads(edition)["stories"]
    assert len(told) == TOLD_IN_SECTION
    assert told[0]["why"]["pinned"] == "lead" and told[0]["why"]["origins"] == 2
    assert b"Headline" not in edition
    for broken in (b"", b"[]", b'{"pins":{"x":"lead"}}', b'{"pins":{"1":"low"}}'):
        assert read_section_edition(broken) == SectionOrder()


def test_what_the_editor_holds_leads_without_a_picture(make) -> None:
    held = make.story(2)
    pictured = make.story(1, lead=make.card(1, picture_hash="abc"))
    assert lay_out_front([held, pictured], [], pinned=held.story_id).lead == held
    assert lay_out_front([held, pictured], []).lead == pictured


def test_what_has_no_date_is_not_the_latest(make) -> None:
    cards = [make.card(1, dated=False, at=make.now), make.card(2), make.card(3)]
    assert [card.article_id for card in thin_latest(cards)] == [2, 3, 1]


def test_a_headline_that_has_grown_old_gives_way_to_a_newer_report(make) -> None:
    day = make.now - timedelta(hours=20)
    old = make.card(1, at=day, headline="Polls open in the north")
    copied = make.card(2, at=make.now, role=Role.CARRIES, headline="Polls close in the north")
    german = make.card(3, at=make.now, language="de", headline="Wahllokale geschlossen")
    short = make.card(4, at=make.now, headline="Polls close")
    new = make.card(5, at=make.now - timedelta(hours=1), headline="Count begins in the north")
    members = (copied, german, short, new, old)
    story = make.story(1, lead=old, members=members)
    fresh = freshen(story)
    assert (fresh.lead, fresh.headline, fresh.earlier) == (new, new.headline, old)
    assert freshen(fresh) == fresh
    assert freshen(story).members == members
    assert freshen(replace(story, members=(copied, german, short, old))).lead == old
    soon = replace(old, at=make.now - timedelta(hours=4, minutes=59))
    assert freshen(replace(story, lead=soon, members=(new, soon))).lead == soon


def test_a_last_report_is_told_where_it_is_later_than_what_is_shown(make) -> None:
    lead = make.card(1, at=make.now - timedelta(hours=1))
    story = make.story(1, lead=lead, last_at=make.now)
    assert find_last_report(story) == make.now
    assert find_last_report(replace(story, last_at=lead.at + timedelta(minutes=9))) is None
    assert find_last_report(replace(story, last_at=UNDATED_AT)) is None
    undated = replace(lead, dated=False, at=make.now + timedelta(days=1))
    assert find_last_report(replace(story, lead=undated)) == make.now
