"""The pictures of a page: which one leads, what a person wrote of it, and whose it is."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dateline import text as words
from dateline.extract import jsonld
from dateline.extract.placeholders import is_placeholder, is_slug_of
from dateline.extract.tree import Page, text_inside
from dateline.model import Entry, Picture
from dateline.urls import parse_web_url

_MOST = 8
_SMALL = 200  # pixels: below, it is a logo, an avatar or a tracking pixel
_JUNK = re.compile(
    r"(?:^|[/_\-.=])(?:logo|sprite|icons?|favicon|avatar|pixel|spacer|blank|placeholder|tracking|"
    r"tracker|beacon|1x1|default[_\-]?(?:image|img|share|og|social)|og[_\-]?default|gravatar|emoji|badge|"
    r"apple-touch)(?:[/_\-.?&]|\d|$)|\.svg(?:[?#]|$)|doubleclick|scorecardresearch|/ads?/",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:^|[\s(\[|/.])(?:©|\(c\)|(?:photo|photograph|image|picture|credit|photo credit|"
    r"image credit|foto|bild|quelle|bildquelle|fotograf|cr[eé]dit(?:\sphoto)?|photographe|"
    r"cr[eé]dito|imagen|immagine|fotografie|zdj[eę]cie|fot\.|фото|снимка|φωτο(?:γραφία)?|写真|사진|"
    r"图片来源)(?:\s(?:by|von|de|di|par|por|av))?\s?[:：/]|"
    r"(?:photo|image|foto|bild)\s(?:by|von|par|de|di|por)\s)"
    r"\s*(?P<who>[^|©\n]{2,100}?)\s*[)\]|.]?\s*$",
    re.IGNORECASE,
)
_BY = re.compile(r"^(?:photo|image|foto|bild)\s?(?:by|von|par|de|di|por|:)\s", re.IGNORECASE)
_TAIL = re.compile(
    r"[(\[]\s*(?P<who>[^()\[\]]{2,60}(?:/|via|Images|Photo|Press|AP|AFP|dpa|Reuters)[^()\[\]]{0,60})\s*[)\]]\s*$"
)


def find_pictures(page: Page, entry: Entry | None, headline: str) -> tuple[Picture, ...]:
    """Return the article's pictures, the leading one first; placeholder names never get through."""
    figures = {_key(picture.url): picture for picture in _from_figures(page)}
    found: dict[str, Picture] = {}
    for picture in _claims(page, entry, list(figures.values())):
        if not is_junk(picture):
            key = _key(picture.url)
            found[key] = _merge(found.get(key, picture), figures.get(key))
    return tuple(tidy_picture(picture, headline) for picture in list(found.values())[:_MOST])


def _claims(page: Page, entry: Entry | None, figures: list[Picture]) -> Iterator[Picture]:
    lead = [*_from_jsonld(page), *_from_metas(page)]
    yield from lead
    yield from figures[: 1 if lead else _MOST]
    yield from entry.pictures if entry else ()
    yield from figures[1 if lead else _MOST :]


def _from_jsonld(page: Page) -> Iterator[Picture]:
    said = page.article.get("image")
    for item in (said if isinstance(said, list) else [said])[:3]:
        details: Any = item if isinstance(item, dict) else {"url": item}
        url = jsonld.text_of(details.get("url") or details.get("contentUrl"))
        address = parse_web_url(url, page.url) if url else None
        if address:
            holders = ("creditText", "copyrightHolder", "copyrightNotice", "creator", "author")
            yield Picture(
                url=address,
                alt=jsonld.text_of(details.get("description") or details.get("name")),
                caption=jsonld.text_of(details.get("caption")),
                credit=next((who for key in holders if (who := _name(details.get(key)))), ""),
                width=_pixels(details.get("width")),
                height=_pixels(details.get("height")),
            )


def _name(value: object) -> str:
    said = jsonld.text_of(value)
    return "" if said.startswith("http") else said


def _from_metas(page: Page) -> Iterator[Picture]:
    url = page.meta(
        "og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"
    )
    address = parse_web_url(url, page.url) if url else None
    if address:
        yield Picture(
            url=address,
            alt=page.meta("og:image:alt", "twitter:image:alt"),
            width=_pixels(page.meta("og:image:width")),
            height=_pixels(page.meta("og:image:height")),
        )


def _from_figures(page: Page) -> Iterator[Picture]:
    """Read the figures of the article, else the pictures inside it."""
    for path in ("//figure[.//img]", "//article//img | //main//img"):
        found = [
            p for element in page.root.xpath(path)[:_MOST] if (p := _read_figure(page, element))
        ]
        if found:
            yield from found
            return


def _read_figure(page: Page, element: Any) -> Picture | None:
    images = [element] if element.tag == "img" else element.xpath(".//img")[:1]
    image = images[0]
    sources = [image.get(key, "") for key in ("src", "data-src", "data-original", "data-lazy-src")]
    sources.append(image.get("srcset", "").split(",")[0].strip().partition(" ")[0])
    url = next(
        (
            u
            for s in sources
            if s and not s.startswith("data:") and (u := parse_web_url(s, page.url))
        ),
        "",
    )
    if not url:
        return None
    captions = element.xpath(".//figcaption")[:1]
    credits_ = element.xpath(
        ".//*[contains(@class, 'credit') or contains(@class, 'copyright') or "
        "contains(@itemprop, 'copyrightHolder')]"
    )[:1]
    return Picture(
        url=url,
        alt=words.squeeze(image.get("alt", "")),
        caption=text_inside(captions[0])[:1000] if captions else "",
        credit=text_inside(credits_[0])[:150] if credits_ else "",
        width=_pixels(image.get("width")),
        height=_pixels(image.get("height")),
    )


def _pixels(value: object) -> int | None:
    match = re.match(
        r"\s*(\d{1,5})(?:px|\.0)?\s*$", str(value if not isinstance(value, dict) else "")
    )
    return int(match[1]) if match and int(match[1]) > 0 else None


def _key(url: str) -> str:
    """Return what two addresses of one picture in several sizes share: the file's name."""
    path = url.partition("?")[0].rstrip("/")
    name = path.rpartition("/")[2]
    return re.sub(r"[\-_](?:\d+x\d+|\d{2,4}w?|scaled|large|medium|small)(?=\.|$)", "", name) or url


def _merge(picture: Picture, figure: Picture | None) -> Picture:
    if figure is None:
        return picture
    return replace(
        picture,
        alt=figure.alt if is_placeholder(picture.alt) else picture.alt,
        caption=picture.caption or figure.caption,
        credit=picture.credit or figure.credit,
    )


def is_junk(picture: Picture) -> bool:
    """Tell whether a picture is a logo, a sprite, a tracking pixel or another part of the page."""
    if not picture.url.startswith("http") or _JUNK.search(picture.url):
        return True
    return any(side is not None and side < _SMALL // 2 for side in (picture.width, picture.height))


def tidy_picture(picture: Picture, headline: str) -> Picture:
    """Return the picture with words that a person wrote: placeholders dropped, credit set apart."""
    caption, credit = split_credit(words.squeeze(picture.caption))
    if picture.credit:
        said = words.squeeze(picture.credit)
        caption = caption.removesuffix(said).rstrip(" .|–-") if caption != said else ""
        credit = split_credit(said)[1] or said
    alt = words.squeeze(picture.alt)
    if is_placeholder(alt) or is_slug_of(alt, headline):
        alt = ""
    if is_placeholder(caption) or is_slug_of(caption, headline):
        caption = ""
    return replace(
        picture,
        alt=alt[:300],
        caption=caption[:1000],
        credit="" if is_placeholder(credit) else credit[:150],
    )


def split_credit(caption: str) -> tuple[str, str]:
    """Return a caption and the credit at its end ("… Photo: Ann Lee/AFP"), "" if there is none."""
    match = _TAIL.search(caption) or _CREDIT.search(caption)
    if not match:
        return caption, ""
    return caption[: match.start()].strip(" |–-(["), _balance(
        _BY.sub("", match["who"].strip(" :/"))
    )


def _balance(who: str) -> str:
    """Close a bracket that the pattern cut off."""
    return f"{who})" if who.count("(") > who.count(")") else who
