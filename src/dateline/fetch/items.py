"""One item of a feed, RSS or Atom, as an `Entry`.

Real feeds mix the vocabularies (Atom links in RSS, Dublin Core everywhere), so one reader looks
for each field under all of its names, best first.
"""

import re
from datetime import datetime

from dateline.fetch.bodies import find_content, read_bodies, title_of
from dateline.fetch.dates import parse_feed_date
from dateline.fetch.pictures import join_address, read_pictures
from dateline.fetch.tree import (
    Element,
    Kids,
    Place,
    each_of,
    inner_html,
    list_kids,
    own_language,
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
    summary, content = read_bodies(kids)
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
    return next((text for el in each_of(kids, *keys) if (text := plain_text(el))), "")


def _read_title(kids: Kids) -> str:
    titles = [title_of(el) for el in each_of(kids, "atom:title")]
    others = each_of(kids, "title", "dc:title", "media:title")
    return next(filter(None, titles), "") or next(
        (title for el in others if (title := plain_title(inner_html(el)))), ""
    )


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
    for element in each_of(kids, *keys):
        text = plain_text(element)
        at = parse_feed_date(text) if text else None
        if at is not None:
            return at
        if text:
            odd.append(f"the date “{text[:40]}” is not understood")
    return None


def _read_language(kids: Kids, place: Place) -> str:
    said = tidy_language(first_text(kids, "dc:language", "dcterms:language", "language"))
    if said:
        return said
    for element in (find_content(kids), *kids.get("atom:title", ()), *kids.get("title", ())):
        own = own_language(element) if element is not None else None
        if own is not None:
            return tidy_language(own)
    return tidy_language(place.language)


def _read_labels(kids: Kids) -> tuple[str, ...]:
    found: list[str] = []
    for key in ("category", "atom:category", "dc:subject", "media:category", "itunes:category"):
        for element in kids.get(key, ())[:MOST_LABELS]:
            found += [_label_of(el) for el in (element, *element[:MOST_LABELS])]
    for key in ("media:keywords", "itunes:keywords", "tags"):
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
