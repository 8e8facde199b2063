"""Picking the largest: the same as sorting all of them, equals in the order they stand in."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dateline.stories.picking import find_starts, mark_largest, rank_largest

VALUES = st.lists(st.integers(0, 9), max_size=60)  # few different ones: many equals
MOST = st.integers(1, 70)


@given(VALUES, MOST)
def test_ranks_are_those_of_a_sort(values: list[int], most: int) -> None:
    ranked = rank_largest(np.array(values, dtype=np.float32), most).tolist()
    assert ranked == sorted(range(len(values)), key=lambda place: -values[place])[:most]


@given(VALUES, MOST)
def test_marks_are_those_of_a_sort(values: list[int], most: int) -> None:
    most = min(most, len(values))
    marks = mark_largest(np.array(values, dtype=np.float64), most) if most else np.zeros(0, bool)
    ranked = sorted(range(len(values)), key=lambda place: -values[place])[:most]
    assert marks.nonzero()[0].tolist() == sorted(ranked)


@given(VALUES)
def test_runs_begin_where_the_value_changes(values: list[int]) -> None:
    values.sort()
    firsts = [values.index(value) for value in sorted(set(values))]
    assert find_starts(np.array(values, dtype=np.uint32)).tolist() == firsts
