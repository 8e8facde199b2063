"""Trafilatura's reading of a page as paragraphs: its tree, with its tag names made HTML's again."""

import logging
from typing import Any

from dateline.extract.blocks import Block, read_blocks
from dateline.extract.tree import Page

_RENAMED = {"list": "ul", "item": "li", "quote": "blockquote", "row": "tr", "cell": "td",
            "ref": "a", "lb": "br", "del": "s", "graphic": "img", "code": "pre"}  # fmt: skip
_RENDERED = {"#b": "strong", "#i": "em", "#u": "u", "#sub": "sub", "#sup": "sup", "#t": "code"}

# It logs each page without text as an error; here that is a value.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def read_body(page: Page, *, fast: bool = True) -> list[Block]:
    """Return the paragraphs that trafilatura takes for the article, [] where it fails."""
    from trafilatura import bare_extraction

    try:
        found: Any = bare_extraction(
            page.root,  # it works on a copy
            fast=fast,
            include_comments=False,
            include_tables=True,
            include_links=True,
            include_formatting=True,
            with_metadata=False,
        )
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError):
        return []  # its own faults on odd trees; the other readings stand in
    if found is None or found.body is None:
        return []
    for element in found.body.iter():
        _rename(element)
    return read_blocks(found.body)


def _rename(element: Any) -> None:
    tag, rend = element.tag, element.get("rend", "")
    if tag == "head":
        element.tag = rend if rend in ("h2", "h3", "h4", "h5", "h6") else "h2"
    elif tag == "list":
        element.tag = "ol" if rend == "ol" else "ul"
    elif tag == "hi":
        element.tag = _RENDERED.get(rend, "span")
    elif tag == "ref":
        element.tag = "a"
        element.set("href", element.get("target", ""))
    elif tag in _RENAMED:
        element.tag = _RENAMED[tag]
