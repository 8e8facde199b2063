"""Who and what an article names: people, organisations and places, with every name each has there.

A person is told by a given name, a title, an age or a role beside the name; a surname alone is
whoever was named in full; "the head of NATO" is whom a role says it is. Lists and rules, no model:
what is not told by any of them is left out, never guessed.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from dateline.claims.naming.descriptions import Referring, find_descriptions
from dateline.claims.naming.entities import make_organisations, make_places
from dateline.claims.naming.heads import find_head
from dateline.claims.naming.kinds import sort_names
from dateline.claims.naming.people import Person, name_person, seek_roles
from dateline.claims.naming.scripts import find_marked_people
from dateline.claims.naming.sight import Sight
from dateline.claims.page import Page
from dateline.model import Entity, EntityKind, Span


@dataclass(frozen=True, eq=False)
class Names:
    """The entities of one article, in the order of their first mention."""

    entities: tuple[Entity, ...]
    text: str = ""  # of the page; with it a span's head can be told
    language: str = ""
    sexes: Mapping[str, str] = field(default_factory=dict)  # of people by key: "m" or "f"

    @cached_property
    def mentions(self) -> list[tuple[Span, Entity]]:
        """Return every mention with its entity, in order."""
        pairs = [(span, entity) for entity in self.entities for span in entity.mentions]
        return sorted(pairs, key=lambda pair: pair[0])

    @cached_property
    def _starts(self) -> list[int]:
        return [span[0] for span, _ in self.mentions]

    def within(self, span: Span) -> list[tuple[Span, Entity]]:
        """Return the mentions that lie inside a span, in order."""
        first = bisect_left(self._starts, span[0])
        last = bisect_left(self._starts, span[1])
        return [pair for pair in self.mentions[first:last] if pair[0][1] <= span[1]]

    def before(self, span: Span, most: int) -> list[tuple[Span, Entity]]:
        """Return the last mentions that lie inside a span, at most so many, in order."""
        first = bisect_left(self._starts, span[0])
        last = bisect_left(self._starts, span[1])
        return [
            pair for pair in self.mentions[max(first, last - most) : last] if pair[0][1] <= span[1]
        ]

    def at(self, span: Span) -> Entity | None:
        """Return the entity whose mention is a span, holds it, or is the head of its words."""
        inside = self.within(span)
        whole = next((entity for lies, entity in inside if lies == span), None)
        if whole is not None:
            return whole
        if not inside:
            number = bisect_left(self._starts, span[0] + 1) - 1
            near = self.mentions[max(number - 2, 0) : number + 1]
            return next((entity for lies, entity in near if lies[1] >= span[1]), None)
        return find_head(self.text, span, inside, self.language)


def find_names(page: Page) -> Names:
    """Return the people, organisations and places of a page."""
    sight = Sight(page)
    found = sort_names(sight)
    people = found.gathering.people
    seek_roles(sight, people)
    _add_descriptions(sight, people)
    entities = [
        *_make_people(people, page),
        *find_marked_people(page.text, page.language),
        *make_organisations(sight, found.organisations),
        *make_places(sight, found.places),
    ]
    kept = sorted((one for one in entities if one.mentions), key=lambda one: one.mentions[0])
    sexes = {name_person(one, page.language)[1]: one.sex for one in people if one.sex}
    return Names(tuple(kept), page.text, page.language, sexes)


def _add_descriptions(sight: Sight, people: list[Person]) -> None:
    referring = Referring(sight, people)
    taken = sorted(span for one in people for span in (*one.spans, *one.role_spans))
    known = {noun for one in people if one.role is not None for noun in one.role.nouns}
    for description in find_descriptions(sight, known):
        if _is_part(description.span, taken, sight.page.text):
            continue
        person = referring.find(description)
        if person is not None:
            person.spans.append(description.span)


def _is_part(span: Span, taken: list[Span], text: str) -> bool:
    """Say whether a description is part of a mention, or its apposition: a role, no mention."""
    number = bisect_left(taken, span)
    before = taken[number - 1] if number else (0, 0)
    after = taken[number] if number < len(taken) else (len(text), len(text))
    return span[1] > after[0] or span[0] < before[1] or text[before[1] : span[0]] == ", "


def _make_people(people: Iterable[Person], page: Page) -> list[Entity]:
    found = []
    for person in people:
        name, key = name_person(person, page.language)
        if key:
            found.append(
                Entity(
                    kind=EntityKind.PERSON,
                    name=name,
                    key=key,
                    mentions=tuple(sorted(person.spans)),
                    role=person.role.text if person.role else "",
                )
            )
    return found
