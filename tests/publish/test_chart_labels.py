"""Labels below a chart: each at its place as far as it goes, none over another or outside."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.publish.chart_labels import LETTER, WIDTH, Label, lay_labels


def measure(label: Label) -> tuple[float, float]:
    wide = len(label.text) * LETTER
    start = {"start": label.x, "middle": label.x - wide / 2, "end": label.x - wide}[label.anchor]
    return start, start + wide


def test_labels_stand_in_the_middle_below_their_places_or_at_the_edges() -> None:
    labels = lay_labels([(4.0, "25 Nov"), (200.0, "26 Nov"), (390.0, "27 Nov")])
    assert [(label.x, label.anchor) for label in labels] == [
        (0.0, "start"),
        (200.0, "middle"),
        (WIDTH, "end"),
    ]


def test_where_there_is_no_room_every_second_stands() -> None:
    named = [(at * 97.0, "28 листопада") for at in range(5)]
    assert [label.x for label in lay_labels(named)] == [0.0, 194.0, WIDTH]
    assert len(lay_labels([(at * 97.0, "28 лист.") for at in range(5)])) == 5


@given(
    st.lists(st.floats(0, WIDTH), max_size=8).map(sorted),
    st.lists(st.text(max_size=60), min_size=8, max_size=8),
)
@examples(300)
def test_no_label_lies_over_another(places: list[float], texts: list[str]) -> None:
    named = list(zip(places, texts, strict=False))
    labels = lay_labels(named)
    assert bool(labels) == bool(named)
    ends = [measure(label) for label in labels]
    assert all(one[1] < other[0] for one, other in pairwise(ends))
