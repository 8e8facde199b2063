"""Marks stand around a statement's words in the page, and change nothing else."""

import re

from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.cleaning import clean_html
from dateline.extract.marking import Marked, mark_statements

_OURS = re.compile(
    r'<mark class="said"(?: id="words-\d+")?>|</mark>|<a class="said-by"[^>]*>\d+</a>'
)


def mark(html: str, text: str, *spans: tuple[int, int], label: str = "Ada Ek") -> str:
    marked = [
        Marked(number=number, spans=(span,), label=label)
        for number, span in enumerate(spans, start=1)
    ]
    return mark_statements(clean_html(html, base=""), text, marked)


def find(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def test_words_are_marked_across_tags_with_one_reference() -> None:
    text = "“The dam will hold until Friday,” she said."
    html = "<p>“The <em>dam</em> will\n hold until Friday,” she said.</p>"
    found = mark(html, text, find(text, "The dam will hold until Friday"))
    assert found == (
        '<p>“<mark class="said" id="words-1">The</mark> <em><mark class="said">dam</mark></em> '
        '<mark class="said">will\n hold until Friday</mark>'
        '<a class="said-by" href="#said-1" aria-label="Ada Ek">1</a>,” she said.</p>'
    )


def test_a_reference_never_stands_inside_a_link() -> None:
    text = "The dam holds, she said."
    found = mark('<p><a href="https://a.example/">The dam holds</a>, she said.</p>', text, (0, 13))
    assert '<mark class="said" id="words-1">The dam holds</mark></a><a class="said-by"' in found


def test_entities_and_repeated_words_are_found_by_what_stands_before_them() -> None:
    text = "No. Tom & Ann: no. Then again: no."
    html = "<p>No. Tom &amp; Ann: no. Then again: no.</p>"
    found = mark(html, text, find(text, "no. Then"))
    assert 'Ann: <mark class="said" id="words-1">no. Then</mark>' in found
    found = mark(html, text, (len(text) - 3, len(text) - 1))
    assert 'again: <mark class="said" id="words-1">no</mark>' in found


def test_the_innermost_statement_has_the_words() -> None:
    text = "Moscow said units would leave, Kyiv said."
    found = mark(f"<p>{text}</p>", text, (0, 29), find(text, "units would leave"))
    assert found.startswith(
        '<p><mark class="said" id="words-1">Moscow said</mark><a class="said-by" href="#said-1"'
    )


def test_a_hostile_label_is_only_words() -> None:
    found = mark("<p>The dam holds.</p>", "The dam holds.", (0, 13), label='"><script>x</script>')
    assert "<script" not in found and "&quot;&gt;&lt;script&gt;" in found


@given(
    st.text(max_size=200), st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60)), max_size=6)
)
def test_without_the_marks_it_is_the_page_again(text: str, wanted: list[tuple[int, int]]) -> None:
    page = clean_html(f"<p>{text}</p><ul><li>{text[::2]}</ul>", base="")
    marked = [
        Marked(number=number, spans=((start, start + length),), label=text)
        for number, (start, length) in enumerate(wanted, start=1)
    ]
    assert _OURS.sub("", mark_statements(page, text, marked)) == page
