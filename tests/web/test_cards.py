"""Drawn cards as they are served, and what a page says of its own."""

import io
import re
from dataclasses import replace

import pytest
from PIL import Image
from tests.web.conftest import SITE

from dateline.web.shots import word_site
from dateline.web.typefaces import find_typefaces

needs_letters = pytest.mark.skipif(
    not any(face.covers("Ferry") for face in find_typefaces()), reason="no typeface here"
)


def meta(page: str, name: str) -> str:
    found = re.search(f'<meta property="{name}" content="([^"]*)">', page)
    assert found, name
    return found[1]


@needs_letters
@pytest.mark.parametrize(
    ("page", "card"),
    [
        ("/story/1-ferry-all-ashore-finally", "/card/story/1.png"),
        ("/article/1-ferry-all-ashore-finally", "/card/article/1.png"),
    ],
)
def test_a_page_has_a_drawn_card(reader, page, card) -> None:
    body = reader.get(page).text
    address = meta(body, "og:image")
    assert address.startswith(f"https://site.example{card}?v=")
    assert (meta(body, "og:image:width"), meta(body, "og:image:height")) == ("1200", "630")
    assert meta(body, "og:image:type") == "image/png"
    assert "Ferry: all ashore" in meta(body, "og:image:alt")
    assert "origins" in meta(body, "og:image:alt")
    answer = reader.get(address.removeprefix("https://site.example"))
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(answer.body)).size == (1200, 630)
    again = reader.get(card, if_none_match=answer.headers["etag"])
    assert again.status == 304
    head = reader.get(card, method="HEAD")
    assert head.body == b"" and head.headers["content-length"] == str(len(answer.body))


@pytest.mark.parametrize(
    "path", ["/card/story/999.png", "/card/article/4.png", "/card/story/x.png"]
)
def test_what_is_not_there_has_no_card(reader, path) -> None:
    assert reader.get(path).status == 404


@needs_letters
@pytest.mark.parametrize(
    "path",
    ["/", "/latest", "/section/world", "/popular", "/outlets", "/outlet/full", "/about"],
)
def test_a_page_without_a_card_of_its_own_has_the_sites(reader, path) -> None:
    body = reader.get(path).text
    assert meta(body, "og:image").startswith("https://site.example/card/site.png?v=")
    assert meta(body, "og:image:alt") == "All of it. site.example. The Site"
    assert '<meta name="twitter:card" content="summary_large_image">' in body
    answer = reader.get(meta(body, "og:image").removeprefix("https://site.example"))
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert Image.open(io.BytesIO(answer.body)).size == (1200, 630)


@pytest.mark.parametrize("path", ["/article/4-taken-back", "/search?q=ferry", "/leave/abc"])
def test_what_is_told_to_no_one_has_no_picture(reader, path) -> None:
    assert "og:image" not in reader.get(path).text


@needs_letters
def test_headline_rights_have_a_card_of_the_headline_alone(reader) -> None:
    body = reader.get("/article/3-ferry-firm-falls").text
    assert "/card/article/3.png" in meta(body, "og:image")
    assert "/picture/" not in meta(body, "og:image")


def test_hostile_words_stay_words_in_the_head(reader) -> None:
    page = reader.get("/latest").text
    path = next(each for each in re.findall(r'href="(/article/5-[^"]*)"', page))
    assert "<script>alert" not in reader.get(path).text


@pytest.mark.parametrize(
    ("tagline", "words"),
    [("All of it", ("All of it", "The Site")), ("", ("The Site", ""))],
)
def test_the_sites_card_has_its_tagline_where_it_has_one(tagline, words) -> None:
    told = word_site(replace(SITE, tagline=tagline))
    assert (told.headline, told.site, told.source) == (*words, "site.example")
