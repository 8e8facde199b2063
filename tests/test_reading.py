"""The door: one article in, one reading out, whatever it is."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.extract import page as page_room
from dateline.model import Document, Entry, Precision
from dateline.reading import read

SEED = Path(__file__).resolve().parents[2] / "shared" / "seed" / "article.txt"
TEXT = (
    "The dam held through the night, engineers told Reuters, and families went home at dawn.\n\n"
    "Nobody was hurt, the mayor said, though the mill is lost and the bridge will stay shut."
)


@pytest.mark.suite
def test_the_seed_reads_as_a_careful_reader_reads_it() -> None:
    if not SEED.is_file():
        pytest.skip("../shared/seed/article.txt is not present")
    text = SEED.read_text("utf-8")
    reading = read(Document(text=text))
    assert reading.text == text
    assert reading.headline == "War in Ukraine: NATO wary of Russian withdrawal from Kherson"
    assert reading.kicker == "War in Ukraine"
    assert (reading.source, reading.language) == ("News Beast", "en")
    assert [credit.name for credit in reading.credits] == ["AFP", "Jiji", "CNN"]
    assert all(
        text[slice(*credit.span)] == credit.name for credit in reading.credits if credit.span
    )
    assert "untitled" not in reading.html and "Most popular" not in reading.html
    assert reading.published.precision is Precision.NONE


def test_a_given_text_stays_unchanged_and_offsets_refer_to_it() -> None:
    text = f"  \n{TEXT}\r\n\x0b"
    reading = read(Document(text=text, title="Dam holds", source="Harbour Post"))
    assert reading.text == text
    assert (reading.headline, reading.source, reading.taken_from) == (
        "Dam holds",
        "Harbour Post",
        "given",
    )
    (credit,) = reading.credits
    assert credit.span and text[slice(*credit.span)] == "Reuters"


def test_agencies_in_a_byline_are_credits_and_not_persons() -> None:
    reading = read(Document(text=f"Dam holds\n\nBy Ada Ek and Reuters\n\n{TEXT}"))
    assert reading.byline == ("Ada Ek",)
    assert [(credit.name, credit.how) for credit in reading.credits] == [("Reuters", "byline")]


def test_a_feed_alone_can_be_read() -> None:
    at = datetime(2031, 5, 4, 10, tzinfo=UTC)
    entry = Entry(
        guid="1", title="Dam holds", content=f"<p>{TEXT}</p>", published=at, author="Ada Ek"
    )
    reading = read(Document(url="https://a.example/1?utm_source=x", entry=entry, seen_at=at))
    assert reading.taken_from == "feed content"
    assert (reading.headline, reading.byline) == ("Dam holds", ("Ada Ek",))
    assert (reading.published.at, reading.published.evidence) == (at, "feed pubDate")
    assert reading.canonical == "https://a.example/1"


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ("https://www.a.example/world/1?utm_source=x", "https://www.a.example/world/1"),
        ("/world/1", "https://a.example/world/1"),
        ("https://a.example/", "https://a.example/world/2"),
        ("https://other.example/world/1", "https://a.example/world/2"),
        ("javascript:x", "https://a.example/world/2"),
    ],
)
def test_a_page_speaks_for_its_own_site_only(link: str, canonical: str) -> None:
    html = f'<html><head><link rel="canonical" href="{link}"></head><body><p>x</p></body></html>'
    assert read(Document(url="https://a.example/world/2", html=html)).canonical == canonical


def test_an_empty_document_gives_an_empty_reading() -> None:
    reading = read(Document())
    assert (reading.text, reading.headline, reading.language) == ("", "", "und")
    assert "no text" in reading.notes[0]


def test_a_fault_of_a_reader_becomes_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(page_room, "choose_body", fail)
    reading = read(Document(html="<p>x</p>", title="Dam holds", url="https://a.example/"))
    assert (reading.headline, reading.score) == ("Dam holds", 0.0)
    assert "RecursionError: too deep" in reading.notes[0]


ODD = {
    "@type": "NewsArticle",
    "headline": [[1]],
    "author": {"name": [{}]},
    "image": [None, 1, {"url": {}}],
    "articleBody": 7,
    "keywords": [1, [2]],
    "isAccessibleForFree": {},
    "datePublished": [],
    "@id": {},
}
PIECES = [
    *("<p>", "</p>", "<h1>", "<article>", "<script type='application/ld+json'>", "</script>"),
    *("{", "[", '"author":', '"datePublished":"', "<meta property='og:image' content='", "'>"),
    *("<time datetime=", "<a href=", "<figure>", "<table>", "<td>", "<li>", "<svg>", "\x00"),
    *("\ud800", "\u202e", "Source: X", "<title>", "&#0;", json.dumps(ODD)),
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=10), max_size=20).map("".join))
@examples(60)
def test_no_markup_defeats_the_reader(html: str) -> None:
    reading = read(Document(html=html, url="https://a.example/b"))
    assert not any("could not be read" in note for note in reading.notes), reading.notes


@given(st.binary(max_size=300), st.text(max_size=30))
@examples(40)
def test_no_bytes_defeat_the_reader(body: bytes, content_type: str) -> None:
    reading = read(Document(html=body, content_type=content_type, url=content_type))
    assert not any("could not be read" in note for note in reading.notes), reading.notes


@given(st.text(max_size=300))
@examples(40)
def test_no_text_defeats_the_reader_or_is_changed(text: str) -> None:
    reading = read(Document(text=text))
    assert reading.text == text
    assert not any("could not be read" in note for note in reading.notes), reading.notes


def test_odd_json_ld_is_read_for_what_it_says() -> None:
    items = {
        "@type": ["NewsArticle"],
        "headline": "Dam &amp; mill",
        "author": [[{"name": "Ada Ek"}]],
    }
    ld = json.dumps([[items]])
    html = (
        f'<html><head><script type="application/ld+json">{ld};</script></head><body></body></html>'
    )
    reading = read(Document(html=html, url="https://a.example/b"))
    assert (reading.headline, reading.byline) == ("Dam & mill", ("Ada Ek",))
