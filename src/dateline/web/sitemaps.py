"""Handlers of what search engines read: robots.txt, sitemaps, the key of IndexNow."""

import re
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dateline.publish.addresses import (
    article_path,
    numbered_story_path,
    outlet_path,
    section_path,
)
from dateline.publish.sitemap import (
    LONGEST,
    WINDOW,
    write_news_sitemap,
    write_sitemap,
    write_sitemap_index,
)
from dateline.store.cards import CardFilter, list_cards
from dateline.store.sitemaps import list_range_articles, list_range_stories, list_ranges
from dateline.web.desk import Desk, Look
from dateline.web.drawing import draw_data
from dateline.web.tongue import list_choices

_NAME = re.compile(r"(articles|stories)-([0-9]{1,13})", re.ASCII)
_XML = "application/xml; charset=utf-8"
# Without "public": a piece of a megabyte has no place among the pages that are kept in memory.
_AGE = "max-age=3600"
_PRIVATE = ("/search", "/confirm/", "/leave/")  # not for crawlers, in any language
_PAGES = ("/", "/latest", "/popular", "/outlets", "/about")


def show_news_sitemap(desk: Desk, request: Request) -> Response:
    """The news sitemap of the last 48 hours."""
    with desk.look() as look:
        cards = list_cards(look.tx, CardFilter(limit=LONGEST))
        recent = [card for card in cards if card.listed_at >= look.now - WINDOW]
        body = write_news_sitemap(desk.site, recent, look.now)
    return draw_data(desk, body, _XML)


def show_sitemap_index(desk: Desk, request: Request) -> Response:
    """The index of the sitemaps of all pages."""
    with desk.look() as look:
        names = [
            f"{kind}-{number}"
            for kind in ("stories", "articles")
            for number in list_ranges(look.tx, kind)
        ]
    addresses = [f"{desk.site.address}/sitemap/{name}.xml" for name in ("pages", *names)]
    return draw_data(desk, write_sitemap_index(addresses), _XML)


def show_sitemap(desk: Desk, request: Request) -> Response:
    """One piece: the pages that are lists, or a range of articles or stories."""
    name = request.path_params["name"]
    piece = _NAME.fullmatch(name)
    if piece is None and name != "pages":
        raise HTTPException(404)
    with desk.look() as look:
        lines = _list_piece(look, piece[1], int(piece[2])) if piece else _list_pages(look)
    if not lines:  # a sitemap has an address at least, and the index names none without
        raise HTTPException(404)
    body = write_sitemap((f"{desk.site.address}{path}", at) for path, at in lines)
    response = draw_data(desk, body, _XML)
    response.headers["cache-control"] = _AGE
    return response


def _list_piece(look: Look, kind: str, number: int) -> list[tuple[str, datetime | None]]:
    if kind == "stories":
        stories = list_range_stories(look.tx, number)
        return [
            (numbered_story_path(each.story_id, each.slug), each.changed_at) for each in stories
        ]
    articles = list_range_articles(look.tx, number)
    return [(article_path(each.article_id, each.headline), each.changed_at) for each in articles]


def _list_pages(look: Look) -> list[tuple[str, datetime | None]]:
    sections = [section_path(name) for name in look.frame.sections]
    outlets = [outlet_path(key) for key in look.frame.sources]
    return [(path, None) for path in (*_PAGES, *sections, *outlets)]


def show_robots(desk: Desk, request: Request) -> Response:
    """What crawlers may ask for: all but searches and the links of letters."""
    prefixes = [choice.prefix for choice in list_choices(desk.site)]
    lines = (
        "User-agent: *",
        *(f"Disallow: {each}{path}" for each in prefixes for path in _PRIVATE),
        "Disallow: /seen",
        f"Sitemap: {desk.site.address}/sitemap.xml",
        f"Sitemap: {desk.site.address}/sitemap-news.xml",
    )
    return draw_data(desk, "\n".join((*lines, "")).encode(), "text/plain; charset=utf-8")


def show_key(desk: Desk, request: Request) -> Response:
    """The key by which IndexNow knows that addresses come from this site."""
    key = desk.options.indexnow_key
    if not key or request.path_params["key"] != key:
        raise HTTPException(404)
    return draw_data(desk, key.encode(), "text/plain; charset=utf-8")
