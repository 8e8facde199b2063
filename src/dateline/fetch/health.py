"""How a feed is doing, in words for the operator: what is wrong, and what to do about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from dateline.fetch.schedule import PATIENCE, say_time
from dateline.model import Visit

Level = Literal["ok", "slow", "failing", "gone", "paused"]
LONG_SILENCE = timedelta(days=2)
MANY_GAPS = 8  # silence of so many usual gaps between entries is told
FEW_PAGES = 5  # fewer failures than this say nothing about a source


class Counts(Protocol):
    """What the store counts for a source."""

    @property
    def entries(self) -> int:
        """Entries ever seen."""

    @property
    def failed(self) -> int:
        """Entries whose page could not be read."""

    @property
    def newest(self) -> datetime | None:
        """When the newest entry was published or first seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """One line for the list of sources; `advice` is "" where nothing is to be done."""

    level: Level
    sentence: str
    advice: str = ""


def describe_health(visit: Visit, counts: Counts, *, now: datetime, paused: bool = False) -> Health:
    """Return how the feed is doing at `now`; the worst thing is told first."""
    if paused:
        return Health(
            level="paused",
            sentence="paused: it is not asked",
            advice="take `paused = true` out of sources.toml to follow it again",
        )
    if visit.gone:
        return Health(
            level="gone",
            sentence=visit.problem or "the server says that this feed is gone",
            advice="look for the outlet's new feed with `dateline add`, then remove this one",
        )
    if visit.failures:
        return _describe_failure(visit, now)
    if visit.checked_at is None:
        return Health(level="ok", sentence="not asked yet")
    return _describe_quality(visit, counts, now)


def _describe_failure(visit: Visit, now: datetime) -> Health:
    times = "once" if visit.failures == 1 else f"{visit.failures} times in a row"
    last = "never succeeded"
    if visit.succeeded_at:
        last = f"last success {_say_ago(visit.succeeded_at, now)}"
    sentence = f"failed {times}, {last}: {visit.problem}"
    if visit.permanent:
        advice = "it will not mend itself: open the address in a browser, then correct or remove it"
        return Health(level="failing", sentence=sentence, advice=advice)
    if visit.failures >= PATIENCE:
        advice = "open the address in a browser; if it works there, run `dateline doctor`"
        return Health(level="failing", sentence=sentence, advice=advice)
    return Health(
        level="slow", sentence=sentence, advice="nothing yet: it is asked again by itself"
    )


def _describe_quality(visit: Visit, counts: Counts, now: datetime) -> Health:
    if counts.entries == 0:
        return Health(
            level="slow",
            sentence="it answers, but has never had an entry",
            advice="check in a browser that the feed is the right one and not empty",
        )
    if counts.failed >= FEW_PAGES and counts.failed * 2 > counts.entries:
        return Health(
            level="slow",
            sentence=f"{counts.failed} of its {counts.entries} pages could not be read",
            advice='if its feed carries the whole text, set `route = "feed"` in sources.toml',
        )
    silence = now - counts.newest if counts.newest else timedelta()
    if silence > _usual_silence(visit):
        return Health(
            level="slow",
            sentence=f"nothing new for {say_time(silence)}; {visit.why}",
            advice="check in a browser that the outlet still writes this feed",
        )
    return Health(level="ok", sentence=visit.why or "it answers")


def _usual_silence(visit: Visit) -> timedelta:
    if not visit.entries_a_day:
        return timedelta(days=30)
    return max(timedelta(days=MANY_GAPS) / max(visit.entries_a_day, 0.01), LONG_SILENCE)


def _say_ago(moment: datetime, now: datetime) -> str:
    return f"{say_time(now - moment)} ago" if now - moment >= timedelta(seconds=1) else "just now"
