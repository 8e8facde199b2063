"""Dates of feeds: what is understood is right, what is not is None."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.fetch.dates import parse_feed_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thu, 01 Aug 2024 10:00:00 GMT", (2024, 8, 1, 10)),
        ("Thu, 1 Aug 2024 10:00 +0200", (2024, 8, 1, 8)),
        ("01 Aug 24 10:00:00 EST", (2024, 8, 1, 15)),
        ("Thursday, 01-Aug-24 10:00:00 UTC", (2024, 8, 1, 10)),
        ("Thu, 01 August 2024 10:00:00 GMT+09:00", (2024, 8, 1, 1)),
        ("Thu, 01 Aug 2024 10:00:00 -0000 (UTC)", (2024, 8, 1, 10)),
        ("Thu, 01 Aug 2024 24:00:00 GMT", (2024, 8, 2, 0)),
        ("Thu, 01 Aug 2024 10:59:60 GMT", (2024, 8, 1, 10, 59, 59)),
        ("Thu, 01 Aug 2024", (2024, 8, 1)),
        ("Do, 01 Aug 2024 10:00:00 CEST", (2024, 8, 1, 8)),
        ("Thu, 01 Sept 2024 10:00:00 Z", (2024, 9, 1, 10)),
        ("2024-08-01T10:00:00Z", (2024, 8, 1, 10)),
        ("2024-08-01T10:00:00.123456789+05:30", (2024, 8, 1, 4, 30)),
        ("2024-08-01 10:00:00 -0400", (2024, 8, 1, 14)),
        ("2024-08-01T10:00+02", (2024, 8, 1, 8)),
        ("20240801T100000Z", (2024, 8, 1, 10)),
        ("2024-08-01", (2024, 8, 1)),
        ("2024-08", (2024, 8, 1)),
        ("2024", (2024, 1, 1)),
        ("2024-214", (2024, 8, 1)),
        ("Thu Aug  1 10:00:00 2024", (2024, 8, 1, 10)),
        ("Aug 1, 2024 10:00 PM EDT", (2024, 8, 2, 2)),
        ("August 1, 2024", (2024, 8, 1)),
        ("1722506400", (2024, 8, 1, 10)),
    ],
)
def test_understood(text: str, expected: tuple[int, ...]) -> None:
    year, month, day, *time = expected
    assert parse_feed_date(text) == datetime(year, month, day, *time, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "Thu, 32 Aug 2024 10:00:00 GMT",
        "Thu, 01 Foo 2024 10:00:00 GMT",
        "Thu, 01 Augur 2024 10:00:00 GMT",
        "Thu, 01 Aug 2024 10:00:00 QQQ",
        "Thu, 01 Aug 2024 25:00:00 GMT",
        "Thu, 01 Aug 2024 10:00:00 +9900",
        "01/08/2024",
        "0000-00-00T00:00:00Z",
        "2024-13-01",
        "9999-12-31",
        "2023-366",
        "1 août 2024",
        "2024年8月1日",
        "17225064",
    ],
)
def test_not_understood_is_none(text: str) -> None:
    assert parse_feed_date(text) is None


@examples(80)
@given(st.integers(10**8, 7 * 10**9))
def test_written_dates_are_read_back(seconds: int) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert parse_feed_date(at.isoformat()) == at
    assert parse_feed_date(at.strftime("%a, %d %b %Y %H:%M:%S +0000")) == at


@examples(80)
@given(st.text(max_size=60) | st.from_regex(r"[0-9]{1,4}[-: T]{0,2}[0-9a-zA-Z:+ -]{0,30}"))
def test_anything_gives_a_moment_in_utc_or_none(text: str) -> None:
    at = parse_feed_date(text)
    assert at is None or (at.tzinfo == UTC and 1899 <= at.year <= 2201)
