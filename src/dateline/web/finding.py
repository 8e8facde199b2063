"""Handlers of the search: what was found by story, how it is spread, who and what is called so."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from dateline.model import Card, EntityKind, Hit, Person, StoryCard
from dateline.publish.asking import Operator, Part, find_unknown
from dateline.publish.coverage_words import say_headline
from dateline.publish.jsonld_pages import describe_search
from dateline.publish.relevance import choose_candidates, measure_rarity, rank_hits
from dateline.publish.results import Group, count_facets, group_hits
from dateline.publish.shown import show_card, show_snippet
from dateline.publish.story_page import split_headline
from dateline.store import Found, Hits, Patience, SearchQuery, Term, Tx
from dateline.store.marks import mark_all
from dateline.store.matching import is_short
from dateline.store.people import find_speaking
from dateline.store.search import find_hits
from dateline.store.search_texts import (
    count_common,
    find_in_titles,
    list_marks,
    load_found,
    load_standings,
)
from dateline.text import squeeze
from dateline.web import search_words, words
from dateline.web.asked import Sought, add_either, make_query, read_sought
from dateline.web.desk import Desk, Look
from dateline.web.drawing import Head, draw_page
from dateline.web.instead import find_instead
from dateline.web.meant import find_meant
from dateline.web.naming import name_stories
from dateline.web.narrowing import list_chosen, list_facets, list_taken, say_search
from dateline.web.negotiation import read_page
from dateline.web.suggesting import find_named

WINDOW = 1000  # hits that are counted, grouped and ranked
PAGE = 20  # stories
OF_STORY = 3  # hits of one story that are shown
SECONDS = 1.0  # after which a search is stopped
COUNT_SECONDS = 0.02  # after which a search that has found a few pages goes no further
ENOUGH = 2 * PAGE
PEOPLE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownHit:
    """One hit as it is shown."""

    card: Card
    title: list[tuple[str, bool]]
    snippet: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGroup:
    """The hits of a story as they are shown."""

    story: StoryCard | None  # None where only one hit is shown
    hits: list[ShownHit]
    more: int  # further hits
    more_path: str


def show_search(desk: Desk, request: Request) -> Response:
    """The search form and what was found."""
    with desk.look() as look:
        sought = read_sought(request.query_params, look.frame, read_page(request))
        meant = find_meant(look.tx, sought.parts)
        chosen = list_chosen(desk, look, sought, meant)
        query = make_query(sought, meant, look.frame, desk.zone, limit=WINDOW)
        found = find_hits(look.tx, query, make_patience(sought.page)) if sought.asks else Hits()
        shown = add_either(query)
        ranked = rank(look.tx, found.hits, shown) if sought.by_match else found.hits
        groups = group_hits(ranked)
        is_found = bool(found.hits or found.stopped or sought.before or not sought.asks)
        people = _find_people(look, sought)
        facets = count_facets(found.hits, desk.zone)
        title = say_search(sought, chosen) or desk.say.text(words.SEARCH)
        head = Head(
            title=title,
            path=sought.write_path(before=sought.before, page=sought.page),
            feeds="/feeds/search" if sought.asks else "",
            hidden=sought.asks,
            record=describe_search(desk.pages, title, sought.write_path()),
        )
        return draw_page(
            desk,
            look,
            "search.html",
            head,
            sought=sought,
            found=found,
            groups=_show_groups(desk, look, sought, shown, groups),
            chosen=chosen,
            notes=_list_notes(desk, sought),
            instead=None if is_found else find_instead(desk, look, sought, meant, chosen),
            taken=list_taken(look, sought, meant),
            facets=list_facets(desk, look, sought, facets) if len(found.hits) > 1 else (),
            people=[one for one in people if one.kind is not EntityKind.PLACE],
            speaking=_find_speaking(look, people),
            places=[one for one in people if one.kind is EntityKind.PLACE],
            next=_write_next(sought, found, len(groups)),
        )


def make_patience(page: int = 1) -> Patience:
    """Return how long a search may take, from now.

    Further pages take the time it takes: they must have what the first has counted.
    """
    now = time.monotonic()
    content = now + COUNT_SECONDS if page == 1 else math.inf
    return Patience(clock=time.monotonic, until=now + SECONDS, content=content, enough=ENOUGH)


def rank(tx: Tx, hits: Sequence[Hit], query: SearchQuery) -> list[Hit]:
    """Return hits, the best first (see `publish/relevance.py`); without words the newest first."""
    if not query.terms or not hits:
        return list(hits)
    rarity = measure_rarity(count_common(tx, query))
    titles = find_in_titles(hits, query)
    chosen = choose_candidates(hits, titles, rarity)
    standings = load_standings(tx, [hit.article_id for hit in chosen], query)
    return rank_hits(hits, standings, rarity)


def _list_notes(desk: Desk, sought: Sought) -> list[str]:
    """Return what was left out of a search, and what was not read as it may have been meant."""
    notes = [search_words.say_left_out(desk.say, part) for part in sought.problems]
    said = [(search_words.TOO_MUCH, sought.rest)] if sought.rest else []
    said += [(search_words.UNKNOWN, name) for name in find_unknown(sought.parts)]
    short = (part.value for part in sought.parts if part.prefix and is_short(part.value))
    said += [(search_words.SHORT, value) for value in short]
    return notes + [desk.say.text(pattern).format(value) for pattern, value in said]


def _show_groups(
    desk: Desk, look: Look, sought: Sought, query: SearchQuery, groups: Sequence[Group]
) -> list[ShownGroup]:
    page = groups[(sought.page - 1) * PAGE : sought.page * PAGE]
    ids = [hit.article_id for group in page for hit in group.hits[:OF_STORY]]
    found = load_found(look.tx, ids, query)
    several = [one.story_id for one in page if one.story_id and len(one.hits) > 1]
    named = name_stories(look, several)
    shown = []
    for group in page:
        hits = [found[hit.article_id] for hit in group.hits[:OF_STORY] if hit.article_id in found]
        # Its newest page may have been left out by the days that were asked for.
        head = named.get(group.story_id) if group.story_id and len(hits) > 1 else None
        of_story = sought.add(Part(str(group.story_id), Operator.STORY))
        each = ShownGroup(
            story=head,
            hits=[_show_hit(desk, look, hit, query.terms) for hit in hits],
            more=max(len(group.hits) - OF_STORY, 0),
            more_path=of_story.write_path(),
        )
        shown += [each] if hits else []
    return shown


def _show_hit(desk: Desk, look: Look, found: Found, terms: Sequence[Term]) -> ShownHit:
    card = show_card(found.card, look.frame.sources.get(found.card.source_key))
    kicker, rest = split_headline(card)
    title = ": ".join(filter(None, (squeeze(kicker), squeeze(rest))))
    marks = list_marks(terms, card.language)
    return ShownHit(
        card=card,
        title=list(mark_all(say_headline(desk.say, title), *marks)),
        snippet=show_snippet(card, found.snippet or mark_all(card.lede, *marks)),
    )


def _write_next(sought: Sought, found: Hits, groups: int) -> str:
    """Return where the results go on: in these thousand hits, then in the older ones."""
    if groups > sought.page * PAGE:
        return sought.write_path(before=sought.before, page=sought.page + 1)
    if not found.more or sought.by_match:
        return ""
    last = found.hits[-1]
    return sought.write_path(before=f"{last.at.isoformat()}_{last.article_id}")


def _find_people(look: Look, sought: Sought) -> list[Person]:
    """Return who and what is called as the words say, on the first page of a search alone."""
    said = [part.value for part in sought.parts if not (part.operator or part.without)]
    if not said or sought.before or sought.page > 1:
        return []
    return find_named(look, " ".join(said), PEOPLE)


def _find_speaking(look: Look, people: Sequence[Person]) -> frozenset[str]:
    """Return the keys of those who say something in a report that a search can find."""
    keys = [one.key for one in people if one.kind is not EntityKind.PLACE]
    look.know(keys)
    return find_speaking(look.tx, keys)
