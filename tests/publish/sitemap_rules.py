"""What a sitemap must be for every search engine to take it."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from tests.publish.feed_values import check_address, check_moment, check_tree

_GRAMMAR = etree.RelaxNG(etree.parse(str(Path(__file__).with_name("sitemap.rng"))))
_LARGEST = 50 * 1024 * 1024  # bytes, by the protocol
MOST = 50_000  # addresses, by the protocol
_MOST_NEWS = 1_000


def find_sitemap_faults(body: bytes) -> list[str]:
    """Return what is wrong with a sitemap, a news sitemap, or an index of sitemaps."""
    root = etree.fromstring(body)
    return [*_check(body, root), *check_tree(root)]


def _check(body: bytes, root: etree._Element) -> Iterator[str]:
    if not _GRAMMAR.validate(root):
        yield f"schema: {_GRAMMAR.error_log}"
    news = root.findall("{*}url/{*}news")
    if len(root) > MOST or len(news) > _MOST_NEWS or len(body) > _LARGEST:
        yield "form: too many addresses, or too long"
    places = [each.text or "" for each in root.iter("{*}loc")]
    if len(set(places)) < len(places):
        yield "unique: an address stands twice"
    for place in places:
        yield from check_address(place)
    for name in ("{*}lastmod", "{*}publication_date"):
        for at in root.iter(name):
            yield from check_moment(at.text or "")
