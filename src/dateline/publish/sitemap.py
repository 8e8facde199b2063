"""Sitemaps: the news of the last two days, and every address there is, for search engines."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from lxml import etree

from dateline.model import Card, Site
from dateline.publish.addresses import card_path
from dateline.publish.xml import add_element, write_xml
from dateline.text import squeeze

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
WINDOW = timedelta(hours=48)
LONGEST = 1000  # addresses in one news sitemap, by its definition


def write_news_sitemap(site: Site, cards: Iterable[Card], now: datetime) -> bytes:
    """Return the news sitemap of the articles of the 48 hours before `now`, at most 1000.

    Its definition asks for a title and a language: what has none of them is left out.
    """
    root = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP, "news": NEWS})
    recent = [card for card in cards if now - WINDOW <= card.listed_at <= now and _is_news(card)]
    for card in recent[:LONGEST]:
        url = add_element(root, f"{{{SITEMAP}}}url")
        add_element(url, f"{{{SITEMAP}}}loc", f"{site.address}{card_path(card)}")
        news = add_element(url, f"{{{NEWS}}}news")
        publication = add_element(news, f"{{{NEWS}}}publication")
        add_element(publication, f"{{{NEWS}}}name", site.name)
        add_element(publication, f"{{{NEWS}}}language", card.language.partition("-")[0])
        add_element(news, f"{{{NEWS}}}publication_date", _stamp(card.at))
        add_element(news, f"{{{NEWS}}}title", squeeze(card.headline))
    return write_xml(root)


def _is_news(card: Card) -> bool:
    return not card.gone and bool(squeeze(card.headline)) and card.language not in ("", "und")


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
            add_element(entry, f"{{{SITEMAP}}}lastmod", _stamp(changed_at))
    return write_xml(root)


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
