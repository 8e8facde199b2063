"""The news sitemap: what was published here in the last two days, for search engines."""

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
    """Return the news sitemap of the articles of the 48 hours before `now`, at most 1000."""
    root = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP, "news": NEWS})
    recent = [card for card in cards if now - WINDOW <= card.listed_at <= now and not card.gone]
    for card in recent[:LONGEST]:
        url = add_element(root, f"{{{SITEMAP}}}url")
        add_element(url, f"{{{SITEMAP}}}loc", f"{site.address}{card_path(card)}")
        news = add_element(url, f"{{{NEWS}}}news")
        publication = add_element(news, f"{{{NEWS}}}publication")
        add_element(publication, f"{{{NEWS}}}name", site.name)
        add_element(publication, f"{{{NEWS}}}language", card.language.partition("-")[0])
        stamp = card.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        add_element(news, f"{{{NEWS}}}publication_date", stamp)
        add_element(news, f"{{{NEWS}}}title", squeeze(card.headline))
    return write_xml(root)
