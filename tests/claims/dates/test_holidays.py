"""Holidays: Easter of both calendars, weekdays of a month, and the one that a text means."""

from datetime import date

import pytest
from dateutil.easter import EASTER_ORTHODOX
from dateutil.easter import easter as other_easter
from hypothesis import given
from hypothesis import strategies as st

from dateline.claims.dates.holidays import easter, holiday, holiday_in, orthodox_easter
from dateline.claims.dates.meanings import Setting, Year
from dateline.claims.dates.ranges import Days
from dateline.claims.dates.words import HOLIDAY, LANGUAGES, load_words


@given(st.integers(1583, 4099))
def test_easter_is_that_of_another_reckoning(year: int) -> None:
    assert easter(year) == other_easter(year)
    assert orthodox_easter(year) == other_easter(year, EASTER_ORTHODOX)


@pytest.mark.parametrize(
    ("rule", "year", "first", "last"),
    [
        ("12-25", 2021, "2021-12-25", "2021-12-25"),
        ("12-25 12-26", 2021, "2021-12-25", "2021-12-26"),
        ("easter -2", 2022, "2022-04-15", "2022-04-15"),
        ("easter 49 50", 2022, "2022-06-05", "2022-06-06"),
        ("orthodox 0", 2024, "2024-05-05", "2024-05-05"),
        ("5 0 -1", 2021, "2021-05-31", "2021-05-31"),  # Memorial Day
        ("11 3 4", 2022, "2022-11-24", "2022-11-24"),  # Thanksgiving
        ("11 3 4 1", 2022, "2022-11-25", "2022-11-25"),  # Black Friday
        ("11 0 1 1", 2020, "2020-11-03", "2020-11-03"),  # Election Day
    ],
)
def test_the_days_of_a_holiday(rule: str, year: int, first: str, last: str) -> None:
    expected = Days(date.fromisoformat(first), date.fromisoformat(last))
    assert holiday_in(rule, year) == expected


@pytest.mark.parametrize(
    ("day", "ahead", "which", "expected"),
    [
        ("2022-11-11", None, None, "2022-12-25"),  # near ahead, far behind
        ("2022-11-11", False, None, "2021-12-25"),
        ("2022-03-01", None, None, "2021-12-25"),
        ("2022-03-01", True, None, "2022-12-25"),
        ("2022-12-27", True, None, "2022-12-25"),  # not one that is a year ahead
        ("2022-12-27", None, 1, "2023-12-25"),
        ("2022-12-20", None, -1, "2021-12-25"),
        ("2022-12-25", None, None, "2022-12-25"),
    ],
)
def test_the_holiday_that_is_meant(
    day: str, ahead: bool | None, which: int | None, expected: str
) -> None:
    setting = Setting(day=date.fromisoformat(day), look=lambda: ahead)
    found = holiday("12-25", Year(), which)(setting)
    assert found is not None and str(found.first) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_in_the_word_lists_gives_days(language: str) -> None:
    senses = [
        sense
        for entry in load_words(language).entries.values()
        for sense in (entry.sense, *(p.sense for many in entry.longer.values() for p in many))
        if sense is not None and sense.code == HOLIDAY
    ]
    assert len({sense.name for sense in senses}) >= 5
    for sense in senses:
        days = holiday_in(sense.name, 2023)
        assert days.first.year == days.last.year == 2023 and days.first <= days.last
