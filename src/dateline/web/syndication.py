"""Handlers of what other programs follow: feeds of every list, OPML."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dateline.model import SHOWN_FROM, SourceKind, StoryCard, StoryId
from dateline.publish.addresses import (
    outlet_path,
    read_reference,
    section_path,
    story_path,
    story_said_path,
    with_query,
)
from dateline.publish.channels import (
    Channel,
    Item,
    list_card_items,
    list_entry_items,
    list_story_items,
)
from dateline.publish.coverage_words import say_headline
from dateline.publish.feeds import write_atom, write_json_feed, write_rss
from dateline.publish.front import freshen
from dateline.publish.popular import rank_covered
from dateline.sources.opml import write_opml
from dateline.store.cards import CardFilter, list_cards
from dateline.store.ledger import LedgerPage, list_speaker_entries, list_story_entries
from dateline.store.people import load_person
from dateline.store.person_addresses import find_key
from dateline.store.search_texts import search_cards
from dateline.urls import encode_web_url
from dateline.web import front_words, said_words, search_words, words
from dateline.web.asked import make_query, read_sought
from dateline.web.desk import Desk, Look
from dateline.web.drawing import draw_data, send_on
from dateline.web.finding import make_patience
from dateline.web.lists import find_section, find_source, read_language, title_latest
from dateline.web.meant import find_meant
from dateline.web.narrowing import list_chosen, say_search
from dateline.web.reading_pages import find_story
from dateline.web.said_pages import LONGEST_KEY
from dateline.web.saying import show_entries

ITEMS = 40

WRITERS: dict[str, tuple[Callable[[Channel], bytes], str]] = {
    "rss": (write_rss, "application/rss+xml; charset=utf-8"),
    "atom": (write_atom, "application/atom+xml; charset=utf-8"),
    "json": (write_json_feed, "application/feed+json; charset=utf-8"),
}


class Listed(NamedTuple):
    """What a feed is made of."""

    title: str
    path: str  # of its page
    items: tuple[Item, ...]
    note: str = ""  # why it has none, in place of what the site is


List = Callable[[Desk, Look, Request], Listed | Response]  # an answer: the feed is elsewhere


def make_feed_handler(describe: List, form: str) -> Callable[[Desk, Request], Response]:
    """Return the handler of one feed; `describe` gives its title, its page, its items."""
    write, media_type = WRITERS[form]

    def show_feed(desk: Desk, request: Request) -> Response:
        with desk.look() as look:
            found = describe(desk, look, request)
        if isinstance(found, Response):
            return found
        name = desk.site.name
        channel = Channel(
            title=f"{found.title} · {name}" if found.title else name,
            home=f"{desk.site.address}{found.path}",
            address=_write_address(desk, request),
            description=found.note or desk.site.tagline or desk.say.text(words.TRACEABLE),
            language=desk.site.language,
            author=name,
            items=found.items,
        )
        return draw_data(desk, write(channel), media_type)

    return show_feed


def _write_address(desk: Desk, request: Request) -> str:
    # From the scope, not from `request.url`: that one believes the Host header.
    query = request.scope["query_string"].decode("latin-1")
    address = f"{desk.site.address}{quote(request.scope['path'])}"
    address = f"{address}?{query}" if query else address
    return encode_web_url(address) or address


def list_front(desk: Desk, look: Look, request: Request) -> Listed:
    """The stories of the front page, best first."""
    return Listed(
        "", "/", list_story_items(desk.site, look.frame.ranked[:ITEMS], look.frame.sources)
    )


def list_latest(desk: Desk, look: Look, request: Request) -> Listed:
    """Every article, newest first; `lang` keeps to one language."""
    language = read_language(look, request)
    items = _list_items(desk, look, CardFilter(language=language, limit=ITEMS))
    return Listed(title_latest(desk, language), with_query("/latest", lang=language), items)


def list_section(desk: Desk, look: Look, request: Request) -> Listed | Response:
    """One section, newest first; an outlet's own name leads to where its articles are filed."""
    section = find_section(look, request.path_params["slug"])
    path = section_path(section)
    if path != section_path(request.path_params["slug"]):
        form = request.scope["path"].rpartition(".")[2]
        return send_on(desk, f"/feeds{path}.{form}")
    items = _list_items(desk, look, CardFilter(section=section, limit=ITEMS))
    return Listed(front_words.say_section(desk.say, section), path, items)


def list_outlet(desk: Desk, look: Look, request: Request) -> Listed:
    """One outlet, newest first."""
    source = find_source(look, request.path_params["key"])
    items = _list_items(desk, look, CardFilter(source_key=source.key, limit=ITEMS))
    return Listed(source.name, outlet_path(source.key), items)


def list_story(desk: Desk, look: Look, request: Request) -> Listed | Response:
    """The reports of one story, newest first; the feed of a merged story leads to the other's."""
    story = _find_story(desk, look, request)
    if isinstance(story, Response):
        return story
    items = list_card_items(desk.site, story.members[:ITEMS], look.frame.sources)
    return Listed(say_headline(desk.say, story.headline), story_path(story), items)


def list_story_said(desk: Desk, look: Look, request: Request) -> Listed | Response:
    """What is said in one story, newest first."""
    story = _find_story(desk, look, request, "/statements")
    if isinstance(story, Response):
        return story
    asked = LedgerPage(order="newest", limit=ITEMS, confidence=SHOWN_FROM)
    entries = show_entries(look, list_story_entries(look.tx, story.story_id, asked).entries)
    items = list_entry_items(desk.site, entries, look.frame.sources)
    title = desk.say.text(said_words.ALL_SAID_OF).format(say_headline(desk.say, story.headline))
    return Listed(title, story_said_path(story), items)


def _find_story(desk: Desk, look: Look, request: Request, feed: str = "") -> StoryCard | Response:
    """Return the story that a feed is of, or the answer that leads to that of its successor."""
    found = read_reference(request.path_params["number"])
    story = find_story(look.tx, StoryId(found[0])) if found else None
    if story is None or found is None:
        raise HTTPException(404)
    if story.story_id == found[0]:
        return freshen(story)
    form = request.scope["path"].rpartition(".")[2]
    return send_on(desk, f"/feeds/story/{story.story_id}{feed}.{form}")


def list_person(desk: Desk, look: Look, request: Request) -> Listed:
    """What someone is reported to have said, newest first."""
    person = load_person(look.tx, find_key(look.tx, request.path_params["key"][:LONGEST_KEY]))
    if person is None:
        raise HTTPException(404)
    asked = LedgerPage(limit=ITEMS, confidence=SHOWN_FROM)
    entries = show_entries(look, list_speaker_entries(look.tx, person.key, asked).entries)
    items = list_entry_items(desk.site, entries, look.frame.sources)
    return Listed(person.name, look.person_path(person.key), items)


def list_read(desk: Desk, look: Look, request: Request) -> Listed:
    """What is read most, the most read first; nothing where nothing was read."""
    items = list_card_items(desk.site, look.frame.most_read, look.frame.sources)
    return Listed(desk.say.text(words.MOST_READ), "/popular", items)


def list_covered(desk: Desk, look: Look, request: Request) -> Listed:
    """What most independent reports are about, the most covered first."""
    shared = [story for story in look.frame.ranked if story.outlets > 1]
    items = list_story_items(desk.site, rank_covered(shared)[:ITEMS], look.frame.sources)
    return Listed(desk.say.text(words.MOST_COVERED), "/popular", items)


def list_found(desk: Desk, look: Look, request: Request) -> Listed:
    """What a search finds, newest first: a search that can be followed.

    Nothing, where a part of it cannot be read: without that part it would find more than was asked.
    """
    asked = read_sought(request.query_params, look.frame)
    sought = replace(asked, by_match=False, before="", page=1)
    meant = find_meant(look.tx, sought.parts)
    asked_for = say_search(sought, list_chosen(desk, look, sought, meant))
    title = words.say_labelled(desk.say, desk.say.text(words.SEARCH), asked_for)
    if sought.problems or sought.rest:
        whole = replace(sought, parts=(*sought.parts, *sought.problems))
        why = search_words.say_problems(desk.say, sought.problems, sought.rest)
        return Listed(title, whole.write_path(), (), why)
    query = make_query(sought, meant, look.frame, desk.zone, limit=ITEMS)
    found = search_cards(look.tx, query, make_patience()) if sought.asks else []
    items = list_card_items(desk.site, [each.card for each in found], look.frame.sources)
    return Listed(title, sought.write_path(), items)


def _list_items(desk: Desk, look: Look, wanted: CardFilter) -> tuple[Item, ...]:
    return list_card_items(desk.site, list_cards(look.tx, wanted), look.frame.sources)


def show_opml(desk: Desk, request: Request) -> Response:
    """The sources of this site, to be followed elsewhere."""
    with desk.look() as look:
        followed = [source for source in look.frame.sources.values() if source.feeds]
    outlets = sorted(followed, key=lambda each: (each.kind is SourceKind.AGENCY, each.key))
    return draw_data(desk, write_opml(outlets, title=desk.site.name), "text/x-opml; charset=utf-8")
