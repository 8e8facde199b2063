"""From a page to a site's feeds and to what the site is called."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.sources.discovery import (
    describe_source,
    find_feeds,
    find_sitemaps,
    guess_feeds,
    looks_like_feed,
)

JSON_LD = """<title>Ein Artikel | x</title><script type="application/ld+json">
{"@graph":[{"@type":"NewsArticle","publisher":{"@type":"Organization","name":"Kyōdō"}}]}</script>"""
PAGE = b"""<!doctype html><html lang=en-GB><head><title>Front page | News Beast</title>
<base href="https://newsbeast.example/site/">
<link rel="alternate" type="application/rss+xml" title="Comments" href="/comments/feed/">
<link rel="alternate" type="application/feed+json" href="feed.json">
<link rel="ALTERNATE" type="application/rss+xml; charset=utf-8" title="All news" href="rss.xml">
<link rel="alternate" type="application/atom+xml" href="https://cdn.example.org/nb.atom">
<link rel="alternate" type="application/rss+xml" href="/tag/cats/feed">
<link rel="alternate" type="application/json+oembed" href="/oembed?url=x">
<link rel="alternate" type="text/html" hreflang="de" href="/de/">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
<link rel=stylesheet href="/rss.css"></head><body>
<a href="feed:https://feeds.newsbeast.example/world">World</a> <a href="/rss.xml">RSS</a>
<a href="https://facebook.example/dialog/feed?x">Share</a> <a href="/feedback">Write to us</a>
<a href="/rss-explained.html">What is RSS?</a></body>"""


def test_the_main_feed_comes_first_and_comments_last() -> None:
    found = find_feeds(PAGE, "https://newsbeast.example/")
    assert [feed.url for feed in found] == [
        "https://newsbeast.example/site/rss.xml",
        "https://newsbeast.example/site/feed.json",
        "https://cdn.example.org/nb.atom",
        "https://feeds.newsbeast.example/world",
        "https://newsbeast.example/rss.xml",
        "https://newsbeast.example/tag/cats/feed",
        "https://newsbeast.example/comments/feed/",
    ]
    assert (found[0].title, found[0].kind, found[0].how) == ("All news", "rss", "declared")
    assert (found[3].title, found[3].how) == ("World", "linked")


@pytest.mark.parametrize(
    ("html", "url", "name", "language", "country"),
    [
        (
            '<html lang="en_US"><meta property="og:site_name" content=" The  Times ">',
            "https://times.example/x",
            ("The Times"),
            "en-US",
            "US",
        ),
        (
            "<html lang=fr><title>Home - Le Soir</title>",
            "https://www.lesoir.be/",
            "Le Soir",
            "fr",
            "BE",
        ),
        (
            JSON_LD,
            "https://k.example.co.jp/a",
            "Kyōdō",
            "",
            "JP",
        ),
        ("<title>Home</title>", "https://www.bbc.co.uk/news", "bbc.co.uk", "", "GB"),
        ("<title>News | Daily Io</title>", "https://daily.io/", "Daily Io", "", ""),
        ("", "https://empty.example/", "empty.example", "", ""),
    ],
)
def test_what_a_site_is_called(html: str, url: str, name: str, language: str, country: str) -> None:
    source = describe_source(html.encode(), url)
    assert (source.name, source.language, source.country) == (name, language, country)
    assert source.home == url[: url.index("/", 8) + 1]
    assert source.key
    assert source.feeds == ()


def test_the_charset_of_the_page_is_heeded() -> None:
    html = '<meta charset="windows-1251"><meta name="application-name" content="Правда">'
    assert describe_source(html.encode("cp1251"), "https://p.example/").name == "Правда"


def test_guesses_begin_with_the_section() -> None:
    assert guess_feeds("https://x.example")[0] == "https://x.example/feed/"
    section = guess_feeds("https://x.example/world/asia?page=2")
    assert section[:3] == (
        "https://x.example/world/asia/feed/",
        "https://x.example/world/asia/rss.xml",
        "https://x.example/feed/",
    )
    assert guess_feeds("https://x.example/a/page.html")[0] == "https://x.example/a/feed/"
    assert guess_feeds("nonsense") == ()


def test_sitemaps_for_news_come_first() -> None:
    text = (
        "User-agent: *\nSitemap: https://x.example/map.xml\r\n sitemap:https://x.example/NEWS.xml\n"
        "Sitemap: /relative.xml\nDisallow: /sitemap: https://x.example/no.xml\n"
    )
    assert find_sitemaps(text) == ("https://x.example/NEWS.xml", "https://x.example/map.xml")


@pytest.mark.parametrize(
    ("body", "kind", "expected"),
    [
        (b'\xef\xbb\xbf <?xml version="1.0"?><!-- hi --><rss version="2.0">', "text/html", True),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "", True),
        (b'<!DOCTYPE rdf [<!ENTITY x "y">]><rdf:RDF xmlns:rdf="x">', "text/xml", True),
        (b'<atom:feed xmlns:atom="http://www.w3.org/2005/Atom">', "", True),
        ("<?xml version='1.0'?><rss version='2.0'>".encode("utf-16"), "", True),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "application/json", True),
        (b'{"items": []}', "application/feed+json", True),
        (b'{"items": []}', "application/json", False),
        (b"<!doctype html><html><body><rss>", "application/rss+xml", False),
        (b'<urlset xmlns="x">', "text/xml", False),
        (b"", "application/rss+xml", False),
    ],
)
def test_what_looks_like_a_feed(body: bytes, kind: str, expected: bool) -> None:
    assert looks_like_feed(body, kind) is expected


@examples(50)
@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_page_is_read(body: bytes, url: str) -> None:
    for html in (body, b"<html><head><link rel=alternate href='" + body):
        assert isinstance(find_feeds(html, url), tuple)
        assert describe_source(html, url).key
        looks_like_feed(html, url)
    guess_feeds(url)
    find_sitemaps(url)


def test_a_deep_or_wide_page_ends() -> None:
    assert find_feeds(b"<div>" * 100_000 + b"<a href=/rss.xml>", "https://x.example/") is not None
    many = b"".join(b'<a href="/rss/%d">x</a>' % number for number in range(5_000))
    assert len(find_feeds(many, "https://x.example/")) == 100
