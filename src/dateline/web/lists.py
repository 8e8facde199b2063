"""Handlers of the lists: front page, sections, latest, outlets, about."""

import re
from dataclasses import replace
from datetime import datetime

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dateline.model import ArticleId, Source, StoryId
from dateline.pipeline.editing import list_latest
from dateline.pipeline.section_orders import find_order, keeps_pins, load_ranking, make_order
from dateline.publish.addresses import outlet_path, section_path, with_query
from dateline.publish.edition import SectionOrder, describe_reasons
from dateline.publish.front import FrontPage, lay_out_front
from dateline.publish.jsonld_pages import (
    describe_about,
    describe_list,
    describe_site,
    list_articles,
    list_outlets,
    list_stories,
)
from dateline.publish.sections import find_section as find_our_section
from dateline.publish.story_page import group_card_days
from dateline.store.cards import CardFilter, list_cards
from dateline.store.sections import find_named
from dateline.store.sources import source_counts
from dateline.text import make_slug
from dateline.web import front_words, words
from dateline.web.desk import Desk, Look
from dateline.web.drawing import Head, draw_data, draw_page, send_on
from dateline.web.languages import language_name

_NUMBER = re.compile(r"[0-9]{1,18}")
PAGE = 40  # articles on one page of a list
IN_SECTION = 40  # stories on the page of a section
KNOWN = 120  # ranked stories that are not called new on a page that is open


def show_front(desk: Desk, request: Request) -> Response:
    """The front page."""
    with desk.look() as look:
        page = lay_out(look)
        description = desk.site.tagline or desk.say.text(words.TRACEABLE)
        record = describe_site(desk.pages, [story for _place, story in page.stories])
        head = Head(
            title="", path="/", description=description, feeds="/feeds/front", record=record
        )
        known = [story.story_id for story in look.frame.ranked[:KNOWN]]
        return draw_page(desk, look, "front.html", head, page=page, known=known)


def lay_out(look: Look) -> FrontPage:
    """Return the front page as it may be shown."""
    latest = look.show(list_latest(look.tx))
    page = lay_out_front(look.frame.ranked, latest, pinned=look.frame.pinned)
    return page.map_stories(look.show_lead)


def show_latest(desk: Desk, request: Request) -> Response:
    """Everything, newest first; `lang` keeps to one language."""
    with desk.look() as look:
        language = read_language(look, request)
        head = Head(
            title=title_latest(desk, language),
            path=with_query("/latest", lang=language),
            feeds="/feeds/latest",
        )
        wanted = CardFilter(language=language, limit=PAGE + 1)
        return _draw_list(desk, look, head, wanted, request)


def show_section(desk: Desk, request: Request) -> Response:
    """One section across outlets and languages: its stories as they rank, or all newest first.

    The name that an outlet has for it leads to where its articles are filed.
    """
    with desk.look() as look:
        section = find_section(look, request.path_params["slug"])
        path = section_path(section)
        if path != section_path(request.path_params["slug"]):
            return send_on(desk, with_query(path, **request.query_params))
        head = Head(
            title=front_words.say_section(desk.say, section), path=path, feeds=f"/feeds{path}"
        )
        if {"sort", "before"} & request.query_params.keys():
            head = replace(head, path=with_query(path, sort="time"))
            wanted = CardFilter(section=section, limit=PAGE + 1)
            return _draw_list(desk, look, head, wanted, request)
        order = order_section(desk, look, section)
        ranking = load_ranking(look.tx, desk.site, order, look.now, limit=IN_SECTION)
        shown = [look.show_lead(story) for story in ranking.stories]
        record = describe_list(desk.pages, head.title, path, list_stories(desk.pages, shown))
        return draw_page(
            desk,
            look,
            "section.html",
            replace(head, record=record),
            stories=shown,
            reasons=ranking.reasons,
            known=order.stories[:KNOWN],
        )


def order_section(desk: Desk, look: Look, section: str) -> SectionOrder:
    """Return in which order the stories of a section stand.

    Where nobody keeps orders, it is worked out here, once a generation.
    """
    kept = find_order(look.tx, section, look.now)
    order = kept or look.frame.orders.get(section)
    if order is None or (not kept and not keeps_pins(look.tx, section, order, look.now)):
        front = [story.story_id for story in look.frame.ranked]
        order = make_order(look.tx, desk.site, section, look.now, front)
        look.frame.orders[section] = order
    return order


def show_front_reasons(desk: Desk, request: Request) -> Response:
    """Why each story of the front page stands where it stands, as data."""
    with desk.look() as look:
        places = [(place, story.story_id) for place, story in lay_out(look).stories]
        rows = [_describe_place(desk, look, place, story_id) for place, story_id in places]
    return draw_data(desk, msgspec.json.encode(rows), "application/json")


def _describe_place(desk: Desk, look: Look, place: str, story_id: StoryId) -> dict[str, object]:
    reasons = look.frame.reasons[story_id]
    said = [
        *front_words.list_counts(desk.say, reasons),
        *front_words.list_news(desk.say, reasons, look.now),
    ]
    row: dict[str, object] = {"place": place, "story": story_id, "why": said}
    return row | {"score": round(reasons.score, 3)} | describe_reasons(reasons)


def show_front_ids(desk: Desk, request: Request) -> Response:
    """The stories of the front page, for a page that is open: is there anything new?"""
    with desk.look() as look:
        ids = [story.story_id for _place, story in lay_out(look).stories]
    return draw_data(desk, msgspec.json.encode(ids), "application/json")


def show_section_ids(desk: Desk, request: Request) -> Response:
    """The stories of a section's page, likewise."""
    with desk.look() as look:
        section = find_section(look, request.path_params["slug"])
        ids = order_section(desk, look, section).stories[:IN_SECTION]
    return draw_data(desk, msgspec.json.encode(ids), "application/json")


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
    newest, path = head.path, head.path.partition("?")[0]
    if before:
        here = write_place(*before)
        head = replace(head, path=with_query(path, lang=wanted.language, before=here))
    parts = list_articles(desk.pages, cards)
    record = describe_list(desk.pages, head.title, head.path, parts)
    last = cards[-1] if len(found) > PAGE else None
    place = write_place(last.listed_at, last.article_id) if last else ""
    earlier = with_query(path, lang=wanted.language, before=place) if place else ""
    return draw_page(
        desk,
        look,
        "list.html",
        replace(head, record=record),
        days=group_card_days(cards, desk.zone),
        earlier=earlier,
        newest=newest,
        paged=bool(before),
        languages=look.frame.languages if path == "/latest" else (),
        language=wanted.language,
        outlet=look.frame.sources.get(wanted.source_key) if wanted.source_key else None,
    )


def show_outlets(desk: Desk, request: Request) -> Response:
    """Every source that is followed."""
    with desk.look() as look:
        counts = source_counts(look.tx)
        sources = sorted(look.frame.sources.values(), key=lambda source: source.name.casefold())
        rows = [(source, counts.get(source.id)) for source in sources]
        title = desk.say.text(words.OUTLETS)
        record = describe_list(desk.pages, title, "/outlets", list_outlets(desk.pages, sources))
        head = Head(title=title, path="/outlets", record=record)
        return draw_page(desk, look, "outlets.html", head, rows=rows)


def show_about(desk: Desk, request: Request) -> Response:
    """How this site works."""
    with desk.look() as look:
        title = desk.say.text(words.ABOUT)
        head = Head(
            title=title,
            path="/about",
            description=desk.say.text(words.TRACEABLE),
            record=describe_about(desk.pages, title, "/about"),
        )
        return draw_page(desk, look, "about.html", head)


def read_language(look: Look, request: Request) -> str:
    """Return the language that is asked for, "" where there is nothing in it."""
    asked = request.query_params.get("lang", "")
    return asked if asked in look.frame.languages else ""


def title_latest(desk: Desk, language: str) -> str:
    """Return the title of the latest news, in all languages or in one."""
    if not language:
        return desk.say.text(words.LATEST)
    return desk.say.text(words.LATEST_IN).format(language_name(language))


def find_section(look: Look, slug: str) -> str:
    """Return the section to which a name in an address leads; 404 where there is none.

    That is the section of this name, else the one where articles under this name are filed.
    """
    known = {make_slug(name): name for name in reversed(look.frame.sections)}
    if slug not in known:
        slug = make_slug(find_named(look.tx, slug) or find_our_section(slug))
    if not slug or slug not in known:
        raise HTTPException(404)
    return known[slug]


def find_source(look: Look, key: str) -> Source:
    """Return the source with this key; 404 where there is none."""
    source = look.frame.sources.get(key)
    if source is None:
        raise HTTPException(404)
    return source


def write_place(at: datetime, article_id: ArticleId) -> str:
    """Return where a list goes on after an article listed at `at`, as it stands in an address."""
    return f"{at.isoformat()}_{article_id}"


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
