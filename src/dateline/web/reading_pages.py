"""The handler of a story's page."""

from dataclasses import dataclass
from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dateline.model import SHOWN_FROM, StoryCard, StoryId
from dateline.publish.addresses import story_path, with_query
from dateline.publish.coverage_chart import draw_coverage
from dateline.publish.coverage_words import say_headline
from dateline.publish.figure_table import FigureGroup
from dateline.publish.jsonld_pages import describe_story
from dateline.publish.ledger_page import Speaker, group_by_speaker
from dateline.publish.newness import read_since
from dateline.publish.story_page import Trace, View, build_story_page
from dateline.store import Tx
from dateline.store.decisions import list_story_decisions
from dateline.store.ledger import LedgerPage, list_story_entries
from dateline.store.links import links_of
from dateline.store.merging import find_successor
from dateline.store.stories import load_story
from dateline.web import said_words
from dateline.web.counting import list_groups
from dateline.web.desk import Desk, Look
from dateline.web.drawing import Head, draw_page, name_section, send_on
from dateline.web.negotiation import read_page, read_path_reference
from dateline.web.saying import show_entries
from dateline.web.shots import choose_story_shot

SAID, GROUPS = 12, 4  # statements and groups of figures on the story's own page
LONGEST_SINCE = 40  # characters of the moment that a reader names


def show_story(desk: Desk, request: Request) -> Response:
    """One story: what happened, who has it from whom, what is new."""
    number, slug = read_path_reference(request)
    with desk.look() as look:
        found = find_story(look.tx, StoryId(number))
        if found is None:
            raise HTTPException(404)
        language = request.query_params.get("lang", "")
        language = language if language in found.languages else ""
        written = request.query_params.get("since", "")[:LONGEST_SINCE]
        since = read_since(written, look.now, desk.zone)
        if slug != found.slug or number != found.story_id:
            query = {"lang": language, "since": written if since else ""}
            return send_on(desk, with_query(story_path(found), **query))
        page = read_page(request)
        view = View(zone=desk.zone, language=language, since=since, page=page)
        return _draw_story(desk, look, look.show_story(found), view, written)


def find_story(tx: Tx, story_id: StoryId) -> StoryCard | None:
    """Return a story, or the one that it was merged into; None where there never was one."""
    found = load_story(tx, story_id)
    if found is not None:
        return found
    successor = find_successor(tx, story_id)
    return load_story(tx, successor) if successor is not None else None


def _draw_story(desk: Desk, look: Look, story: StoryCard, view: View, written: str) -> Response:
    path = story_path(story)
    page = build_story_page(story.members, _read_trace(look.tx, story), view)
    number = str(page.page) if page.page > 1 else ""
    said = desk.say.text(said_words.ALL_SAID_OF).format(say_headline(desk.say, story.headline))
    standing = [card for card in story.members if not card.gone]
    chosen = [card for card in standing if view.language in ("", card.language)]
    record = describe_story(desk.pages, story, with_query(path, lang=view.language, page=number))
    head = Head(
        title=say_headline(desk.say, story.headline),
        path=with_query(path, lang=view.language, page=number),
        description=story.lead.lede,
        feeds=f"/feeds/story/{story.story_id}",
        more_feeds=((said, f"/feeds/story/{story.story_id}/statements"),),
        shot=choose_story_shot(desk.site, story) if standing else None,
        kind="article",
        record=record if standing else None,
        trail=name_section(desk.say, story.lead.section),
        language=story.lead.language,
        hidden=not standing,
    )
    response = draw_page(
        desk,
        look,
        "story.html",
        head,
        heard=_hear(look, story, view),
        story=story,
        path=path,
        language=view.language,
        since=written,
        bad_since=bool(written) and view.since is None,
        since_day=_name_day(view.since, view),
        page=page,
        withdrawn=not standing,
        coverage=None if view.since or page.page > 1 else draw_coverage(chosen, view.zone),
    )
    response.status_code = 200 if standing else 410
    return response


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """Who said what in a story, and its figures, as far as its page has room."""

    speakers: tuple[Speaker, ...] = ()
    listed: int = 0
    total: int = 0
    groups: tuple[FigureGroup, ...] = ()
    more_groups: int = 0


def _hear(look: Look, story: StoryCard, view: View) -> _Heard:
    """Return what stands on the story's first page; other pages and choices show none of it."""
    if view.page > 1 or view.language or view.since:
        return _Heard()
    asked = LedgerPage(order="carried", limit=SAID, confidence=SHOWN_FROM)
    found = list_story_entries(look.tx, story.story_id, asked)
    groups = list_groups(look, story.story_id)
    return _Heard(
        speakers=group_by_speaker(show_entries(look, found.entries)),
        listed=len(found.entries),
        total=found.total,
        groups=tuple(groups[:GROUPS]),
        more_groups=max(len(groups) - GROUPS, 0),
    )


def _read_trace(tx: Tx, story: StoryCard) -> Trace:
    links = links_of(tx, [card.article_id for card in story.members])
    return Trace(
        links=[link for mine in links.values() for link in mine],
        decisions=list_story_decisions(tx, story.story_id),
    )


def _name_day(since: datetime | None, view: View) -> str:
    return since.astimezone(view.zone).date().isoformat() if since else ""
