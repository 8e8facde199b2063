"""Feeds of every list: RSS 2.0, Atom 1.0 and JSON Feed 1.1 from one `Channel`.

Titles are plain text in all three. Where one has a mark of HTML in it, RSS says that it is plain by
writing it as a character reference, as its profile asks; Atom names its type. An item's id is the
page's address without its words, so it stays when a headline changes. Nothing depends on the moment
of writing: equal items, equal bytes.
"""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from lxml import etree

from dateline.publish.channels import Channel, Item
from dateline.publish.jsonld import escape_json
from dateline.publish.moments import to_utc, write_moment
from dateline.publish.xml import add_element, clean_text, read_tag, set_language, write_xml

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
GENERATOR = "Dateline"
RULES = "http://www.rssboard.org/rss-specification"
_PLAIN = re.compile(rb"(<(?:title|category|source|description)\b[^<>]*>)([^<]*)(?=</)")
# The date of an empty feed: Atom demands one, and none is older than Atom.
_NEVER = datetime(2005, 12, 1, tzinfo=UTC)


def write_rss(channel: Channel) -> bytes:
    """Return the channel as RSS 2.0 with content, Dublin Core, media and a link to itself."""
    prefixes = {"atom": ATOM, "content": CONTENT, "dc": DC, "media": MEDIA}
    root = etree.Element("rss", version="2.0", nsmap=prefixes)
    head = add_element(root, "channel")
    add_element(head, "title", channel.title)
    add_element(head, "link", channel.home)
    add_element(head, "description", _line(channel.description) or channel.title)
    add_element(head, "language", channel.language)
    add_element(head, "docs", RULES)
    add_element(head, "generator", GENERATOR)
    _link(head, href=channel.address, rel="self", type="application/rss+xml")
    if channel.updated:
        add_element(head, "lastBuildDate", _mail_date(channel.updated))
    for item in channel.items:
        _add_rss_item(head, item)
    return _PLAIN.sub(_refer, write_xml(root))


def _refer(match: re.Match[bytes]) -> bytes:
    return match[1] + match[2].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;")


def _add_rss_item(head: etree._Element, item: Item) -> None:
    element = add_element(head, "item")
    set_language(element, item.language)
    if item.title:
        add_element(element, "title", item.title)
    add_element(element, "link", item.url)
    add_element(element, "guid", item.id, isPermaLink="true")
    if item.published:
        add_element(element, "pubDate", _mail_date(item.published))
    add_element(element, f"{{{DC}}}creator", item.source)
    if item.source_url:
        add_element(element, "source", item.source, url=item.source_url)
    add_element(element, "description", item.html)
    add_element(element, f"{{{CONTENT}}}encoded", item.html)
    for tag in item.tags:
        add_element(element, "category", tag)
    if item.picture:
        add_element(element, f"{{{MEDIA}}}content", **_describe_picture(item))


def _describe_picture(item: Item) -> dict[str, str]:
    width, height = (str(side) if side else "" for side in item.picture_size)
    return {
        "url": item.picture,
        "type": "image/webp",
        "medium": "image",
        "width": width,
        "height": height,
    }


def write_atom(channel: Channel) -> bytes:
    """Return the channel as Atom 1.0."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    set_language(root, channel.language)
    _atom(root, "id", channel.home)
    _add_words(root, "title", channel.title)
    if description := _line(channel.description):
        _add_words(root, "subtitle", description)
    _atom(root, "updated", write_moment(channel.updated or _NEVER))
    _atom(_atom(root, "author"), "name", channel.author or channel.title)
    _atom(root, "generator", GENERATOR)
    _link(root, href=channel.home, rel="alternate", type="text/html")
    _link(root, href=channel.address, rel="self", type="application/atom+xml")
    for item in channel.items:
        _add_atom_entry(root, item)
    return write_xml(root)


def _add_atom_entry(root: etree._Element, item: Item) -> None:
    entry = _atom(root, "entry")
    set_language(entry, item.language)
    _atom(entry, "id", item.id)
    _add_words(entry, "title", item.title or item.source)
    _link(entry, href=item.url, rel="alternate", type="text/html")
    if item.original:
        _link(entry, href=item.original, rel="via")
    if item.picture:
        _link(entry, href=item.picture, rel="enclosure", type="image/webp")
    if item.published:
        _atom(entry, "published", write_moment(item.published))
    _atom(entry, "updated", write_moment(item.updated))
    _atom(_atom(entry, "author"), "name", item.source)
    for tag in item.tags:
        _atom(entry, "category").set("term", clean_text(tag))
    _atom(entry, "content", item.html).set("type", "html")
    if not item.source_url:
        return
    taken = _atom(entry, "source")
    _atom(taken, "id", item.source_url)
    _add_words(taken, "title", item.source)
    _atom(taken, "updated", write_moment(item.published or item.seen))


def write_json_feed(channel: Channel) -> bytes:
    """Return the channel as JSON Feed 1.1."""
    feed: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.home,
        "feed_url": channel.address,
        "description": _line(channel.description),
        "language": read_tag(channel.language),
        "items": [_json_item(item) for item in channel.items],
    }
    return _json_bytes({name: value for name, value in feed.items() if value != ""})


def _json_item(item: Item) -> dict[str, object]:
    found: dict[str, object] = {
        "id": item.id,
        "url": item.url,
        "external_url": item.original,
        "title": item.title,
        "content_html": item.html,
        "summary": item.summary,
        "image": item.picture,
        "date_published": write_moment(item.published) if item.published else "",
        "date_modified": write_moment(item.updated) if item.edited else "",
        "authors": [_json_author(item)],
        "tags": list(item.tags),
        "language": read_tag(item.language),
    }
    return {name: value for name, value in found.items() if value}


def _json_author(item: Item) -> dict[str, str]:
    found = {"name": item.source, "url": item.source_url}
    return {name: value for name, value in found.items() if value}


def _json_bytes(value: object) -> bytes:
    # Escaped as inside a page: a browser that takes the feed for HTML finds no element in it.
    return escape_json(value).encode("utf-8", "replace")


def _atom(parent: etree._Element, tag: str, text: str = "") -> etree._Element:
    return add_element(parent, f"{{{ATOM}}}{tag}", text)


def _line(text: str) -> str:
    return clean_text(text).strip()


def _add_words(parent: etree._Element, tag: str, text: str) -> None:
    # Some readers guess that text is HTML when it looks like it; it is, where the type says so.
    if "<" in text or "&" in text:
        _atom(parent, tag, escape(text, quote=False)).set("type", "html")
    else:
        _atom(parent, tag, text)


def _link(parent: etree._Element, **attributes: str) -> None:
    add_element(parent, f"{{{ATOM}}}link", **attributes)


def _mail_date(at: datetime) -> str:
    return format_datetime(to_utc(at), usegmt=True)
