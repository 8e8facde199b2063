"""Translations: sentences in order, names and numbers in order, and nothing less."""

import random
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.encoders import open_encoder
from dateline.model import ArticleId, Lead, LinkKind, SourceId
from dateline.origins.anchors import find_anchors
from dateline.origins.translations import Encode, compare

NOW = datetime(2026, 3, 2, tzinfo=UTC)


def encode(texts: Sequence[str]) -> np.ndarray:
    """Return for a sentence "… meaning12 …" a vector of that meaning, with some noise."""
    rows = []
    for text in texts:
        meaning = int("".join(c for c in text.split("meaning")[-1] if c.isdecimal()) or 0)
        noise = np.random.default_rng(crc32(text.encode("utf-8", "replace"))).normal(size=64)
        row = np.random.default_rng(meaning).normal(size=64) + 0.6 * noise + 1.0
        rows.append(row / np.linalg.norm(row))
    return np.array(rows, dtype=np.float32)


def encode_narrowly(texts: Sequence[str]) -> np.ndarray:
    """Return the same vectors in a narrow cone: even unlike texts have a cosine of .8 and more."""
    rows = encode(texts) + 0.3
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def write(language: str, meanings: Sequence[int]) -> str:
    return "\n\n".join(f"{language}{m} words in {language} say meaning{m}." for m in meanings)


def lead(number: int, language: str, text: str, **more: object) -> Lead:
    plain = Lead(
        article_id=ArticleId(number),
        source_id=SourceId(number),
        url="",
        language=language,
        headline="",
        text=text,
        at=NOW + timedelta(hours=number),
        family=f"house-{number}",
    )
    return replace(plain, **more)


@pytest.mark.parametrize("encode", [encode, encode_narrowly])
def test_the_same_sentences_in_order_are_a_translation(encode: Encode) -> None:
    original = lead(1, "en", write("en", range(100, 112)))
    translation = lead(2, "de", write("de", range(100, 109)))
    link = compare(translation, original, encode)
    assert link == compare(original, translation, encode)
    assert link is not None
    assert (link.article_id, link.other_id, link.kind) == (2, 1, LinkKind.TRANSLATION)
    assert link.likeness == 1.0
    assert link.why == "100 % of the shorter text says the same in the same order"


def test_the_one_that_credits_the_other_is_the_translation_whatever_the_times() -> None:
    agency = lead(9, "en", write("en", range(100, 112)), agency="anx")
    house = lead(2, "de", write("de", range(100, 112)), credits=("anx",))
    link = compare(house, agency, encode)
    assert link is not None
    assert (link.article_id, link.other_id) == (2, 9)
    assert link.why.endswith("; it credits the other")


@pytest.mark.parametrize("encode", [encode, encode_narrowly])
@pytest.mark.parametrize(
    "meanings",
    [
        [*range(100, 104), *range(200, 208)],  # a third of it is the same
        random.Random(5).sample(range(100, 112), 12),  # the same facts in another order
        [100, 201, 102, 203, 104, 205, 106, 207, 108, 209, 110, 211],  # single facts in order
        range(300, 312),
        range(100, 103),  # too short to tell
    ],
)
def test_own_reports_are_no_translations(meanings: Sequence[int], encode: Encode) -> None:
    original = lead(1, "en", write("en", range(100, 112)))
    assert compare(original, lead(2, "de", write("de", meanings)), encode) is None


@pytest.mark.parametrize(
    "meanings",
    [
        range(100, 105),  # cut from the end
        [100, 101, 102, 104, 105, 106, 108, 109, 110],  # sentences left out
        [300, *range(101, 112)],  # a first sentence of its own
        [*range(100, 112), *range(300, 312)],  # and as much of its own behind it
    ],
)
def test_a_translation_may_be_edited(meanings: Sequence[int]) -> None:
    original = lead(1, "en", write("en", range(100, 112)))
    assert compare(original, lead(2, "de", write("de", meanings)), encode) is not None


def test_of_two_unlike_reports_only_the_first_sentences_are_encoded() -> None:
    asked: list[str] = []

    def note(texts: Sequence[str]) -> np.ndarray:
        asked.extend(texts)
        return encode(texts)

    original = lead(1, "en", write("en", range(100, 130)))
    assert compare(original, lead(2, "de", write("de", range(300, 330))), note) is None
    assert 0 < len(asked) <= 12


def read_written() -> list[tuple[Lead, str, str]]:
    """Return reports in ten languages, each with its event and kind."""
    rows = tomllib.loads(Path(__file__).with_name("written.toml").read_text("utf-8"))["report"]
    return [
        (lead(number, row["language"], row["text"]), row["event"], row["kind"])
        for number, row in enumerate(rows, start=1)
    ]


@pytest.mark.heavy
@pytest.mark.parametrize("model", ["e5", "use"])
def test_translations_and_own_reports_are_told_apart_in_other_languages(model: str) -> None:
    encoder = open_encoder(model)
    assert encoder is not None
    known: dict[str, np.ndarray] = {}

    def remember(texts: Sequence[str]) -> np.ndarray:
        new = [text for text in texts if text not in known]
        known.update(zip(new, encoder.encode(new), strict=True))
        return np.array([known[text] for text in texts])

    found, wrong = 0, []
    for (a, event, kind), (b, other, its) in combinations(read_written(), 2):
        is_one = event == other and "own" not in (kind, its)
        link = compare(a, b, remember)
        found += is_one and link is not None
        if is_one is (link is None):
            wrong.append((event, a.language, other, b.language))
    assert not wrong
    assert found == 22


@pytest.mark.parametrize(("one", "other"), [("en", "en-GB"), ("en", "und"), ("", "de")])
def test_languages_must_be_known_and_differ(one: str, other: str) -> None:
    text = write("x", range(100, 112))
    assert compare(lead(1, one, text), lead(2, other, text), encode) is None


ENGLISH = (
    "President Andrei Molvan told 20,000 people in Belagora that General Borys Ulvik had left.\n\n"
    "About 7,000 soldiers of Teskar, said Colonel Daria Shestal in Velin, cost 3.5 million."
)
UKRAINIAN = (
    "Президент Андрій Молван сказав 20 000 людей у Белагорі, що генерал Борис Ульвік пішов.\n\n"
    "Близько 7000 солдатів Тескару, каже полковниця Дарія Шесталь у Веліні, коштують 3,5 мільйона."
)


def test_without_an_encoder_names_numbers_and_a_credit_must_speak_for_it() -> None:
    agency = lead(1, "en", ENGLISH, agency="anx")
    house = lead(2, "uk", UKRAINIAN, credits=("anx",))
    link = compare(agency, house, None)
    assert link is not None
    assert link.why == "names and numbers are the same in the same order; it credits the other"
    assert compare(agency, replace(house, credits=()), None) is None
    turned = "\n\n".join(reversed(UKRAINIAN.split("\n\n")))
    assert compare(agency, replace(house, text=turned), None) is None
    assert compare(agency, replace(house, text=UKRAINIAN.replace("7000", "8000")), None) is None


def test_names_and_numbers_survive_another_alphabet() -> None:
    english, ukrainian = find_anchors(ENGLISH), find_anchors(UKRAINIAN)
    assert english.numbers == ukrainian.numbers == ("20000", "7000", "3.5")
    assert len(set(english.names) & set(ukrainian.names)) >= 5


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("in 1.234.567 and 12,5 and ٢٠٠ and 5", ("1234567", "12.5", "200")),
        ("12\u00a0000 or 12’000 or 12000", ("12000", "12000", "12000")),
        ("", ()),
    ],
)
def test_numbers_are_read_as_each_language_writes_them(written: str, numbers: tuple) -> None:
    assert find_anchors(written).numbers == numbers


@examples(40)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_can_be_compared(one: str, other: str) -> None:
    agency = lead(1, "en", one, agency="anx")
    compare(agency, lead(2, "ar", other, credits=("anx",)), encode)
