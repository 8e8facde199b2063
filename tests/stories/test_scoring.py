"""How sure it is that two are alike: by words beyond chance, across languages by meaning."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.stories.scoring import Rules, trust

RULES = Rules()
values = st.floats(-50, 50, width=32)
cosines = st.floats(-1, 1, width=32) | st.just(math.nan)


def ask(beyond: float, meaning: float, *, same: bool) -> float:
    arrays = (np.array([beyond], np.float32), np.array([meaning], np.float32), np.array([same]))
    return float(trust(RULES, *arrays)[0])


@given(values, values, cosines, st.booleans())
def test_trust_is_a_share_that_grows_with_what_is_in_common(one, other, meaning, same) -> None:
    less, more = sorted((one, other))
    assert 0 <= ask(less, meaning, same=same) <= ask(more, meaning, same=same) <= 1


@given(values, cosines)
def test_words_tell_within_a_language_and_meaning_across(beyond, meaning) -> None:
    assert ask(beyond, meaning, same=True) == ask(beyond, 0.0, same=True)
    assert ask(beyond, meaning, same=False) == ask(0.0, meaning, same=False)


def test_what_chance_gives_is_not_trusted() -> None:
    assert ask(RULES.odd_words, 0.9, same=True) == 0
    assert ask(RULES.sure_words, 0.0, same=True) == 1
    assert ask(9.0, RULES.odd_meaning, same=False) == ask(9.0, math.nan, same=False) == 0
    assert ask(0.0, RULES.sure_meaning, same=False) == pytest.approx(1)
