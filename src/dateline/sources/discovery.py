"""From a site's page to its feeds, best first: what it declares, what it links to, what to try."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from dateline.sources.describing import describe_source
from dateline.sources.pages import Page
from dateline.text import squeeze
from dateline.urls import parse_web_url, read_host, read_origin

__all__ = [
    "FoundFeed",
    "describe_source",
    "find_feeds",
    "find_sitemaps",
    "guess_feeds",
    "looks_like_feed",
]

_MOST_FEEDS = 100
_KINDS = {
    "application/rss+xml": "rss",
    "application/x-rss+xml": "rss",
    "application/rdf+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
}
_XML = frozenset({"text/xml", "application/xml", "text/rss+xml", "text/rss", "application/rss"})
_FEED_PATH = re.compile(
    r"(?:^|[/._?=&-])(rss2?|atom|feeds?|rdf|xml\.rss|index\.xml)(?:[/._?=&-]|\.?(?:xml|php|json)?$)",
    re.IGNORECASE,
)
_FEED_HOST = re.compile(r"^(feeds?|rss)\d?\.", re.IGNORECASE)
_NOT_FEED = re.compile(
    r"\.(?:html?|jpe?g|png|gif|svg|webp|css|js|pdf|mp[34]|zip)$|/oembed|wp-json", re.IGNORECASE
)
_COMMENTS = re.compile(
    r"comment|kommentar|commentaire|comentario|commenti|reacties|коммент|评论|コメント",
    re.IGNORECASE,
)
_PART = re.compile(
    r"/(?:tags?|categor(?:y|ies|ie|ia)|authors?|autor|topics?|thema|schlagwort|search)(?:/|$)|[?&]s=",
    re.IGNORECASE,
)
_SOUND = re.compile(r"podcast|audio|video|episode", re.IGNORECASE)
_SITEMAP_LINE = re.compile(
    r"^[ \t]*site-?maps?[ \t]*[: \t][ \t]*(\S+)", re.IGNORECASE | re.MULTILINE
)
_AT_SITE = ("feed/", "rss.xml", "rss", "feed.xml", "atom.xml", "index.xml", "feed.json")
_AT_SITE_LAST = ("?feed=rss2", "rss/", "feeds/all.atom.xml", "news-sitemap.xml", "sitemap-news.xml")
_ROOT = re.compile(r"<(rss|feed|rdf:RDF|\w+:feed|\w+:RDF)[\s>]")
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?[^>]*>)*", re.DOTALL)
_JSON_FEED = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundFeed:
    """A feed that a page names."""

    url: str
    title: str = ""
    kind: str = ""  # "rss", "atom", "json", "" where it cannot be told yet
    how: str = ""  # "declared", "linked"


def find_feeds(html: bytes, url: str) -> tuple[FoundFeed, ...]:
    """Return the feeds that a page declares or links to, best first; never raises.

    Feeds of comments, tags and sound come last, linked ones after declared ones.
    """
    page = Page(html, url)
    found: dict[str, FoundFeed] = {}
    for feed in islice((*_list_declared(page), *_list_linked(page)), _MOST_FEEDS * 10):
        found.setdefault(feed.url, feed)
    ranked = sorted(found.values(), key=lambda feed: _count_doubts(feed, url))
    return tuple(ranked[:_MOST_FEEDS])


def _list_declared(page: Page) -> Iterator[FoundFeed]:
    for element in page.list("link"):
        rel = (element.get("rel") or "").lower().split()
        kind = _read_kind(element.get("type") or "", element.get("href") or "")
        url = page.link(_strip_scheme(element.get("href") or ""))
        is_feed = "feed" in rel or ("alternate" in rel and kind is not None)
        if is_feed and url and "stylesheet" not in rel:
            title = squeeze(element.get("title") or "")[:200]
            yield FoundFeed(url=url, title=title, kind=kind or "", how="declared")


def _list_linked(page: Page) -> Iterator[FoundFeed]:
    for element in page.list("a"):
        href = _strip_scheme(element.get("href") or "")
        url = page.link(href) if href else None
        if url and _is_feed_address(url, page.base):
            title = squeeze(element.get("title") or "".join(element.itertext()))[:200]
            yield FoundFeed(url=url, title=title, how="linked")


def _strip_scheme(href: str) -> str:
    """Return an address without the "feed:" that asks a browser to open a feed reader."""
    rest = re.sub(r"^\s*feed:(?://)?", "", href, flags=re.IGNORECASE)
    return href if rest == href or not rest else (rest if "://" in rest else f"https://{rest}")


def _read_kind(content_type: str, href: str) -> str | None:
    """Return the kind of feed that a declared type means, None where it means none."""
    media = content_type.partition(";")[0].strip().lower()
    if media in _KINDS:
        return _KINDS[media]
    return "" if media in _XML and not _NOT_FEED.search(href) else None


def _is_feed_address(url: str, page_url: str) -> bool:
    """Tell whether a link looks like a feed of this site, or of a server that serves only feeds."""
    path = url.partition("://")[2].partition("#")[0]
    path = path[path.find("/") :]
    if _FEED_HOST.match(read_host(url)):
        return path != "/"
    is_own = _read_site(url) == _read_site(page_url)
    return is_own and bool(_FEED_PATH.search(path)) and not _NOT_FEED.search(path.partition("?")[0])


def _count_doubts(feed: FoundFeed, page_url: str) -> int:
    """Return how little a feed looks like a site's news; 0 is best."""
    words = f"{feed.url} {feed.title}"
    return (
        (100 if _COMMENTS.search(words) else 0)
        + (40 if _PART.search(feed.url) else 0)
        + (20 if _SOUND.search(words) else 0)
        + (10 if feed.how == "linked" else 0)
        + (5 if _read_site(feed.url) != _read_site(page_url) else 0)
        + (2 if feed.kind == "json" else 0)
    )


def _read_site(url: str) -> str:
    """Return the last two labels of a host: enough to tell a stranger's feed from one's own."""
    return ".".join(read_host(url).split(".")[-2:])


def guess_feeds(url: str) -> tuple[str, ...]:
    """Return the addresses at which a site's feed often is, likeliest first; () for no web address.

    Where `url` is of a section, its own come before the site's.
    """
    address = parse_web_url(url)
    if address is None:
        return ()
    root = read_origin(address) + "/"
    folder = address.partition("?")[0].partition("#")[0].rpartition("/")[0] + "/"
    if not address.endswith("/") and "." not in address.rpartition("/")[2]:
        folder = address.partition("?")[0].partition("#")[0] + "/"
    own = [folder + path for path in _AT_SITE[:2]] if len(folder) > len(root) else []
    return tuple(dict.fromkeys([*own, *(root + path for path in _AT_SITE + _AT_SITE_LAST)]))


def find_sitemaps(robots_text: str) -> tuple[str, ...]:
    """Return the sitemaps that a robots.txt names, those for news first."""
    named = _SITEMAP_LINE.findall(robots_text[:1_000_000].replace("\r", "\n"))
    urls = dict.fromkeys(url for text in named[:2000] if (url := parse_web_url(text)))
    return tuple(sorted(urls, key=lambda url: "news" not in url.lower()))


def looks_like_feed(body: bytes, content_type: str) -> bool:
    """Tell from its beginning whether a reply is RSS, Atom, RDF or JSON Feed."""
    text = _decode_start(body[:8192])
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return "feed+json" in content_type.lower() or bool(_JSON_FEED.search(text))
    text = text.lstrip("\ufeff")
    prolog = _PROLOG.match(text)
    return bool(_ROOT.match(text, prolog.end() if prolog else 0))


def _decode_start(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace")
