"""Where a search looks, and for how long: what the searches of both databases share."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["LANGUAGE", "SELECT", "Patience", "Range"]

SELECT = (
    "SELECT a.search_id, a.id, a.story_id, s.key, a.language, a.section, "
    "a.kicker || ' ' || a.headline "
)
LANGUAGE = 4  # its place in a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a search may take: until `clock` says `until`, both in seconds.

    Once there are `enough` hits, no longer than until `content`: more of them are only counted.
    """

    clock: Callable[[], float]
    until: float
    content: float = math.inf
    enough: int = 0

    def count_left(self, found: int = 0) -> float:
        """Return the seconds that are left with so many hits; 0 or less where there are none."""
        until = min(self.until, self.content) if found >= self.enough else self.until
        return until - self.clock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Where to look: numbers of the index from `low` to below `high`."""

    low: int
    high: int
    limit: int
    only: frozenset[int] | None = None  # the articles of stories
    never: frozenset[int] = field(default_factory=frozenset)

    def has(self, search_id: int) -> bool:
        """Whether a number may be a hit."""
        return search_id not in self.never and (self.only is None or search_id in self.only)
