"""A page is parsed once, bounded, and not changed by those who read it."""

import time

import lxml.html
import pytest

from dateline.extract.blocks import read_blocks
from dateline.extract.markup import Bounds, Tag, bound_markup, is_crowded, tokenise
from dateline.extract.trafilatura_body import read_body
from dateline.extract.tree import MOST, MOST_TAGS, parse_page
from dateline.model import Document
from dateline.reading import read

URL = "https://a.example/b"


def test_reading_the_body_leaves_the_page_as_it_is() -> None:
    page = parse_page("<html><body><p>One <a href='/x'>two</a> three</p></body></html>" * 3, URL)
    before = lxml.html.tostring(page.root)
    read_body(page)
    read_blocks(page.root)
    assert lxml.html.tostring(page.root) == before


@pytest.mark.parametrize(
    ("html", "note"),
    [
        ("<div>" * 5_000 + "<p>deep words</p>", "nested too deeply"),
        ("<p " + " ".join(f"a{at}=1" for at in range(500)) + ">words</p>", "a hundred attributes"),
        ("<p>words</p>" + "x" * MOST, "longer than"),
        ("<p>words</p>" + "<br>" * MOST_TAGS, "more than"),
    ],
)
def test_what_is_too_much_is_left_out_with_a_note(html: str, note: str) -> None:
    page = parse_page(f"<html><body>{html}", URL)
    assert any(note in said for said in page.notes)
    assert "words" in page.root.text_content()


def test_json_ld_survives_the_bounding() -> None:
    ld = (
        '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Dam holds"}</script>'
    )
    page = parse_page(f"<html><head>{ld}</head><body>{'<div>' * 1_000}x", URL)
    assert page.article["headline"] == "Dam holds"


def test_a_program_full_of_comparisons_is_no_crowded_tag() -> None:
    program = "if (a<b " + " ".join(f"x{at} = {at} ;" for at in range(300)) + ") {}"
    assert not is_crowded(f"<p>x</p><script>{program}</script>")
    assert is_crowded("<p " + " ".join(f"x{at}" for at in range(300)) + ">")


@pytest.mark.heavy
@pytest.mark.parametrize(
    "html",
    [
        "<a" * 100_000,
        "<a " * 100_000,
        '<a b="' * 50_000,
        "<p " + " ".join(f"a{at}='<>'" for at in range(50_000)) + ">",
        "<script>" * 20_000,
        '<script type="application/ld+json">' + "[" * 100_000,
    ],
    ids=["names", "gaps", "quotes", "attributes", "scripts", "json"],
)
def test_attacks_on_time_are_read_in_time(html: str) -> None:
    started = time.process_time()
    read(Document(html=html, url=URL))
    assert time.process_time() - started < 15


def test_tags_are_read_as_browsers_read_them() -> None:
    html = """<A Href='x>y' b=c/d e "f" = g>t<!-- <b> --><script><i></script></a/>"""
    html += "<?x?><![CDATA[z]]>&lt;"
    assert list(filter(None, tokenise(html, Bounds()))) == [
        Tag("a", False, (("href", "x>y"), ("b", "c/d"), ("e", ""), ('"f"', "g"))),
        "t",
        Tag("script", False, ()),
        Tag("script", True, ()),
        Tag("a", True, ()),
        "&lt;",
    ]


def test_bounded_markup_keeps_the_words_of_what_lies_deeper() -> None:
    bounds = Bounds(depth=2, attributes_a_tag=1)
    assert bound_markup("<div><p a=1 b=2><b>x</b> 1 < 2</p>y", bounds) == (
        '<div><p a="1">x 1 &lt; 2</p>y'
    )
