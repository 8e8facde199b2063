"""What dates mean: each maker returns a function from where a date stands to the days it names.

A meaning is asked with a `Setting`: the day of publication, the date before it in the text, and
whether the words around it speak of what is to come. It returns None where the date cannot be told,
and may raise ValueError or OverflowError where the calendar ends or has no such day.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from dateline.claims.dates import ranges
from dateline.claims.dates.ranges import Days, one_day, unit_at

NEAR = timedelta(days=60)  # a day so near ahead is rather meant than one ten months ago

_FAR = timedelta(days=320)  # a day so far ahead that was just now is rather the past one


def _unasked() -> bool | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where a date stands."""

    day: date | None = None  # of publication
    anchor: Days | None = None  # the resolved date before it in the text
    over: Days | None = None  # the last one that is not to come
    nearby: Days | None = None  # the same, where it stands in the same sentence
    following: Days | None = None  # the date that dates the event behind "a day after"
    is_deadline: bool = False  # stands behind "by", "until"
    look: Callable[[], bool | None] = _unasked  # does it speak of what is to come; None: not said


Meaning = Callable[[Setting], Days | None]


class Year(NamedTuple):
    """A year as written: a number, or how far from the year of publication, or neither."""

    number: int | None = None
    shift: int | None = None

    def resolve(self, setting: Setting) -> int | None:
        """Return the year, None where none is written or no date of publication is known."""
        if self.number is not None or self.shift is None or setting.day is None:
            return self.number
        return setting.day.year + self.shift


def day_of(
    year: Year, month: int, day: int, weekday: int | None = None, *, which: int | None = None
) -> Meaning:
    """24 February, with or without its year, which a weekday or last, next (`which`) may tell."""

    def resolve(setting: Setting) -> Days | None:
        known = year.resolve(setting)
        if known is not None:
            return one_day(date(known, month, day))
        if setting.day is None:
            return None
        if which:
            return one_day(ranges.nearest_date(setting.day, month, day, ahead=which > 0))
        return one_day(_choose_day(setting, setting.day, (month, day), weekday))

    return resolve


def _choose_day(
    setting: Setting, at: date, month_day: tuple[int, int], weekday: int | None
) -> date:
    past = ranges.nearest_date(at, *month_day, ahead=False)
    try:
        coming = ranges.nearest_date(at, *month_day, ahead=True)
    except (ValueError, OverflowError):
        return past
    if weekday is not None and (past.weekday() == weekday) != (coming.weekday() == weekday):
        return past if past.weekday() == weekday else coming
    ahead = setting.look()
    if ahead is None or (not ahead and setting.is_deadline):
        ahead = coming - at <= NEAR < at - past
    return coming if ahead and not is_just_over(at, past, coming) else past


def is_just_over(at: date, past: date, coming: date) -> bool:
    """Say whether a day was some days ago and comes next in most of a year."""
    return coming - at > _FAR and at - past < NEAR


def days_between(year: Year, month: int, first: int, last: int) -> Meaning:
    """3 to 5 May."""
    end = day_of(year, month, last)

    def resolve(setting: Setting) -> Days | None:
        found = end(setting)
        return found and Days(found.first.replace(day=first), found.last)

    return resolve


def numeric_month(year: int, month: int) -> Meaning:
    """02/2022, or with month 0 two years, 2022/23."""
    return lambda _: ranges.month_of(year, month) if month else ranges.month_of(year, 1, 24)


def month(number: int, year: Year, shift: int | None) -> Meaning:
    """June, of a year or with last, this, next (`shift`), or the one that is meant."""

    def resolve(setting: Setting) -> Days | None:
        known = year.resolve(setting)
        if known is not None:
            return ranges.month_of(known, number)
        if setting.day is None:
            return None
        at, this = setting.day, setting.day.year
        if shift is None:
            ahead = setting.look() is True
            if number > at.month:
                return ranges.month_of(this - (not ahead), number)
            return ranges.month_of(this + (ahead and number < at.month - 1), number)
        if shift < 0:
            return ranges.month_of(this - (number >= at.month), number)
        return ranges.month_of(this + (shift > 0 and number <= at.month), number)

    return resolve


def season(number: int, year: Year, which: int | None) -> Meaning:
    """Summer, of a year or with last, this, next, or the last that has begun."""

    def resolve(setting: Setting) -> Days | None:
        known = year.resolve(setting)
        if known is not None:
            return ranges.season_of(known, number)
        at = setting.day
        if at is None:
            return None
        if which == 0:
            return ranges.season_of(at.year - (number == 3 and at.month < 3), number)
        around = [ranges.season_of(at.year + apart, number) for apart in (-2, -1, 0, 1)]
        if which is None and setting.look() is not True:
            return max(days for days in around if days.first <= at)
        if which is not None and which < 0:
            return max(days for days in around if days.last < at)
        return min(days for days in around if days.first > at)

    return resolve


def edge(whole: Meaning, name: str) -> Meaning:
    """Early November, the end of the year; "by the end of the year" is its last day."""

    def resolve(setting: Setting) -> Days | None:
        found = whole(setting)
        if found is not None and name == "end" and setting.is_deadline:
            return one_day(found.last)
        return found and ranges.edge_of(found, name)

    return resolve


def ordinal_unit(number: int, unit: str, whole: Meaning | None) -> Meaning:
    """The first quarter of 2022, the second week of June; a bare quarter is the last begun."""

    def resolve(setting: Setting) -> Days | None:
        if whole is not None:
            found = whole(setting)
            return found and _nth(found, number, unit)
        if setting.day is None or not 1 <= number <= 4:
            return None
        this = _nth(unit_at(setting.day, "year"), number, unit)
        if this is not None and this.first > setting.day and setting.look() is not True:
            return _nth(unit_at(setting.day, "year", -1), number, unit)
        return this

    return resolve


def told_past(inner: Meaning) -> Meaning:
    """What is over whatever the words around say: "fourth quarter earnings"."""
    return lambda setting: inner(replace(setting, look=lambda: False))


def _nth(whole: Days, number: int, unit: str) -> Days | None:
    if unit == "half" and (whole.last - whole.first).days < 31 and number in (1, 2):
        middle = whole.first.replace(day=15)
        first = Days(whole.first, middle)
        return first if number == 1 else Days(middle + timedelta(days=1), whole.last)
    start = whole.last if number < 0 else whole.first
    found = unit_at(start, unit, number - 1 if number > 0 else number + 1)
    if unit in ("week", "weekend") and number > 0 and found.first < whole.first:
        found = Days(whole.first, found.last)
    is_inside = found.first <= whole.last and found.last >= whole.first
    return Days(found.first, min(found.last, whole.last)) if is_inside else None


def nth_day(whole: Meaning, number: int) -> Meaning:
    """The 8th of a month."""

    def resolve(setting: Setting) -> Days | None:
        found = whole(setting)
        return found and one_day(found.first.replace(day=number))

    return resolve


def day_alone(number: int) -> Meaning:
    """The 27th: of the month named before it in its sentence, else the one that is meant."""

    def resolve(setting: Setting) -> Days | None:
        near = setting.nearby
        if near is not None and (near.first.year, near.first.month) == near.last.timetuple()[:2]:
            return one_day(near.first.replace(day=number))
        at = setting.day
        if at is None:
            return None
        ahead = setting.look()
        shifts = (0,) if ahead is None else (0, 1, 2) if ahead else (0, -1, -2)
        for shift in shifts:
            month = unit_at(at, "month", shift)
            if number > month.last.day:
                continue
            found = month.first.replace(day=number)
            if ahead is None or (found >= at if ahead else found <= at):
                return one_day(found)
        return None

    return resolve


def unit_of(inner: Meaning, unit: str) -> Meaning:
    """The week of 19 February."""

    def resolve(setting: Setting) -> Days | None:
        found = inner(setting)
        return found and unit_at(found.first, unit)

    return resolve


def year(number: int) -> Meaning:
    """2019."""
    return lambda _: ranges.month_of(number, 1, 12)


def years(first: int, last: int) -> Meaning:
    """2019 to 2021."""
    return lambda _: Days(date(first, 1, 1), date(last, 12, 31))


def decade(first: int) -> Meaning:
    """The 1990s."""
    return lambda _: ranges.month_of(first, 1, 120)


def century(number: int) -> Meaning:
    """The 19th century: 1801 to 1900."""
    return lambda _: ranges.month_of(number * 100 - 99, 1, 1200)


def between(first: Meaning, last: Meaning) -> Meaning:
    """From Monday to Friday: the end as it is meant and the beginning before it.

    Where nothing says that it is over, one that is going on is meant rather than one that was.
    """

    def resolve(setting: Setting) -> Days | None:
        found = _as_meant(first, last, setting)
        if found is None or setting.day is None or setting.look() is False:
            return found
        start = first(replace(setting, look=lambda: False))
        end = last(replace(setting, look=lambda: True))
        if start is None or end is None or not start.first <= setting.day <= end.last:
            return found
        is_as_long = end.last - start.first <= found.last - found.first + timedelta(days=1)
        return Days(start.first, end.last) if is_as_long else found

    return resolve


def until(last: Meaning) -> Meaning:
    """Between now and May: from the day of publication."""

    def resolve(setting: Setting) -> Days | None:
        end = last(replace(setting, look=lambda: True))
        return Days(setting.day, end.last) if end is not None and setting.day else None

    return resolve


def _as_meant(first: Meaning, last: Meaning, setting: Setting) -> Days | None:
    end = last(setting)
    if end is None:
        return None
    start = first(replace(setting, day=end.first, look=lambda: False))
    if start is None or start.first > end.last:
        start = first(setting)
        end = start and last(replace(setting, day=start.last, look=lambda: True))
    if start is None or end is None or start.first > end.last:
        return None
    return Days(start.first, end.last)
