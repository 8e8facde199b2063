"""JSON Feed 1.0 and 1.1, read without trust in any type it should have."""

import html
import itertools
import json
import re
from typing import Any

import msgspec

from dateline.fetch.dates import parse_feed_date
from dateline.fetch.entries import Channel, finish_feed, take_first
from dateline.fetch.pictures import is_picture_file, join_address, keep_pictures
from dateline.fetch.words import join_names, plain_label, plain_name, plain_title, tidy_language
from dateline.model import Broken, Entry, Fetched, Picture

DEEPEST = 100
MOST_LABELS = 50
# Possessive, and it always matches where it begins: linear also where the last string never ends.
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)', re.DOTALL)
_OPENING, _CLOSING = b"[{", b"]}"
_NOT_BRACKETS = bytes(set(range(256)) - set(_OPENING + _CLOSING))
_STEP = {**dict.fromkeys(_OPENING, 1), **dict.fromkeys(_CLOSING, -1)}


def read_json_feed(text: str, url: str) -> Fetched | Broken:
    """Return the entries of a JSON feed, or `Broken` where it is no feed."""
    data = decode_json(text)
    if isinstance(data, Broken):
        return data
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(items, list):
        return Broken(reason="this JSON is not a feed: it has no list of items")
    odd: list[str] = []
    if "jsonfeed.org" not in _text(data, "version"):
        odd.append("the JSON does not say that it is a JSON Feed")
    channel = Channel(
        title=plain_title(_text(data, "title"), is_html=False),
        language=tidy_language(_text(data, "language")),
    )
    objects = [item for item in items if isinstance(item, dict)]
    if len(objects) < len(items):
        odd.append(f"{len(items) - len(objects)} items are not objects")
    first, more = take_first(objects)
    odd += [more] if more else []
    entries = [_read_item(item, url, channel.language, odd) for item in first]
    return finish_feed(channel, entries, odd)


def decode_json(text: str) -> Any | Broken:
    """Return what the JSON says, or `Broken`; nesting is bounded before anything is built."""
    body = text.encode("utf-8", "replace")
    brackets = _STRING.sub(b"", body).translate(None, _NOT_BRACKETS)
    depths = itertools.accumulate(map(_STEP.__getitem__, brackets))
    if max(depths, default=0) > DEEPEST:
        return Broken(reason=f"the JSON is nested deeper than {DEEPEST} levels")
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, ValueError):
        pass
    try:  # Python's own reader allows the line breaks in strings that hand-made feeds have
        return json.loads(body, strict=False)
    except ValueError as error:
        return Broken(reason=f"the JSON is damaged ({str(error)[:100]})")


def _read_item(item: dict[str, Any], base: str, language: str, odd: list[str]) -> Entry:
    link = join_address(_text(item, "url") or _text(item, "external_url"), base)
    content = _text(item, "content_html")
    if not content:
        content = _as_html(_text(item, "content_text"))
    return Entry(
        guid=_text(item, "id"),
        url=link or join_address(_text(item, "id"), ""),
        title=plain_title(_text(item, "title"), is_html=False),
        summary=_as_html(_text(item, "summary")),
        content=content,
        author=_read_authors(item),
        published=_read_date(item, "date_published", odd),
        updated=_read_date(item, "date_modified", odd),
        language=tidy_language(_text(item, "language")) or language,
        categories=_read_tags(item),
        pictures=_read_pictures(item, base),
    )


def _text(values: dict[str, Any], key: str) -> str:
    """Return a field as text; ids may be numbers (JSON Feed asks readers to take them so)."""
    value = values.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).strip()


def _as_html(text: str) -> str:
    paragraphs = [p.strip() for p in html.escape(text, quote=False).split("\n\n")]
    return "".join(f"<p>{p}</p>" for p in paragraphs if p) if len(paragraphs) > 1 else paragraphs[0]


def _read_authors(item: dict[str, Any]) -> str:
    authors = item.get("authors")
    listed = authors[:MOST_LABELS] if isinstance(authors, list) else [item.get("author")]
    return join_names([plain_name(_text(a, "name")) for a in listed if isinstance(a, dict)])


def _read_date(item: dict[str, Any], key: str, odd: list[str]) -> Any:
    text = _text(item, key)
    at = parse_feed_date(text) if text else None
    if text and at is None and len(odd) < 100:
        odd.append(f"the date “{text[:40]}” is not understood")
    return at


def _read_tags(item: dict[str, Any]) -> tuple[str, ...]:
    tags = item.get("tags")
    if not isinstance(tags, list):
        return ()
    labels = (plain_label(tag) for tag in tags[:MOST_LABELS] if isinstance(tag, str))
    return tuple(dict.fromkeys(label for label in labels if label))


def _read_pictures(item: dict[str, Any], base: str) -> tuple[Picture, ...]:
    found = [_picture(_text(item, key), base) for key in ("image", "banner_image")]
    attached = item.get("attachments")
    files = attached[:MOST_LABELS] if isinstance(attached, list) else []
    found += [_picture(_text(file, "url"), base) for file in files if _is_picture(file)]
    return keep_pictures(found)


def _is_picture(file: Any) -> bool:
    if not isinstance(file, dict):
        return False
    return is_picture_file(_text(file, "url"), _text(file, "mime_type"))


def _picture(url: str, base: str) -> Picture | None:
    joined = join_address(url, base)
    return Picture(url=joined) if joined else None
