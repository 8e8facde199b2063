"""The feeds that our own reader finds nothing in, read by feedparser.

feedparser knows dialects that are long dead (CDF, RSS 0.90 with invented tags) and mends
markup that no XML parser takes. It is slow, so it comes last and gets a bounded part of the body.
Its sanitiser and its own resolving of addresses stay off: both are done elsewhere, once.
"""

import calendar
import io
import warnings
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import feedparser

from dateline.fetch.entries import MOST_ENTRIES, Channel, finish_feed
from dateline.fetch.pictures import is_picture_file, join_address, keep_pictures
from dateline.fetch.words import join_names, plain_label, plain_name, plain_title, tidy_language
from dateline.model import Entry, Fetched, Picture

LONGEST = 2_000_000  # characters given to feedparser
MOST_TAGS = 30_000  # it takes about 60 µs for each
MOST_LABELS = 50


def read_odd_feed(text: str, url: str) -> Fetched | None:
    """Return what feedparser finds in the XML, or None where it fails or would take too long."""
    if text.count("<", 0, LONGEST) > MOST_TAGS:
        return None
    body = io.BytesIO(text[:LONGEST].encode("utf-8", "replace"))
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            found = feedparser.parse(
                body, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
            )
    except Exception:  # a parser of hostile input that raises anything at all
        return None
    head = found.get("feed", {})
    channel = Channel(
        title=plain_title(_text(head, "title")), language=tidy_language(_text(head, "language"))
    )
    entries = [
        _read_entry(e, url, channel.language) for e in found.get("entries", [])[:MOST_ENTRIES]
    ]
    return finish_feed(channel, entries, ["read by feedparser: our own reader found nothing"])


def _read_entry(entry: Mapping[str, Any], base: str, language: str) -> Entry:
    source = entry.get("source")
    source = source if isinstance(source, Mapping) else {}
    return Entry(
        guid=_text(entry, "id"),
        url=join_address(_text(entry, "link"), base),
        title=plain_title(_text(entry, "title")),
        summary=_text(entry, "summary"),
        content=next((_text(c, "value") for c in _list(entry, "content")), ""),
        author=join_names([plain_name(_text(entry, "author"))]),
        published=_read_date(entry, "published_parsed"),
        updated=_read_date(entry, "updated_parsed"),
        language=tidy_language(_text(entry, "language")) or language,
        categories=tuple(
            dict.fromkeys(
                label for tag in _list(entry, "tags") if (label := plain_label(_text(tag, "term")))
            )
        ),
        pictures=_read_pictures(entry, base),
        credited=plain_title(_text(source, "title")),
        credited_url=join_address(_text(source, "href"), base),
    )


def _text(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key)
    return value.strip() if isinstance(value, str) else ""


def _list(values: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = values.get(key)
    listed = found[:MOST_LABELS] if isinstance(found, list) else []
    return [value for value in listed if isinstance(value, Mapping)]


def _read_date(entry: Mapping[str, Any], key: str) -> datetime | None:
    parts = entry.get(key)
    try:
        return datetime.fromtimestamp(calendar.timegm(parts), UTC) if parts else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _read_pictures(entry: Mapping[str, Any], base: str) -> tuple[Picture, ...]:
    found: list[Picture | None] = []
    for file in [*_list(entry, "media_content"), *_list(entry, "enclosures")]:
        address = _text(file, "url") or _text(file, "href")
        if is_picture_file(address, _text(file, "type")):
            found.append(_picture(address, base))
    found += [_picture(_text(file, "url"), base) for file in _list(entry, "media_thumbnail")]
    return keep_pictures(found)


def _picture(url: str, base: str) -> Picture | None:
    joined = join_address(url, base)
    return Picture(url=joined) if joined else None
