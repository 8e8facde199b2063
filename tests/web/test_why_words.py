"""The evidence that the room of origins writes is known here, sentence by sentence."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import origins
from dateline.publish.speaking import speak
from dateline.web import why_words
from dateline.web.why_words import say_why

WRITTEN = "".join(p.read_text("utf-8") for p in Path(origins.__file__).parent.glob("*.py"))


@pytest.mark.parametrize(
    "why",
    [
        "82 % of the shorter text stands in both; it credits the other",
        "120 words stand in both, 34 of them in a row",
        "it credits AFP, of whom no report in these words is here; published in the same minute",
        "both credit Reuters; which came first is not sure: one has no date",
    ],
)
def test_known_evidence_is_said_in_the_language(why: str) -> None:
    german = say_why(speak("de"), why)
    assert german != why
    assert not {"shorter", "credits", "words", "carries"} & set(german.split())
    assert say_why(speak("en"), why) == why.replace(" %", "%")


def test_what_is_not_known_stays_as_it_was_written() -> None:
    assert say_why(speak("de"), "by hand; it credits the other").startswith("by hand; ")
    assert say_why(speak("de"), "") == ""


@pytest.mark.parametrize("pattern", why_words._SENTENCES)
def test_every_pattern_is_one_that_is_written(pattern: str) -> None:
    tails = [part.strip(" ,") for part in pattern.replace("{", "}").split("}")[::2]]
    assert all(tail in WRITTEN for tail in tails if len(tail) > len("it credits"))


@given(st.text(max_size=2_000))
def test_any_text_may_stand_there(why: str) -> None:
    for tag in ("en", "de"):
        assert isinstance(say_why(speak(tag), why), str)
