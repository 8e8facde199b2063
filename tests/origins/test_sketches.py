"""Sampled passages: the sorted runs answer as one plain table would."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.origins import sketches
from dateline.origins.sketches import Sketches, sample


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sets(st.integers(0, 30), min_size=1, max_size=8), min_size=1, max_size=40))
def test_runs_answer_as_a_table_would(rows: list[set[int]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sketches, "_FRESH", 12)
        patch.setattr(sketches, "_REACH", 5)
        index, table = Sketches(), dict[int, list[int]]()
        for position, row in enumerate(rows):
            index.add(position, np.array(sorted(row), dtype=np.uint32))
            for passage in row:
                table.setdefault(passage, []).append(position)
        expected = Counter(p for passage in rows[-1] for p in table[passage][-5:])
        positions, shared = index.find(np.array(sorted(rows[-1]), dtype=np.uint32))
    assert dict(zip(positions.tolist(), shared.tolist(), strict=True)) == expected


def test_a_sample_is_a_rate_with_bounds() -> None:
    few, many = np.arange(10, dtype=np.uint32), np.arange(2000, dtype=np.uint32)
    assert len(sample(few)) == 10
    assert len(sample(many)) == 96
    spread = np.linspace(0, 2**32 - 1, 800).astype(np.uint32)
    assert len(sample(spread)) == pytest.approx(50, abs=1)
