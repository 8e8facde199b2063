"""Structured data as it stands in the pages."""

import json
import re

import pytest

PAGES = {
    "/": "WebSite",
    "/latest": "CollectionPage",
    "/section/world": "CollectionPage",
    "/outlet/part": "CollectionPage",
    "/outlets": "CollectionPage",
    "/popular": "CollectionPage",
    "/search": "SearchResultsPage",
    "/search?q=ferry": "SearchResultsPage",
    "/about": "AboutPage",
    "/subscribe": "WebPage",
    "/story/1-ferry-all-ashore-finally": "CollectionPage",
    "/article/1-ferry-all-ashore-finally": "NewsArticle",
    "/article/2-alle-an-land": "NewsArticle",
}


def read_record(page: str) -> dict:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    return json.loads(found[0])


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_what_it_is_and_where_it_stands(reader, path) -> None:
    answer = reader.get(path)
    assert answer.status == 200
    if path == "/subscribe":
        return  # for one reader: it tells search engines nothing
    record = read_record(answer.text)
    assert record["@context"] == "https://schema.org"
    parts = record.get("@graph", [record])
    assert parts[0]["@type"] == PAGES[path]
    if path != "/":
        assert parts[1]["@type"] == "BreadcrumbList"
        steps = [step["item"] for step in parts[1]["itemListElement"]]
        assert steps[0] == "https://site.example/"
        assert all(step.startswith("https://site.example/") for step in steps)


def test_an_edited_article_that_was_carried_on(reader) -> None:
    first = read_record(reader.get("/article/1-ferry-all-ashore-finally").text)["@graph"][0]
    assert first["dateModified"] == "2026-05-14T12:00:00Z"
    assert "correction" not in first  # it was changed without a note
    assert first["isBasedOn"] == "https://full.example/1"
    assert first["isPartOf"]["url"] == "https://site.example/story/1-ferry-all-ashore-finally"
    assert first["image"]["width"] == 3
    carried = read_record(reader.get("/article/2-alle-an-land").text)["@graph"][0]
    assert carried["isBasedOn"][1]["url"].endswith("/article/1-ferry-all-ashore-finally")


def test_a_withdrawn_article_is_described_to_no_one(reader) -> None:
    page = reader.get("/article/4-taken-back")
    assert page.status == 410
    assert "ld+json" not in page.text


def test_headline_rights_let_no_words_into_any_record(reader) -> None:
    for path in ("/latest", "/", "/outlet/head", "/article/3-ferry-firm-falls"):
        record = json.dumps(read_record(reader.get(path).text))
        assert "unspeakable" not in record or "head.example" not in record
    own = read_record(reader.get("/article/3-ferry-firm-falls").text)["@graph"][0]
    assert not {"description", "image"} & set(own)
