"""A written date -> a moment: ISO 8601, RFC 2822, Unix seconds, and what templates print."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

_SHAPES = (
    "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d", "%Y%m%d%H%M%S", "%Y%m%d",
    "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%B %d, %Y",
    "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y %I:%M %p", "%b %d, %Y %I:%M %p",
    "%B %d, %Y, %I:%M %p", "%a %b %d %H:%M:%S %Y", "%Y-%m-%d %H:%M:%S.%f", "%A, %B %d, %Y",
    "%A, %d %B %Y", "%m/%d/%Y %I:%M:%S %p",
)  # fmt: skip
_ISO = re.compile(
    r"^(\d{4}-\d{1,2}-\d{1,2})(?:[T\s]+(\d{1,2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(.{0,40}))?$"
)
_OFFSET = re.compile(r"^(?:UTC|GMT)?\s*([+\-−])\s?(\d{1,2}):?(\d{2})?(?:\s?:?\d{2})?(?:\[.*\])?$")
_ZONES = {
    "z": 0, "utc": 0, "gmt": 0, "ut": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "mez": 1,
    "cest": 2, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "est": -5, "edt": -4, "cst": -6,
    "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "jst": 9, "kst": 9, "aest": 10,
    "aedt": 11, "nzst": 12, "nzdt": 13,
}  # fmt: skip
_ZONE_WORD = re.compile(r"\s+\(?([A-Za-z]{1,4})\)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date as written: without a zone where none was written."""

    at: datetime
    day_only: bool = False


def read_moment(written: str) -> Moment | None:
    """Return the moment that a page wrote, or None where this is no date."""
    written = written.strip()
    if not 4 < len(written) <= 100 or not any(map(str.isdigit, written)):
        return None
    for reader in (_read_iso, _read_epoch, _read_mail, _read_shapes):
        try:
            found = reader(written)
        except (ValueError, OverflowError, TypeError, IndexError, OSError):
            continue
        if found is not None:
            return found
    return None


def _read_iso(written: str) -> Moment | None:
    match = _ISO.match(written)
    if not match:
        return None
    year, month, day = map(int, match[1].split("-"))
    if match[2] is None:
        return Moment(at=datetime(year, month, day), day_only=True)  # noqa: DTZ001
    hour, minute, second = ([int(part) for part in match[2].split(":")] + [0])[:3]
    at = datetime(year, month, day, hour % 24, minute, min(second, 59))  # noqa: DTZ001
    return Moment(at=at.replace(tzinfo=_read_zone(match[3])))


def _read_zone(written: str) -> timezone | None:
    written = written.strip()
    named = _ZONES.get(written.lower())
    if named is not None:
        return timezone(timedelta(hours=named))
    match = _OFFSET.match(written)
    if not match:
        return None
    apart = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    if apart > timedelta(hours=14):
        return None
    return timezone(-apart if match[1] != "+" else apart)


def _read_epoch(written: str) -> Moment | None:
    if not re.fullmatch(r"\d{10}|\d{13}", written):
        return None
    seconds = int(written) / (1000 if len(written) == 13 else 1)
    return Moment(at=datetime.fromtimestamp(seconds, UTC))


def _read_mail(written: str) -> Moment | None:
    if not re.match(
        r"^(?:[A-Za-z]{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3,9}\s+\d{2,4}\s+\d{1,2}:", written
    ):
        return None
    at = parsedate_to_datetime(written)
    return Moment(at=at)


def _read_shapes(written: str) -> Moment | None:
    zone = _ZONE_WORD.search(written)
    hours = _ZONES.get(zone[1].lower()) if zone else None
    bare = written[: zone.start()] if zone and hours is not None else written
    for shape in _SHAPES:
        try:
            at = datetime.strptime(bare, shape)  # noqa: DTZ007
        except ValueError:
            continue
        known = timezone(timedelta(hours=hours)) if hours is not None else None
        day_only = "H" not in shape and "I" not in shape
        return Moment(at=at.replace(tzinfo=known), day_only=day_only)
    return None
