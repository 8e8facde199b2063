"""JSON Feed 1.0 and 1.1, and JSON that only looks like it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from dateline.fetch.feeds import read_feed
from dateline.model import Fetched, Picture

URL = "https://example.org/feed.json"


def read(**feed: Any) -> Fetched:
    feed = {"version": "https://jsonfeed.org/version/1.1", **feed}
    found = read_feed(json.dumps(feed).encode(), url=URL, content_type="application/feed+json")
    assert isinstance(found, Fetched)
    return found


def test_item_whole() -> None:
    feed = read(
        title="N & B",
        language="de",
        items=[
            {
                "id": 7,
                "url": "/a",
                "title": "Rain <b> & wind",
                "content_html": "<p>Long</p>",
                "summary": "1 < 2",
                "image": "i.jpg",
                "authors": [{"name": "Ada"}, {"name": "Bo"}],
                "tags": ["x", "x", 3],
                "date_published": "2024-08-01T10:00:00+02:00",
                "date_modified": "once",
                "attachments": [
                    {"url": "b.png", "mime_type": "image/png"},
                    {"url": "c.mp3", "mime_type": "audio/mpeg"},
                ],
            }
        ],
    )
    (entry,) = feed.entries
    assert (feed.title, feed.language) == ("N & B", "de")
    assert (entry.guid, entry.url) == ("7", "https://example.org/a")
    assert entry.title == "Rain <b> & wind"
    assert (entry.content, entry.summary) == ("<p>Long</p>", "1 &lt; 2")
    assert (entry.author, entry.categories, entry.language) == ("Ada, Bo", ("x",), "de")
    assert entry.published == datetime(2024, 8, 1, 8, tzinfo=UTC)
    assert entry.pictures == (
        Picture(url="https://example.org/i.jpg"),
        Picture(url="https://example.org/b.png"),
    )
    assert feed.notes == ("the date “once” is not understood",)


def test_version_one_author_text_and_external_address() -> None:
    (entry,) = read(
        items=[
            {
                "id": "x",
                "external_url": "https://e.org/",
                "content_text": "a & b\n\nc",
                "author": {"name": "Cy"},
            }
        ]
    ).entries
    assert (entry.url, entry.author) == ("https://e.org/", "Cy")
    assert entry.content == "<p>a &amp; b</p><p>c</p>"


@pytest.mark.parametrize("wrong", [None, 1, "x", [], {}, True, [1, [2]], {"name": {}}])
def test_wrong_types_anywhere_do_no_harm(wrong: Any) -> None:
    keys = ["url", "title", "content_html", "image", "authors", "author", "tags", "attachments"]
    keys += ["date_published", "summary", "language", "id"]
    feed = read(title=wrong, language=wrong, items=[wrong, dict.fromkeys(keys, wrong), {"id": "k"}])
    assert feed.entries[-1].guid == "k"


def test_not_declared_is_read_with_a_note_and_line_breaks_in_strings_pass() -> None:
    feed = read_feed(b'\xef\xbb\xbf{"items":[{"id":"a","title":"x\ny"}]}', url=URL, content_type="")
    assert isinstance(feed, Fetched)
    assert feed.entries[0].title == "x y"
    assert "does not say" in feed.notes[0]
