import json
import re
from html import unescape

import feedparser
import pytest
from tests.publish.feed_listed import find_listed
from tests.publish.feed_rules import find_atom_faults, find_rss_faults
from tests.publish.json_feed_rules import find_json_feed_faults

FEEDS = (
    *("front", "latest", "latest?lang=de", "section/world", "outlet/part", "story/1"),
    *("search?q=ferry", "popular/covered"),
)


def write_path(name: str, form: str) -> str:
    path, mark, query = name.partition("?")
    return f"/feeds/{path}.{form}{mark}{query}"


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize("form", ["rss", "atom"])
def test_every_list_is_a_feed(reader, name, form) -> None:
    path = write_path(name, form)
    answer = reader.get(path)
    assert (find_rss_faults if form == "rss" else find_atom_faults)(answer.body) == []
    assert find_listed(answer.body) <= {"same-updated", "plain-words"}
    feed = feedparser.parse(answer.body)
    assert not feed.bozo
    assert feed.entries
    assert answer.headers["content-type"] == f"application/{form}+xml; charset=utf-8"
    small = reader.get(path, accept_encoding="gzip, deflate")
    assert small.headers["content-encoding"] == "gzip"
    own = next(link.href for link in feed.feed.links if link.rel == "self")
    assert own == f"https://site.example{path}"


@pytest.mark.parametrize(
    "query", ["a|b[1]", '"x<y>"', "%zz", "q=%00&q=%ff", "ü", "a&lang=en|", "{}^`"]
)
def test_whatever_is_searched_for_is_a_feed(reader, query) -> None:
    for form, find_faults in (("rss", find_rss_faults), ("atom", find_atom_faults)):
        assert find_faults(reader.get(f"/feeds/search.{form}?q={query}").body) == []
    feed = json.loads(reader.get(f"/feeds/search.json?q={query}").body)
    assert find_json_feed_faults(feed) == []


@pytest.mark.parametrize("name", FEEDS)
def test_every_list_is_a_json_feed(reader, name) -> None:
    answer = reader.get(write_path(name, "json"))
    assert answer.headers["content-type"] == "application/feed+json; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    feed = json.loads(answer.body)
    assert find_json_feed_faults(feed) == []
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert all(item["id"].startswith("https://site.example/") for item in feed["items"])


def test_an_id_stays_when_the_headline_changes(reader) -> None:
    feed = feedparser.parse(reader.get("/feeds/latest.atom").body)
    assert feed.entries[0].id == "https://site.example/article/1"
    assert feed.entries[0].link.endswith("/article/1-ferry-all-ashore-finally")


def test_a_page_names_its_feeds(reader) -> None:
    page = reader.get("/search?q=ferry").text
    assert 'href="/feeds/search.rss?q=ferry"' in page
    assert 'href="/feeds/story/1.json"' in reader.get("/story/1-ferry-all-ashore-finally").text


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/latest", "/latest?lang=de", "/section/world", "/outlet/part", "/popular"),
        *("/search?q=ferry", "/story/1-ferry-all-ashore-finally"),
        "/story/1-ferry-all-ashore-finally/statements",
    ],
)
def test_every_feed_that_a_page_names_is_there(reader, path) -> None:
    page = reader.get(path)
    assert page.status == 200
    named = re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)"', page.text)
    assert {kind for kind, _ in named} == {
        *("application/rss+xml", "application/atom+xml", "application/feed+json"),
    }
    for kind, address in named:
        answer = reader.get(unescape(address))
        assert answer.status == 200, address
        assert answer.headers["content-type"].startswith(kind)


def test_one_language_alone(reader) -> None:
    feed = feedparser.parse(reader.get("/feeds/latest.rss?lang=de").body)
    assert [entry.title for entry in feed.entries] == ["Alle an Land"]
    assert feed.feed.title == "Latest: Deutsch · The Site"
    page = reader.get("/latest?lang=de").text
    assert "Alle an Land" in page and "Taken back" not in page
    assert reader.get("/latest?lang=xx").text.count("<article") > page.count("<article")


def test_nothing_is_most_read_where_nothing_was_read(reader) -> None:
    assert feedparser.parse(reader.get("/feeds/popular/read.atom").body).entries == []


def test_a_feed_is_asked_for_again_with_its_mark(reader) -> None:
    answer = reader.get("/feeds/front.rss")
    assert reader.get("/feeds/front.rss", if_none_match=answer.headers["etag"]).status == 304
    head = reader.get("/feeds/front.rss", method="HEAD")
    assert head.body == b"" and head.headers["etag"] == answer.headers["etag"]
    assert head.headers["content-length"] == str(len(answer.body))
