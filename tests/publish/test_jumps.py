"""What explains reading, and what happens to a place while nothing does."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dateline.model import HourReads
from dateline.publish.jumps import LEAST, find_jumps, list_loud
from dateline.publish.popular import find_held, rank_popular


class _Now:
    now = datetime(2026, 5, 14, 12, tzinfo=UTC)


def hour(make, article_id: int, networks: float, back: int = 0) -> HourReads:
    at = make.now - timedelta(hours=back)
    return HourReads(article_id=article_id, hour=at, reads=int(networks), networks=networks)


def steady(make, article_id: int, networks: float, hours: int = 9) -> list[HourReads]:
    return [hour(make, article_id, networks, back) for back in range(hours)]


def test_a_jump_of_one_article_alone_is_found_and_says_why(make) -> None:
    others = [each for number in range(2, 12) for each in steady(make, number, 10)]
    own = [*steady(make, 1, 8)[1:], hour(make, 1, 500)]
    (jump,) = find_jumps([*others, *own], {}, make.now)
    assert (jump.article_id, jump.hour, jump.networks) == (1, make.now, 500)
    assert (jump.explained, jump.own, jump.usual, jump.origins) == (60, 8, 10, 1)
    assert jump.before == 8


def test_coverage_explains(make) -> None:
    hours = [*steady(make, 2, 10), hour(make, 1, 150)]
    assert find_jumps(hours, {}, make.now)
    assert not find_jumps(hours, {1: 5}, make.now)


def test_a_busy_hour_of_the_whole_site_explains(make) -> None:
    before = [each for number in range(1, 9) for each in steady(make, number, 10)[1:]]
    now = [hour(make, number, 300) for number in range(1, 9)]
    assert not find_jumps([*before, *now], {}, make.now)


def test_little_reading_is_never_odd(make) -> None:
    assert not find_jumps([hour(make, 1, LEAST)], {}, make.now)
    assert list_loud([hour(make, 1, LEAST), hour(make, 2, LEAST + 1)], make.now) == {2}


def test_what_keeps_growing_is_released_by_itself(make) -> None:
    rising = [hour(make, 1, 700, back) for back in range(5)]
    found = []
    for at in reversed(range(len(rising))):
        now = make.now - timedelta(hours=at)
        found.append(any(jump.hour == now for jump in find_jumps(rising[at:], {}, now)))
    assert found == [True, True, True, False, False]


def test_a_place_is_held_while_it_jumps(make) -> None:
    others = [each for number in range(2, 12) for each in steady(make, number, 8 + number / 10)]
    before = steady(make, 1, 8)[1:]
    order = rank_popular([*others, *before], make.now)
    hours = [*others, *before, hour(make, 1, 5_000)]
    jumps = find_jumps(hours, {}, make.now)
    held = rank_popular(hours, make.now, jumps=jumps)
    assert order.index(1) == held.index(1) == 10
    assert rank_popular(hours, make.now).index(1) == 0  # but for that
    assert list(find_held(jumps, make.now)) == [1]
    assert find_held(jumps, make.now + timedelta(hours=2)) == {}


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.integers(-2, 12), st.floats(0, 1e6)),
        unique_by=lambda each: each[:2],
    )
)
def test_an_hour_is_held_only_above_what_is_explained(read) -> None:
    make = _Now()
    hours = [hour(make, article, networks, back) for article, back, networks in read]
    for jump in find_jumps(hours, {}, make.now):
        assert LEAST <= jump.explained <= jump.networks
        assert 0 <= jump.before <= jump.explained
        assert jump.hour <= make.now


@given(st.lists(st.integers(0, 20), min_size=1, max_size=30), st.integers(1, 31))
def test_the_usual_is_that_of_the_others(networks, article_id) -> None:
    make = _Now()
    hours = [hour(make, number, count) for number, count in enumerate(networks, start=1)]
    others = sorted(each.networks for each in hours if each.article_id != article_id)
    expected = others[min(int(len(others) * 0.9), len(others) - 1)] if others else 0.0
    loud = hour(make, article_id, 10_000)
    kept = [each for each in hours if each.article_id != article_id]
    (jump,) = find_jumps([*kept, loud], {}, make.now)
    assert jump.usual == expected
