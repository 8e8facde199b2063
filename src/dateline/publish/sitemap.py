"""Sitemaps: the news of the last two days, and every address there is, for search engines."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta

from lxml import etree

from dateline.model import Card, Site
from dateline.publish.addresses import card_path
from dateline.publish.moments import write_moment
from dateline.publish.xml import add_element, clean_line, read_tag, write_xml
from dateline.text import base_language

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
WINDOW = timedelta(hours=48)
LONGEST = 1000  # addresses in one news sitemap, by its definition
_TRADITIONAL = re.compile(r"(?i)-(?:hant|tw|hk|mo)\b")


def write_news_sitemap(site: Site, cards: Iterable[Card], now: datetime) -> bytes:
    """Return the news sitemap of the articles of the 48 hours before `now`, at most 1000.

    Its definition asks for a title, a language and a date of publication: what lacks one of them
    is left out. Where nothing is news, the front page alone stands in it.
    """
    root = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP, "news": NEWS})
    recent = [
        (at, card)
        for card in cards
        if (at := card.published_at) and now - WINDOW <= at <= now and _is_news(card)
    ]
    if not recent:  # a sitemap without any address is none
        add_element(add_element(root, f"{{{SITEMAP}}}url"), f"{{{SITEMAP}}}loc", f"{site.address}/")
    for at, card in recent[:LONGEST]:
        url = add_element(root, f"{{{SITEMAP}}}url")
        add_element(url, f"{{{SITEMAP}}}loc", f"{site.address}{card_path(card)}")
        news = add_element(url, f"{{{NEWS}}}news")
        publication = add_element(news, f"{{{NEWS}}}publication")
        add_element(publication, f"{{{NEWS}}}name", site.name)
        add_element(publication, f"{{{NEWS}}}language", _name_language(read_tag(card.language)))
        add_element(news, f"{{{NEWS}}}publication_date", write_moment(at))
        add_element(news, f"{{{NEWS}}}title", clean_line(card.headline))
    return write_xml(root)


def _is_news(card: Card) -> bool:
    return not card.gone and bool(clean_line(card.headline)) and bool(read_tag(card.language))


def _name_language(tag: str) -> str:
    # Two or three letters, but for Chinese, of which the definition knows two.
    base = base_language(tag)
    if base != "zh":
        return base
    return "zh-tw" if _TRADITIONAL.search(tag) else "zh-cn"


def write_sitemap(lines: Iterable[tuple[str, datetime | None]]) -> bytes:
    """Return a sitemap of addresses, each with when its page changed, where that is known."""
    return _write_addresses("urlset", "url", lines)


def write_sitemap_index(addresses: Iterable[str]) -> bytes:
    """Return the index of all sitemaps."""
    return _write_addresses("sitemapindex", "sitemap", ((each, None) for each in addresses))


def _write_addresses(whole: str, part: str, lines: Iterable[tuple[str, datetime | None]]) -> bytes:
    root = etree.Element(f"{{{SITEMAP}}}{whole}", nsmap={None: SITEMAP})
    for address, changed_at in lines:
        entry = add_element(root, f"{{{SITEMAP}}}{part}")
        add_element(entry, f"{{{SITEMAP}}}loc", address)
        if changed_at:
            add_element(entry, f"{{{SITEMAP}}}lastmod", write_moment(changed_at))
    return write_xml(root)
