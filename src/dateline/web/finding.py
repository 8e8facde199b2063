"""Handlers of the search: what was found by story, how it is spread, who and what is called so."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dateline.model import Card, EntityKind, Hit, Person, StoryCard
from dateline.publish.addresses import numbered_story_path, operator_path
from dateline.publish.asking import Operator, Part, write_part
from dateline.publish.coverage_words import say_headline
from dateline.publish.jsonld_pages import describe_search
from dateline.publish.relevance import choose_candidates, measure_rarity, rank_hits
from dateline.publish.results import Facets, Group, Period, count_facets, group_hits
from dateline.publish.shown import show_card, show_snippet
from dateline.publish.story_page import split_headline
from dateline.store import Found, Hits, Patience, SearchQuery, Term, Tx
from dateline.store.people import find_people
from dateline.store.search import find_hits
from dateline.store.search_texts import (
    count_common,
    find_in_titles,
    have_terms,
    list_marks,
    load_found,
    load_standings,
)
from dateline.store.story_heads import load_heads
from dateline.store.tokens import mark_all
from dateline.text import squeeze
from dateline.web import front_words, search_words, words
from dateline.web.asked import Sought, make_query, read_sought
from dateline.web.desk import Desk, Look
from dateline.web.drawing import Head, draw_data, draw_page
from dateline.web.languages import language_name
from dateline.web.naming import find_recent, name_stories
from dateline.web.negotiation import read_page

WINDOW = 1000  # hits that are counted, grouped and ranked
PAGE = 20  # stories
OF_STORY = 3  # hits of one story that are shown
SECONDS = 1.0  # after which a search is stopped
COUNT_SECONDS = 0.02  # after which a search that has found a few pages goes no further
ENOUGH = 2 * PAGE
PEOPLE = 6
SUGGESTED = 8
STORIES = 3
SUGGEST_HITS, SUGGEST_SECONDS = 60, 0.02  # in which stories to suggest are looked for


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


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that narrows a search down, or makes it wider."""

    said: str
    count: int
    path: str
    without: str = ""  # the address of the search that leaves it out


def show_search(desk: Desk, request: Request) -> Response:
    """The search form and what was found."""
    with desk.look() as look:
        sought = read_sought(request.query_params, look.frame, read_page(request))
        query = make_query(sought, look.frame, desk.zone, limit=WINDOW)
        found = find_hits(look.tx, query, make_patience(sought.page)) if sought.asks else Hits()
        ranked = rank(look.tx, found.hits, query) if sought.by_match else found.hits
        groups = group_hits(ranked)
        people = _find_people(look, sought)
        facets = count_facets(found.hits, desk.zone)
        title = sought.title or desk.say.text(words.SEARCH)
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
            groups=_show_groups(desk, look, sought, query, groups),
            chosen=_list_chosen(desk, look, sought),
            facets=_list_facets(desk, look, sought, facets) if len(found.hits) > 1 else (),
            people=[one for one in people if one.kind is not EntityKind.PLACE],
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
    marks = list_marks(terms)
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


def _list_chosen(desk: Desk, look: Look, sought: Sought) -> list[Choice]:
    """Return what the search is narrowed down to, each with the address of the search without."""
    since = sought.since.isoformat() if sought.since else ""
    until = sought.until.isoformat() if sought.until else ""
    fields = (
        (Part(sought.source, Operator.OUTLET), replace(sought, source="")),
        (Part(sought.language, Operator.LANGUAGE), replace(sought, language="")),
        (Part(since, Operator.SINCE), replace(sought, since=None)),
        (Part(until, Operator.UNTIL), replace(sought, until=None)),
    )
    rest = [(part, sought.drop(part)) for part in sought.parts if part.operator or part.without]
    chosen = [(part, other) for part, other in fields if part.value] + rest
    return [
        Choice(_say_part(desk, look, part), 0, replace(other, before="", page=1).write_path())
        for part, other in chosen
    ]


def _say_part(desk: Desk, look: Look, part: Part) -> str:
    value = part.value
    if part.operator is Operator.OUTLET and value in look.frame.sources:
        value = look.frame.sources[value].name
    elif part.operator is Operator.LANGUAGE:
        value = language_name(value)
    elif part.operator is Operator.SECTION:
        value = front_words.say_section(desk.say, value)
    elif part.operator is Operator.WORDS:
        value = write_part(replace(part, without=False))
    said = value
    if part.operator in search_words.KINDS:
        said = desk.say.text(search_words.KINDS[part.operator]).format(value)
    return desk.say.text(search_words.WITHOUT).format(said) if part.without else said


def _list_facets(
    desk: Desk, look: Look, sought: Sought, found: Facets
) -> list[tuple[str, list[Choice]]]:
    """Return how hits are spread, as links that narrow the search down."""
    first = replace(sought, before="", page=1)
    sources = look.frame.sources
    outlets = [
        _choose(first, Part(key, Operator.OUTLET), sources[key].name, count)
        for key, count in found.outlets
        if key in sources
    ]
    tongues = [
        _choose(first, Part(tag, Operator.LANGUAGE), language_name(tag), count)
        for tag, count in found.languages
    ]
    sections = [
        _choose(
            first,
            Part(name, Operator.SECTION),
            front_words.say_section(desk.say, name),
            count,
        )
        for name, count in found.sections
    ]
    periods = [_choose_period(desk, first, each, found.kind) for each in found.periods]
    years = [_choose_period(desk, first, each, "year") for each in found.years]
    named = (
        (search_words.OUTLETS, outlets),
        (search_words.LANGUAGES, tongues),
        (search_words.SECTIONS, sections),
        (search_words.TIMES.get(found.kind, ""), periods),
        (search_words.TIMES["year"], years),
    )
    return [(desk.say.text(name), choices) for name, choices in named if len(choices) > 1]


def _choose(sought: Sought, part: Part, said: str, count: int) -> Choice:
    without = sought.add(replace(part, without=True))
    if part.operator is Operator.OUTLET:
        narrowed = replace(sought, source=part.value)
    elif part.operator is Operator.LANGUAGE:
        narrowed = replace(sought, language=part.value)
    else:
        narrowed = sought.add(part)
    return Choice(said, count, narrowed.write_path(), without.write_path())


def _choose_period(desk: Desk, sought: Sought, period: Period, kind: str) -> Choice:
    narrowed = replace(sought, since=period.since, until=period.until)
    said = search_words.say_period(desk.say, period.since, period.until, kind)
    return Choice(said, period.count, narrowed.write_path())


def _find_people(look: Look, sought: Sought) -> list[Person]:
    """Return who and what is called as the words say, on the first page of a search alone."""
    said = [part.value for part in sought.parts if not (part.operator or part.without)]
    if not said or sought.before or sought.page > 1:
        return []
    return _find_named(look, " ".join(said), PEOPLE)


def _find_named(look: Look, words: str, limit: int) -> list[Person]:
    """Return who and what has a name; "the two officials" speak as well, but have none."""
    return [one for one in find_people(look.tx, words, 3 * limit) if one.kind][:limit]


def show_suggestions(desk: Desk, request: Request) -> Response:
    """Who and what is called so, and the newest stories with such headlines, as JSON."""
    typed = request.query_params.get("q", "")[:100]
    with desk.look() as look:
        rows = [_suggest(look, person) for person in _find_named(look, typed, SUGGESTED)]
        for story in suggest_stories(look, typed, STORIES):
            path = numbered_story_path(story.story_id, story.slug)
            rows.append({"name": story.headline, "kind": "story", "path": path})
    for row in rows:
        row["path"] = desk.tongue.prefix + row["path"]
    return draw_data(desk, msgspec.json.encode(rows), "application/json; charset=utf-8")


def _suggest(look: Look, person: Person) -> dict[str, str]:
    is_place = person.kind is EntityKind.PLACE
    path = operator_path("place", person.key) if is_place else look.person_path(person.key)
    return {"name": person.name, "kind": person.kind or "", "path": path}


def suggest_stories(look: Look, typed: str, limit: int) -> list[StoryCard]:
    """Return the newest stories whose headlines have the words; of the last only the beginning.

    Looked at are the stories of the newest articles that have the words.
    """
    terms = tuple(Term(word, prefix=True) for word in typed.split()[-1:] if len(word) > 2)
    terms += tuple(map(Term, typed.split()[:-1]))
    if not terms:
        return []
    now = time.monotonic()
    patience = Patience(clock=time.monotonic, until=now + SUGGEST_SECONDS)
    hits = find_hits(look.tx, SearchQuery(terms=terms, limit=SUGGEST_HITS), patience).hits
    ids = list(dict.fromkeys(hit.story_id for hit in hits if hit.story_id))
    recent = find_recent(look, ids)
    heads = load_heads(look.tx, [story_id for story_id in ids if story_id not in recent])
    told = {key: story.headline for key, story in recent.items()}
    told |= {key: head.headline for key, head in heads.items()}
    fit = [key for key in ids if key in told and have_terms(told[key], terms)][: 2 * limit]
    # Of a story that is older, the headline that is shown may be another.
    named = name_stories(look, fit)
    shown = [named[key] for key in fit if key in named]
    return [story for story in shown if have_terms(story.headline, terms)][:limit]
