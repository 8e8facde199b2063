"""What the operator is told of a feed, and what to do."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from dateline.fetch.health import describe_health
from dateline.model import FeedId, SourceId, Visit

NOW = datetime(2024, 8, 1, 12, tzinfo=UTC)
VISIT = Visit(
    feed_id=FeedId(1),
    source_id=SourceId(1),
    url="https://e.org/feed",
    checked_at=NOW,
    succeeded_at=NOW - timedelta(hours=3),
    why="about 40 entries a day, so every 18 minutes",
    entries_a_day=40.0,
)


@dataclass(frozen=True)
class Count:
    entries: int = 100
    failed: int = 0
    newest: datetime | None = NOW - timedelta(hours=1)


@pytest.mark.parametrize(
    ("visit", "count", "level", "part"),
    [
        (VISIT, Count(), "ok", "every 18 minutes"),
        (replace(VISIT, checked_at=None), Count(entries=0), "ok", "not asked yet"),
        (VISIT, Count(entries=0, newest=None), "slow", "never had an entry"),
        (VISIT, Count(failed=60), "slow", "60 of its 100 pages"),
        (VISIT, Count(newest=NOW - timedelta(days=9)), "slow", "nothing new for 9 days"),
        (
            replace(VISIT, failures=1, problem="no reply"),
            Count(),
            "slow",
            "failed once, last success",
        ),
        (replace(VISIT, failures=3, problem="no reply"), Count(), "failing", "3 times in a row"),
        (replace(VISIT, failures=1, permanent=True, problem="403"), Count(), "failing", "403"),
        (replace(VISIT, gone=True, problem="gone (410)"), Count(), "gone", "410"),
    ],
)
def test_levels(visit: Visit, count: Count, level: str, part: str) -> None:
    health = describe_health(visit, count, now=NOW)
    assert health.level == level
    assert part in health.sentence
    assert bool(health.advice) == (level != "ok")


def test_paused_comes_first() -> None:
    gone = replace(VISIT, gone=True)
    assert describe_health(gone, Count(), now=NOW, paused=True).level == "paused"


def test_a_slow_feed_may_be_silent_for_long() -> None:
    monthly = replace(VISIT, entries_a_day=1 / 14)
    count = Count(newest=NOW - timedelta(days=60))
    assert describe_health(monthly, count, now=NOW).level == "ok"
