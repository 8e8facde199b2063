"""Translations: sentences in order, names and numbers in order, and nothing less."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zlib import crc32

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.model import ArticleId, Lead, LinkKind, SourceId
from dateline.origins.anchors import find_anchors
from dateline.origins.translations import compare

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


def test_the_same_sentences_in_order_are_a_translation() -> None:
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


@pytest.mark.parametrize(
    "meanings",
    [
        [*range(100, 104), *range(200, 208)],  # a third of it is the same
        random.Random(5).sample(range(100, 112), 12),  # the same facts in another order
        range(300, 312),
        range(100, 103),  # too short to tell
    ],
)
def test_own_reports_are_no_translations(meanings: Sequence[int]) -> None:
    original = lead(1, "en", write("en", range(100, 112)))
    assert compare(original, lead(2, "de", write("de", meanings)), encode) is None


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


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_can_be_compared(one: str, other: str) -> None:
    agency = lead(1, "en", one, agency="anx")
    compare(agency, lead(2, "ar", other, credits=("anx",)), encode)
