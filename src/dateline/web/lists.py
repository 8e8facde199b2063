"""Handlers of the lists: front page, sections, latest, outlets, most popular, about."""

import re
from dataclasses import replace
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dateline.model import ArticleId, Card, Source
from dateline.pipeline.editing import list_latest
from dateline.publish.addresses import outlet_path, section_path, with_query
from dateline.publish.front import lay_out_front
from dateline.publish.popular import rank_covered
from dateline.publish.story_page import group_card_days
from dateline.store.cards import CardFilter, list_cards
from dateline.store.sources import source_counts
from dateline.text import make_slug
from dateline.web import words
from dateline.web.desk import Desk, Look
from dateline.web.drawing import Head, draw_page

_NUMBER = re.compile(r"[0-9]{1,18}")
PAGE = 40  # articles on one page of a list


def show_front(desk: Desk, request: Request) -> Response:
    """The front page."""
    with desk.look() as look:
        latest = look.show(list_latest(look.tx))
        page = lay_out_front(look.frame.ranked, latest).map_stories(look.show_lead)
        description = desk.site.tagline or words.TRACEABLE
        head = Head(title="", path="/", description=description, feeds="/feeds/front")
        return draw_page(desk, look, "front.html", head, page=page)


def show_latest(desk: Desk, request: Request) -> Response:
    """Everything, newest first."""
    with desk.look() as look:
        head = Head(title=words.LATEST, path="/latest", feeds="/feeds/latest")
        return _draw_list(desk, look, head, CardFilter(limit=PAGE + 1), request)


def show_section(desk: Desk, request: Request) -> Response:
    """One section, newest first."""
    with desk.look() as look:
        name = find_section(look, request.path_params["slug"])
        path = section_path(name)
        head = Head(title=name, path=path, feeds=f"/feeds{path}")
        return _draw_list(desk, look, head, CardFilter(section=name, limit=PAGE + 1), request)


def show_outlet(desk: Desk, request: Request) -> Response:
    """One outlet or agency and its articles, newest first."""
    with desk.look() as look:
        source = find_source(look, request.path_params["key"])
        path = outlet_path(source.key)
        head = Head(title=source.name, path=path, feeds=f"/feeds{path}")
        wanted = CardFilter(source_key=source.key, limit=PAGE + 1)
        return _draw_list(desk, look, head, wanted, request)


def _draw_list(
    desk: Desk, look: Look, head: Head, wanted: CardFilter, request: Request
) -> Response:
    before = read_place(request.query_params.get("before", ""))
    found = list_cards(look.tx, replace(wanted, before=before))
    cards = look.show(found[:PAGE])
    earlier = with_query(head.path, before=write_place(cards[-1])) if len(found) > PAGE else ""
    return draw_page(
        desk,
        look,
        "list.html",
        head,
        days=group_card_days(cards, desk.zone),
        earlier=earlier,
        paged=bool(before),
        outlet=look.frame.sources.get(wanted.source_key) if wanted.source_key else None,
    )


def show_popular(desk: Desk, request: Request) -> Response:
    """What is read most, and what is covered most."""
    with desk.look() as look:
        shared = [story for story in look.frame.ranked if story.outlets > 1]
        covered = [look.show_lead(story) for story in rank_covered(shared)[:20]]
        head = Head(title=words.POPULAR, path="/popular")
        return draw_page(desk, look, "popular.html", head, covered=covered)


def show_outlets(desk: Desk, request: Request) -> Response:
    """Every source that is followed."""
    with desk.look() as look:
        counts = source_counts(look.tx)
        sources = sorted(look.frame.sources.values(), key=lambda source: source.name.casefold())
        rows = [(source, counts.get(source.id)) for source in sources]
        head = Head(title=words.OUTLETS, path="/outlets")
        return draw_page(desk, look, "outlets.html", head, rows=rows)


def show_about(desk: Desk, request: Request) -> Response:
    """How this site works."""
    with desk.look() as look:
        head = Head(title=words.ABOUT, path="/about", description=words.TRACEABLE)
        return draw_page(desk, look, "about.html", head)


def find_section(look: Look, slug: str) -> str:
    """Return the section that is written so in an address; 404 where there is none."""
    for name in look.frame.sections:
        if make_slug(name) == slug:
            return name
    raise HTTPException(404)


def find_source(look: Look, key: str) -> Source:
    """Return the source with this key; 404 where there is none."""
    source = look.frame.sources.get(key)
    if source is None:
        raise HTTPException(404)
    return source


def write_place(card: Card) -> str:
    """Return where a list goes on after this card, as it stands in an address."""
    return f"{card.listed_at.isoformat()}_{card.article_id}"


def read_place(text: str) -> tuple[datetime, ArticleId] | None:
    """Return the place that `write_place` wrote, None where the text is no such thing."""
    moment, _, number = text.rpartition("_")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    # Beyond these years a date cannot be moved into another time zone.
    if at.tzinfo is None or not 1 < at.year < 9999 or not _NUMBER.fullmatch(number):
        return None
    return at, ArticleId(int(number))
