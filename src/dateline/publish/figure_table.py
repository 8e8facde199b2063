"""Figures of a story that count the same thing, as a table and a chart: whose number, as of when.

One row a number: what several articles give for the same speaker and day is one row with all of
them. Figures are facts and not an outlet's wording, so they are shown of every source but those
whose headline alone may be; of the words beside them a few.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.model import Card, DateRange, Figure, Rights, SavedFigure, Source
from dateline.publish.chart import Chart, draw_chart

LONGEST_COUNTED = 12  # words of what a figure counts
MOST_ROWS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivals:
    """Figures that count the same thing, as they were found; a row for each that differ."""

    rows: tuple[Sequence[SavedFigure], ...]  # the same number by the same speaker, first one first
    updates: frozenset[int] = frozenset()  # rows in which a speaker changes the number before
    unit: str = ""
    deeds: tuple[str, ...] = ()  # what befell the counted: "dead"
    counts: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureRow:
    """One number by one speaker as of one day, with the first article that has it."""

    figure: Figure
    counts: str
    card: Card
    more: int = 0  # other articles that have the same
    is_update: bool = False  # the same speaker gave the number above before

    @property
    def text(self) -> str:
        """The number as it is written: "about 20,000"."""
        return self.figure.text

    @property
    def by(self) -> str:
        """Whose number it is; "" is the article itself."""
        return self.figure.by

    @property
    def by_key(self) -> str:
        """The speaker's key."""
        return self.figure.by_key

    @property
    def as_of(self) -> DateRange | None:
        """When it held."""
        return self.figure.as_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureGroup:
    """Numbers that count the same thing."""

    counts: str  # in the words of the first article that names what it counts
    language: str  # of these words
    unit: str
    deeds: tuple[str, ...]
    rows: tuple[FigureRow, ...]  # by speaker, who spoke first comes first
    chart: Chart | None

    @property
    def rivals(self) -> int:
        """How many different numbers there are."""
        return len({(row.figure.value, row.figure.low, row.figure.high) for row in self.rows})

    @property
    def voices(self) -> int:
        """How many named speakers give a number."""
        return len({row.by_key for row in self.rows if row.by_key})


def view_groups(groups: Iterable[Rivals], sources: Mapping[str, Source]) -> list[FigureGroup]:
    """Return groups as pages show them, those with at least two numbers that may be shown.

    First what befell someone, or what two speakers number; then those with the most numbers.
    """
    views = [view for group in groups if (view := _view(group, sources)) is not None]
    return sorted(views, key=_rank)


def _rank(view: FigureGroup) -> tuple[bool, int, int, str]:
    is_told = bool(view.deeds) or view.voices > 1
    return not is_told, -view.rivals, -len(view.rows), view.counts


def _view(group: Rivals, sources: Mapping[str, Source]) -> FigureGroup | None:
    shown = list[FigureRow]()
    for number, same in enumerate(group.rows):
        if visible := [each for each in same if _may_show(each.card, sources)]:
            # Two numbers in one report are two things, or two halves of one: nothing was changed.
            is_later = bool(shown) and shown[-1].card.article_id != visible[0].card.article_id
            shown.append(_to_row(visible, is_update=number in group.updates and is_later))
    shown = shown[:MOST_ROWS]
    named = next((row for row in shown if row.counts), shown[0] if shown else None)
    if named is None:
        return None
    view = FigureGroup(
        # Of people in general what befell them says it, in the reader's language.
        counts="" if group.deeds and not group.counts else named.counts,
        language=named.card.language,
        unit=group.unit,
        deeds=group.deeds,
        rows=tuple(shown),
        chart=draw_chart([row.figure for row in shown]),
    )
    # Whoever gives two numbers in one report does not quarrel with himself.
    sides = {(row.by_key, row.card.article_id) for row in shown}
    return view if view.rivals > 1 and len(sides) > 1 else None


def _may_show(card: Card, sources: Mapping[str, Source]) -> bool:
    source = sources.get(card.source_key)
    return source is not None and source.rights is not Rights.HEADLINE and not card.gone


def _to_row(same: Sequence[SavedFigure], *, is_update: bool) -> FigureRow:
    first = same[0]
    others = {each.card.article_id for each in same} - {first.card.article_id}
    return FigureRow(
        figure=first.figure,
        counts=_shorten(first.figure.counts),
        card=first.card,
        more=len(others),
        is_update=is_update,
    )


def _shorten(counts: str) -> str:
    words = counts.split()
    return " ".join(words[:LONGEST_COUNTED]) + (" …" if len(words) > LONGEST_COUNTED else "")
