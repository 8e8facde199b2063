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
MONTHS = 12  # the newest ones, where hits are told by month; years lead to those before
_DAYS_UP_TO, _WEEKS_UP_TO = 14, 100  # days that hits may span to be told by day, by week


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one story, or one hit that is in none."""

    story_id: StoryId | None
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A day, a week, a month or years, with how many hits it has."""

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
    years: tuple[Period, ...] = ()  # where the months do not tell of all; the last may be several


def group_hits(hits: Iterable[Hit]) -> list[Group]:
    """Return hits by story, each story where its first hit stands."""
    groups: dict[tuple[bool, int], list[Hit]] = {}
    for hit in hits:
        alone = hit.story_id is None
        groups.setdefault((alone, hit.story_id or hit.article_id), []).append(hit)
    return [Group(found[0].story_id, tuple(found)) for found in groups.values()]


def count_facets(hits: Sequence[Hit], zone: ZoneInfo) -> Facets:
    """Return how hits are spread over outlets, languages, sections and time."""
    days = _count_days(hits, zone)
    kind = _choose_kind(days)
    return Facets(
        outlets=_list_most(Counter(hit.source_key for hit in hits)),
        languages=_list_most(Counter(hit.language for hit in hits if hit.language)),
        sections=_list_most(_count_sections(hits)),
        periods=_count_periods(days, kind),
        kind=kind,
        years=_count_years(days) if kind == "month" else (),
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


def _count_days(hits: Sequence[Hit], zone: ZoneInfo) -> Counter[date]:
    minutes = Counter(hit.at for hit in hits if hit.at > UNDATED_AT)
    days = Counter[date]()
    for at, count in minutes.items():
        days[at.astimezone(zone).date()] += count
    return days


def _choose_kind(days: Counter[date]) -> str:
    if not days:
        return ""
    span = (max(days) - min(days)).days + 1
    return "day" if span <= _DAYS_UP_TO else "week" if span <= _WEEKS_UP_TO else "month"


def _count_periods(days: Counter[date], kind: str) -> tuple[Period, ...]:
    counts = Counter[date]()
    for day, count in days.items():
        counts[_find_start(day, kind)] += count
    found = [Period(since, _find_end(since, kind), counts[since]) for since in counts]
    newest = sorted(found, key=lambda each: each.since, reverse=True)
    if kind != "month":
        return tuple(newest)
    last = _number_month(newest[0].since) - MONTHS
    return tuple(each for each in newest if _number_month(each.since) > last)


def _count_years(days: Counter[date]) -> tuple[Period, ...]:
    """Return the newest years, and all before them in one; () where twelve months tell of all."""
    if _number_month(max(days)) - _number_month(min(days)) < MONTHS:
        return ()
    counts = Counter[int]()
    for day, count in days.items():
        counts[day.year] += count
    newest = sorted(counts, reverse=True)
    listed = newest if len(newest) <= FACET_LENGTH else newest[: FACET_LENGTH - 1]
    rest = newest[len(listed) :]
    found = [Period(date(year, 1, 1), date(year, 12, 31), counts[year]) for year in listed]
    if rest:
        total = sum(counts[year] for year in rest)
        found.append(Period(date(rest[-1], 1, 1), date(rest[0], 12, 31), total))
    return tuple(found)


def _number_month(day: date) -> int:
    return 12 * day.year + day.month


def _find_start(day: date, kind: str) -> date:
    if kind == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if kind == "month" else day


def _find_end(since: date, kind: str) -> date:
    if kind == "month":
        return (since.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return since + timedelta(days=6 if kind == "week" else 0)
