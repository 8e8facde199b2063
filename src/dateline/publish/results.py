"""What was found, told as a page tells it: by story, and how it is spread.

Both are of the hits that were looked at, at most the newest thousand; the page says so.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from dateline.model import UNDATED_AT, Hit, StoryId
from dateline.text import make_slug

FACET_LENGTH = 8
_DAYS_UP_TO, _WEEKS_UP_TO = 14, 100  # days that hits may span to be told by day, by week


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one story, or one hit that is in none."""

    story_id: StoryId | None
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A day, a week or a month, with how many hits it has."""

    since: date
    until: date  # its last day
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How hits are spread: names with counts, the most frequent first; time, the newest first."""

    outlets: tuple[tuple[str, int], ...] = ()  # keys
    languages: tuple[tuple[str, int], ...] = ()
    sections: tuple[tuple[str, int], ...] = ()
    periods: tuple[Period, ...] = ()
    kind: str = ""  # "day", "week" or "month"


def group_hits(hits: Iterable[Hit]) -> list[Group]:
    """Return hits by story, each story where its first hit stands."""
    groups: dict[tuple[bool, int], list[Hit]] = {}
    for hit in hits:
        alone = hit.story_id is None
        groups.setdefault((alone, hit.story_id or hit.article_id), []).append(hit)
    return [Group(found[0].story_id, tuple(found)) for found in groups.values()]


def count_facets(hits: Sequence[Hit], zone: ZoneInfo) -> Facets:
    """Return how hits are spread over outlets, languages, sections and time."""
    kind, periods = _count_periods(hits, zone)
    return Facets(
        outlets=_list_most(Counter(hit.source_key for hit in hits)),
        languages=_list_most(Counter(hit.language for hit in hits if hit.language)),
        sections=_list_most(_count_sections(hits)),
        periods=periods,
        kind=kind,
    )


def _count_sections(hits: Sequence[Hit]) -> Counter[str]:
    """Return the sections, "World" and "world" as one, by the name that comes first."""
    names = dict[str, str]()
    counts = Counter[str]()
    for name, count in Counter(hit.section for hit in hits if hit.section).items():
        counts[names.setdefault(make_slug(name), name)] += count
    return counts


def _list_most(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(ranked[:FACET_LENGTH])


def _count_periods(hits: Sequence[Hit], zone: ZoneInfo) -> tuple[str, tuple[Period, ...]]:
    minutes = Counter(hit.at for hit in hits if hit.at > UNDATED_AT)
    days = Counter[date]()
    for at, count in minutes.items():
        days[at.astimezone(zone).date()] += count
    if not days:
        return "", ()
    span = (max(days) - min(days)).days + 1
    kind = "day" if span <= _DAYS_UP_TO else "week" if span <= _WEEKS_UP_TO else "month"
    counts = Counter[date]()
    for day, count in days.items():
        counts[_find_start(day, kind)] += count
    found = [Period(since, _find_end(since, kind), counts[since]) for since in counts]
    return kind, tuple(sorted(found, key=lambda each: each.since, reverse=True)[:12])


def _find_start(day: date, kind: str) -> date:
    if kind == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if kind == "month" else day


def _find_end(since: date, kind: str) -> date:
    if kind == "month":
        return (since.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return since + timedelta(days=6 if kind == "week" else 0)
