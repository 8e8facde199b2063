"""Holidays whose day is fixed or follows from the calendar, and the one that a text means.

A holiday is written in the word lists as one of
- "12-25", or "12-25 12-26" where it is two days: the month and day;
- "easter 49", "orthodox 0 1": days from Easter Sunday, of the Gregorian or the Julian calendar;
- "11 3 4", "11 3 4 1": in November the Thursday (Monday is 0) that is the fourth (-1: the last),
  and the days from it.
"""

from datetime import date, timedelta

from dateline.claims.dates import ranges
from dateline.claims.dates.meanings import NEAR, Meaning, Setting, Year, is_just_over
from dateline.claims.dates.ranges import Days, one_day


def holiday(rule: str, year: Year, which: int | None) -> Meaning:
    """Easter, of a year or with last, this, next (`which`), or the one that is meant."""

    def resolve(setting: Setting) -> Days | None:
        known = year.resolve(setting)
        if known is not None:
            return holiday_in(rule, known)
        at = setting.day
        if at is None:
            return None
        if which == 0:
            return holiday_in(rule, at.year)
        around = [holiday_in(rule, at.year + apart) for apart in (-1, 0, 1)]
        strict = timedelta(days=which is not None)
        past = max(days for days in around if days.first <= at - strict)
        coming = min(days for days in around if days.last >= at + strict)
        ahead = setting.look() if which is None else which > 0
        if ahead is None or (not ahead and which is None and setting.is_deadline):
            ahead = coming.first - at <= NEAR < at - past.last
        if which is None and is_just_over(at, past.last, coming.first):
            return past
        return coming if ahead else past

    return resolve


def holiday_in(rule: str, year: int) -> Days:
    """Return the days of a holiday in a year; outside the calendar raises."""
    name, *rest = rule.split()
    if name in ("easter", "orthodox"):
        sunday = easter(year) if name == "easter" else orthodox_easter(year)
        shifts = [timedelta(days=int(number)) for number in rest]
        return Days(sunday + shifts[0], sunday + shifts[-1])
    if "-" in name:
        days = [date(year, int(day[:2]), int(day[3:])) for day in (name, *rest)]
        return Days(days[0], days[-1])
    weekday, which, shift = (*map(int, rest), 0)[:3]
    month = ranges.month_of(year, int(name))
    if which > 0:
        found = ranges.nearest_weekday(month.first, weekday, ahead=True)
        found += timedelta(weeks=which - 1)
    else:
        found = ranges.nearest_weekday(month.last, weekday, ahead=False)
    return one_day(found + timedelta(days=shift))


def easter(year: int) -> date:
    """Return Easter Sunday of the Western churches (Meeus, Jones and Butcher's rule)."""
    golden, century, in_century = year % 19, year // 100, year % 100
    dropped = century // 4 + (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - dropped + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (in_century // 4) - moon - in_century % 4) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Return Easter Sunday of the Eastern churches, as a day of the Gregorian calendar (Meeus)."""
    moon = (19 * (year % 19) + 15) % 30
    week = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + week + 114, 31)
    apart = year // 100 - year // 400 - 2
    return date(year, month, day + 1) + timedelta(days=apart)
