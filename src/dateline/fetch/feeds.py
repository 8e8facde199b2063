"""A feed's bytes -> its entries, whatever it is: RSS, RDF, Atom, JSON Feed, a news sitemap.

The dispatcher only: it tells what the bytes are, and hands them to the reader of that kind. A feed
in which our own reader finds nothing is given to feedparser, which knows more dialects and is a
hundred times slower. Never raises; runs where it can be stopped, so that time is bounded outside.
"""

from dateline.fetch.decoding import Prepared, decode_body, names_doctype_html, prepare_xml
from dateline.fetch.jsonfeed import read_json_feed
from dateline.fetch.oddfeed import read_odd_feed
from dateline.fetch.sitemap import SitemapIndex, read_prepared, unpack
from dateline.fetch.xmlfeed import read_xml_feed
from dateline.model import Broken, Fetched

LONGEST_BODY = 16_000_000
_WEB_PAGE = Broken(
    reason="this is a web page, not a feed; try `dateline add` with its address to find its feeds"
)


def read_feed(body: bytes, *, url: str, content_type: str) -> Fetched | Broken:
    """Return the entries of a feed, or why there are none.

    `url` is the address that answered (links are relative to it), `content_type` the reply's
    header, for its charset; what the bytes are is told from the bytes.
    """
    unpacked = unpack(body, LONGEST_BODY)
    if unpacked is None:
        return Broken(reason="the reply is a damaged gzip file, or one that unpacks to too much")
    return _read_unpacked(unpacked, url, content_type)


def _read_unpacked(body: bytes, url: str, content_type: str) -> Fetched | Broken:
    if not body.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        return Broken(reason="the reply is empty")
    if len(body) > LONGEST_BODY:
        return Broken(reason=f"the feed is larger than {LONGEST_BODY:,} bytes: not read")
    text, note = decode_body(body, content_type)
    start = text.lstrip()
    if start.startswith(("{", "[")):
        return read_json_feed(start, url)
    if names_doctype_html(start):
        return _WEB_PAGE
    prepared = prepare_xml(text)
    if prepared.root in ("html", "body", "head", "xhtml:html"):
        return _WEB_PAGE
    if not prepared.root:
        return Broken(reason="the reply is neither XML nor JSON, so it is no feed")
    if prepared.root.rpartition(":")[2] in ("urlset", "sitemapindex"):
        return _read_sitemap(prepared, url)
    feed = read_xml_feed(prepared, url)
    if isinstance(feed, Broken) or not feed.entries:
        feed = _choose(feed, read_odd_feed(prepared.text, url))
    if note and isinstance(feed, Fetched):
        return Fetched(
            entries=feed.entries,
            title=feed.title,
            language=feed.language,
            notes=(note, *feed.notes),
        )
    return feed


def _read_sitemap(prepared: Prepared, url: str) -> Fetched | Broken:
    found = read_prepared(prepared, url)
    if isinstance(found, SitemapIndex):
        return Broken(
            reason="this is an index of sitemaps, not a feed: follow the news sitemap in it, "
            f"perhaps {found.urls[0]}"
        )
    return found


def _choose(ours: Fetched | Broken, other: Fetched | None) -> Fetched | Broken:
    if other is None or not (other.entries or (other.title and isinstance(ours, Broken))):
        return ours
    return other
