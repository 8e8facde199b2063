"""One page, parsed once: the tree, its meta elements and its JSON-LD, for the other readers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import lxml.html
from lxml import etree

from dateline import text as words
from dateline.extract import jsonld
from dateline.extract.markup import Bounds, bound_markup, is_crowded

MOST = 4_000_000  # characters of one page; the rest is cut. The longest of 519 real ones: 2.2
MOST_TAGS = 60_000  # start and end tags of one page; the most of 519 real ones: 8,100
_BOUNDS = Bounds(characters=MOST, depth=200, attributes_a_tag=100, attributes=1_000_000)
_META_NAMES = ("name", "property", "itemprop", "http-equiv")
_INVALID = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_JSON_LD = re.compile(
    r"<script[^<>]{1,300}application/ld\+json[^<>]{0,300}>[^<]{1,500000}</script>", re.IGNORECASE
)
_SELF_CLOSED = re.compile(r"(<html[^<>]{0,2000}?)\s*/>", re.IGNORECASE)
_ODD_DOCTYPE = re.compile(r"^\s*<\s?!\s?doctype[^>]{0,500}>", re.IGNORECASE)

Element = Any  # lxml ships no types


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A parsed page and what its head says."""

    url: str
    html: str  # bounded
    root: Element
    metas: Mapping[str, tuple[str, ...]]  # by name, property or itemprop in lower case
    objects: tuple[jsonld.JsonObject, ...]
    article: jsonld.JsonObject  # the JSON-LD object of the page's article, or {}
    notes: tuple[str, ...] = ()

    def meta(self, *names: str) -> str:
        """Return the first meta element of these names that says anything, in their order."""
        return next((v for name in names for v in self.metas.get(name, ()) if v), "")


def parse_page(html: str, url: str) -> Page:
    """Return the page of `html`, bounded in size, tags, depth and attributes; never raises."""
    html, root, notes = parse_bounded(html)
    objects = jsonld.read_blocks(_read_scripts(root))
    return Page(
        url=url,
        html=html,
        root=root,
        metas=_read_metas(root),
        objects=objects,
        article=jsonld.find_article(objects, url),
        notes=tuple(notes),
    )


def parse_bounded(html: str) -> tuple[str, Element, list[str]]:
    """Return what is read of `html`, its root element, and notes on what was left out."""
    notes: list[str] = []
    html = _cut(html, notes)
    html = _ODD_DOCTYPE.sub("", _SELF_CLOSED.sub(r"\1>", _INVALID.sub("", html), count=1), count=1)
    if is_crowded(html):
        html = _bound(html)
        notes.append("a tag has a hundred attributes or more; most were dropped")
    root, too_deep = parse_tree(html)
    if too_deep:
        html = _bound(html)
        root, _ = parse_tree(html)
        notes.append("elements are nested too deeply; the deepest were flattened")
    return html, root, notes


def _bound(html: str) -> str:
    """Bound the markup, and keep the JSON-LD, which the tokeniser drops with all other scripts."""
    scripts = "".join(islice((match.group() for match in _JSON_LD.finditer(html)), 50))
    return f"<html><head>{scripts}</head>" + bound_markup(html, _BOUNDS)


def _cut(html: str, notes: list[str]) -> str:
    if len(html) > MOST:
        html = html[:MOST]
        notes.append(f"the page is longer than {MOST:,} characters; the rest was not read")
    if html.count("<") > MOST_TAGS:
        last = next(islice(re.finditer("<", html), MOST_TAGS, None))
        html = html[: last.start()]
        notes.append(f"the page has more than {MOST_TAGS:,} tags; the rest was not read")
    return html


def parse_tree(html: str) -> tuple[Element, bool]:
    """Return the root element, and whether libxml2 stopped because of the depth."""
    parser = lxml.html.HTMLParser(
        collect_ids=False,
        default_doctype=False,
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = lxml.html.document_fromstring(
            html.encode("utf-8", "replace"), parser=parser, ensure_head_body=True
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return lxml.html.document_fromstring("<html><body></body></html>"), False
    cut = any("Excessive depth" in entry.message for entry in parser.error_log)
    return root, cut


def _read_scripts(root: Element) -> list[str]:
    scripts = root.xpath("//script[contains(translate(@type, 'LDJSON', 'ldjson'), 'ld+json')]")
    return [text for script in scripts[:50] if (text := script.text_content().strip())]


def _read_metas(root: Element) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = jsonld.plain((element.get("content") or "")[:20_000])
        names = {element.get(key, "").strip().lower() for key in _META_NAMES} - {""}
        for name in names if content else ():
            found.setdefault(name, []).append(content)
    return {name: tuple(values) for name, values in found.items()}


def text_inside(element: Element) -> str:
    """Return the words of an element as one line, without scripts and styles."""
    parts = []
    for node in element.iter():
        inside = isinstance(node.tag, str) and node.tag not in ("script", "style", "noscript")
        if inside and node.text:
            parts.append(node.text)
        if node is not element and node.tail:
            parts.append(node.tail)
    return words.squeeze("".join(parts))
