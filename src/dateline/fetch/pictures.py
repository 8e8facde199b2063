"""The pictures that a feed gives beside the text: Media RSS, enclosures, iTunes, JSON Feed."""

import re

from dateline.fetch.tree import Element, Kids, Place, list_kids, place_of, plain_text
from dateline.fetch.words import plain_title
from dateline.model import Picture
from dateline.urls import parse_web_url

MOST_PICTURES = 20
MOST_LOOKED_AT = 100
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)", re.IGNORECASE)
_LONGEST_ADDRESS = 4000


def read_pictures(item: Kids, place: Place) -> tuple[Picture, ...]:
    """Return the pictures of one feed item, best first, each address once."""
    found = list(_read_media(item, place))
    for key in ("enclosure", "atom:link", "link"):
        found += [_read_file(el, place) for el in item.get(key, ()) if _is_enclosure(el, key)]
    for image in item.get("itunes:image", ()):
        found.append(_picture(image.get("href") or image.get("url") or plain_text(image), place))
    for image in item.get("image", ()):
        found.append(_read_image(image, place))
    return keep_pictures(found)


def keep_pictures(found: list[Picture | None]) -> tuple[Picture, ...]:
    """Return what is a picture, each address once and a bounded number of them."""
    kept: dict[str, Picture] = {}
    for picture in found:
        if picture is not None and picture.url not in kept:
            kept[picture.url] = picture
    return tuple(kept.values())[:MOST_PICTURES]


def is_picture_file(url: str, kind: str) -> bool:
    """Tell whether a file is a picture, by its media type or, where there is none, its name."""
    kind = kind.strip().lower()
    if kind and kind not in ("application/octet-stream", "binary/octet-stream"):
        return kind.startswith("image/") or kind == "image"
    return bool(_PICTURE_FILE.search(url[:_LONGEST_ADDRESS]))


def join_address(url: str | None, base: str) -> str:
    """Return a web address joined to `base`, or "" where it is none or is too long."""
    if not url or len(url) > _LONGEST_ADDRESS:
        return ""
    joined = parse_web_url(url, base) or ""
    return joined if len(joined) <= _LONGEST_ADDRESS else ""


def _read_media(item: Kids, place: Place) -> list[Picture | None]:
    """Return pictures of `media:group`s and of the item itself, contents before thumbnails."""
    groups = [list_kids(group) for group in item.get("media:group", ())[:MOST_PICTURES]]
    contents: list[Picture | None] = []
    thumbnails: list[Picture | None] = []
    for scope in [*groups, item]:
        listed = scope.get("media:content", [])[:MOST_LOOKED_AT]
        if scope is not item:  # a group holds one picture in several sizes
            listed.sort(key=_width, reverse=True)
        parts = [(content, list_kids(content)) for content in listed]
        contents += [_described(c, (k, scope, item), place) for c, k in parts if _is_picture(c)]
        nested = [(t, (k, scope, item)) for _, k in parts for t in k.get("media:thumbnail", ())]
        beside = scope.get("media:thumbnail", [])[:MOST_LOOKED_AT]
        thumbnails += [_described(t, words, place) for t, words in nested[:MOST_LOOKED_AT]]
        thumbnails += [_described(t, (scope, item), place) for t in beside]
    return contents + thumbnails


def _is_picture(content: Element) -> bool:
    medium = (content.get("medium") or "").strip().lower()
    if medium:
        return medium == "image"
    return is_picture_file(content.get("url") or "", content.get("type") or "")


def _described(element: Element, scopes: tuple[Kids, ...], place: Place) -> Picture | None:
    """Return the picture with the nearest description and credit: its own, its group's."""
    url = join_address(element.get("url") or plain_text(element), place_of(element, place).base)
    if not url:
        return None
    return Picture(
        url=url,
        alt=_nearest(scopes, "media:title") if scopes[0].get("media:title") else "",
        credit=_nearest(scopes, "media:credit"),
        caption=_nearest(scopes, "media:description"),
        width=_size(element.get("width")),
        height=_size(element.get("height")),
    )


def _nearest(scopes: tuple[Kids, ...], key: str) -> str:
    texts = (plain_title(plain_text(el)) for scope in scopes for el in scope.get(key, ()))
    return next(filter(None, texts), "")


def _is_enclosure(element: Element, key: str) -> bool:
    return key == "enclosure" or (element.get("rel") or "").strip().lower() == "enclosure"


def _read_file(element: Element, place: Place) -> Picture | None:
    url = element.get("url") or element.get("href") or plain_text(element)
    if not is_picture_file(url, element.get("type") or ""):
        return None
    return _picture(url, place_of(element, place))


def _read_image(image: Element, place: Place) -> Picture | None:
    kids = list_kids(image)
    for inner in kids.get("url", ()):
        return _picture(plain_text(inner), place)
    return _picture(image.get("href") or image.get("url") or plain_text(image), place)


def _picture(url: str, place: Place) -> Picture | None:
    joined = join_address(url, place.base)
    return Picture(url=joined) if joined else None


def _size(text: str | None) -> int | None:
    text = (text or "").strip().removesuffix("px")
    return int(text) if re.fullmatch(r"[0-9]{1,5}", text) and int(text) else None


def _width(element: Element) -> int:
    return _size(element.get("width")) or 0
