from datetime import datetime, timedelta

from dateline.model import HourReads
from dateline.publish.day_counts import LEAST
from dateline.publish.popular import (
    ENOUGH,
    PopularBy,
    choose_popular,
    rank_covered,
    rank_popular,
)


def read(article_id: int, hour: datetime, networks: float, reads: int = 9) -> HourReads:
    return HourReads(article_id=article_id, hour=hour, reads=reads, networks=networks)


def test_reads_fade_with_a_half_life_of_twelve_hours(make) -> None:
    views = [read(1, make.now - timedelta(hours=24), 30), read(2, make.now, 20)]
    assert rank_popular(views, make.now) == [2, 1]


def test_a_flood_in_one_hour_weighs_less_than_steady_reading(make) -> None:
    flood = [read(1, make.now, 10_000)]
    steady = [read(2, make.now - timedelta(hours=hour), 20) for hour in range(4)]
    assert rank_popular([*flood, *steady], make.now) == [2, 1]


def test_hours_without_reads_and_hours_to_come_are_harmless(make) -> None:
    views = [
        read(1, make.now, 0),
        read(2, make.now, -5),
        read(3, make.now + timedelta(hours=500), 7),
    ]
    assert rank_popular(views, make.now) == [3]


def test_what_fewer_than_five_read_is_not_told(make) -> None:
    views = [
        read(1, make.now, LEAST - 0.01),
        read(2, make.now, LEAST),
        read(3, make.now, 40.0, reads=LEAST - 1),  # weights may be off, readers are not
        read(4, make.now, 1.0, reads=200),  # a crowd in one network
    ]
    assert rank_popular(views, make.now) == [2]


def test_five_readers_may_come_hours_apart(make) -> None:
    hours = [make.now - timedelta(hours=back) for back in range(LEAST)]
    views = [read(1, hour, 1, reads=1) for hour in hours]
    assert rank_popular(views, make.now) == [1]
    assert rank_popular(views[1:], make.now) == []


def test_without_reads_the_most_covered_are_listed_and_called_so(make) -> None:
    alone, shared = make.story(1), make.story(2, outlets=3, origins=2)
    wide = make.story(3, outlets=9, origins=1)
    popular = choose_popular([], [alone, wide, shared])
    assert popular.by is PopularBy.COVERED
    assert [story.story_id for story in popular.stories] == [2, 3]
    assert rank_covered([wide, shared])[0] == shared


def test_reads_win_over_coverage(make) -> None:
    read_most = list(range(7, 7 + ENOUGH))
    popular = choose_popular(read_most, [make.story(2, outlets=3)], limit=2)
    assert (popular.by, popular.articles, popular.stories) == (PopularBy.READ, (7, 8), ())


def test_a_few_that_are_read_do_not_replace_what_is_covered(make) -> None:
    few = list(range(7, 6 + ENOUGH))
    popular = choose_popular(few, [make.story(2, outlets=3)])
    assert (popular.by, popular.articles) == (PopularBy.COVERED, ())
    assert [story.story_id for story in popular.stories] == [2]


def test_a_few_that_are_read_are_better_than_nothing(make) -> None:
    popular = choose_popular([7], [make.story(2)])
    assert (popular.by, popular.articles) == (PopularBy.READ, (7,))
