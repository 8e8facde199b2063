"""Coverage over time: every dated report is in one bar, and bars follow one another in time."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from dateline.model import ArticleId, OriginId
from dateline.publish.coverage_chart import MOST_BARS, draw_coverage

START = datetime(2026, 3, 2, 9, 20, tzinfo=UTC)  # a Monday


def cards_at(make, hours: list[float], **more: object):
    return [
        make.card(number, at=START + timedelta(hours=each), origin_id=OriginId(number), **more)
        for number, each in enumerate(hours, start=1)
    ]


def test_a_day_of_reports_has_a_bar_an_hour(make) -> None:
    cards = cards_at(make, [0, 0.1, 0.5, 3.5])
    cards[1] = make.card(
        2, at=START, origin_id=OriginId(1), language="de", source_key="other", family="house"
    )
    coverage = draw_coverage(reversed(cards), UTC)
    assert coverage is not None and coverage.hours == 1 and coverage.most == 3
    assert [bar.reports for bar in coverage.bars] == [3, 0, 0, 1]
    opened, *_, last = coverage.bars
    assert (opened.first, opened.outlets, opened.languages) == (2, 2, (("en", 2), ("de", 1)))
    assert (last.first, last.start.hour) == (1, 12)
    assert len(coverage.filled) == 2
    assert coverage.ticks == (0, 1, 2, 3)


def test_weeks_begin_on_monday_and_days_in_the_zone_of_the_site(make) -> None:
    zone = ZoneInfo("Asia/Tokyo")
    coverage = draw_coverage(cards_at(make, [0, 20, 24 * 100, 24 * 200]), zone)
    assert coverage is not None and coverage.hours == 7 * 24
    assert [bar.start.isoweekday() for bar in coverage.filled] == [1, 1, 1]
    assert {bar.start.hour for bar in coverage.bars} == {0}
    assert coverage.bars[0].start.tzinfo is zone


def test_few_reports_one_moment_and_undated_ones_make_no_chart(make) -> None:
    assert draw_coverage([], UTC) is None
    assert draw_coverage(cards_at(make, [0, 5, 9]), UTC) is None
    assert draw_coverage(cards_at(make, [0, 0.1, 0.2, 0.3]), UTC) is None
    assert draw_coverage(cards_at(make, [0, 5, 9, 12], dated=False), UTC) is None


@given(st.lists(st.integers(0, 40 * 366 * 24 * 60), max_size=30), st.data())
def test_every_report_is_in_one_bar(make, minutes: list[int], data: st.DataObject) -> None:
    zone = ZoneInfo(data.draw(st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kathmandu"])))
    cards = [
        make.card(number, at=START + timedelta(minutes=each), article_id=ArticleId(number))
        for number, each in enumerate(minutes, start=1)
    ]
    coverage = draw_coverage(cards, zone)
    if coverage is None:
        return
    assert len(coverage.bars) <= MOST_BARS
    assert sum(bar.reports for bar in coverage.bars) == len(cards)
    assert coverage.bars[0].reports and coverage.bars[-1].reports
    assert all(0 <= bar.first <= bar.reports <= coverage.most for bar in coverage.bars)
    assert all(sum(count for _, count in bar.languages) == bar.reports for bar in coverage.bars)
    walls = [bar.start.replace(tzinfo=None) for bar in coverage.bars]
    length = timedelta(hours=coverage.hours)
    assert all(b - a == length for a, b in pairwise(walls))
    assert 2 <= len(coverage.ticks) <= 5
    assert sorted(set(coverage.ticks)) == list(coverage.ticks)
    assert coverage.ticks[0] >= 0 and coverage.ticks[-1] < len(coverage.bars)


def test_days_are_named_where_bars_are_hours(make) -> None:
    coverage = draw_coverage(cards_at(make, [0, 30, 60, 90]), UTC)
    assert coverage is not None and coverage.hours == 3
    assert [coverage.bars[at].start.day for at in coverage.ticks] == [3, 4, 5, 6]
