"""Handlers of who said what: a story's statements, one statement, everything someone said."""

import re
from dataclasses import replace

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dateline.model import SHOWN_FROM, LedgerId, StoryCard, StoryId
from dateline.publish.addresses import (
    entry_path,
    person_path,
    story_figures_path,
    story_path,
    story_said_path,
    with_query,
)
from dateline.publish.coverage_words import say_headline
from dateline.publish.jsonld_pages import describe_list, describe_person, describe_statement
from dateline.publish.ledger_page import Entry
from dateline.store.ledger import (
    EntryPage,
    LedgerPage,
    find_entry_successor,
    list_speaker_entries,
    list_story_entries,
    load_entry,
)
from dateline.store.people import find_named, find_speaking, load_person
from dateline.store.person_addresses import find_key
from dateline.web import said_words
from dateline.web.counting import list_groups
from dateline.web.desk import Desk, Look
from dateline.web.drawing import Head, draw_page, send_on
from dateline.web.negotiation import read_page, read_path_reference
from dateline.web.reading_pages import find_story
from dateline.web.saying import show_entries

PAGE = 30  # statements
MOST_GROUPS = 60  # of figures on their page
_NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)  # of an entry: as large as a row's
LONGEST_KEY = 200


def show_story_said(desk: Desk, request: Request) -> Response:
    """Everything that is said in one story."""
    with desk.look() as look:
        story, current = _find_story(look, request)
        if not current:
            return send_on(desk, story_said_path(story))
        order = "newest" if request.query_params.get("sort", "") == "newest" else ""
        number = read_page(request)
        asked = LedgerPage(
            order="newest" if order else "carried",
            offset=(number - 1) * PAGE,
            limit=PAGE,
            confidence=SHOWN_FROM,
        )
        found = list_story_entries(look.tx, story.story_id, asked)
        path = story_said_path(story)
        title = desk.say.text(said_words.ALL_SAID_OF).format(say_headline(desk.say, story.headline))
        head = _make_head(title, path, found, number, order)
        record = describe_list(desk.pages, title, head.path)
        head = replace(
            head,
            record=record,
            trail=((say_headline(desk.say, story.headline), story_path(story)),),
            feeds=f"/feeds/story/{story.story_id}/statements",
        )
        return draw_page(
            desk,
            look,
            "statements.html",
            head,
            story=story,
            entries=show_entries(look, found.entries),
            total=found.total,
            order=order,
            path=path,
            page=number,
            pages=count_pages(found),
        )


def show_story_figures(desk: Desk, request: Request) -> Response:
    """All figures of a story: those that count the same side by side."""
    with desk.look() as look:
        story, current = _find_story(look, request)
        path = story_figures_path(story)
        if not current:
            return send_on(desk, path)
        groups = list_groups(look, story.story_id)
        title = desk.say.text(said_words.FIGURES_OF).format(say_headline(desk.say, story.headline))
        head = Head(title=title, path=path, hidden=True)
        return draw_page(
            desk,
            look,
            "figures_page.html",
            head,
            story=story,
            groups=groups[:MOST_GROUPS],
            more=max(len(groups) - MOST_GROUPS, 0),
        )


def show_person(desk: Desk, request: Request) -> Response:
    """Everything that someone is reported to have said, the newest first."""
    asked_for = request.path_params["key"][:LONGEST_KEY]
    with desk.look() as look:
        person = load_person(look.tx, find_key(look.tx, asked_for))
        if person is None:
            raise HTTPException(404)
        path = look.person_path(person.key)
        if path != person_path(asked_for):
            return send_on(desk, path)
        number = read_page(request)
        asked = LedgerPage(offset=(number - 1) * PAGE, limit=PAGE, confidence=SHOWN_FROM)
        found = list_speaker_entries(look.tx, person.key, asked)
        head = _make_head(person.name, path, found, number, "")
        record = describe_person(desk.pages, person, path)
        head = replace(head, record=record, feeds=f"/feeds{path}")
        entries = show_entries(look, found.entries)
        return draw_page(
            desk,
            look,
            "person.html",
            head,
            person=person,
            entries=entries,
            roles=_list_roles(entries),
            speaks=bool(find_speaking(look.tx, [person.key])),
            is_named=bool(find_named(look.tx, [person.key])),
            total=found.total,
            path=path,
            page=number,
            pages=count_pages(found),
        )


def show_entry(desk: Desk, request: Request) -> Response:
    """One statement of the ledger, with everyone who carries it."""
    number = request.path_params["number"]
    if not _NUMBER.fullmatch(number):
        raise HTTPException(404)
    with desk.look() as look:
        entry_id = LedgerId(int(number))
        successor = find_entry_successor(look.tx, entry_id)
        if successor is not None:
            return send_on(desk, entry_path(successor))
        found = load_entry(look.tx, entry_id)
        if found is None:
            raise HTTPException(404)
        (entry,) = show_entries(look, [found])
        title = desk.say.text(said_words.ENTRY_OF).format(found.speaker)
        path = entry_path(entry_id)
        speaker = look.person_path(found.speaker_key) if found.speaker_key else ""
        record = describe_statement(desk.pages, entry, (title, path), speaker)
        above = ((found.speaker, speaker),) if speaker else ()
        head = Head(title=title, path=path, record=record, trail=above)
        return draw_page(
            desk,
            look,
            "statement.html",
            head,
            each=entry,
            related=_load_links(look, entry),
        )


def count_pages(found: EntryPage) -> int:
    """Return on how many pages a list stands."""
    return max(-(-found.total // PAGE), 1)


def _make_head(title: str, path: str, found: EntryPage, number: int, order: str) -> Head:
    if number > count_pages(found):
        raise HTTPException(404)
    query = {"sort": order, "page": str(number) if number > 1 else ""}
    return Head(title=title, path=with_query(path, **query), hidden=not found.total)


def _find_story(look: Look, request: Request) -> tuple[StoryCard, bool]:
    """Return the story asked for, or its successor, and whether the address is its present one."""
    number, slug = read_path_reference(request)
    found = find_story(look.tx, StoryId(number))
    if found is None:
        raise HTTPException(404)
    return look.show_lead(found), (number, slug) == (found.story_id, found.slug)


def _list_roles(entries: tuple[Entry, ...]) -> list[tuple[str, str]]:
    """Return what sources call the speaker, each once, with the language; at most five."""
    witnesses = [witness for each in entries for witness in each.entry.witnesses]
    said = [(witness.said.statement.role, witness.said.language) for witness in witnesses]
    return list({role: language for role, language in reversed(said) if role}.items())[:5]


def _load_links(look: Look, entry: Entry) -> dict[int, Entry]:
    """Return the entries that this one is linked with, by id."""
    ids = [link.entry_id for link in (*entry.denied_by, *entry.withdrawn_by)]
    ids += [link.other_id for link in (*entry.denies, *entry.withdraws)]
    found = [load_entry(look.tx, each) for each in ids[:10]]
    return {each.entry.id: each for each in show_entries(look, [e for e in found if e])}
