"""News sitemaps, indexes of sitemaps, and gzip that is not what it seems."""

import gzip
from datetime import UTC, datetime

from dateline.fetch.feeds import read_feed
from dateline.fetch.sitemap import SitemapIndex, read_news_sitemap
from dateline.model import Broken, Fetched

URL = "https://example.org/news.xml"
OPEN = (
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
)


def page(path: str, date: str, more: str = "") -> str:
    return (
        f"<url><loc>https://example.org/{path}</loc><news:news><news:publication><news:name>E"
        "</news:name><news:language>pt-br</news:language></news:publication>"
        f"<news:publication_date>{date}</news:publication_date>"
        f"<news:title>On {path} &amp;amp; on</news:title>"
        f"<news:keywords>rain, wind,rain</news:keywords></news:news>{more}</url>"
    )


def test_news_newest_first() -> None:
    picture = "<image:loc>/p.jpg</image:loc><image:caption>Rain</image:caption>"
    image = f"<image:image>{picture}</image:image>"
    body = OPEN + page("a", "2024-08-01") + page("b", "2024-08-01T10:00:00+02:00", image)
    feed = read_news_sitemap((body + page("c", "soon") + "</urlset>").encode(), url=URL)
    assert isinstance(feed, Fetched)
    assert [e.url.rpartition("/")[2] for e in feed.entries] == ["b", "a", "c"]
    first = feed.entries[0]
    assert first.title == "On b & on"
    assert first.published == datetime(2024, 8, 1, 8, tzinfo=UTC)
    assert (first.language, first.categories) == ("pt-BR", ("rain", "wind"))
    assert (first.pictures[0].url, first.pictures[0].caption) == (
        "https://example.org/p.jpg",
        "Rain",
    )
    assert read_feed((body + "</urlset>").encode(), url=URL, content_type="").entries  # type: ignore[union-attr]


def test_index_lists_its_maps_newest_first() -> None:
    index = (
        "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
        "<sitemap><loc>/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>"
        "<sitemap><loc>/new.xml</loc><lastmod>2024-01-01</lastmod></sitemap></sitemapindex>"
    )
    found = read_news_sitemap(index.encode(), url=URL)
    assert found == SitemapIndex(
        urls=("https://example.org/new.xml", "https://example.org/old.xml")
    )


def test_gzip_is_unpacked_and_bounded() -> None:
    body = gzip.compress((OPEN + page("a", "2024-08-01") + "</urlset>").encode())
    assert isinstance(read_news_sitemap(body, url=URL), Fetched)
    assert isinstance(read_news_sitemap(body[: len(body) // 2], url=URL), Fetched | Broken)
    bomb = read_news_sitemap(gzip.compress(b" " * 60_000_000, 1), url=URL)
    assert isinstance(bomb, Broken) and "unpacks to over" in bomb.reason


def test_pages_without_news_are_no_news_sitemap() -> None:
    plain = OPEN + "<url><loc>https://example.org/a</loc></url></urlset>"
    broken = read_news_sitemap(plain.encode(), url=URL)
    assert isinstance(broken, Broken) and "no news" in broken.reason
    assert isinstance(read_news_sitemap(b"<html/>", url=URL), Broken)
