"""Moments are written alike, at the ends of the calendar too."""

from datetime import UTC, datetime, timedelta, timezone

from dateline.publish.moments import write_moment


def test_a_moment_has_four_digits_of_its_year_and_is_in_utc() -> None:
    east = timezone(timedelta(hours=14))
    assert write_moment(datetime(99, 5, 4, 3, 2, 1, 9, tzinfo=UTC)) == "0099-05-04T03:02:01Z"
    assert write_moment(datetime(2026, 5, 14, 12, tzinfo=east)) == "2026-05-13T22:00:00Z"
    assert write_moment(datetime.min.replace(tzinfo=east)) == "0001-01-01T00:00:00Z"
    assert write_moment(datetime.max.replace(tzinfo=timezone(-timedelta(hours=1)))).startswith(
        "9999-12-31"
    )
