import feedparser
import pytest

FEEDS = ("front", "latest", "section/world", "outlet/part", "story/1", "search")


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize("form", ["rss", "atom"])
def test_every_list_is_a_feed(reader, name, form) -> None:
    query = "?q=ferry" if name == "search" else ""
    answer = reader.get(f"/feeds/{name}.{form}{query}")
    feed = feedparser.parse(answer.body)
    assert not feed.bozo
    assert feed.entries
    assert answer.headers["content-type"].startswith(f"application/{form}+xml")
    own = next(link.href for link in feed.feed.links if link.rel == "self")
    assert own == f"https://site.example/feeds/{name}.{form}{query}"


@pytest.mark.parametrize("name", FEEDS)
def test_every_list_is_a_json_feed(reader, name) -> None:
    query = "?q=ferry" if name == "search" else ""
    answer = reader.get(f"/feeds/{name}.json{query}")
    assert answer.headers["content-type"] == "application/feed+json; charset=utf-8"
    assert answer.headers["access-control-allow-origin"] == "*"
    feed = __import__("json").loads(answer.body)
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
