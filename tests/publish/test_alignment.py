import random
import time
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.publish.alignment import match_alike, match_equal

ROWS = st.lists(st.sampled_from("abcd"), max_size=14)


def longest_common(old: list[str], new: list[str]) -> int:
    table = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, left in enumerate(old):
        for j, right in enumerate(new):
            best = max(table[i][j + 1], table[i + 1][j])
            table[i + 1][j + 1] = table[i][j] + 1 if left == right else best
    return table[-1][-1]


def is_in_order(pairs: list[tuple[int, int]]) -> bool:
    return all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


@given(ROWS, ROWS)
@examples(120)
def test_the_common_row_is_common_in_order_and_the_longest(old: list[str], new: list[str]) -> None:
    pairs = match_equal(old, new)
    assert all(old[left] == new[right] for left, right in pairs)
    assert is_in_order(pairs)
    assert len(pairs) == longest_common(old, new)


def test_long_rows_take_little_time_and_too_long_ones_keep_their_ends() -> None:
    chance = random.Random(5)
    old = [chance.choice("ab") for _ in range(7_000)]
    new = [chance.choice("ab") for _ in range(7_000)]
    began = time.process_time()
    assert len(match_equal(old, new)) > 4_000
    assert time.process_time() - began < 2
    longer = ["x", *old * 3, "y"]
    other = ["x", *new * 3, "y"]
    pairs = match_equal(longer, other)
    assert pairs[0] == (0, 0)
    assert pairs[-1] == (len(longer) - 1, len(other) - 1)
    assert is_in_order(pairs)


@given(
    st.lists(st.frozensets(st.sampled_from("abcdef")), max_size=6),
    st.lists(st.frozensets(st.sampled_from("abcdef")), max_size=6),
)
@examples(40)
def test_like_things_are_paired_in_order(old: list[frozenset[str]], new) -> None:
    pairs = match_alike(old, new, 0.5)
    assert is_in_order(pairs)
    for left, right in pairs:
        assert 2 * len(old[left] & new[right]) >= 0.5 * (len(old[left]) + len(new[right]))


def test_the_better_partner_is_taken() -> None:
    old = [frozenset("abcd")]
    new = [frozenset("abxy"), frozenset("abcx"), frozenset("wxyz")]
    assert match_alike(old, new, 0.4) == [(0, 1)]
    assert match_alike(old * 200, new * 40, 0.4) == []  # 24,000 comparisons: none is made
