"""Ranges of days: units, edges, and the nearest of a kind."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.claims.dates.ranges import (
    Days,
    edge_of,
    month_of,
    move,
    nearest_date,
    nearest_weekday,
    season_of,
    unit_at,
)
from dateline.model import DateRange

DAYS = st.dates(date(100, 1, 1), date(9000, 1, 1))
UNITS = ("day", "week", "weekend", "month", "quarter", "half", "year", "decade", "century")


def show(days: Days) -> str:
    return str(DateRange(first=days.first, last=days.last))


@pytest.mark.parametrize(
    ("unit", "shift", "expected"),
    [
        ("week", 0, "2022-11-07/2022-11-13"),
        ("week", -1, "2022-10-31/2022-11-06"),
        ("weekend", 0, "2022-11-12/2022-11-13"),
        ("month", 2, "2023-01"),
        ("quarter", -1, "2022-07-01/2022-09-30"),
        ("half", 0, "2022-07-01/2022-12-31"),
        ("year", -3, "2019"),
        ("decade", 0, "2020-01-01/2029-12-31"),
        ("century", -1, "1901-01-01/2000-12-31"),
    ],
)
def test_the_unit_of_a_day(unit: str, shift: int, expected: str) -> None:
    assert show(unit_at(date(2022, 11, 11), unit, shift)) == expected


@given(DAYS, st.sampled_from(UNITS))
def test_units_hold_their_day_and_follow_each_other(day: date, unit: str) -> None:
    this, following = unit_at(day, unit), unit_at(day, unit, 1)
    if unit != "weekend":
        assert this.first <= day <= this.last
        assert following.first == this.last + timedelta(days=1)
    assert this.first <= this.last < following.first
    assert unit_at(following.first, unit, -1) == this


@given(DAYS, st.sampled_from(("week", "month", "year", "decade", "quarter")))
def test_edges_part_a_range(day: date, unit: str) -> None:
    whole = unit_at(day, unit)
    start, mid, late = (edge_of(whole, edge) for edge in ("start", "mid", "late"))
    assert (start.first, late.last) == (whole.first, whole.last)
    assert start.last + timedelta(days=1) == mid.first
    assert mid.last + timedelta(days=1) == late.first


def test_the_end_of_a_year_is_its_last_month() -> None:
    assert show(edge_of(month_of(2022, 1, 12), "end")) == "2022-12"


@given(DAYS, st.integers(0, 6), st.booleans(), st.booleans())
def test_the_nearest_weekday(day: date, weekday: int, ahead: bool, strict: bool) -> None:
    found = nearest_weekday(day, weekday, ahead=ahead, strict=strict)
    apart = (found - day).days * (1 if ahead else -1)
    assert found.weekday() == weekday
    assert strict <= apart <= 6 + strict


def test_the_nearest_29_february() -> None:
    day = date(2022, 11, 11)
    assert nearest_date(day, 2, 29, ahead=False) == date(2020, 2, 29)
    assert nearest_date(day, 2, 29, ahead=True) == date(2024, 2, 29)
    with pytest.raises(ValueError, match="no such day"):
        nearest_date(day, 2, 30, ahead=True)


def test_a_range_is_moved_by_its_unit() -> None:
    day = Days(date(2022, 10, 3), date(2022, 10, 3))
    assert show(move(day, 2, "week")) == "2022-10-17"
    assert show(move(day, -1, "month")) == "2022-09"
    assert show(move(day, 1, "decade")) == "2032"
    assert show(move(day, 30, "hour")) == "2022-10-04"


def test_winter_runs_into_the_next_year() -> None:
    assert show(season_of(2022, 3)) == "2022-12-01/2023-02-28"
