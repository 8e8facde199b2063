"""The tree of a feed: parsed safely, with one short name for each element.

The same element comes under many namespaces, spelled in many ways, or with a prefix that nobody
declared. Here each tag gets one key ("title", "atom:title", "media:content"); the readers look
at keys alone.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from lxml import etree
from lxml.etree import _Element

from dateline.urls import parse_web_url

Element: TypeAlias = _Element
Kids = dict[str, list[Element]]

MOST_ELEMENTS = 1_000_000
_XML = "{http://www.w3.org/XML/1998/namespace}"
_LONGEST_TAG = 300
_XHTML = "http://www.w3.org/1999/xhtml"
_FIRST_TAG = re.compile(r"\A<[^<>]*>")  # where lxml declares the namespaces that are in force
_NAMESPACES = re.compile(r'\sxmlns(?::[\w.-]+)?="[^"]*"')
# Namespace, lower case and without the slash or mark at its end: the prefix used here.
_PREFIXES = {
    "http://www.w3.org/2005/atom": "atom",
    "http://purl.org/atom/ns": "atom",
    "http://purl.org/rss/1.0": "",
    "http://my.netscape.com/rdf/simple/0.9": "",
    "http://channel.netscape.com/rdf/simple/0.9": "",
    "http://my.netscape.com/publish/formats/rss-0.91.dtd": "",
    "http://backend.userland.com/rss": "",
    "http://backend.userland.com/rss2": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns": "rdf",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://search.yahoo.com/mrss": "media",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://www.itunes.com/dtds/podcast-1.0": "itunes",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    _XHTML: "xhtml",
    "http://www.sitemaps.org/schemas/sitemap/0.9": "",
    "http://www.google.com/schemas/sitemap/0.9": "",
    "http://www.google.com/schemas/sitemap/0.84": "",
    "http://www.google.com/schemas/sitemap-news/0.9": "news",
    "http://www.google.com/schemas/sitemap-image/1.1": "image",
}
_SPELLED = {"rss": "", "feedburner": "feedburner"} | {
    prefix: prefix for prefix in _PREFIXES.values() if prefix
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A parsed feed; `damage` says where it was broken, "" where it was not."""

    root: Element
    damage: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What an element inherits: the address that links are relative to, and the language."""

    base: str
    language: str


def parse_tree(text: str) -> Tree | None:
    """Return the tree of XML that `prepare_xml` made safe, or None where there is none.

    Broken XML gives the tree up to (and where possible beyond) the break. Nesting is bounded by
    the parser (256 levels), entities are not resolved, nothing is read from outside.
    """
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    if root is None or not isinstance(root.tag, str):
        return None
    return Tree(root=root, damage=_describe_damage(parser))


def _describe_damage(parser: etree.XMLParser) -> str:
    for error in parser.error_log:
        if error.type_name not in _HARMLESS:
            return f"the XML is damaged at line {error.line} ({error.message.strip()[:120]})"
    return ""


_HARMLESS = frozenset({"NS_ERR_UNDEFINED_NAMESPACE", "WAR_NS_URI", "WAR_NS_URI_RELATIVE"})


@lru_cache(maxsize=4096)
def name_key(tag: str) -> str:
    """Return the short key of a tag as lxml writes it ("{namespace}local" or "prefix:local")."""
    if len(tag) > _LONGEST_TAG:
        return "?"
    space, _, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    local = local.lower()
    if space:
        prefix = _PREFIXES.get(space.lower().rstrip("/#"), "?")
    else:
        spelled, _, local = local.rpartition(":")
        prefix = _SPELLED.get(spelled, "?") if spelled else ""
    return f"{prefix}:{local}" if prefix else local


def list_kids(element: Element) -> Kids:
    """Return the children of an element by key, each list in document order."""
    kids: Kids = {}
    for child in element:
        tag = child.tag
        if isinstance(tag, str):
            kids.setdefault(name_key(tag), []).append(child)
    return kids


def each_of(kids: Kids, *keys: str) -> Iterator[Element]:
    """Yield the elements under each of the keys, in the order of the keys."""
    for key in keys:
        yield from kids.get(key, ())


def place_of(element: Element, around: Place) -> Place:
    """Return what the element's children inherit, given what it inherits itself."""
    base, language = element.get(_XML + "base"), element.get(_XML + "lang")
    if base is None and language is None:
        return around
    return Place(
        base=(parse_web_url(base, around.base) or around.base) if base else around.base,
        language=around.language if language is None else language,
    )


def own_language(element: Element) -> str | None:
    """Return the language that the element itself names: "" where it names none on purpose."""
    said: str | None = element.get(_XML + "lang")
    return said


def plain_text(element: Element) -> str:
    """Return the text of an element, without that of its children unless it has only those."""
    text = element.text or ""
    if len(element) == 0:
        return text.strip()
    return "".join(element.itertext()).strip()


def inner_html(element: Element) -> str:
    """Return what stands inside an element as HTML: its text, or its children written out."""
    if len(element) == 0:
        return (element.text or "").strip()
    parts = [html.escape(element.text or "", quote=False)]
    for child in element:
        _forget_namespaces(child)
        written = etree.tostring(child, encoding="unicode", method="html")
        parts.append(_FIRST_TAG.sub(lambda tag: _NAMESPACES.sub("", tag.group()), written))
    return "".join(parts).strip()


def _forget_namespaces(element: Element) -> None:
    for part in element.iter(f"{{{_XHTML}}}*"):
        part.tag = part.tag.rpartition("}")[2]
    for part in element.iter("{http://www.w3.org/2005/Atom}*", "{http://purl.org/atom/ns#}*"):
        part.tag = part.tag.rpartition("}")[2]
    etree.cleanup_namespaces(element)
