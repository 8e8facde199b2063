from hypothesis import given
from hypothesis import strategies as st

from dateline.model import StoryId
from dateline.publish.steady import MARGIN, keep_steady

NUMBERS = st.dictionaries(st.integers(1, 30), st.floats(-9, 9), max_size=30)


def order(numbers: dict[int, float]):
    return [(StoryId(key), numbers[key]) for key in sorted(numbers, key=lambda k: -numbers[k])]


def test_a_small_change_swaps_nothing_and_a_large_one_does() -> None:
    assert keep_steady(order({1: 1.0, 2: 1.2}), [1, 2]) == [1, 2]
    assert keep_steady(order({1: 1.0, 2: 1.3}), [1, 2]) == [2, 1]
    assert keep_steady(order({1: 1.0, 2: 1.2}), []) == [2, 1]


def test_what_is_new_takes_the_place_of_its_number() -> None:
    assert keep_steady(order({1: 1.0, 2: 1.2, 3: 1.1}), [1, 2]) == [3, 1, 2]
    assert keep_steady(order({1: 1.0, 2: 1.2, 3: 0.1}), [1, 2, 9]) == [1, 2, 3]


@given(NUMBERS, st.lists(st.integers(1, 30)))
def test_nobody_stands_below_one_that_is_clearly_beaten(numbers, before) -> None:
    found = keep_steady(order(numbers), before)
    assert sorted(found) == sorted(numbers)
    for at, key in enumerate(found):
        for below in found[at + 1 :]:
            assert numbers[below] <= numbers[key] + MARGIN


@given(NUMBERS, st.randoms())
def test_an_order_stays_while_nothing_changes_much(numbers, random) -> None:
    before = keep_steady(order(numbers), [])
    shaken = {key: value + random.uniform(-0.49, 0.49) * MARGIN for key, value in numbers.items()}
    assert keep_steady(order(shaken), before) == before
