"""What search engines read."""

import pytest
from lxml import etree
from tests.publish.sitemap_rules import find_sitemap_faults
from tests.web.conftest import SITE, Reader

from dateline.web import WebOptions, make_app


def read_addresses(body: bytes) -> list[str]:
    return [each.text or "" for each in etree.fromstring(body).iter("{*}loc")]


def test_robots_name_both_sitemaps(reader) -> None:
    lines = reader.get("/robots.txt").text.splitlines()
    assert "Sitemap: https://site.example/sitemap.xml" in lines
    assert "Sitemap: https://site.example/sitemap-news.xml" in lines


def test_every_page_of_the_sitemaps_is_there(reader) -> None:
    pieces = read_addresses(reader.get("/sitemap.xml").body)
    assert pieces == [
        f"https://site.example/sitemap/{name}.xml" for name in ("pages", "stories-0", "articles-0")
    ]
    for piece in pieces:
        answer = reader.get(piece.removeprefix("https://site.example"))
        assert answer.headers["content-type"] == "application/xml; charset=utf-8"
        assert answer.headers["cache-control"] == "max-age=3600"
        found = read_addresses(answer.body)
        assert found
        for address in found:
            assert reader.get(address.removeprefix("https://site.example")).status == 200, address


def test_what_was_withdrawn_and_stories_of_one_article_are_left_out(reader) -> None:
    articles = read_addresses(reader.get("/sitemap/articles-0.xml").body)
    assert not any("/article/4" in address for address in articles)
    assert len(articles) == 5
    stories = read_addresses(reader.get("/sitemap/stories-0.xml").body)
    assert stories == ["https://site.example/story/1-ferry-all-ashore-finally"]


@pytest.mark.parametrize("name", ["x", "articles", "articles--1", "stories-x", "articles-١"])
def test_a_piece_that_is_none_is_not_found(reader, name) -> None:
    assert reader.get(f"/sitemap/{name}.xml").status == 404


def test_a_range_with_nothing_in_it_is_not_found(reader) -> None:
    assert reader.get("/sitemap/articles-9999999999999.xml").status == 404


def test_all_sitemaps_keep_their_rules(reader) -> None:
    names = ("sitemap", "sitemap-news", "sitemap/pages", "sitemap/stories-0", "sitemap/articles-0")
    for name in names:
        assert find_sitemap_faults(reader.get(f"/{name}.xml").body) == []


def test_the_key_is_served_where_it_is_set(reader, sqlite_site) -> None:
    key = "0123456789abcdef"
    assert reader.get(f"/{key}.txt").status == 404
    with_key = Reader(make_app(sqlite_site, SITE, options=WebOptions(indexnow_key=key)))
    assert with_key.get(f"/{key}.txt").text == key
    assert with_key.get("/other.txt").status == 404
    assert with_key.get("/robots.txt").text.startswith("User-agent")
