"""The handler of what is suggested as a reader types: names, and the newest stories."""

import time

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from dateline.model import EntityKind, Person
from dateline.publish.addresses import numbered_story_path, operator_path
from dateline.store import Patience, SearchQuery, Term, Tx
from dateline.store.people import find_people
from dateline.store.search import find_hits
from dateline.store.search_texts import have_terms
from dateline.store.story_heads import StoryHead, load_heads
from dateline.web.desk import Desk, Look
from dateline.web.drawing import draw_data

SUGGESTED = 8
STORIES = 3
SUGGEST_HITS, SUGGEST_SECONDS = 60, 0.02  # in which stories to suggest are looked for


def find_named(look: Look, words: str, limit: int) -> list[Person]:
    """Return who and what has a name; "the two officials" speak as well, but have none."""
    return [one for one in find_people(look.tx, words, 3 * limit) if one.kind][:limit]


def show_suggestions(desk: Desk, request: Request) -> Response:
    """Who and what is called so, and the newest stories with such headlines, as JSON."""
    typed = request.query_params.get("q", "")[:100]
    with desk.look() as look:
        rows = [_suggest(look, person) for person in find_named(look, typed, SUGGESTED)]
        for story in suggest_stories(look.tx, typed, STORIES):
            path = numbered_story_path(story.story_id, story.slug)
            rows.append({"name": story.headline, "kind": "story", "path": path})
    for row in rows:
        row["path"] = desk.tongue.prefix + row["path"]
    return draw_data(desk, msgspec.json.encode(rows), "application/json; charset=utf-8")


def _suggest(look: Look, person: Person) -> dict[str, str]:
    is_place = person.kind is EntityKind.PLACE
    path = operator_path("place", person.key) if is_place else look.person_path(person.key)
    return {"name": person.name, "kind": person.kind or "", "path": path}


def suggest_stories(tx: Tx, typed: str, limit: int) -> list[StoryHead]:
    """Return the newest stories whose headlines have the words; of the last only the beginning.

    Looked at are the stories of the newest articles that have the words.
    """
    terms = tuple(Term(word, prefix=True) for word in typed.split()[-1:] if len(word) > 2)
    terms += tuple(map(Term, typed.split()[:-1]))
    if not terms:
        return []
    now = time.monotonic()
    patience = Patience(clock=time.monotonic, until=now + SUGGEST_SECONDS)
    hits = find_hits(tx, SearchQuery(terms=terms, limit=SUGGEST_HITS), patience).hits
    heads = load_heads(tx, list(dict.fromkeys(hit.story_id for hit in hits if hit.story_id)))
    told = [head for head in heads.values() if have_terms(head.headline, terms)]
    order = {hit.story_id: place for place, hit in reversed(list(enumerate(hits)))}
    return sorted(told, key=lambda head: order[head.story_id])[:limit]
