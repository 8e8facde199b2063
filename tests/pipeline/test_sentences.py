"""Sentences: each is encoded once while it is kept, and never more are kept than may be."""

import numpy as np
from tests.pipeline.world import Words

from dateline.pipeline.sentences import Sentences


def test_what_is_kept_is_what_the_encoder_makes() -> None:
    encoder, kept = Words(), Sentences()
    texts = ["one two", "three", "one two", "four five six"]
    assert np.array_equal(kept.encode(encoder, texts), Words().encode(texts))
    assert np.array_equal(kept.encode(encoder, texts[::-1]), Words().encode(texts[::-1]))
    assert encoder.asked == ["one two", "three", "four five six"]


def test_the_ones_asked_for_longest_ago_are_forgotten() -> None:
    encoder, kept = Words(), Sentences(kept=3)
    kept.encode(encoder, ["a", "b", "c"])
    kept.encode(encoder, ["a"])
    assert len(kept.encode(encoder, ["d", "e"])) == 2
    assert sorted(kept.known) == ["a", "d", "e"]
    assert len(kept.encode(encoder, ["v", "w", "x", "y", "z"])) == 5, "more at once than are kept"
    assert len(kept.known) == 3


def test_vectors_of_two_models_are_never_mixed() -> None:
    one, other, kept = Words(), Words(name="words/2"), Sentences()
    kept.encode(one, ["a"])
    kept.encode(other, ["a"])
    assert one.asked == other.asked == ["a"]
