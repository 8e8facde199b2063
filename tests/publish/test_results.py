"""Hits by story, and how they are spread."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dateline.model import UNDATED_AT, ArticleId, Hit, StoryId
from dateline.publish.results import Facets, count_facets, group_hits

NOW = datetime(2026, 5, 14, 23, 30, tzinfo=UTC)
UTC_ZONE, BERLIN = ZoneInfo("UTC"), ZoneInfo("Europe/Berlin")


def hit(number: int, story: int | None = None, *, days: int = 0, section: str = "World") -> Hit:
    at = NOW - timedelta(days=days)
    told = None if story is None else StoryId(story)
    return Hit(number, ArticleId(number), told, f"s{number % 2}", "en", section, at)


def test_a_story_stands_where_its_first_hit_stands() -> None:
    groups = group_hits([hit(5, 1), hit(4), hit(3, 2), hit(2, 1), hit(1)])
    found = [(group.story_id, [one.article_id for one in group.hits]) for group in groups]
    assert found == [(1, [5, 2]), (None, [4]), (2, [3]), (None, [1])]


def test_names_are_counted_and_a_section_is_one_however_it_is_written() -> None:
    facets = count_facets([hit(1), hit(2), hit(3, section="world"), hit(4, section="")], UTC_ZONE)
    assert facets.outlets == (("s0", 2), ("s1", 2))
    assert facets.languages == (("en", 4),)
    assert facets.sections == (("World", 3),)


@pytest.mark.parametrize(
    ("days", "kind", "starts"),
    [
        ((0, 0, 3), "day", [date(2026, 5, 14), date(2026, 5, 11)]),
        ((0, 1, 40), "week", [date(2026, 5, 11), date(2026, 3, 30)]),
        ((0, 20, 330), "month", [date(2026, 5, 1), date(2026, 4, 1), date(2025, 6, 1)]),
        (range(14), "day", [date(2026, 5, 14) - timedelta(days=n) for n in range(14)]),
    ],
)
def test_time_is_told_by_day_week_or_month(days, kind, starts) -> None:
    facets = count_facets([hit(n, days=back) for n, back in enumerate(days)], UTC_ZONE)
    assert facets.kind == kind
    assert [period.since for period in facets.periods] == starts
    assert sum(period.count for period in facets.periods) == len(days)
    assert all(period.since <= period.until for period in facets.periods)


def test_a_day_is_that_of_the_readers_and_what_has_no_date_has_no_day() -> None:
    assert count_facets([hit(1)], BERLIN).periods[0].since == date(2026, 5, 15)
    undated = Hit(1, ArticleId(1), None, "a", "en", "", UNDATED_AT)
    assert count_facets([undated], BERLIN).periods == ()
    assert count_facets([], BERLIN) == Facets()


def test_what_the_newest_months_do_not_tell_years_tell() -> None:
    spread = [30 * n for n in range(30)] + [366 * n for n in range(3, 20)]
    facets = count_facets([hit(n, days=back) for n, back in enumerate(spread)], UTC_ZONE)
    assert facets.periods[0].since == date(2026, 5, 1)
    assert facets.periods[-1].since == date(2025, 6, 1) and len(facets.periods) <= 12
    assert sum(year.count for year in facets.years) == len(spread), "all can be reached"
    assert [year.since.year for year in facets.years] == [*range(2026, 2019, -1), 2007]
    assert facets.years[-1].until == date(2019, 12, 31)
    assert count_facets([hit(1), hit(2, days=330)], UTC_ZONE).years == ()
