"""Hostile words stay words on every page."""

import json

from lxml import etree, html

PATHS = ("/", "/latest", "/search?q=coastguard", "/about", "/popular", "/outlets")


def test_hostile_words_make_no_element_and_no_attribute(reader) -> None:
    article = reader.get("/article/5").headers["location"]
    for path in (article, *PATHS):
        page = reader.get(path).text
        assert "<script>alert" not in page, path
        tree = html.fromstring(page)
        assert not tree.xpath("//*[@onerror]"), path
        assert not tree.xpath("//a[starts-with(@href, 'javascript')]"), path
        assert not tree.xpath("//img[@src='x']"), path
        assert "\u202e" not in page, path


def test_hostile_words_stay_inside_the_record(reader) -> None:
    page = reader.get(reader.get("/article/5").headers["location"]).text
    tree = html.fromstring(page)
    assert len(tree.xpath("//script[not(@src)]")) == 1
    record = json.loads(tree.xpath("//script[@type='application/ld+json']/text()")[0])["@graph"][0]
    assert "</script><script>alert(1)</script>" in record["headline"]


def test_a_query_is_shown_again_as_words(reader) -> None:
    page = reader.get("/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&from=%3Cb%3E").text
    assert "<script>alert" not in page
    assert "<b>" not in page


def test_feeds_with_hostile_words_are_well_formed(reader) -> None:
    for path in ("/feeds/latest.rss", "/feeds/latest.atom", "/sitemap-news.xml", "/opml.xml"):
        etree.fromstring(reader.get(path).body)
    json.loads(reader.get("/feeds/latest.json").body)
