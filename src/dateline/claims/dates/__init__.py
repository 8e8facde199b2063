"""When: every date that a text names, as days on the outlet's clock, in many languages."""

from dateline.claims.dates.finding import find_dates
from dateline.claims.dates.saying import date_statements

__all__ = ["date_statements", "find_dates"]
