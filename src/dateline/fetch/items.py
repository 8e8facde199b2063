"""One item of a feed, RSS or Atom, as an `Entry`.

Real feeds mix the vocabularies (Atom links in RSS, Dublin Core everywhere), so one reader looks
for each field under all of its names, best first.
"""

import html
import re
from datetime import datetime

from dateline.fetch.dates import parse_feed_date
from dateline.fetch.pictures import join_address, read_pictures
from dateline.fetch.tree import (
    Element,
    Kids,
    Place,
    construct_html,
    inner_html,
    is_html_construct,
    list_kids,
    place_of,
    plain_text,
)
from dateline.fetch.words import join_names, plain_label, plain_name, plain_title, tidy_language
from dateline.model import Entry

MOST_LABELS = 50
_PUBLISHED = (
    *("pubdate", "atom:published", "atom:issued", "published", "dcterms:issued", "dc:date"),
    *("dcterms:created", "dcterms:date", "atom:created"),
)
_UPDATED = ("atom:updated", "atom:modified", "updated", "dcterms:modified", "modified")
_WEB_PAGE = ("", "text/html", "application/xhtml+xml")
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"


def read_item(item: Element, around: Place) -> tuple[Entry, list[str]]:
    """Return the entry and what was odd about it; its `guid` is "" where the item names none."""
    kids = list_kids(item)
    place = place_of(item, around)
    odd: list[str] = []
    guid, link = _read_identity(item, kids, place)
    credited, credited_url = _read_credit(kids, place)
    summary, content = _read_bodies(kids)
    entry = Entry(
        guid=guid,
        url=link,
        title=_read_title(kids),
        summary=summary,
        content=content,
        author=_read_author(kids),
        published=_read_date(kids, _PUBLISHED, odd),
        updated=_read_date(kids, _UPDATED, odd),
        language=_read_language(kids, place),
        categories=_read_labels(kids),
        pictures=read_pictures(kids, place),
        credited=credited,
        credited_url=credited_url,
    )
    return entry, odd


def first_text(kids: Kids, *keys: str) -> str:
    """Return the first text that is not empty under any of the keys, in their order."""
    for key in keys:
        for element in kids.get(key, ()):
            text = plain_text(element)
            if text:
                return text
    return ""


def _read_title(kids: Kids) -> str:
    for element in kids.get("atom:title", ()):
        title = title_of(element)
        if title:
            return title
    for key in ("title", "dc:title", "media:title"):
        for element in kids.get(key, ()):
            title = plain_title(inner_html(element))
            if title:
                return title
    return ""


def title_of(element: Element) -> str:
    """Return an Atom text construct as plain text."""
    if len(element):
        return plain_title(inner_html(element))
    return plain_title(element.text or "", is_html=is_html_construct(element))


def _read_identity(item: Element, kids: Kids, place: Place) -> tuple[str, str]:
    """Return the item's id and the address of its page."""
    guids = kids.get("guid", [])
    guid = first_text(kids, "guid", "atom:id", "id", "dc:identifier", "dcterms:identifier")
    about = (item.get(_ABOUT) or "").strip()
    link = _read_link(kids, place)
    if not link and guids and (guids[0].get("isPermaLink") or "true").strip().lower() != "false":
        link = join_address(guid, "")
    if not link and about:
        link = join_address(about, place.base)
    return guid or about, link


def _read_link(kids: Kids, place: Place) -> str:
    for element in kids.get("feedburner:origlink", ()):
        link = join_address(plain_text(element), place.base)
        if link:
            return link
    for element in sorted([*kids.get("link", ()), *kids.get("atom:link", ())], key=_rank_link):
        if _rank_link(element) >= _NOT_THE_PAGE:
            break
        address = plain_text(element) or element.get("href")
        link = join_address(address, place_of(element, place).base)
        if link:
            return link
    return ""


_NOT_THE_PAGE = 3


def _rank_link(element: Element) -> int:
    """Return 0 for the best link to the item's page, `_NOT_THE_PAGE` for any other's."""
    relation = (element.get("rel") or "alternate").strip().lower()
    kind = (element.get("type") or "").partition(";")[0].strip().lower()
    if relation.rpartition("/")[2] != "alternate":
        return _NOT_THE_PAGE
    if plain_text(element):
        return 0
    return 1 if kind in _WEB_PAGE else 2


def _read_bodies(kids: Kids) -> tuple[str, str]:
    """Return summary and content as HTML; equal ones are one summary."""
    summary = _first_html(kids, "description", "atom:summary", "summary", "dc:description")
    summary = summary or _first_html(
        kids, "itunes:summary", "dcterms:abstract", "media:description"
    )
    content = _first_html(
        kids, "content:encoded", "atom:content", "content", "xhtml:body", "xhtml:div", "fullitem"
    )
    return summary, "" if content == summary else content


def _first_html(kids: Kids, *keys: str) -> str:
    for key in keys:
        for element in kids.get(key, ()):
            text = _body_of(element, key)
            if text:
                return text
    return ""


def _body_of(element: Element, key: str) -> str:
    if key.startswith("atom:"):
        kind = (element.get("type") or "").strip().lower()
        return "" if element.get("src") or _is_file(kind) else construct_html(element)
    if key.startswith("media:") and element.get("type") == "plain":
        return html.escape(plain_text(element), quote=False)
    return inner_html(element)


def _is_file(kind: str) -> bool:
    # Content of another media type (a picture in base64) is no text of ours.
    if "/" not in kind or kind.startswith("text/"):
        return False
    return not re.search(r"[/+]xml$|xhtml", kind)


def _read_author(kids: Kids) -> str:
    names = [_person_name(el) for el in kids.get("atom:author", ())[:MOST_LABELS]]
    for key in ("dc:creator", "author", "dc:author", "itunes:author", "dcterms:creator"):
        if any(names):
            break
        names = [_person_name(el) for el in kids.get(key, ())[:MOST_LABELS]]
    return join_names(names)


def _person_name(element: Element) -> str:
    kids = list_kids(element)
    return plain_name(
        first_text(kids, "atom:name", "name") or ("" if kids else plain_text(element))
    )


def _read_date(kids: Kids, keys: tuple[str, ...], odd: list[str]) -> datetime | None:
    for key in keys:
        for element in kids.get(key, ()):
            text = plain_text(element)
            at = parse_feed_date(text) if text else None
            if at is not None:
                return at
            if text:
                odd.append(f"the date “{text[:40]}” is not understood")
    return None


def _read_language(kids: Kids, place: Place) -> str:
    said = tidy_language(first_text(kids, "dc:language", "dcterms:language", "language"))
    for key in ("atom:content", "atom:title"):
        for element in kids.get(key, ()):
            said = said or tidy_language(place_of(element, Place(base="", language="")).language)
    return said or tidy_language(place.language)


def _read_labels(kids: Kids) -> tuple[str, ...]:
    found: list[str] = []
    for key in ("category", "atom:category", "dc:subject", "media:category", "itunes:category"):
        found += [_label_of(el) for el in kids.get(key, ())[:MOST_LABELS]]
    for key in ("media:keywords", "itunes:keywords"):
        found += re.split(r"[,;]", first_text(kids, key)[:2000])
    labels = dict.fromkeys(label for text in found if (label := plain_label(text)))
    return tuple(labels)[:MOST_LABELS]


def _label_of(element: Element) -> str:
    return element.get("label") or element.get("term") or element.get("text") or plain_text(element)


def _read_credit(kids: Kids, place: Place) -> tuple[str, str]:
    """Return whom the feed credits with the item: name and address."""
    for element in kids.get("source", ()):
        name = plain_title(plain_text(element))
        url = join_address(element.get("url"), place.base)
        if name or url:
            return name, url
    for element in kids.get("atom:source", ()):
        inner, around = list_kids(element), place_of(element, place)
        titles = [title_of(title) for title in inner.get("atom:title", ())]
        return next(filter(None, titles), ""), _read_link(inner, around)
    return plain_title(first_text(kids, "dc:source")), ""
