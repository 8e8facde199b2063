"""A page's words and sentences are places in its text, whatever the text is."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from dateline.claims.page import Page
from dateline.model import ClaimClues


@given(st.text(max_size=300))
def test_tokens_and_sentences_give_their_words(text: str) -> None:
    page = Page(text)
    assert all(text[token.start : token.end] == token.text for token in page.tokens)
    assert "".join(token.text for token in page.tokens) == "".join(text.split())
    assert all(start < end for start, end in page.sentences)
    for token in page.tokens:
        start, end = page.sentence_at(token.start)
        assert start <= token.start and token.end <= end


def test_words_keep_their_inner_marks() -> None:
    page = Page("Jean-Luc doesn't pay 1,250.50 euros in the U.S. — “never”.")
    assert [token.text for token in page.tokens] == [
        *("Jean-Luc", "doesn't", "pay", "1,250.50", "euros", "in", "the", "U.S."),
        *("—", "“", "never", "”", "."),
    ]


def test_tokens_in_a_span_begin_there() -> None:
    page = Page("One two three four.")
    assert [token.text for token in page.tokens_in((4, 13))] == ["two", "three"]


def test_the_day_is_that_of_the_outlets_clock() -> None:
    late = datetime(2031, 5, 4, 23, 30, tzinfo=UTC)
    assert Page("", ClaimClues(published=late)).day == date(2031, 5, 4)
    assert Page("", ClaimClues(published=late, offset_minutes=120)).day == date(2031, 5, 5)
    assert Page("").day is None
