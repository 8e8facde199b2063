"""Several feeds of one publisher are one outlet; two blogs of one host are two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.model import Source
from dateline.sources.families import find_domain, find_family, find_named_family


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.bbc.co.uk/news", "bbc.co.uk"),
        ("https://feeds.bbci.co.uk/news/rss.xml", "bbci.co.uk"),
        ("https://edition.cnn.com:8443/x", "cnn.com"),
        ("https://München.de/", "xn--mnchen-3ya.de"),
        ("https://one.blogspot.com/feed", "one.blogspot.com"),
        ("https://one.substack.com/feed", "one.substack.com"),
        ("https://feeds.feedburner.com/one", ""),
        ("https://www.google.com/alerts/feeds/1", ""),
        ("http://quay-gazette.localhost:8001/", "quay-gazette.localhost"),
        ("http://127.0.0.1:8001/", "127.0.0.1"),
        ("http://[::1]/", "[::1]"),
        ("https://example.org./", "example.org"),
        ("", ""),
        ("not an address", ""),
    ],
)
def test_a_domain_is_what_its_owner_registered(url: str, domain: str) -> None:
    assert find_domain(url) == domain


def make_source(home: str = "", feeds: tuple[str, ...] = (), publisher: str = "") -> Source:
    return Source(key="a", name="A", home=home, feeds=feeds, publisher=publisher)


def test_the_publisher_comes_first_then_home_then_feed() -> None:
    home, feeds = "https://www.morning.example/", ("https://feeds.other.example/1",)
    assert find_family(make_source(home, feeds, "Morning & Sons")) == "morning-sons"
    assert find_family(make_source(home, feeds)) == "morning.example"
    assert find_family(make_source("", feeds)) == "other.example"
    assert find_family(make_source()) == ""


@given(url=st.text(max_size=60))
@examples(100)
def test_any_address_is_answered(url: str) -> None:
    for text in (url, f"https://{url}", f"https://{url}.co.uk/"):
        assert isinstance(find_domain(text), str)


@pytest.mark.parametrize(
    ("name", "url", "family"),
    [
        ("Morning Post", "https://aggregator.example/a", "morning-post"),
        ("Evening Post", "https://aggregator.example/b", "evening-post"),
        ("Morning Post", "https://www.morning-post.example/a", "morning-post.example"),
        ("MorningPost", "https://morning-post.example/a", "morning-post.example"),
        ("BBC.co.uk", "https://archive.example/a", "bbc.co.uk"),
        ("U.S.News", "https://archive.example/a", "u-s-news"),
        ("St. Anne Post", "https://archive.example/a", "st-anne-post"),
        ("?", "https://archive.example/a", ""),
    ],
)
def test_a_named_outlet_is_not_the_site_that_its_article_stands_at(
    name: str, url: str, family: str
) -> None:
    assert find_named_family(name, url) == family
