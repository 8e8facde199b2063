"""The handler of what is suggested as a reader types: names, and the newest stories."""

import re
import time
from dataclasses import dataclass
from itertools import islice

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dateline.model import EntityKind, Person, StoryCard
from dateline.publish.addresses import numbered_story_path, with_query
from dateline.publish.asking import LONGEST, Operator, Part, parse_search, write_search
from dateline.store import Patience, SearchQuery, Term
from dateline.store.people import find_people, find_speaking
from dateline.store.search import find_hits
from dateline.store.search_texts import have_terms
from dateline.store.story_heads import load_heads
from dateline.text import squeeze
from dateline.web import search_words
from dateline.web.desk import Desk, Look
from dateline.web.drawing import draw_data
from dateline.web.naming import find_recent, name_stories

SUGGESTED = 8
STORIES = 3
SUGGEST_HITS, SUGGEST_SECONDS = 60, 0.02  # in which stories to suggest are looked for


_NAMING = re.compile(  # a name that is being typed behind its operator
    r"(?:^|(?<=\s))(?P<without>-)?(?P<operator>person|said-by|place): ?"
    r"[\"“]?(?P<words>[^\"“”:]*)\Z",
    re.IGNORECASE,
)
_TAIL = 2  # last words of several that may be a name
_SHORT = 2  # letters that are none


@dataclass(frozen=True, slots=True)
class Typing:
    """A name that is being typed, and what stands before it."""

    words: str
    before: str = ""
    operator: Operator | None = None
    without: bool = False

    @property
    def is_all(self) -> bool:
        """Whether nothing else was typed."""
        return not (self.before or self.operator)

    def may_be(self, person: Person) -> bool:
        """Say whether the operator can be about someone."""
        is_place = person.kind is EntityKind.PLACE
        return self.operator in (None, Operator.SAID_BY) or is_place == (
            self.operator is Operator.PLACE
        )

    def write_path(self, person: Person) -> str:
        """Return the address of the search for someone beside what stands before."""
        about = Operator.PLACE if person.kind is EntityKind.PLACE else Operator.PERSON
        part = Part(person.key, self.operator or about, self.without, exact=True)
        return with_query("/search", q=write_search((*parse_search(self.before), part)))


def list_typing(typed: str) -> list[Typing]:
    """Return what may be a name at the end of what was typed, what is likeliest first."""
    match = _NAMING.search(typed)
    if match:
        operator = Operator(match["operator"].lower())
        return [Typing(match["words"], typed[: match.start()], operator, bool(match["without"]))]
    words = typed.split()
    tails = (Typing(" ".join(words[-n:]), " ".join(words[:-n])) for n in range(_TAIL, 0, -1))
    return [Typing(typed), *(tail for tail in tails if tail.before and len(tail.words) > _SHORT)]


def find_named(look: Look, words: str, limit: int, *, near: bool = True) -> list[Person]:
    """Return who and what has a name; "the two officials" speak as well, but have none."""
    found = find_people(look.tx, words, 3 * limit, near=near)
    return [one for one in found if one.kind][:limit]


def show_suggestions(desk: Desk, request: Request) -> Response:
    """Who and what is called so, and the newest stories with such headlines, as JSON."""
    typed = squeeze(request.query_params.get("q", "")[:LONGEST])
    choices = list_typing(typed)
    with desk.look() as look:
        found = (_suggest_names(look, each) for each in choices)
        rows = next(filter(None, found), [])
        if choices[0].is_all:
            rows += [_suggest_story(story) for story in suggest_stories(look, typed, STORIES)]
    for row in rows:
        row["path"] = desk.tongue.prefix + row["path"]
        row["said"] = desk.say.text(search_words.SUGGESTED.get(row["kind"], ""))
    return draw_data(desk, msgspec.json.encode(rows), "application/json; charset=utf-8")


def _suggest_names(look: Look, typing: Typing) -> list[dict[str, str]]:
    near = typing.is_all or typing.operator is not None
    named = find_named(look, typing.words, 2 * SUGGESTED, near=near)
    people = [person for person in named if typing.may_be(person)]
    if typing.operator is Operator.SAID_BY:
        speaking = find_speaking(look.tx, [person.key for person in people])
        people = [person for person in people if person.key in speaking]
    people = people[:SUGGESTED]
    look.know([person.key for person in people])
    return [_suggest(look, typing, person) for person in people]


def _suggest(look: Look, typing: Typing, person: Person) -> dict[str, str]:
    path = typing.write_path(person)
    if typing.is_all and person.kind is not EntityKind.PLACE:
        path = look.person_path(person.key)
    return {"name": person.name, "kind": person.kind or "", "path": path}


def _suggest_story(story: StoryCard) -> dict[str, str]:
    path = numbered_story_path(story.story_id, story.slug)
    return {"name": story.headline, "kind": "story", "path": path}


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
    tongues = {hit.story_id: hit.language for hit in reversed(hits) if hit.story_id}
    ids = list(dict.fromkeys(hit.story_id for hit in hits if hit.story_id))
    recent = find_recent(look, ids)
    heads = load_heads(look.tx, [story_id for story_id in ids if story_id not in recent])
    told = {key: story.headline for key, story in recent.items()}
    told |= {key: head.headline for key, head in heads.items()}
    fit = [key for key in ids if key in told and have_terms(told[key], terms, tongues[key])]
    # Of a story that is older, the headline that is shown may be another.
    named = name_stories(look, fit[: 2 * limit])
    shown = [named[key] for key in fit if key in named]
    fitting = (one for one in shown if have_terms(one.headline, terms, tongues[one.story_id]))
    return list(islice(fitting, limit))
