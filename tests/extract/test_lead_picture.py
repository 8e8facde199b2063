"""The leading picture, its words and its credit."""

import pytest

from dateline.extract.lead_picture import find_pictures, is_junk, split_credit
from dateline.extract.tree import parse_page
from dateline.model import Entry, Picture

URL = "https://news.example/world/dam"


def pictures(head: str = "", body: str = "", entry: Entry | None = None) -> tuple[Picture, ...]:
    page = parse_page(f"<html><head>{head}</head><body>{body}</body></html>", URL)
    return find_pictures(page, entry, "Dam holds in the north")


@pytest.mark.parametrize(
    ("caption", "words", "credit"),
    [
        ("The dam. Photo: Jan Novak/Reuters", "The dam.", "Jan Novak/Reuters"),
        ("The dam. (Photo by Jan Novak / AFP)", "The dam.", "Jan Novak / AFP"),
        ("Der Damm © dpa", "Der Damm", "dpa"),
        ("Der Damm. Foto: Ina Öz", "Der Damm.", "Ina Öz"),
        ("Плотина. Фото: ТАСС", "Плотина.", "ТАСС"),
        ("La presa. Crédito: EFE", "La presa.", "EFE"),
        ("The dam at dusk [AP Photo/Jan Novak]", "The dam at dusk", "AP Photo/Jan Novak"),
        ("The dam (in the north) at dusk", "The dam (in the north) at dusk", ""),
        ("", "", ""),
    ],
)
def test_a_credit_is_set_apart_from_its_caption(caption: str, words: str, credit: str) -> None:
    assert split_credit(caption) == (words, credit)


@pytest.mark.parametrize(
    "alt", ["untitled design", "IMG_1234.jpg", "dam-holds-in-the-north", "photo", "image001"]
)
def test_placeholders_never_become_the_alternative_text(alt: str) -> None:
    image = '<meta property="og:image" content="/p/dam.jpg">'
    head = f'{image}<meta property="og:image:alt" content="{alt}">'
    lead = pictures(head)[0]
    assert (lead.url, lead.alt) == ("https://news.example/p/dam.jpg", "")


def test_words_of_the_figure_go_to_the_same_picture_in_the_head() -> None:
    head = '<meta property="og:image" content="https://cdn.example/dam-1200x675.jpg">'
    body = (
        '<figure><img src="https://cdn.example/dam-800x450.jpg" alt="Soldiers below the dam">'
        "<figcaption>At dusk. Photo: Jan Novak</figcaption></figure>"
    )
    lead = pictures(head, body)[0]
    assert (lead.alt, lead.caption, lead.credit) == (
        "Soldiers below the dam",
        "At dusk.",
        "Jan Novak",
    )


def test_json_ld_says_whose_picture_it_is() -> None:
    ld = (
        '<script type="application/ld+json">{"@type":"NewsArticle","image":{"url":"/p/dam.jpg",'
        '"caption":"The dam","copyrightHolder":{"name":"Reuters"},"width":"1600"}}</script>'
    )
    lead = pictures(ld)[0]
    assert (lead.caption, lead.credit, lead.width) == ("The dam", "Reuters", 1600)


@pytest.mark.parametrize(
    "url",
    [
        "https://n.example/logo.png", "https://n.example/i/sprite.png", "https://n.example/a.svg?x",
        "https://t.example/1x1.gif", "data:image/png;base64,xx", "https://n.example/default-share.jpg",
    ],
)  # fmt: skip
def test_parts_of_the_page_are_no_pictures(url: str) -> None:
    assert is_junk(Picture(url=url))


def test_small_pictures_are_none_and_others_are() -> None:
    assert is_junk(Picture(url="https://n.example/a.jpg", width=1, height=1))
    assert not is_junk(Picture(url="https://n.example/catalogo/a.jpg", width=800))
    assert not is_junk(Picture(url="https://n.example/a.jpg"))


def test_the_feed_s_picture_is_taken_where_the_page_has_none() -> None:
    entry = Entry(guid="1", pictures=(Picture(url="https://n.example/a.jpg", alt="A dam"),))
    assert pictures(entry=entry)[0].alt == "A dam"
    assert pictures() == ()
