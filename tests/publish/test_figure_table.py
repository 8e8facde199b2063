"""Rival figures as a table: who gives which number, what was changed, what is no quarrel."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from dateline.model import ArticleId, Card, Figure, Rights, SavedFigure, Source
from dateline.publish.figure_table import FigureGroup, Rivals, view_groups

START = datetime(2031, 5, 4, 10, tzinfo=UTC)
SOURCES = {
    rights.value: Source(key=rights.value, name=rights.value, home="", rights=rights)
    for rights in Rights
}


def give(value: float, by: str, article: int, source: Rights = Rights.FULL) -> SavedFigure:
    card = Card(
        article_id=ArticleId(article),
        url="",
        headline="",
        kicker="",
        lede="",
        language="en",
        section="",
        source_key=source.value,
        source_name="",
        rights=source,
        at=START + timedelta(hours=article),
        first_seen=START,
    )
    figure = Figure(
        span=(0, 2), text=str(value), value=value, counts="people", by=by, by_key=by.lower()
    )
    return SavedFigure(card=card, version=1, number=0, figure=figure)


def view(*rows: list[SavedFigure], updates: tuple[int, ...] = ()) -> list[FigureGroup]:
    return view_groups([Rivals(rows=rows, updates=frozenset(updates))], SOURCES)


def test_a_row_is_a_number_with_all_who_have_it() -> None:
    (group,) = view([give(20, "Kyiv", 1), give(20, "Kyiv", 3)], [give(7, "Moscow", 2)])
    assert [(row.text, row.by, row.more) for row in group.rows] == [
        ("20", "Kyiv", 1),
        ("7", "Moscow", 0),
    ]
    assert (group.counts, group.rivals, group.voices) == ("people", 2, 2)
    assert group.chart is not None


def test_a_number_is_changed_by_a_later_report_alone() -> None:
    (group,) = view([give(20, "Kyiv", 1)], [give(25, "Kyiv", 2)], updates=(1,))
    assert [row.is_update for row in group.rows] == [False, True]
    (group,) = view(
        [give(20, "Kyiv", 1)], [give(25, "Kyiv", 1)], [give(9, "Moscow", 2)], updates=(1,)
    )
    assert not any(row.is_update for row in group.rows)


def test_two_numbers_of_one_speaker_in_one_report_are_no_quarrel() -> None:
    assert view([give(20, "Kyiv", 1)], [give(25, "Kyiv", 1)]) == []


def test_what_may_not_be_shown_is_no_side() -> None:
    hidden = give(25, "Moscow", 2, Rights.HEADLINE)
    assert view([give(20, "Kyiv", 1)], [hidden]) == []
    gone = replace(hidden, card=replace(hidden.card, source_key="full", gone=True))
    assert view([give(20, "Kyiv", 1)], [gone]) == []
