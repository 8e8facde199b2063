"""Sections keep an order of their own: held while it is read, killed at any moment, or not made."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.pipeline.world import START, add_story, make_edges

from dateline.model import (
    ArticleId,
    PinPlace,
    Site,
    StoryId,
)
from dateline.pipeline import section_orders
from dateline.pipeline.pinning import Wish, pin_story
from dateline.pipeline.section_orders import (
    LONGEST_REST,
    RELIABLE,
    SHORTEST_REST,
    choose_rest,
    find_order,
    find_stale,
    keeps_pins,
    load_ranking,
    make_order,
    publish_orders,
)
from dateline.store import Store
from dateline.store.articles import mark_gone
from dateline.store.editions import list_editions

SITE = Site(name="The Site")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def filled(store: Store) -> Iterator[Store]:
    for number in range(1, 6):
        add_story(store, number, START - number * 20 * MINUTE)
    yield store


def publish(store: Store, at: datetime) -> int:
    return publish_orders(replace(make_edges(store), clock=lambda: at), SITE)


def read_order(store: Store, at: datetime) -> tuple[StoryId, ...] | None:
    with store.read() as tx:
        order = find_order(tx, "world", at)
    return order and order.stories


def work_out(store: Store, at: datetime) -> tuple[StoryId, ...]:
    with store.read() as tx:
        return make_order(tx, SITE, "world", at, ()).stories


def test_an_order_is_made_where_something_changed_and_rests_then(filled: Store) -> None:
    assert read_order(filled, START) is None
    assert find_stale(filled, START) == ["sections"]
    assert publish(filled, START) == 1
    assert read_order(filled, START) == (1, 2, 3, 4, 5)
    assert find_stale(filled, START + 2 * LONGEST_REST) == []
    add_story(filled, 6, START + MINUTE / 4)
    assert find_stale(filled, START + SHORTEST_REST / 2) == []
    assert find_stale(filled, START + SHORTEST_REST) == ["sections"]
    assert publish_orders(make_edges(filled, holder="other"), SITE) == 1  # 30 days on
    assert find_stale(filled, START + timedelta(days=31)) == []


def test_it_takes_a_twentieth_of_a_core_at_most_and_never_rests_long() -> None:
    assert choose_rest(timedelta(0)) == SHORTEST_REST
    assert choose_rest(timedelta(seconds=1)) == timedelta(seconds=19)
    assert choose_rest(timedelta(seconds=40)) == LONGEST_REST
    assert choose_rest(-timedelta(hours=1)) == SHORTEST_REST  # the clock was set back


def test_two_workers_make_it_once(filled: Store) -> None:
    assert publish(filled, START) == 1
    add_story(filled, 6, START)
    late = START + SHORTEST_REST / 2
    other = replace(make_edges(filled, holder="other"), clock=lambda: late)
    assert publish_orders(other, SITE) == 0
    assert read_order(filled, late) == (1, 2, 3, 4, 5)


def test_an_order_is_held_unless_it_is_clearly_beaten(filled: Store) -> None:
    publish(filled, START)
    later = START + 2 * MINUTE
    add_story(filled, 6, START - 15 * MINUTE)  # newer than the first, but for nothing new
    publish(filled, later)
    assert read_order(filled, later) == (6, 1, 2, 3, 4, 5)
    add_story(filled, 7, later, outlets=3)
    publish(filled, later + 2 * MINUTE)
    found = read_order(filled, later + 2 * MINUTE)
    assert found and found[0] == 7
    before = [story for story in found if story != 7]
    assert before == [6, 1, 2, 3, 4, 5]
    with filled.read() as tx:
        assert len(list_editions(tx, "section world", 9)) == 1


def test_a_section_is_steady_by_its_own_order_not_by_the_front_pages(filled: Store) -> None:
    publish(filled, START)
    with filled.read() as tx:
        held = make_order(tx, SITE, "world", START, [StoryId(2), StoryId(1)])
    assert held.stories[:2] == (1, 2)


def test_what_was_pinned_since_is_not_passed_over(filled: Store) -> None:
    publish(filled, START)
    now = START + MINUTE / 2
    with filled.write(now) as tx:
        wish = Wish(story_id=StoryId(4), place=PinPlace.LEAD, section="world")
        pin_story(tx, replace(wish, until=now + timedelta(hours=1)))
    assert read_order(filled, now) is None
    assert work_out(filled, now)[0] == 4
    publish(filled, START + 2 * MINUTE)
    assert read_order(filled, START + 2 * MINUTE) == (4, 1, 2, 3, 5)
    # A pin that ends by itself ends without a new generation.
    late = START + timedelta(hours=3)
    assert read_order(filled, late) is None
    with filled.read() as tx:
        order = make_order(tx, SITE, "world", late, ())
        assert order.stories[0] != 4
        assert keeps_pins(tx, "world", order, late)
        assert not keeps_pins(tx, "world", order, START + 2 * MINUTE)


def test_where_nobody_makes_orders_they_are_not_relied_on(filled: Store) -> None:
    publish(filled, START)
    assert read_order(filled, START + timedelta(days=9)) == (1, 2, 3, 4, 5)  # nothing changed
    add_story(filled, 6, START)
    assert read_order(filled, START + MINUTE) == (1, 2, 3, 4, 5)
    assert read_order(filled, START + RELIABLE) is None
    assert work_out(filled, START + RELIABLE)[0] == 6


@pytest.mark.parametrize("step", ["save_mark", "_make_editions"])
def test_killed_at_any_moment_it_is_made_again(
    filled: Store, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    publish(filled, START)
    add_story(filled, 6, START)

    def die(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(section_orders, step, die)
        with pytest.raises(KeyboardInterrupt):
            publish(filled, START + 2 * MINUTE)
    assert read_order(filled, START + 2 * MINUTE) == (1, 2, 3, 4, 5)
    late = START + 2 * MINUTE + make_edges(filled).lease
    assert find_stale(filled, late - MINUTE) == []
    assert find_stale(filled, late) == ["sections"]
    assert publish(filled, late) == 1


def test_it_may_take_longer_than_the_rest_and_nobody_begins_it_meanwhile(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter([START, START + 5 * LONGEST_REST])
    other = replace(make_edges(filled, holder="other"), clock=lambda: START + 3 * LONGEST_REST)
    make = section_orders._make_editions

    def make_slowly(*given):
        yield from make(*given)
        assert find_stale(filled, START + 3 * LONGEST_REST) == []
        assert publish_orders(other, SITE) == 0

    monkeypatch.setattr(section_orders, "_make_editions", make_slowly)
    slow = replace(make_edges(filled), clock=lambda: next(times))
    assert publish_orders(slow, SITE) == 1
    add_story(filled, 6, START)
    assert find_stale(filled, START + 5.5 * LONGEST_REST) == []
    assert find_stale(filled, START + 6 * LONGEST_REST) == ["sections"]


def test_what_another_has_taken_over_is_dropped(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = START + timedelta(hours=1)
    other = replace(make_edges(filled, holder="other"), clock=lambda: late)
    make = section_orders._make_editions

    def make_too_slowly(*given):
        made = list(make(*given))
        with monkeypatch.context() as patch:
            patch.setattr(section_orders, "_make_editions", make)
            assert publish_orders(other, SITE) == 1
        return made

    monkeypatch.setattr(section_orders, "_make_editions", make_too_slowly)
    assert publish(filled, START) == 0
    assert read_order(filled, late) == (1, 2, 3, 4, 5)


def test_what_is_shown_is_as_it_is_now_and_says_why(filled: Store) -> None:
    add_story(filled, 6, START, outlets=2)
    publish(filled, START)
    with filled.write(START) as tx:
        mark_gone(tx, ArticleId(1))
    now = START + MINUTE
    with filled.read() as tx:
        order = find_order(tx, "world", now)
        assert order is not None
        ranking = load_ranking(tx, SITE, order, now, limit=4)
    assert [story.story_id for story in ranking.stories] == [6, 2, 3, 4]
    why = ranking.reasons[StoryId(6)]
    assert (why.origins, why.outlets, why.last_hour) == (2, 2, 2)
    assert why.pinned is None and not why.lifted
