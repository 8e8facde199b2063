"""How a story was covered over time: reports in each hour, day or week; drawn by a template as SVG.

A bar counts what was published in one span of time, in the site's time zone: how many reports are
the first of their origin, how many carry one that stood before. The same stands in a table.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from dateline.model import UNDATED_AT, Card
from dateline.publish.chart_labels import Label, lay_labels
from dateline.publish.origin_tree import name_family

MOST_BARS = 40
BARS_WIDTH = 388.0  # of the chart's 400 units
_LEAST_REPORTS = 4
_MOST_TICKS = 5
_DAY = 24  # hours
_STEPS = (1, 3, 6, 12, *(_DAY * days for days in (1, 2, 7, 14, 28, 91, 364)))  # hours
_MONDAY = datetime(1, 1, 1)  # noqa: DTZ001 -- wall-clock time, the first day of weeks counted so


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What was published in one span of time."""

    start: datetime  # in the site's time zone
    reports: int
    first: int  # of them, those that are the first of their origin
    outlets: int
    languages: tuple[tuple[str, int], ...]  # the most first; "" is unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Bars of equal length in time, without a gap, oldest first."""

    bars: tuple[Bar, ...]
    hours: int  # that a bar is long
    most: int  # reports in one bar
    ticks: tuple[int, ...]  # of the bars, those that are named below the chart

    @property
    def filled(self) -> tuple[Bar, ...]:
        """The bars that are no gaps."""
        return tuple(bar for bar in self.bars if bar.reports)

    def label(self, name: Callable[[datetime, int], str]) -> tuple[Label, ...]:
        """Return the words below the bars; `name` says a bar by its start and its hours."""
        wide = BARS_WIDTH / len(self.bars)
        places = ((at + 0.4) * wide for at in self.ticks)  # a bar fills four fifths of its room
        names = (name(self.bars[at].start, self.hours) for at in self.ticks)
        return lay_labels(list(zip(places, names, strict=True)))


def draw_coverage(cards: Iterable[Card], zone: tzinfo) -> Coverage | None:
    """Return the bars of a story's dated reports; None where there is little to see.

    There are at least four reports in two bars, and at most `MOST_BARS` bars: what is longer has
    longer bars. Linear in the number of cards.
    """
    dated = sorted(
        (card for card in cards if card.listed_at > UNDATED_AT),
        key=lambda card: (card.listed_at, card.article_id),
    )
    if len(dated) < _LEAST_REPORTS:
        return None
    walls = [card.listed_at.astimezone(zone).replace(tzinfo=None) for card in dated]
    hours = _choose_step(min(walls), max(walls))
    places = [_place(wall, hours) for wall in walls]
    first, last = min(places), max(places)
    if first == last:
        return None
    bars = _fill_bars(dated, places, hours, zone)
    return Coverage(
        bars=bars,
        hours=hours,
        most=max(bar.reports for bar in bars),
        ticks=_choose_ticks(bars),
    )


def _choose_step(first: datetime, last: datetime) -> int:
    for hours in _STEPS:
        if _place(last, hours) - _place(first, hours) < MOST_BARS:
            return hours
    days = (last - first).days // (MOST_BARS - 1) + 1
    return days * _DAY


def _place(wall: datetime, hours: int) -> int:
    """Return the number of the bar in which a moment lies; weeks begin on a Monday."""
    return int((wall - _MONDAY) / timedelta(hours=1)) // hours


def _fill_bars(
    cards: Sequence[Card], places: Sequence[int], hours: int, zone: tzinfo
) -> tuple[Bar, ...]:
    """Return the bars of cards in order of time, each in its place."""
    filled: dict[int, list[tuple[Card, bool]]] = {}
    seen: set[int] = set()
    for card, place in zip(cards, places, strict=True):
        is_first = card.origin_id is None or card.origin_id not in seen
        seen.update(() if card.origin_id is None else (card.origin_id,))
        filled.setdefault(place, []).append((card, is_first))
    return tuple(
        _make_bar(_MONDAY + timedelta(hours=place * hours), filled.get(place, ()), zone)
        for place in range(min(filled), max(filled) + 1)
    )


def _make_bar(wall: datetime, row: Sequence[tuple[Card, bool]], zone: tzinfo) -> Bar:
    tongues = Counter("" if card.language == "und" else card.language for card, _ in row)
    return Bar(
        start=wall.replace(tzinfo=zone),
        reports=len(row),
        first=sum(is_first for _card, is_first in row),
        outlets=len({name_family(card) for card, _ in row}),
        languages=tuple(sorted(tongues.items(), key=lambda each: (-each[1], each[0]))),
    )


def _choose_ticks(bars: Sequence[Bar]) -> tuple[int, ...]:
    """Return some bars evenly apart, among those that begin a day where there are two."""
    days = [at for at, bar in enumerate(bars) if not bar.start.hour]
    among = days if len(days) > 1 else range(len(bars))
    count = min(_MOST_TICKS, len(among))
    return tuple(among[round(at * (len(among) - 1) / (count - 1))] for at in range(count))
