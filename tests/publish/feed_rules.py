"""What a feed must be for every reader to take it: RSS 2.0 with its profile, and Atom.

What common validators warn of is written here as checks of our own.
"""

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

from lxml import etree, html

_ATOM = "{http://www.w3.org/2005/Atom}"
_GRAMMAR = etree.RelaxNG(etree.parse(str(Path(__file__).with_name("atom.rng"))))
_WEB = re.compile(r"https?://[^\s<>\"]+")
_RFC822 = re.compile(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT")
_CHANNEL = ("title", "link", "description")
_OF_CHANNEL = {*_CHANNEL, "language", "docs", "generator", "lastBuildDate", "item"}
_OF_ITEM = {"title", "link", "guid", "pubDate", "source", "description", "category"}


def find_rss_faults(body: bytes) -> list[str]:
    """Return what is wrong with an RSS feed, or would be warned of."""
    root = etree.fromstring(body)
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        return ["no RSS 2.0"]
    return [
        *_check_plain(body),
        *_check_head(channel),
        *(fault for item in channel.findall("item") for fault in _check_item(item)),
        *_check_unique([item.findtext("guid", "") for item in channel.findall("item")]),
    ]


def _check_head(channel: etree._Element) -> Iterator[str]:
    for name in _CHANNEL:
        if not channel.findtext(name, "").strip():
            yield f"the channel has no {name}"
    own = [each for each in channel.findall(f"{_ATOM}link") if each.get("rel") == "self"]
    if len(own) != 1 or not _WEB.fullmatch(own[0].get("href", "")):
        yield "no link to itself"
    names = [child.tag for child in channel if not str(child.tag).startswith("{")]
    if set(names) - _OF_CHANNEL:
        yield f"unknown in a channel: {set(names) - _OF_CHANNEL}"
    if "item" in names and set(names[names.index("item") :]) != {"item"}:
        yield "metadata stands below items"
    for at in channel.findall("lastBuildDate"):
        if not _RFC822.fullmatch(at.text or ""):
            yield f"no date: {at.text}"


def _check_item(item: etree._Element) -> Iterator[str]:
    names = [str(child.tag) for child in item]
    plain = [name for name in names if not name.startswith("{")]
    if set(plain) - _OF_ITEM:
        yield f"unknown in an item: {set(plain) - _OF_ITEM}"
    for name in set(names) - {"category"}:
        if names.count(name) > 1:
            yield f"{name} stands twice"
    if not item.findtext("title", "").strip() and "title" in names:
        yield "an empty title"
    for name in ("link", "guid"):
        if not _WEB.fullmatch(item.findtext(name, "")):
            yield f"{name} is no address"
    for at in item.findall("pubDate"):
        if not _RFC822.fullmatch(at.text or "") or not parsedate_to_datetime(at.text or ""):
            yield f"no date: {at.text}"
    for source in item.findall("source"):
        if not _WEB.fullmatch(source.get("url", "")):
            yield "a source without address"
    content = "{http://purl.org/rss/1.0/modules/content/}encoded"
    if content in names and names.index(content) < names.index("description"):
        yield "content stands before the description"
    for name in ("description", content):
        yield from _check_html(item.findtext(name, ""))


def _check_plain(body: bytes) -> Iterator[str]:
    # The profile's advice for text: "&" and "<" as hexadecimal character references.
    for text in re.findall(rb"<(?:title|category)>([^<]*)</", body):
        if b"&amp;" in text or b"&lt;" in text:
            yield f"marks that may be taken for HTML: {text!r}"


def _check_html(text: str) -> Iterator[str]:
    if not text.strip():
        return
    for element in html.fragments_fromstring(f"<div>{text}</div>")[0].iter():
        if element.tag not in ("div", "p", "a"):
            yield f"an element that readers may drop: {element.tag}"
        if element.tag == "a" and not _WEB.fullmatch(element.get("href", "")):
            yield "an address that is relative"


def _check_unique(ids: list[str]) -> Iterator[str]:
    if len(set(ids)) != len(ids):
        yield "two items with one id"


def find_atom_faults(body: bytes) -> list[str]:
    """Return what is wrong with an Atom feed, or would be warned of."""
    root = etree.fromstring(body)
    faults = [] if _GRAMMAR.validate(root) else [str(_GRAMMAR.error_log)]
    own = [each for each in root.findall(f"{_ATOM}link") if each.get("rel") == "self"]
    if len(own) != 1:
        faults.append("no link to itself")
    for entry in root.findall(f"{_ATOM}entry"):
        alternate = [x for x in entry.findall(f"{_ATOM}link") if x.get("rel") == "alternate"]
        if len(alternate) != 1:
            faults.append("not one page of an entry")
        if entry.findtext(f"{_ATOM}updated", "") < entry.findtext(f"{_ATOM}published", ""):
            faults.append("updated before it was published")
        faults += _check_html(entry.findtext(f"{_ATOM}content", ""))
    faults += _check_unique([x.findtext(f"{_ATOM}id", "") for x in root.findall(f"{_ATOM}entry")])
    return faults
