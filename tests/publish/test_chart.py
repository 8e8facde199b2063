"""Rival figures on one line: each where its number is, never averaged."""

from hypothesis import example, given
from hypothesis import strategies as st

from dateline.model import Figure
from dateline.publish.chart import draw_chart


def figure(
    value: float | None = None, low: float | None = None, high: float | None = None
) -> Figure:
    return Figure(span=(0, 1), value=value, low=low, high=high)


def test_figures_lie_on_a_line_from_nought() -> None:
    chart = draw_chart([figure(20_000), figure(5_000), figure(low=10_000, high=15_000)])
    assert chart is not None and not chart.logarithmic
    assert [(row.low, row.high, row.at) for row in chart.rows] == [
        (1.0, 1.0, 1.0),
        (0.25, 0.25, 0.25),
        (0.5, 0.75, None),
    ]
    assert [value for _, value in chart.ticks] == [0, 5_000, 10_000, 15_000, 20_000]


def test_open_ends_reach_the_edge() -> None:
    chart = draw_chart([figure(100), figure(low=50), figure(high=80)])
    assert chart is not None
    assert [(row.low, row.high, row.open_low, row.open_high) for row in chart.rows[1:]] == [
        (0.5, 1.0, False, True),
        (0.0, 0.8, True, False),
    ]


def test_far_apart_figures_have_a_logarithmic_line() -> None:
    chart = draw_chart([figure(10), figure(100_000)])
    assert chart is not None and chart.logarithmic
    assert [value for _, value in chart.ticks] == [10, 100, 1_000, 10_000, 100_000]


def test_one_figure_or_none_makes_no_chart() -> None:
    assert draw_chart([figure(5)]) is None
    assert draw_chart([figure(), figure()]) is None


_NUMBER = st.none() | st.floats(-1e15, 1e15)


@example([(1.0, None, None), (5e-324, None, None)])
@example([(5e-324, None, None), (5e-324, None, None)])
@given(st.lists(st.tuples(_NUMBER, _NUMBER, _NUMBER), max_size=8))
def test_every_place_is_on_the_line(numbers: list[tuple[float | None, ...]]) -> None:
    chart = draw_chart([figure(*each) for each in numbers])
    for row in chart.rows if chart else ():
        assert 0 <= row.low <= row.high <= 1
        assert row.at is None or row.low <= row.at <= row.high
