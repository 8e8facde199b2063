"""What an article without a headline is called."""

from dataclasses import replace

import pytest

from dateline.calling import FIRST_WORDS, call_article
from dateline.model import Reading, Rights, Source
from dateline.text import count_words

LONG = "Late on Friday " + "and again and again " * 9 + "the sirens sounded."
FULL = Source(key="a", name="A", home="https://a.example/", language="en", rights=Rights.FULL)


def make_reading(text: str, *, lede: str = "", headline: str = "", language: str = "en") -> Reading:
    return Reading(
        url="u", canonical="c", headline=headline, text=text, lede=lede, language=language
    )


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("Goal for Vale. More soon.", "Goal for Vale."),
        (
            "Breaking. The bridge at Orven is closed. More soon.",
            "Breaking. The bridge at Orven is closed.",
        ),
        (
            "Mr. Vale left the U.S. on Monday, he said! Why?",
            "Mr. Vale left the U.S. on Monday, he said!",
        ),
        ("Sirens.", "Sirens."),
        ("", ""),
        ("Two lines\nof one  sentence", "Two lines of one sentence"),
        ("A question?\n\nAnd its answer.", "A question? And its answer."),
    ],
)
def test_it_is_called_by_its_first_sentence(text: str, called: str) -> None:
    assert call_article(make_reading(text), FULL) == called


@pytest.mark.parametrize(
    ("text", "called"),
    [
        ("The bridge at Orven is closed https://a.example/x", "The bridge at Orven is closed"),
        ("https://a.example/x The bridge is closed. More soon.", "The bridge is closed."),
        ("https://a.example/picture.jpg", ""),
        ("📷 (https://a.example/picture.jpg)", ""),
        ("pic.a.example/Ab1", ""),
        ("🚨🚨🚨 #breaking", "🚨🚨🚨 #breaking"),
    ],
)
def test_addresses_are_no_part_of_a_name(text: str, called: str) -> None:
    assert call_article(make_reading(text), FULL) == called


def test_words_behind_an_address_are_taken_only_where_they_are_shown() -> None:
    source = replace(FULL, rights=Rights.EXCERPT, excerpt_words=3)
    reading = make_reading("Closed: https://a.example/x the bridge at Orven.")
    assert call_article(reading, source) == "Closed: the …"


def test_a_long_sentence_is_cut() -> None:
    called = call_article(make_reading(LONG), FULL)
    assert called.endswith(" …") and LONG.startswith(called.removesuffix(" …"))
    assert count_words(called.removesuffix(" …")) == FIRST_WORDS


def test_a_script_without_spaces_is_called_by_a_sentence_too() -> None:
    reading = make_reading("橋は月曜日に閉鎖された。詳しくは後で。", language="ja")
    assert call_article(reading, FULL) == "橋は月曜日に閉鎖された。"


def test_a_headline_and_the_lede_go_first() -> None:
    assert call_article(make_reading("Text.", headline=" The\theadline "), FULL) == "The headline"
    assert call_article(make_reading("Of the page.", lede="Of the feed."), FULL) == "Of the feed."


@pytest.mark.parametrize(
    ("rights", "words", "called"),
    [
        (Rights.HEADLINE, 60, ""),
        (Rights.EXCERPT, 0, ""),
        (Rights.EXCERPT, 3, "The bridge at …"),
        (Rights.EXCERPT, 60, "The bridge at Orven is closed."),
    ],
)
def test_no_more_is_taken_than_the_source_allows(rights: Rights, words: int, called: str) -> None:
    source = replace(FULL, rights=rights, excerpt_words=words)
    reading = make_reading("The bridge at Orven is closed. More soon.")
    assert call_article(reading, source) == called
