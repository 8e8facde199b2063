"""Days, times and time zones as a language writes them (CLDR, by way of Babel).

Babel takes tens of microseconds for each, and a page has fifty: a day and a minute are written
once and kept.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import (
    format_date,
    format_interval,
    format_skeleton,
    format_time,
    get_timezone_location,
    get_timezone_name,
)

_KEPT = 4_000  # days of each form
_MINUTES = 24 * 60


class Calendar:
    """Writes moments in one language; `today` and `zone` are the page's."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale
        self._glue = str(locale.datetime_formats["medium"]).replace("'", "")
        self.day = _keep(self._day)
        self.date = _keep(self._date)
        self.short = _keep(self._short)
        self.short_of_year = _keep(self._short_of_year)
        self.month = _keep(self._month)
        self.years = _keep(self._years)
        self.span = _keep(self._span)
        self._minute = lru_cache(_MINUTES)(self._write_minute)
        self._zone = lru_cache(_KEPT)(self._name_zone)

    def clock(self, at: datetime, zone: tzinfo) -> str:
        """Return "14:05"."""
        local = at.astimezone(zone)
        return self._minute(local.hour, local.minute)

    def moment(self, at: datetime, zone: tzinfo) -> str:
        """Return "11 November 2022, 14:05 CET"."""
        local = at.astimezone(zone)
        said = self._zone(zone, local.replace(minute=0, second=0, microsecond=0, tzinfo=None))
        clock = f"{self._minute(local.hour, local.minute)} {said}"
        return self._glue.format(clock, self.date(local.date()))

    def minute(self, at: datetime, zone: tzinfo, today: date) -> str:
        """Return "14:05" today, "11 Nov, 14:05" this year, "11 Nov 2022, 14:05" before."""
        local = at.astimezone(zone)
        day = local.date()
        clock = self._minute(local.hour, local.minute)
        if day == today:
            return clock
        said = self.short_of_year(day) if day.year == today.year else self.short(day)
        return self._glue.format(clock, said)

    def name_zone(self, zone: ZoneInfo) -> str:
        """Return the place by which a time zone is known ("Berlin"), or its own name ("UTC")."""
        if "/" not in zone.key or zone.key.startswith("Etc/"):
            return zone.key
        return str(get_timezone_location(zone, locale=self._locale, return_city=True))

    def _day(self, day: date) -> str:
        """Return "Friday, 11 November 2022"."""
        return format_date(day, "full", self._locale)

    def _date(self, day: date) -> str:
        """Return "11 November 2022"."""
        return format_date(day, "long", self._locale)

    def _short(self, day: date) -> str:
        """Return "11 Nov 2022"."""
        return format_date(day, "medium", self._locale)

    def _short_of_year(self, day: date) -> str:
        """Return "11 Nov"."""
        return format_skeleton("MMMd", _at_noon(day), locale=self._locale)

    def _month(self, day: date) -> str:
        """Return "November 2022"."""
        return format_skeleton("yMMMM", _at_noon(day), locale=self._locale)

    def _years(self, first: date, last: date) -> str:
        """Return "2022", or "2019–2022"."""
        if first.year == last.year:
            return format_skeleton("y", _at_noon(first), locale=self._locale)
        return format_interval(first, last, "y", locale=self._locale)

    def _span(self, first: date, last: date) -> str:
        """Return "11–13 Nov 2022"."""
        return format_interval(first, last, "yMMMd", locale=self._locale)

    def _write_minute(self, hour: int, minute: int) -> str:
        return format_time(time(hour, minute), "short", locale=self._locale)

    def _name_zone(self, zone: tzinfo, local: datetime) -> str:
        at = local.replace(tzinfo=zone)
        name = get_timezone_name(at, "short", locale=self._locale)
        # Zones without letters in this language are called by their distance.
        return self._write_distance(at.utcoffset()) if name[:1] in "+-" else name

    def _write_distance(self, offset: timedelta | None) -> str:
        minutes = round((offset or timedelta()).total_seconds() / 60)
        hours, rest = divmod(abs(minutes), 60)
        sign = "\N{MINUS SIGN}" if minutes < 0 else "+"
        distance = f"{sign}{hours}:{rest:02}" if rest else f"{sign}{hours}"
        return str(self._locale.zone_formats["gmt"]) % distance


def _keep(write: Callable[..., str]) -> Callable[..., str]:
    return lru_cache(_KEPT)(write)


def _at_noon(day: date) -> datetime:
    # Babel's skeletons take a moment, and read it in UTC.
    return datetime.combine(day, time(12))
