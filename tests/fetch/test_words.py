"""Titles, names and language tags made plain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.fetch.words import plain_name, plain_title, tidy_language


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("A &amp; B", "A & B"),
        ("A &amp;amp; B", "A & B"),
        ("AT&T", "AT&T"),
        ("Q&A; more", "Q&A; more"),
        ("<b>Bold</b> word<br>next", "Bold word next"),
        ("a < b > c", "a < b > c"),
        ("The &lt;script&gt; tag", "The <script> tag"),
        ("&lt;b&gt;War&lt;/b&gt;: day 3", "War: day 3"),
        ("x<script>alert(1)</script>y", "x y"),
        ("  two\n lines ", "two lines"),
        ("a\u202eb", "a b"),
    ],
)
def test_titles(raw: str, plain: str) -> None:
    assert plain_title(raw) == plain


def test_a_title_that_is_text_keeps_its_brackets() -> None:
    assert plain_title("Use <img> well", is_html=False) == "Use <img> well"
    assert plain_title("<em>Now</em>", is_html=False) == "Now"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("a@b.org (Ada Byron)", "Ada Byron"),
        ("Ada Byron <a@b.org>", "Ada Byron"),
        ('"Ada Byron" <a@b.org>', "Ada Byron"),
        ("Ada Byron (a@b.org)", "Ada Byron"),
        ("mailto:a@b.org", ""),
        ("a@b.org", ""),
        ("Ada Byron", "Ada Byron"),
        ("Ada (London)", "Ada (London)"),
    ],
)
def test_names(raw: str, name: str) -> None:
    assert plain_name(raw) == name


@pytest.mark.parametrize(
    ("raw", "tag"),
    [("en_us", "en-US"), ("DE", "de"), ("zh-Hans-cn", "zh-Hans-CN"), ("english!", ""), ("", "")],
)
def test_languages(raw: str, tag: str) -> None:
    assert tidy_language(raw) == tag


@examples(80)
@given(st.text(max_size=80) | st.text(alphabet="<>&;ab/ #x1m@().", max_size=60))
def test_plain_is_one_bounded_line(text: str) -> None:
    for plain in (plain_title(text), plain_title(text, is_html=False), plain_name(text)):
        assert "\n" not in plain and plain == plain.strip() and len(plain) <= 1000
