"""What is new since a moment."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.publish.newness import find_news, read_since

HOUR = timedelta(hours=1)
AGES = {"6h": timedelta(hours=6), "24h": timedelta(hours=24), "3d": timedelta(days=3)}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("6h", datetime(2026, 5, 14, 6, tzinfo=UTC)),
        ("3d", datetime(2026, 5, 11, 12, tzinfo=UTC)),
        (" 24h ", datetime(2026, 5, 13, 12, tzinfo=UTC)),
        ("2026-05-13", datetime(2026, 5, 12, 15, tzinfo=UTC)),  # midnight in Tokyo
        ("2026-05-13T09:30", datetime(2026, 5, 13, 0, 30, tzinfo=UTC)),
        ("2026-05-13T09:30Z", datetime(2026, 5, 13, 9, 30, tzinfo=UTC)),
        ("2026-05-13T09:30+02:00", datetime(2026, 5, 13, 7, 30, tzinfo=UTC)),
        ("2026-05-13T09:30 02:00", datetime(2026, 5, 13, 7, 30, tzinfo=UTC)),
        ("", None),
        ("yesterday", None),
        ("99999d", None),
        ("2026-13-01", None),
        ("0001-01-01", None),
        ("9999-12-31T23:59-23:59", None),
        ("٣d", None),
    ],
)
def test_a_moment_is_read_as_readers_write_it(make, written, expected) -> None:
    assert read_since(written, make.now, ZoneInfo("Asia/Tokyo")) == expected


@given(st.text(max_size=40))
@examples(80)
def test_nothing_that_a_reader_writes_raises(make, written) -> None:
    found = read_since(written, make.now, UTC)
    assert found is None or found.tzinfo is not None


def test_the_ages_that_are_offered_can_be_read(make) -> None:
    assert {age: make.now - read_since(age, make.now, UTC) for age in AGES} == AGES


def test_new_is_what_stood_here_first_after_the_moment(make) -> None:
    now = make.now
    old = make.card(1, at=now - 9 * HOUR, first_seen=now - 8 * HOUR)
    late = make.card(2, at=now - 9 * HOUR, first_seen=now - HOUR)
    edited = make.card(3, first_seen=now - 8 * HOUR, edited_at=now - HOUR)
    gone = make.card(4, first_seen=now - 8 * HOUR, edited_at=now, gone=True, gone_at=now)
    fresh = make.card(5, first_seen=now - HOUR, edited_at=now)
    news = find_news([old, late, edited, gone, fresh], now - 6 * HOUR)
    assert (news.arrived, news.changed, news.withdrawn) == ({2, 5}, {3}, {4})
    assert [number in news for number in range(1, 6)] == [False, True, True, True, True]
    assert 1 not in find_news([old], now - HOUR)


def test_of_a_story_that_was_not_here_then_the_dates_decide(make) -> None:
    now = make.now
    cards = [make.card(n, at=now - n * HOUR, first_seen=now) for n in (1, 2, 30)]
    assert find_news(cards, now - 24 * HOUR).arrived == {1, 2}
