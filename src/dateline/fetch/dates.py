"""Dates as feeds write them: RFC 822 with its many zones, ISO 8601, C's asctime.

What is not understood is None, never a guess: a wrong date orders a whole site wrongly, while a
missing one falls back to when the entry was first seen.
"""

import re
from datetime import UTC, datetime, timedelta

_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(_MONTHS, start=1)}
# Hours east of Greenwich of the names that feeds use.
_EAST = {
    0: "UT UTC GMT Z WET",
    1: "BST WEST CET MEZ WAT",
    2: "CEST MESZ MEST EET SAST CAT",
    3: "EEST MSK EAT TRT",
    5: "PKT",
    5.75: "NPT",
    7: "ICT WIB",
    8: "HKT SGT AWST PHT",
    9: "JST KST",
    9.5: "ACST",
    10: "AEST",
    10.5: "ACDT",
    11: "AEDT",
    12: "NZST",
    13: "NZDT",
    -2.5: "NDT",
    -3: "ADT BRT ART",
    -3.5: "NST",
    -4: "AST EDT",
    -5: "EST ET CDT",
    -6: "CST CT MDT",
    -7: "MST MT PDT",
    -8: "PST PT AKDT",
    -9: "AKST",
    -10: "HST",
}
_ZONES = {name: timedelta(hours=hours) for hours, names in _EAST.items() for name in names.split()}
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,]\d{1,9})?)?"
_HALF = r"(?:\s*(?P<half>[AaPp])\.?[Mm]\.?)?"
_ZONE = r"(?:\s*(?P<zone>[A-Za-z]{1,5}|(?:(?:GMT|UTC|UT|Z)\s?)?[+-]\d{1,2}:?(?:\d{2})?))?"
_DAY_NAME = r"(?:[^\W\d_]{2,10}\.?(?:\s*,\s*|\s+))?"
_RFC822 = re.compile(
    rf"{_DAY_NAME}(?P<day>\d{{1,2}})(?:\s+|\s*-\s*)(?P<month>[A-Za-z]{{3,9}})\.?(?:\s*,?\s+|\s*-\s*)"
    rf"(?P<year>\d{{4}}|\d{{2}})(?:,?\s+{_TIME}{_HALF}{_ZONE})?(?:\s*\([^()]{{0,40}}\))?",
)
_MONTH_FIRST = re.compile(
    rf"{_DAY_NAME}(?P<month>[A-Za-z]{{3,9}})\.?\s+(?P<day>\d{{1,2}}),?\s+"
    rf"(?P<year>\d{{4}})(?:,?\s+{_TIME}{_HALF}{_ZONE})?",
)
_ASCTIME = re.compile(
    rf"[A-Za-z]{{3,9}},?\s+(?P<month>[A-Za-z]{{3,9}})\s+(?P<day>\d{{1,2}})\s+"
    rf"{_TIME}(?:\s+(?P<zone>[A-Za-z]{{1,5}}|[+-]\d{{4}}))?\s+(?P<year>\d{{4}})",
)
_ISO = re.compile(
    r"(?P<year>\d{4})(?:(?P<dash>-?)(?P<month>\d{2})(?:(?P=dash)(?P<day>\d{2})"
    r"(?:(?:[Tt]|\s+)\s*(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,]\d{1,12})?)?"
    rf"{_ZONE})?)?)?",
)
_ORDINAL = re.compile(r"(?P<year>\d{4})-?(?P<ordinal>\d{3})")
_SECONDS = re.compile(r"[0-9]{10}")
_EARLIEST, _LATEST = 1900, 2200


def parse_feed_date(text: str) -> datetime | None:
    """Return the moment in UTC that a feed's date means, or None where that is not certain.

    A date without a zone is read as UTC, one without a time as midnight.
    """
    text = " ".join(text[:100].split())
    if not text:
        return None
    for pattern in (_RFC822, _ISO, _ASCTIME, _MONTH_FIRST):
        match = pattern.fullmatch(text)
        if match:
            return _build(match.groupdict())
    ordinal = _ORDINAL.fullmatch(text)
    if ordinal:
        return _build_ordinal(int(ordinal["year"]), int(ordinal["ordinal"]))
    if _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text), UTC)
    return None


def _build(parts: dict[str, str | None]) -> datetime | None:
    zone = _read_zone(parts.get("zone"))
    month = _read_month(parts.get("month") or "1")
    year = _read_year(parts["year"] or "")
    hour = _read_hour(parts)
    if zone is None or month is None or year is None or hour is None:
        return None
    minute, second = int(parts.get("minute") or 0), int(parts.get("second") or 0)
    extra = timedelta(days=1) if hour == 24 and not minute and not second else timedelta()
    try:
        local = datetime(
            year,
            month,
            int(parts.get("day") or 1),
            0 if extra else hour,
            minute,
            min(second, 59) if second == 60 else second,  # a leap second
            tzinfo=UTC,
        )
    except ValueError:
        return None
    return local + extra - zone


def _build_ordinal(year: int, day: int) -> datetime | None:
    if not (_EARLIEST <= year <= _LATEST and 1 <= day <= 366):
        return None
    at = datetime(year, 1, 1, tzinfo=UTC) + timedelta(days=day - 1)
    return at if at.year == year else None


def _read_year(text: str) -> int | None:
    year = int(text)
    if len(text) == 2:
        year += 1900 if year >= 70 else 2000
    return year if _EARLIEST <= year <= _LATEST else None


def _read_month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    name = text.lower()
    number = _MONTH_NUMBERS.get(name[:3])
    full = _MONTHS[number - 1] if number else ""
    return number if full.startswith(name) or name == "sept" else None


def _read_hour(parts: dict[str, str | None]) -> int | None:
    hour = int(parts.get("hour") or 0)
    half = (parts.get("half") or "").lower()
    if not half:
        return hour
    if not 1 <= hour <= 12:
        return hour if half == "p" and hour <= 23 else None  # "14:05 PM" is plain enough
    return hour % 12 + (12 if half == "p" else 0)


def _read_zone(text: str | None) -> timedelta | None:
    """Return the offset of a zone; None where its name is not known."""
    if not text:
        return timedelta()
    name = text.upper().strip()
    if name in _ZONES:
        return _ZONES[name]
    if len(name) == 1 and name.isalpha():
        return timedelta()  # RFC 2822, 4.3: military letters were used both ways, so UTC
    match = re.fullmatch(r"(?:GMT|UTC|UT|Z)?\s?([+-])(\d{1,2}):?(\d{2})?", name)
    if not match:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if offset > timedelta(hours=15):
        return None
    return -offset if match[1] == "-" else offset
