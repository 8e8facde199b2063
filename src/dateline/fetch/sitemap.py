"""News sitemaps: an outlet's last two days, where its feeds are poor or gone."""

import zlib
from dataclasses import dataclass
from datetime import UTC, datetime

from dateline.fetch.dates import parse_feed_date
from dateline.fetch.decoding import Prepared, decode_body, prepare_xml
from dateline.fetch.entries import Channel, finish_feed, take_first
from dateline.fetch.items import first_text
from dateline.fetch.pictures import MOST_PICTURES, join_address, keep_pictures
from dateline.fetch.tree import (
    MOST_ELEMENTS,
    Element,
    Kids,
    list_kids,
    name_key,
    parse_tree,
    plain_text,
)
from dateline.fetch.words import plain_label, plain_title, tidy_language
from dateline.model import Broken, Entry, Fetched, Picture

LONGEST_BODY = 50_000_000  # bytes, unpacked: the bound that sitemaps.org sets
MOST_MAPS = 500
MOST_LABELS = 50
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapIndex:
    """A list of sitemaps: the news are in one of them; the newest first where dates say so."""

    urls: tuple[str, ...]


def read_news_sitemap(body: bytes, *, url: str) -> Fetched | Broken | SitemapIndex:
    """Return the news of a sitemap as entries, newest first, or the sitemaps of an index.

    `body` may be packed with gzip. A sitemap without news is `Broken`: its pages have no titles.
    """
    unpacked = unpack(body, LONGEST_BODY)
    if unpacked is None:
        return Broken(reason=f"the gzip file is damaged or unpacks to over {LONGEST_BODY:,} bytes")
    if len(unpacked) > LONGEST_BODY:
        return Broken(reason=f"the sitemap is larger than {LONGEST_BODY:,} bytes: not read")
    text, _ = decode_body(unpacked, "")
    return read_prepared(prepare_xml(text), url)


def unpack(body: bytes, longest: int) -> bytes | None:
    """Return the body without gzip, as it is if it has none, or None if it cannot be unpacked."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    unzip = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        unpacked = unzip.decompress(body, longest + 1)
    except zlib.error:
        return None
    return unpacked if len(unpacked) <= longest else None


def read_prepared(prepared: Prepared, url: str) -> Fetched | Broken | SitemapIndex:
    """Return what a sitemap holds that was decoded and made safe before."""
    if prepared.text.count("<") > MOST_ELEMENTS:
        return Broken(reason=f"the sitemap has more than {MOST_ELEMENTS:,} elements: not read")
    tree = parse_tree(prepared.text)
    kind = name_key(tree.root.tag) if tree else ""
    if tree and kind == "sitemapindex":
        return _read_index(tree.root, url)
    if not tree or kind != "urlset":
        return Broken(reason="this is not a sitemap")
    found = [entry for el in tree.root if (entry := _read_page(el, url)) is not None]
    if not found:
        return Broken(reason="the sitemap lists no news (no <news:news> that can be read)")
    notes = [f"{tree.damage}: {len(found)} entries could be read"] if tree.damage else []
    first, more = take_first(sorted(found, key=lambda e: e.published or _NEVER, reverse=True))
    return finish_feed(Channel(), first, [*notes, more] if more else notes)


def _read_index(root: Element, url: str) -> SitemapIndex | Broken:
    maps = []
    for element in root:
        kids = list_kids(element)
        address = join_address(first_text(kids, "loc"), url)
        if address:
            maps.append((parse_feed_date(first_text(kids, "lastmod")) or _NEVER, address))
    if not maps:
        return Broken(reason="the index of sitemaps is empty")
    maps.sort(key=lambda pair: pair[0], reverse=True)
    return SitemapIndex(urls=tuple(dict.fromkeys(address for _, address in maps))[:MOST_MAPS])


def _read_page(element: Element, base: str) -> Entry | None:
    kids = list_kids(element)
    address = join_address(first_text(kids, "loc"), base)
    told = kids.get("news:news")
    if not address or not told:
        return None
    news = list_kids(told[0])
    publication = [list_kids(p) for p in news.get("news:publication", ())[:1]]
    language = first_text(publication[0], "news:language") if publication else ""
    return Entry(
        guid=address,
        url=address,
        title=plain_title(first_text(news, "news:title")),
        published=parse_feed_date(first_text(news, "news:publication_date")),
        updated=parse_feed_date(first_text(kids, "lastmod")),
        language=tidy_language(language),
        categories=_read_keywords(news),
        pictures=keep_pictures([_read_picture(p, base) for p in _first_pictures(kids)]),
    )


def _first_pictures(kids: Kids) -> list[Element]:
    return kids.get("image:image", [])[:MOST_PICTURES]


def _read_keywords(news: Kids) -> tuple[str, ...]:
    words = ",".join(plain_text(el) for el in news.get("news:keywords", ()))[:5000].split(",")
    labels = dict.fromkeys(label for word in words if (label := plain_label(word)))
    return tuple(labels)[:MOST_LABELS]


def _read_picture(element: Element, base: str) -> Picture | None:
    kids = list_kids(element)
    address = join_address(first_text(kids, "image:loc"), base)
    if not address:
        return None
    return Picture(
        url=address,
        alt=plain_title(first_text(kids, "image:title")),
        caption=plain_title(first_text(kids, "image:caption")),
    )
