"""Chosen passages: a shared stretch shares one; the table answers as a plain one would."""

import random
from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.origins.sketches import PLACES, Sketches, choose


def _numbers(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.uint32)


@examples(30)
@given(st.lists(st.sets(st.integers(0, 60), min_size=1, max_size=8), min_size=1, max_size=40))
def test_the_table_answers_as_a_plain_one_would(rows: list[set[int]]) -> None:
    index, table = Sketches(), dict[int, list[int]]()
    for position, row in enumerate(rows):
        index.add(position, _numbers(*sorted(row)))
        for passage in row:
            table.setdefault(passage, []).append(position)
    expected = defaultdict(float)
    for passage in rows[-1]:
        holders = table[passage][-PLACES:]
        for position in holders:
            expected[position] += 1 / len(holders)
    weights = index.find(_numbers(*sorted(rows[-1])))
    # Two passages may fall into one row, which then holds fewer of each.
    assert set(weights) <= set(expected)
    assert len(rows) - 1 in weights
    assert all(weight > 0 for weight in weights.values())


def test_an_empty_place_is_nobody() -> None:
    index = Sketches()
    assert index.find(_numbers(0, 7)) == {}
    index.add(0, _numbers(0, 9))
    assert index.find(_numbers(0, 7)) == {0: 1.0}


def test_a_table_that_grows_keeps_what_it_holds() -> None:
    rng = np.random.default_rng(1)
    rows = rng.integers(0, 2**32, (3000, 20), dtype=np.uint32)
    index = Sketches()
    for position, row in enumerate(rows):
        index.add(position, row)
    found = [position in index.find(rows[position]) for position in range(3000)]
    assert len(index.heads) > 1024
    assert all(found)
    weights = [max(index.find(row).values()) for row in rows[-500:]]
    assert min(weights) > 15


@examples(40)
@given(st.integers(60, 900), st.integers(60, 900), st.integers(0, 2**30))
def test_texts_that_share_a_stretch_share_a_passage(one: int, other: int, seed: int) -> None:
    rng = random.Random(seed)
    stretch = [rng.randrange(2**32) for _ in range(24)]

    def weave(length: int) -> np.ndarray:
        words = [rng.randrange(2**32) for _ in range(length)]
        place = rng.randrange(length)
        return _numbers(*words[:place], *stretch, *words[place:])

    assert np.intersect1d(choose(weave(one)), choose(weave(other))).size


def test_about_two_dozen_are_chosen_of_a_short_text_and_more_of_a_long_one() -> None:
    rng = np.random.default_rng(2)
    counts = [
        len(choose(rng.integers(0, 2**32, n, dtype=np.uint32))) for n in (0, 3, 60, 150, 2000)
    ]
    assert counts[:2] == [0, 1]
    assert 15 < counts[2] < 40
    assert 15 < counts[3] < 40
    assert 120 < counts[4] < 200
