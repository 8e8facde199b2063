"""Times, counts and rows as the interface writes them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from lxml import html

from dateline.publish.speaking import speak
from dateline.web.article_words import say_first
from dateline.web.words import say_minute, say_moment, say_short

AT = datetime(2022, 11, 11, 13, 5, tzinfo=UTC)
ENGLISH = speak("en")


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("UTC", "11 November 2022, 13:05 UTC"),
        ("Europe/Berlin", "11 November 2022, 14:05 CET"),
        ("America/Sao_Paulo", "11 November 2022, 10:05 GMT−3"),
    ],
)
def test_a_moment_names_its_time_zone(zone: str, said: str) -> None:
    assert say_moment(ENGLISH, AT, ZoneInfo(zone)) == said


@pytest.mark.parametrize(
    ("today", "short", "minute"),
    [
        (date(2022, 11, 11), "13:05", "13:05"),
        (date(2022, 12, 1), "11 Nov, 13:05", "11 Nov, 13:05"),
        (date(2023, 1, 1), "11 Nov 2022", "11 Nov 2022, 13:05"),
    ],
)
def test_an_earlier_years_clock_stands_where_the_order_matters(today, short, minute) -> None:
    assert say_short(ENGLISH, AT, UTC, today) == short
    assert say_minute(ENGLISH, AT, UTC, today) == minute


def test_where_not_all_carriers_were_counted_the_page_says_more_than() -> None:
    assert say_first(ENGLISH, 7, 299) == "The first of 8 here that carry this report."
    assert say_first(ENGLISH, 299, 299) == "The first of more than 299 here that carry this report."


def test_what_stands_in_a_row_is_parted_by_spaces_where_styles_are_not_read(reader) -> None:
    page = html.fromstring(reader.get("/article/1-ferry-all-ashore-finally").text)
    (row,) = page.xpath("//article//header/p[@class='by']")
    assert " ".join(row.text_content().split()).startswith("By Ann Reporter Full Post Published")
