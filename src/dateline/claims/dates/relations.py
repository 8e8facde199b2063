"""Meanings that start from the day of publication, or from the date before them in the text."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from dateline.claims.dates import ranges
from dateline.claims.dates.meanings import Meaning, Setting
from dateline.claims.dates.ranges import Days, one_day, unit_at

_LONGEST = {"day": 2, "part": 2, "hour": 2, "week": 7, "weekend": 7, "month": 31, "quarter": 92}


def weekday(number: int, *, which: int | None, week: int | None) -> Meaning:
    """Wednesday: of last, this, next week (`week`), the last, this, next (`which`), or meant."""

    def resolve(setting: Setting) -> Days | None:
        at = setting.day
        if at is None:
            return None
        if which == 0 or week is not None:
            monday = unit_at(at, "week", week or 0).first
            found = monday + timedelta(days=number)
            is_over = which == 0 and found > at and setting.look() is False
            return one_day(found - timedelta(days=7) if is_over else found)
        ahead = which > 0 if which is not None else setting.look() is True
        strict = which is not None
        return one_day(ranges.nearest_weekday(at, number, ahead=ahead, strict=strict))

    return resolve


def relative_day(shift: int) -> Meaning:
    """Yesterday, today, tomorrow."""
    return relative_days(shift, shift)


def relative_days(first: int, last: int) -> Meaning:
    """Overnight: from yesterday to today."""

    def resolve(setting: Setting) -> Days | None:
        if setting.day is None:
            return None
        return Days(setting.day + timedelta(days=first), setting.day + timedelta(days=last))

    return resolve


def last_units(count: int, unit: str, which: int) -> Meaning:
    """The past three weeks: up to the day of publication; the next two: from it."""

    def resolve(setting: Setting) -> Days | None:
        at = setting.day
        if at is None or which == 0:
            return None
        end = _shift_day(at, count if which > 0 else -count, unit)
        return Days(min(at, end), max(at, end))

    return resolve


def next_in_text(unit: str, coming: Meaning) -> Meaning:
    """The next week: the one behind the date before it, or the week from now."""

    def resolve(setting: Setting) -> Days | None:
        if setting.look() is False and setting.anchor is not None:
            return _move_anchor(setting.anchor, 1, unit)
        return coming(setting)

    return resolve


def _shift_day(day: date, count: int, unit: str) -> date:
    """Return the day that is some units away, the same day of the month where there is one."""
    if unit == "hour":
        return day + timedelta(days=-(-abs(count) // 24) * (1 if count > 0 else -1))
    if unit in ("day", "part", "week", "fortnight", "weekend"):
        return ranges.move(one_day(day), count, unit).first
    whole = unit_at(day, "month", count * {"quarter": 3, "year": 12, "decade": 120}.get(unit, 1))
    return whole.first.replace(day=min(day.day, whole.last.day))


def which_unit(unit: str, which: int) -> Meaning:
    """Last week, this month, next year."""

    def resolve(setting: Setting) -> Days | None:
        if setting.day is None:
            return None
        found = unit_at(setting.day, unit, which)
        is_ahead = unit == "weekend" and not which and found.first > setting.day
        if is_ahead and setting.look() is False:
            return unit_at(setting.day, unit, -1)
        return found

    return resolve


def part_of_unit(unit: str, which: int, side: str) -> Meaning:
    """Earlier this week, later this year: up to, or from, the day of publication."""

    def resolve(setting: Setting) -> Days | None:
        if setting.day is None:
            return None
        whole = unit_at(setting.day, unit, which)
        if not whole.first <= setting.day <= whole.last:
            return whole
        if side == "earlier":
            return Days(whole.first, setting.day)
        return Days(setting.day, whole.last)

    return resolve


def weekend() -> Meaning:
    """The weekend: the last that has begun, or the coming one."""

    def resolve(setting: Setting) -> Days | None:
        if setting.day is None:
            return None
        this = unit_at(setting.day, "weekend")
        if this.first <= setting.day or setting.look() is True:
            return this
        return unit_at(setting.day, "weekend", -1)

    return resolve


def from_now(count: int, unit: str, *, only_ahead: bool = False, ahead: bool = False) -> Meaning:
    """Three weeks ago, in three weeks: the day, week, month or year that this is.

    None where the words around speak of what is over (`only_ahead`), or do not speak of what is to
    come (`ahead`).
    """

    def resolve(setting: Setting) -> Days | None:
        at = setting.day
        if at is None or (only_ahead and setting.look() is False):
            return None
        if ahead and setting.look() is not True:
            return None
        if unit in ("hour", "minute"):
            return ranges.move(one_day(at), -(-count // 24 * 24) if unit == "hour" else 0, "hour")
        larger = {"fortnight": ("week", 2), "decade": ("year", 10), "half": ("month", 6)}
        unit_, times = larger.get(unit, (unit, 1))
        return unit_at(at, unit_, count * times)

    return resolve


def moved(count: int, unit: str) -> Meaning:
    """The next day, two days later: from the date before it in the text."""

    def resolve(setting: Setting) -> Days | None:
        anchor, day = setting.anchor, setting.day
        found = _move_anchor(anchor, count, unit)
        if found is None or anchor is None or day is None or found.first <= day:
            return found
        ahead = setting.look()
        if ahead is True or (anchor.last > day and (ahead is None or setting.nearby is not None)):
            return found
        found = _move_anchor(setting.over, count, unit)
        return found if found is not None and found.first <= day else None

    return resolve


def _move_anchor(anchor: Days | None, count: int, unit: str) -> Days | None:
    if anchor is None or (anchor.last - anchor.first).days >= _LONGEST.get(unit, 366):
        return None
    return ranges.move(anchor, count, unit)


def later_or_from_now(count: int, unit: str) -> Meaning:
    """What one word means both of: two days later, in two days."""

    def resolve(setting: Setting) -> Days | None:
        if setting.look() is True and setting.day is not None:
            return unit_at(setting.day, unit, count)
        return _move_anchor(setting.anchor, count, unit)

    return resolve


def around_event(count: int, unit: str) -> Meaning:
    """A day after something: the day of what is said before it, told by a date of either."""

    def resolve(setting: Setting) -> Days | None:
        if setting.following is not None:
            return _move_anchor(setting.following, count, unit)
        return setting.nearby

    return resolve


def moved_to_weekday(number: int, direction: int) -> Meaning:
    """The following Monday."""

    def resolve(setting: Setting) -> Days | None:
        if setting.anchor is None or (setting.anchor.last - setting.anchor.first).days > 7:
            return None
        ahead = direction > 0
        start = setting.anchor.last if ahead else setting.anchor.first
        return one_day(ranges.nearest_weekday(start, number, ahead=ahead, strict=True))

    return resolve


def from_day(count: int, unit: str, shift: int) -> Meaning:
    """A week from today: that day."""

    def resolve(setting: Setting) -> Days | None:
        if setting.day is None:
            return None
        return one_day(_shift_day(setting.day + timedelta(days=shift), count, unit))

    return resolve


def in_week_of_anchor(number: int, usual: Meaning) -> Meaning:
    """On the Tuesday: of the week named before it, or the one that is meant."""

    def resolve(setting: Setting) -> Days | None:
        anchor = setting.anchor
        if anchor is None or (anchor.last - anchor.first).days > 7:
            return usual(setting)
        ahead = anchor.last > anchor.first or anchor.first.weekday() < number
        if not ahead:
            return usual(setting)
        return one_day(ranges.nearest_weekday(anchor.first, number, ahead=True))

    return resolve


def with_day_before(inner: Meaning) -> Meaning:
    """The night to Thursday: both days."""

    def resolve(setting: Setting) -> Days | None:
        found = inner(setting)
        return found and Days(found.first - timedelta(days=1), found.last)

    return resolve


def week_later(inner: Meaning) -> Meaning:
    """Sunday week."""

    def resolve(setting: Setting) -> Days | None:
        found = inner(replace(setting, look=lambda: True))
        return found and ranges.move(found, 1, "week")

    return resolve


def in_same_year(of_year: Callable[[int], Meaning]) -> Meaning:
    """June of that year, that spring: in the year of the date before it in the text."""

    def resolve(setting: Setting) -> Days | None:
        anchor = setting.anchor
        if anchor is None or anchor.last.year > anchor.first.year + 1:
            return None
        return of_year(anchor.first.year)(setting)

    return resolve


def same(unit: str) -> Meaning:
    """That day, the same week, that year."""

    def resolve(setting: Setting) -> Days | None:
        anchor = setting.anchor
        if anchor is None or (anchor.last - anchor.first).days >= _LONGEST.get(unit, 366):
            return None
        return unit_at(anchor.first, unit)

    return resolve


def then() -> Meaning:
    """At the time: the date before it in the text."""
    return lambda setting: setting.anchor


def never() -> Meaning:
    """Recently: a date that cannot be told."""
    return lambda _: None
