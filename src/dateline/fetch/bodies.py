"""The texts of an item as HTML, however the feed wrapped them: escaped, inline, in base64.

Nothing is cleaned here: what comes out is as untrusted as what came in.
"""

import base64
import binascii
import html
import re

from dateline.fetch.tree import Element, Kids, inner_html, list_kids, plain_text
from dateline.fetch.words import looks_like_html, plain_title

_SUMMARIES = ("description", "atom:summary", "summary", "dc:description", "itunes:summary")
_CONTENTS = (
    *("content:encoded", "atom:content", "content", "xhtml:body", "xhtml:div", "body", "fullitem"),
)
_MORE_SUMMARIES = ("dcterms:abstract", "media:description")


def read_bodies(kids: Kids) -> tuple[str, str]:
    """Return summary and content as HTML; equal ones are one summary."""
    summary = _first_html(kids, _SUMMARIES) or _first_html(kids, _MORE_SUMMARIES)
    for group in kids.get("media:group", ())[:1]:
        summary = summary or _first_html(list_kids(group), _MORE_SUMMARIES)
    content = _first_html(kids, _CONTENTS)
    return summary, "" if content == summary else content


def find_content(kids: Kids) -> Element | None:
    """Return the element that holds the item's content, for what it says of its language."""
    return next((kids[key][0] for key in (*_CONTENTS, *_SUMMARIES) if key in kids), None)


def title_of(element: Element) -> str:
    """Return an Atom text construct as plain text."""
    if len(element):
        return plain_title(_inline_html(element))
    coded = _decode_base64(element)
    if coded is not None:
        return plain_title(coded)
    return plain_title(element.text or "", is_html=_says_html(element))


def _first_html(kids: Kids, keys: tuple[str, ...]) -> str:
    bodies = (_body_of(element, key) for key in keys for element in kids.get(key, ()))
    return next(filter(None, bodies), "")


def _body_of(element: Element, key: str) -> str:
    if key.startswith("atom:"):
        return "" if element.get("src") else _construct_html(element)
    if key.startswith("media:") and element.get("type") == "plain":
        return html.escape(plain_text(element), quote=False)
    return inner_html(element)


def _construct_html(element: Element) -> str:
    """Return the HTML that an Atom text construct holds, whatever its `type` or `mode` is."""
    if len(element):
        return _inline_html(element)
    coded = _decode_base64(element)
    if coded is not None:
        return coded
    text = (element.text or "").strip()
    if _says_html(element) or looks_like_html(text):
        return text
    return html.escape(text, quote=False)


def _inline_html(element: Element) -> str:
    only = element[0]
    if (
        _kind(element) == "html"
        and len(element) == 1
        and len(only) == 0
        and looks_like_html(only.text or "")
    ):
        return only.text or ""  # escaped HTML inside an inline <div>: escaped once too often
    return inner_html(element)


def _decode_base64(element: Element) -> str | None:
    """Return the text in base64 that Atom 0.3 (`mode`) and 1.0 (any other media type) allow.

    None where the element holds no base64; "" where that is no text (a picture, say).
    """
    kind = _kind(element)
    is_file = "/" in kind and not re.search(r"^text/|[/+]xml$|html", kind)
    if element.get("mode") != "base64" and not is_file:
        return None
    try:
        text = base64.b64decode("".join((element.text or "").split()), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""
    return text.strip()


def _says_html(element: Element) -> bool:
    kind = _kind(element)
    return kind not in ("text", "text/plain") or element.get("mode") == "escaped"


def _kind(element: Element) -> str:
    return (element.get("type") or "text").strip().lower()
