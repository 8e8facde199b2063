"""Moments as feeds, sitemaps, structured data and pages write them."""

from datetime import UTC, datetime


def write_moment(at: datetime) -> str:
    """Return a moment as RFC 3339 and XML Schema write it, in UTC: "2026-05-14T12:00:00Z"."""
    return f"{to_utc(at).replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def to_utc(at: datetime) -> datetime:
    """Return a moment in UTC; at the ends of the calendar, where there is none, as it stands."""
    try:
        return at.astimezone(UTC)
    except OverflowError:
        return at.replace(tzinfo=UTC)
