"""Structured data (schema.org) of an article's page, and JSON that is safe inside a page."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dateline.model import Article, Card, Picture, Site, StoryCard
from dateline.publish.addresses import (
    card_path,
    original_link,
    picture_path,
    story_path,
    versions_path,
)
from dateline.publish.moments import to_utc, write_moment
from dateline.publish.shown import Shown
from dateline.text import squeeze

# "<" could begin or end an element; the last two end a line in older JavaScript.
_UNSAFE = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}
CONTEXT = "https://schema.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The outlet's own note that it corrected an article; when it wrote it, nobody knows."""

    number: int  # of the first version in which the note was seen
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ties:
    """What an article is tied to; cards as they may be shown."""

    story: StoryCard | None = None
    parent: Card | None = None  # whom it has its report from
    cited: Sequence[Card] = ()  # others in which passages of it stand
    corrections: Sequence[Correction] = ()


def describe_article(
    site: Site, article: Article, card: Card, shown: Shown, ties: Ties | None = None
) -> dict[str, object]:
    """Return an article as schema.org NewsArticle.

    `isBasedOn` is the original, and the report that it was taken from; `publisher` is its outlet:
    this site publishes none of the words. What is described of the text is what `shown` allows.
    """
    ties = ties or Ties()
    reading = article.version.reading
    published = reading.published
    agencies = [{"@type": "Organization", "name": credit.name} for credit in reading.credits]
    record: dict[str, object] = {
        "@context": CONTEXT,
        "@type": "NewsArticle",
        "headline": squeeze(card.headline),
        "mainEntityOfPage": f"{site.address}{card_path(card)}",
        "url": f"{site.address}{card_path(card)}",
        "isBasedOn": _list_bases(site, article, ties),
        "isPartOf": _refer_to_story(site, ties.story) if ties.story else None,
        "publisher": drop_empty(
            {
                "@type": "Organization",
                "name": article.source.name,
                "url": original_link(article.source.home),
            }
        ),
        "author": [{"@type": "Person", "name": name} for name in reading.byline],
        "sourceOrganization": agencies,
        "datePublished": _stamp(published.at, exact=published.precision == "second"),
        "dateModified": _find_modified(article),
        "correction": [_describe_correction(site, card, each) for each in ties.corrections],
        "citation": [refer_to(site, each) for each in ties.cited],
        "inLanguage": name_language(reading.language),
        "articleSection": reading.section,
        "isAccessibleForFree": reading.free,
        "description": shown.summary,
    }
    if shown.picture and card.picture_hash:
        record["image"] = describe_picture(site, card)
    return drop_empty(record)


def refer_to(site: Site, card: Card) -> dict[str, object]:
    """Return an article as other records name it."""
    return drop_empty(
        {
            "@type": "NewsArticle",
            "headline": squeeze(card.headline),
            "url": f"{site.address}{card_path(card)}",
            "datePublished": _stamp(card.published_at, exact=True),
            "inLanguage": name_language(card.language),
            "publisher": {"@type": "Organization", "name": squeeze(card.source_name)},
        }
    )


def describe_picture(site: Site, card: Card) -> dict[str, object]:
    """Return our copy of a card's picture as ImageObject, with its size and its credit."""
    given = card.picture or Picture(url="")
    return drop_empty(
        {
            "@type": "ImageObject",
            "url": f"{site.root or site.address}{picture_path(card.picture_hash)}",
            "width": card.picture_width or None,
            "height": card.picture_height or None,
            "caption": squeeze(given.caption),
            "creditText": squeeze(given.credit),
        }
    )


def name_language(tag: str) -> str:
    """Return a language's tag, "" where the language is not known."""
    return "" if tag == "und" else tag


def escape_json(value: object) -> str:
    """Return `value` as JSON in which nothing can begin or end an element."""
    return json.dumps(value, ensure_ascii=False).translate(_UNSAFE)


def drop_empty(record: Mapping[str, object]) -> dict[str, object]:
    """Return a record without what is not known."""
    return {name: value for name, value in record.items() if value not in ("", None, [])}


def _list_bases(site: Site, article: Article, ties: Ties) -> object:
    original = original_link(article.url)
    parent = refer_to(site, ties.parent) if ties.parent and not ties.parent.gone else None
    found: list[object] = [each for each in (original, parent) if each]
    return found[0] if len(found) == 1 else found


def _refer_to_story(site: Site, story: StoryCard) -> dict[str, object]:
    return {
        "@type": "CollectionPage",
        "name": squeeze(story.headline),
        "url": f"{site.address}{story_path(story)}",
    }


def _find_modified(article: Article) -> str:
    """Return when the page says that it was changed, else when we saw another version of it."""
    modified = article.version.reading.modified
    if modified and modified.at:
        return _stamp(modified.at, exact=modified.precision == "second")
    return _stamp(article.version.seen_at, exact=True) if article.versions > 1 else ""


def _describe_correction(site: Site, card: Card, correction: Correction) -> dict[str, object]:
    return drop_empty(
        {
            "@type": "CorrectionComment",
            "url": f"{site.address}{versions_path(card)}#v{correction.number}",
            "text": squeeze(correction.note),
        }
    )


def _stamp(at: datetime | None, *, exact: bool) -> str:
    if at is None:
        return ""
    return write_moment(at) if exact else to_utc(at).date().isoformat()
