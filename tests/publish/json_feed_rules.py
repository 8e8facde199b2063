"""What a JSON Feed must be beyond its schema: the sentences of version 1.1 that say "must"."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from tests.publish.feed_values import check_address, check_html, check_language, check_moment

_ADDRESSES = ("home_page_url", "feed_url", "url", "external_url", "image")
_DATES = ("date_published", "date_modified")


def find_json_feed_faults(feed: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a JSON Feed."""
    items = feed["items"]
    ids = Counter(item["id"] for item in items)
    return [
        *(f"unique: {each}" for each, times in ids.items() if times > 1),
        *(fault for part in (feed, *items) for fault in _check_part(part)),
        *(fault for item in items for fault in _check_item(item)),
    ]


def _check_part(part: Mapping[str, Any]) -> Iterator[str]:
    for name, value in part.items():
        if not value and name != "items":
            yield f"blank: {name}"
        if name in _ADDRESSES:
            yield from check_address(value)
        if name in _DATES:
            yield from check_moment(value)
        if name == "language":
            yield from check_language(value)


def _check_item(item: Mapping[str, Any]) -> Iterator[str]:
    yield from check_html(item.get("content_html", ""))
    if not item.get("content_html") and not item.get("content_text"):
        yield "needed: no content"
    for author in item.get("authors", ()):
        if not author.get("name") and not author.get("url"):
            yield "needed: an author who is nobody"
        if "url" in author:
            yield from check_address(author["url"])
