"""Ranges of days, and how they move: weeks, months, years, their edges, the nearest of a kind.

Weeks run from Monday to Sunday. The first, middle and last third of a month, year or decade are its
"early", "mid" and "late" (of a decade its first four, its next three and its last three years);
"the beginning" and "the end" of a year are its first and last month.
Whatever lies outside the calendar's years 1 to 9999 raises ValueError or OverflowError.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

_DAY = timedelta(days=1)
_MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_DAYS_IN = {"day": 1, "part": 1, "week": 7, "fortnight": 14, "weekend": 7}


class Days(NamedTuple):
    """The first and the last day of a range, both in it."""

    first: date
    last: date


def one_day(day: date) -> Days:
    """Return the range of one day."""
    return Days(day, day)


def month_of(year: int, month: int, count: int = 1) -> Days:
    """Return whole months; `month` may lie outside 1 to 12 and runs on into other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    end_year, end_month = year + (month + count - 2) // 12, (month + count - 2) % 12 + 1
    last = date(end_year, end_month, monthrange(end_year, end_month)[1])
    return Days(date(year, month, 1), last)


def unit_at(day: date, unit: str, shift: int = 0) -> Days:
    """Return the week, month, weekend … of a day, or one that is `shift` of them away."""
    if unit in ("hour", "minute"):
        return one_day(day)
    if unit in ("day", "part"):
        return one_day(day + shift * _DAY)
    if unit in _DAYS_IN:
        first = day - day.weekday() * _DAY + shift * _DAYS_IN[unit] * _DAY
        if unit == "weekend":
            return Days(first + 5 * _DAY, first + 6 * _DAY)
        return Days(first, first + (_DAYS_IN[unit] - 1) * _DAY)
    size = _MONTHS_IN[unit]
    counted = (day.year if unit != "century" else day.year - 1) * 12 + day.month - 1
    start = (counted // size + shift) * size + (12 if unit == "century" else 0)
    return month_of(start // 12, start % 12 + 1, size)


def move(days: Days, count: int, unit: str) -> Days:
    """Return a range moved by some units: days and weeks exactly, months and longer as a whole."""
    if unit in ("hour", "minute"):
        hours = count if unit == "hour" else count // 60
        return one_day(days.last + (hours // 24) * _DAY)
    if unit in _DAYS_IN:
        apart = count * _DAYS_IN[unit] * _DAY
        return Days(days.first + apart, days.last + apart)
    if unit == "decade":
        unit, count = "year", 10 * count
    return unit_at(days.first, unit, count)


def season_of(year: int, season: int) -> Days:
    """Return spring (0), summer, autumn or winter (3) that begins in a year, by whole months."""
    return month_of(year, 3 + 3 * season, 3)


def edge_of(days: Days, edge: str) -> Days:
    """Return the beginning, middle or end of a range; see the module."""
    length = (days.last - days.first).days + 1
    if length == 7:
        first, last = {"start": (0, 1), "mid": (2, 3)}.get(edge, (4, 6))
        return Days(days.first + first * _DAY, days.first + last * _DAY)
    if length < 27:
        return days
    if length < 32:
        middle = days.first.replace(day=10), days.first.replace(day=20)
        return _thirds(days, (middle[0], middle[1]), edge)
    months = (days.last.year - days.first.year) * 12 + days.last.month - days.first.month + 1
    if edge == "end" and months == 12:
        return month_of(days.last.year, days.last.month)
    if months == 120:
        first, last = {"start": (0, 4), "mid": (4, 3)}.get(edge, (7, 3))
        return month_of(days.first.year + first, 1, 12 * last)
    part = max(months // 3, 1)
    ends = tuple(
        month_of(days.first.year, days.first.month + k * part).first - _DAY for k in (1, 2)
    )
    return _thirds(days, (ends[0], ends[1]), edge)


def _thirds(days: Days, ends: tuple[date, date], edge: str) -> Days:
    if edge == "start":
        return Days(days.first, ends[0])
    if edge == "mid":
        return Days(ends[0] + _DAY, ends[1])
    return Days(ends[1] + _DAY, days.last)


def nearest_weekday(day: date, weekday: int, *, ahead: bool, strict: bool = False) -> date:
    """Return the last (or, `ahead`, the first) such weekday on this side of a day."""
    if ahead:
        return day + timedelta(days=(weekday - day.weekday() - strict) % 7 + strict)
    return day - timedelta(days=(day.weekday() - weekday - strict) % 7 + strict)


def nearest_date(day: date, month: int, number: int, *, ahead: bool) -> date:
    """Return the last (or first) 24 February on this side of a day; both may be the day itself.

    29 February is looked for in the eight years around; other days that do not exist raise.
    """
    for apart in range(9):
        year = day.year + (apart if ahead else -apart)
        found = _try_date(year, month, number)
        if found is not None and (found >= day if ahead else found <= day):
            return found
    raise ValueError("no such day")


def _try_date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None
