import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.publish.addresses import (
    article_path,
    original_link,
    outlet_path,
    picture_path,
    read_reference,
    section_path,
    with_query,
)


def test_paths_carry_number_and_words() -> None:
    assert article_path(12, "Ω mega: a test") == "/article/12-%CF%89-mega-a-test"
    assert article_path(12, "…") == "/article/12"
    assert section_path("World News") == "/section/world-news"
    assert outlet_path("a/b") == "/outlet/a%2Fb"
    assert picture_path("ab12") == "/picture/ab12.webp"


@given(st.text(max_size=80))
@examples(80)
def test_any_headline_makes_an_ascii_path_without_markup(headline: str) -> None:
    path = article_path(1, headline)
    assert path.isascii()
    assert not set(path) & set(" \"'<>?#&\\")


@pytest.mark.parametrize("text", ["", "x", "-1", "1x", "1" * 19, "１２"])
def test_what_is_no_reference_is_none(text: str) -> None:
    assert read_reference(text) is None


def test_a_reference_is_number_and_words() -> None:
    assert read_reference("12-a-b") == (12, "a-b")
    assert read_reference("12") == (12, "")


def test_a_query_leaves_out_what_is_empty_and_escapes_the_rest() -> None:
    assert with_query("/search", q="a&b", lang="", from_="2026-01-01") == (
        "/search?q=a%26b&from=2026-01-01"
    )
    assert with_query("/search") == "/search"


def test_only_web_addresses_are_linked() -> None:
    assert original_link("https://a.example/?a=1&b=2") == "https://a.example/?a=1&b=2"
    for bad in ("javascript:alert(1)", "data:text/html,x", " JaVaScRiPt:x", "", "mailto:a@b.c"):
        assert original_link(bad) == ""
