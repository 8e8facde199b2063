"""Rival figures as a small chart: where each number lies on one line; drawn by a template as SVG.

Nothing is averaged and nothing judged: each figure has a row of its own, with whose it is and as of
when; the same stands in a table beside it.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from dateline.model import Figure
from dateline.publish.chart_labels import Label, lay_labels

_WIDE = 30.0  # a scale that spans more than so many times is logarithmic
_TICKS = 4
_LEAST = 1e-9  # what is smaller is nothing on a chart, and has no half


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure on the line; places are shares of its length, 0..1."""

    low: float
    high: float
    at: float | None  # None where only a range is given
    open_low: bool = False  # "fewer than": nothing says where it begins
    open_high: bool = False  # "at least": nothing says where it ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The rows in the order of the figures, and marks on the line."""

    rows: tuple[Row, ...]
    ticks: tuple[tuple[float, float], ...]  # place, value
    logarithmic: bool

    def label(self, say: Callable[[float], str]) -> tuple[Label, ...]:
        """Return the words below the marks, of which the line is 380 of 400 units long."""
        return lay_labels([(10 + place * 380, say(value)) for place, value in self.ticks])


def draw_chart(figures: Sequence[Figure]) -> Chart | None:
    """Return the chart of figures that count one thing; None where fewer than two have a number."""
    values = [value for figure in figures for value in _ends(figure)]
    if len(figures) < 2 or not values or min(values) < 0:
        return None
    smallest, largest = min(values), max(values)
    logarithmic = smallest > _LEAST and largest / smallest > _WIDE
    scale = _Scale(
        first=smallest / 2 if logarithmic else 0.0, last=largest, logarithmic=logarithmic
    )
    return Chart(
        rows=tuple(_place(figure, scale) for figure in figures),
        ticks=tuple((scale.place(value), value) for value in _choose_ticks(scale)),
        logarithmic=logarithmic,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    first: float
    last: float
    logarithmic: bool

    def place(self, value: float) -> float:
        """Return where a value lies, 0..1."""
        first, last = self.first, self.last
        if self.logarithmic:
            first, last, value = math.log(first), math.log(last), math.log(max(value, first))
        length = last - first
        return round(min(max((value - first) / length, 0.0), 1.0), 4) if length > 0 else 1.0


def _ends(figure: Figure) -> Iterable[float]:
    return [v for v in (figure.value, figure.low, figure.high) if v is not None]


def _place(figure: Figure, scale: _Scale) -> Row:
    ends = list(_ends(figure)) or [scale.first]
    open_low = figure.low is None and figure.high is not None and figure.value is None
    open_high = figure.high is None and figure.low is not None and figure.value is None
    return Row(
        low=0.0 if open_low else scale.place(min(ends)),
        high=1.0 if open_high else scale.place(max(ends)),
        at=None if figure.value is None else scale.place(figure.value),
        open_low=open_low,
        open_high=open_high,
    )


def _choose_ticks(scale: _Scale) -> list[float]:
    """Return round values on the line: powers of ten, or a few steps of 1, 2 or 5."""
    if scale.logarithmic:
        powers = range(math.ceil(math.log10(scale.first)), math.floor(math.log10(scale.last)) + 1)
        return [10.0**power for power in list(powers)[-6:]]
    if scale.last <= _LEAST:
        return [0.0]
    rough = scale.last / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    return [step * number for number in range(int(scale.last / step + 1e-9) + 1)]
