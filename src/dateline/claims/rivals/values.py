"""A figure with its article, and the groups of figures that count the same."""

from dataclasses import dataclass
from datetime import date, datetime

from dateline.model import Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A figure of one article."""

    figure: Figure
    article: int
    at: datetime  # when the article came out
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalValue:
    """One number that one speaker gives, with every figure that says so, the earliest first."""

    value: float | None
    low: float | None
    high: float | None
    approximate: bool
    as_of: date | None  # the last day for which it is given; None: not said
    figures: tuple[Counted, ...]
    is_update: bool = False  # the same named speaker gave another number before


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalSpeaker:
    """The numbers of one speaker ("" is the articles themselves), by as-of date."""

    by: str
    by_key: str
    values: tuple[RivalValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalGroup:
    """Figures of a story that count the same thing, at least two of them different numbers."""

    unit: str
    counts: str  # the words of the earliest figure that has some; "" for people in general
    deeds: tuple[str, ...]  # what befell the counted: "dead", "injured"
    speakers: tuple[RivalSpeaker, ...]  # who spoke first comes first
