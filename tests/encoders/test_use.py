"""The encoder of the extra `use`: no text that makes it raise, meaning across languages."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.encoders import SentenceEncoder, open_encoder

pytestmark = pytest.mark.heavy  # the model is loaded and run


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    found = open_encoder("use")
    assert found is not None
    return found


def test_none_is_no_encoder() -> None:
    assert open_encoder("none") is None


def test_the_name_tells_model_and_hash(encoder: SentenceEncoder) -> None:
    assert encoder.name == "use-multilingual-3/0db566fd"


def test_one_report_in_two_languages_is_nearer_than_two_reports(encoder: SentenceEncoder) -> None:
    english, spanish, other = encoder.encode(
        [
            "An earthquake struck the coast of Chile on Monday, killing twelve people.",
            "Un terremoto sacudió la costa de Chile el lunes y mató a doce personas.",
            "The central bank left interest rates unchanged for a third month.",
        ]
    )
    assert english @ spanish > 0.7
    assert english @ other < 0.4


def test_nothing_gives_nothing(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, 512)


HOSTILE = ["", "\x00\x01", "\ud800 alone", "a" * 1_000_000, "\ufdfa" * 2_000, "🏳️‍🌈" * 500, "\ufffe"]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_has_a_vector(encoder: SentenceEncoder, text: str) -> None:
    vector = encoder.encode([text])[0]
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)


@given(texts=st.lists(st.text(max_size=300), min_size=1, max_size=4))
@examples(40)
def test_a_text_has_the_same_vector_in_any_company(texts: list[str]) -> None:
    found = open_for_laws().encode(texts)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-4)
    assert np.allclose(open_for_laws().encode(texts[-1:])[0], found[-1], atol=1e-5)


_OPENED: list[SentenceEncoder] = []


def open_for_laws() -> SentenceEncoder:
    """Return one encoder for all examples: to load it takes a second."""
    if not _OPENED:
        _OPENED.append(SentenceEncoder())
    return _OPENED[0]
