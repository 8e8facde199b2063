"""What validators may still warn of: the written list of docs/feeds.md, found in a feed.

Without what depends on the validator itself: its clock, and the address where it found the feed.
"""

import re

from lxml import etree
from tests.publish.feed_values import check_canonical

_ATOM = "{http://www.w3.org/2005/Atom}"
_TWICE = re.compile("[\xc2\xc3][\x80-\xbf]")  # a letter of UTF-8 that was read as two of Latin-1
_END = re.compile(r"</[A-Za-z][A-Za-z0-9]*>")
_MARK = re.compile(r"</[A-Za-z][A-Za-z0-9]*>|&#?\w|<[^<>@\s]+@[^<>@\s]+>")
_DATE = re.compile(r"\d{4}")
_PLAIN = ("title", "category", "source")  # of RSS: its description is HTML, or our own words
_DATES = ("pubDate", "lastBuildDate", "updated", "published")
_OLDEST = 1990


def find_listed(body: bytes) -> set[str]:
    """Return the names of what stands in an RSS or Atom feed and is on the list."""
    root = etree.fromstring(body)
    moments = root.xpath("*[local-name()='entry']/*[local-name()='updated']/text()")
    found = {
        "same-updated": len(set(moments)) < len(moments),
        "broken-words": any(_is_broken(text) for text in root.itertext()),
        "plain-words": any(map(_looks_like_html, root.iter())),
        "old-date": any(map(_is_old, root.iter())),
        "outlet-id": any(
            any(check_canonical(each.text or ""))
            for each in root.findall(f"{_ATOM}entry/{_ATOM}source/{_ATOM}id")
        ),
    }
    return {name for name, is_there in found.items() if is_there}


def _is_broken(text: str) -> bool:
    if "\ufffd" in text:
        return True
    try:
        return bool(_TWICE.search(text)) and bool(text.encode("latin-1").decode("utf-8"))
    except UnicodeError:
        return False


def _looks_like_html(element: etree._Element) -> bool:
    text = element.text or ""
    if element.tag == f"{_ATOM}name":
        return bool(_MARK.search(text))
    return element.tag in _PLAIN and bool(_END.search(text))


def _is_old(element: etree._Element) -> bool:
    year = _DATE.search(element.text or "")
    name = etree.QName(element).localname
    return name in _DATES and year is not None and int(year.group()) < _OLDEST
