"""When: every date that a text names, as days on the outlet's clock, in many languages."""

from dateline.claims.dates.finding import find_dates

__all__ = ["find_dates"]
