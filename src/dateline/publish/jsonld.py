"""Structured data (schema.org) of an article's page, and JSON that is safe inside a page."""

import json
from datetime import UTC, datetime

from dateline.model import Article, Card, Site
from dateline.publish.addresses import card_path, picture_path
from dateline.publish.shown import Shown

# "<" could begin or end an element; the last two end a line in older JavaScript.
_UNSAFE = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


def describe_article(site: Site, article: Article, card: Card, shown: Shown) -> dict[str, object]:
    """Return an article as schema.org NewsArticle.

    `isBasedOn` is the original, and `publisher` its outlet: this site publishes none of the words.
    What is described of the text is what `shown` allows.
    """
    reading = article.version.reading
    published = reading.published
    record: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": reading.headline,
        "mainEntityOfPage": f"{site.address}{card_path(card)}",
        "url": f"{site.address}{card_path(card)}",
        "isBasedOn": article.url,
        "publisher": _drop_empty(
            {"@type": "Organization", "name": article.source.name, "url": article.source.home}
        ),
        "author": [{"@type": "Person", "name": name} for name in reading.byline],
        "datePublished": _stamp(published.at, exact=published.precision == "second"),
        "dateModified": _stamp(reading.modified.at, exact=True) if reading.modified else "",
        "inLanguage": "" if reading.language == "und" else reading.language,
        "articleSection": reading.section,
        "isAccessibleForFree": reading.free,
        "description": shown.summary,
    }
    if shown.picture and card.picture_hash:
        record["image"] = f"{site.address}{picture_path(card.picture_hash)}"
    return _drop_empty(record)


def escape_json(value: object) -> str:
    """Return `value` as JSON in which nothing can begin or end an element."""
    return json.dumps(value, ensure_ascii=False).translate(_UNSAFE)


def _drop_empty(record: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in record.items() if value not in ("", None, [])}


def _stamp(at: datetime | None, *, exact: bool) -> str:
    if at is None:
        return ""
    utc = at.astimezone(UTC)
    return utc.strftime("%Y-%m-%dT%H:%M:%SZ") if exact else utc.date().isoformat()
