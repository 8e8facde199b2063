"""Where the words below a chart stand: as many as there is room for, none over another.

A chart is 400 units wide. How wide its letters are nobody knows who draws no pixel: what is taken
is as much as the widest alphabets of the interface need, in the size that a phone shows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH = 400.0
LETTER = 7.4  # units, of one letter at 14 units: what most of the Latin and Cyrillic ones keep to
_GAP = 6.0  # between two labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Words below a chart; `anchor` is SVG's: which part of them stands at `x`."""

    x: float
    anchor: str  # "start", "middle", "end"
    text: str


def lay_labels(named: Sequence[tuple[float, str]]) -> tuple[Label, ...]:
    """Return labels for places from left to right: all, else each second, third, … of them."""
    for step in range(1, len(named) + 1):
        labels = tuple(_lay(x, text) for x, text in named[::step])
        ends = [_find_ends(label) for label in labels]
        if all(end + _GAP <= start for (_, end), (start, _) in pairwise(ends)):
            return labels
    return ()


def _lay(x: float, text: str) -> Label:
    """Return a label in the middle below its place, or at the chart's edge where it is near."""
    half = len(text) * LETTER / 2
    if x < half:
        return Label(x=0.0, anchor="start", text=text)
    if x > WIDTH - half:
        return Label(x=WIDTH, anchor="end", text=text)
    return Label(x=round(x, 1), anchor="middle", text=text)


def _find_ends(label: Label) -> tuple[float, float]:
    wide = len(label.text) * LETTER
    start = label.x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor]
    return start, start + wide
