"""What a feed must be for every reader to take it: RSS 2.0 with its profile, and Atom.

What the W3C's feed validator calls an error, warns of or advises is written here as rules of our
own; feed_messages.toml says of each of its messages which rule keeps us from it. A fault is led by
the name of its rule.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree
from tests.publish.feed_values import (
    XML_LANG,
    check_address,
    check_canonical,
    check_filled,
    check_html,
    check_kind,
    check_language,
    check_mail_date,
    check_moment,
    check_tree,
)

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_MEDIA = "{http://search.yahoo.com/mrss/}content"
_PREFIXES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
_STANDARD = etree.RelaxNG(etree.parse(str(Path(__file__).with_name("atom_rfc4287.rng"))))
_OURS = etree.RelaxNG(etree.parse(str(Path(__file__).with_name("atom.rng"))))
_START = b"<?xml version='1.0' encoding='utf-8'?>"
_LARGEST = 5_000_000  # bytes that the validator takes
_RELATIONS = {"alternate", "self", "via", "enclosure"}
_CHANNEL = ("title", "link", "description", "language")
_OF_CHANNEL = {*_CHANNEL, "docs", "generator", "lastBuildDate", "item", f"{_ATOM}link"}
_OF_ITEM = {"title", "link", "guid", "pubDate", "source", "description", "category"}
_OF_ITEM |= {_CONTENT, _CREATOR, _MEDIA}
_ATTRIBUTES: dict[str, set[str]] = {
    "rss": {"version"},
    "item": {XML_LANG},
    "guid": {"isPermaLink"},
    "source": {"url"},
    f"{_ATOM}link": {"href", "rel", "type"},
    _MEDIA: {"url", "type", "medium", "width", "height"},
}


def find_rss_faults(body: bytes) -> list[str]:
    """Return what is wrong with an RSS feed, or would be warned of."""
    root = etree.fromstring(body)
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None or len(root) != 1:
        return ["form: no RSS 2.0"]
    items = channel.findall("item")
    return [
        *_check_document(body, root, _PREFIXES),
        *_check_plain(body),
        *(fault for each in root.iter() for fault in _check_attributes(each)),
        *_check_channel(channel),
        *(fault for item in items for fault in _check_item(item)),
        *_check_unique([item.findtext("guid", "") for item in items]),
    ]


def _check_document(
    body: bytes, root: etree._Element, prefixes: dict[str | None, str]
) -> Iterator[str]:
    if not body.startswith(_START) or b"<!" in body or len(body) > _LARGEST:
        yield "form: another declaration, a document type, a comment, or too long"
    if any(each.nsmap != prefixes for each in root.iter()):
        yield "form: other prefixes than are customary"
    yield from check_tree(root)


def _check_attributes(element: etree._Element) -> Iterator[str]:
    if unknown := set(element.attrib) - _ATTRIBUTES.get(str(element.tag), set()):
        yield f"known: {unknown} of {element.tag}"


def _check_names(element: etree._Element, known: set[str], often: set[str]) -> Iterator[str]:
    names = Counter(str(child.tag) for child in element)
    if unknown := set(names) - known:
        yield f"known: {unknown} in {element.tag}"
    yield from (f"once: {each}" for each in set(names) - often if names[each] > 1)
    if element.text or any(child.tail for child in element):
        yield f"known: words in {element.tag}"


def _check_channel(channel: etree._Element) -> Iterator[str]:
    yield from _check_names(channel, _OF_CHANNEL, {"item"})
    for name in _CHANNEL:
        yield from check_filled(name, channel.findtext(name))
    yield from _check_own(channel, "application/rss+xml")
    names = [child.tag for child in channel]
    if "item" in names and set(names[names.index("item") :]) != {"item"}:
        yield "order: metadata stands below items"
    for name in ("link", "docs"):
        yield from check_address(channel.findtext(name, ""))
    yield from check_language(channel.findtext("language", ""))
    for at in channel.findall("lastBuildDate"):
        yield from check_mail_date(at.text or "")


def _check_own(feed: etree._Element, kind: str) -> Iterator[str]:
    own = [each for each in feed.findall(f"{_ATOM}link") if each.get("rel") == "self"]
    if len(own) != 1 or own[0].get("type") != kind:
        yield "self: no link to itself, or of another type"
    for each in own:
        yield from check_address(each.get("href", ""))


def _check_item(item: etree._Element) -> Iterator[str]:
    yield from _check_names(item, _OF_ITEM, {"category"})
    names = [str(child.tag) for child in item]
    for child in item:
        if child.tag in ("title", "category", "description", "source", _CREATOR):
            yield from check_filled(str(child.tag), child.text)
    for name in ("link", "guid"):
        yield from check_address(item.findtext(name, ""))
    yield from (f"guid: {x.attrib}" for x in item.findall("guid") if x.get("isPermaLink") != "true")
    for at in item.findall("pubDate"):
        yield from check_mail_date(at.text or "")
    for source in item.findall("source"):
        yield from check_address(source.get("url", ""))
    if "description" not in names[: names.index(_CONTENT) if _CONTENT in names else None]:
        yield "order: no description, or below the content"
    for name in ("description", _CONTENT):
        yield from check_html(item.findtext(name, ""))
    for picture in item.findall(_MEDIA):
        yield from _check_picture(picture)


def _check_picture(picture: etree._Element) -> Iterator[str]:
    yield from check_address(picture.get("url", ""))
    yield from check_kind(picture.get("type", ""))
    sides = [picture.get(name) for name in ("width", "height") if name in picture.attrib]
    if picture.get("medium") != "image" or not all(re.fullmatch("[1-9][0-9]*", x) for x in sides):
        yield f"picture: {dict(picture.attrib)}"


def _check_plain(body: bytes) -> Iterator[str]:
    # The profile's advice for text: "&" and "<" as hexadecimal character references.
    for text in re.findall(rb"<(?:title|category|source|description)\b[^<>]*>([^<]*)</", body):
        if b"&amp;" in text or b"&lt;" in text:
            yield f"plain: marks that may be taken for HTML: {text!r}"


def _check_unique(ids: list[str]) -> Iterator[str]:
    yield from (f"unique: {each}" for each, times in Counter(ids).items() if times > 1)


def find_atom_faults(body: bytes) -> list[str]:
    """Return what is wrong with an Atom feed, or would be warned of."""
    root = etree.fromstring(body)
    entries = root.findall(f"{_ATOM}entry")
    schemas = [each for each in (_STANDARD, _OURS) if not each.validate(root)]
    return [
        *(f"schema: {each.error_log}" for each in schemas),
        *_check_document(body, root, {None: _PREFIXES["atom"]}),
        *(fault for each in root.iter() for fault in _check_element(each)),
        *_check_own(root, "application/atom+xml"),
        *_check_alternates(root),
        *(fault for entry in entries for fault in _check_entry(entry)),
        *check_canonical(root.findtext(f"{_ATOM}id", "")),
        *_check_unique([entry.findtext(f"{_ATOM}id", "") for entry in entries]),
        *([] if XML_LANG in root.attrib else ["language: not known"]),
    ]


def _check_element(element: etree._Element) -> Iterator[str]:
    name, text = etree.QName(element).localname, element.text or ""
    if name in ("title", "subtitle", "name", "generator", "content"):
        yield from check_filled(name, text)
    if name in ("title", "subtitle") and element.get("type") == "html":
        yield from check_html(text)
    elif name in ("title", "subtitle") and re.search("[<&]", text):
        yield f"plain: marks that may be taken for HTML: {text!r}"
    if name in ("updated", "published"):
        yield from check_moment(text)
    if name == "id":
        yield from check_address(text)
    if name == "category":
        yield from check_filled("term", element.get("term"))
    if name == "link":
        yield from check_address(element.get("href", ""))
        yield from check_kind(element.get("type", "text/html"))
        if element.get("rel") not in _RELATIONS:
            yield f"relation: {element.get('rel')}"


def _check_alternates(element: etree._Element) -> Iterator[str]:
    links = element.findall(f"{_ATOM}link")
    pairs = Counter((each.get("rel"), each.get("type")) for each in links)
    if pairs["alternate", "text/html"] != 1 or max(pairs.values()) > 1:
        yield "alternate: not one page"


def _check_entry(entry: etree._Element) -> Iterator[str]:
    yield from _check_alternates(entry)
    yield from check_canonical(entry.findtext(f"{_ATOM}id", ""))
    published = entry.findtext(f"{_ATOM}published", "")
    if entry.findtext(f"{_ATOM}updated", "") < published:
        yield "order: updated before it was published"
    content = entry.find(f"{_ATOM}content")
    if content is None or content.get("type") != "html":
        yield "needed: no content as HTML"
    yield from check_html(entry.findtext(f"{_ATOM}content", ""))
    if entry.find(f"{_ATOM}author") is None:
        yield "needed: no author"
    for taken in entry.findall(f"{_ATOM}source"):
        if {each.tag for each in taken} < {f"{_ATOM}{x}" for x in ("id", "title", "updated")}:
            yield "needed: a source without id, title or date"
