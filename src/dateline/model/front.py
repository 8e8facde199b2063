"""What the front page rests on beside the stories themselves: how they move, what is pinned."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dateline.model.base import StoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """What came in of one story lately.

    `voices` are the outlets that brought a report of their own (no copy) in the last days: when
    each brought its newest one. Counts are of reports of any kind.
    """

    voices: tuple[datetime, ...] = ()  # the newest first
    last_hour: int = 0
    last_day: int = 0
    countries: int = 0  # of its outlets, where these are known


class PinPlace(StrEnum):
    """Where the editor holds a story."""

    LEAD = "lead"  # above all others
    TOP = "top"  # among the first few


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """An editor's decision that a story stands high for a while, with the reason."""

    story_id: StoryId
    place: PinPlace
    at: datetime  # when it was decided
    section: str = ""  # on whose page; "" is the front page
    until: datetime | None = None  # when it ends by itself; None: when it is taken back
    by: str = ""
    why: str = ""
    ended_at: datetime | None = None  # when it was taken back, or another took its place

    def holds(self, now: datetime) -> bool:
        """Whether the story is held now."""
        return self.ended_at is None and (self.until is None or now < self.until)
