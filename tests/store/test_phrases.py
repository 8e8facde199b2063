"""Phrases in texts: the fast way of plain texts and the way of all others say the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.store.phrases import Phrases
from dateline.store.terms import Cut
from dateline.store.tokens import list_tokens

WORDS = st.lists(st.sampled_from(["a", "b", "ab", "ba"]), min_size=1, max_size=40)
GAPS = st.sampled_from([" ", ", ", "_", "\n\n", "-"])


@given(WORDS, GAPS, st.lists(st.sampled_from(["a", "b", "ab"]), min_size=2, max_size=4))
def test_both_ways_say_the_same(words: list[str], gap: str, wanted: list[str]) -> None:
    text = gap.join(words)
    for prefix in (False, True):
        phrases = Phrases([Cut(tuple(wanted), prefix)], [])
        assert phrases.stand(text, "") == phrases.stand(text, "é") == phrases.stand("", text)
        unwanted = Phrases([], [Cut(tuple(wanted), prefix)])
        assert unwanted.stand(text, "") != phrases.stand(text, "")
    runs = [words[at : at + len(wanted)] for at in range(len(words))]
    assert Phrases([Cut(tuple(wanted))], []).stand(text, "") == (wanted in runs)


@pytest.mark.parametrize(
    "text", ["a" * 200_000, "a " * 100_000, "a" + " " * 200_000, "\ud800 é a b"]
)
def test_hostile_texts(text: str) -> None:
    phrases = Phrases([Cut(("a", "b", "c"), prefix=True)], [Cut(tuple(list_tokens("x y")))])
    assert not phrases.stand(text, text)


def test_a_word_that_is_not_wanted_is_not_wanted_in_any_form() -> None:
    phrases = Phrases([], [Cut(("rocket",), word="rocket")])
    assert phrases and not phrases.stand("Two rockets", "", "en")
    assert phrases.stand("Two rockets", "", "ja") and phrases.stand("Rock", "it", "en")
