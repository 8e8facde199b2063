"""A page of a site as a tree to ask for elements; made once, within bounds, never raising."""

from collections.abc import Iterator
from typing import Any

from lxml import etree

from dateline.text import squeeze
from dateline.urls import parse_web_url

_MOST_BYTES = 4_000_000
_MOST_ELEMENTS = 50_000


class Page:
    """The elements of an HTML page; one that cannot be parsed has none."""

    def __init__(self, html: bytes, url: str) -> None:
        self._root = _parse(html[:_MOST_BYTES])
        bases = (element.get("href") or "" for element in self.list("base"))
        self.base = next((b for href in bases if (b := parse_web_url(href, url))), url)

    def list(self, *tags: str) -> Iterator[Any]:
        """Yield the elements with one of these tags, in the order of the page."""
        if self._root is None:
            return
        for number, element in enumerate(self._root.iter(*tags)):
            if number >= _MOST_ELEMENTS:
                return
            yield element

    def link(self, href: str | None) -> str | None:
        """Return an address as the page means it, None where it is not one of the web."""
        return parse_web_url(href, self.base) if href and len(href) <= 2000 else None

    def meta(self, *names: str) -> str:
        """Return the content of the first of these meta elements that has one, by name order."""
        found: dict[str, str] = {}
        for element in self.list("meta"):
            name = element.get("property") or element.get("name") or element.get("http-equiv") or ""
            found.setdefault(name.strip().lower(), squeeze(element.get("content") or ""))
        return next((found[name] for name in names if found.get(name)), "")

    def text(self, tag: str) -> str:
        """Return the words of the first element with this tag."""
        element = next(self.list(tag), None)
        return "" if element is None else squeeze("".join(element.itertext())[:2000])

    def language(self) -> str:
        """Return what the root element says of the language, as written."""
        element = next(self.list("html"), None)
        return "" if element is None else str(element.get("lang") or element.get("xml:lang") or "")


def _parse(html: bytes) -> Any:
    """Return the root element, or None; the declared charset is used where it is not UTF-8."""
    parser = etree.HTMLParser(
        encoding="utf-8" if _is_utf8(html) else None, no_network=True, remove_comments=True
    )
    try:
        return etree.fromstring(html, parser)
    except (etree.LxmlError, ValueError, LookupError):
        return None


def _is_utf8(html: bytes) -> bool:
    try:
        html[: len(html) - 4].decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(html) - 8
    return True
