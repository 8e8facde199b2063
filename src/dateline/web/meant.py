"""Whom the names of a search stand for: looked up once, asked of the store, said on the page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dateline.model import EntityKind, Person
from dateline.publish.asking import NAMED, Operator, Part
from dateline.store import Tx
from dateline.store.people import find_namesakes, load_people

NAMESAKES = 20  # that one name may stand for
_KINDS: Mapping[Operator, tuple[EntityKind | None, ...]] = {
    Operator.PERSON: (EntityKind.PERSON, EntityKind.ORGANISATION, None),
    Operator.SAID_BY: (*EntityKind, None),
    Operator.PLACE: (EntityKind.PLACE,),
}


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom one part of a search means."""

    keys: tuple[str, ...]
    people: tuple[Person, ...]  # of those keys that are somebody's

    @property
    def name(self) -> str:
        """What the only one who is meant is called, "" where there are several or none."""
        return self.people[0].name if len(self.people) == 1 else ""


def find_meant(tx: Tx, parts: Iterable[Part]) -> dict[Part, Meant]:
    """Return whom each part with a name means."""
    named = [part for part in parts if part.operator in NAMED]
    exact = [part for part in named if part.exact]
    called = load_people(tx, [part.value for part in exact]) if exact else {}
    known = {person.key: person for person in called.values()}
    found = {}
    for part in named:
        if part.exact:
            mine = known.get(part.value)
            found[part] = Meant((part.value,), (mine,) if mine else ())
        else:
            keys, people = find_namesakes(tx, part.value, _KINDS[part.operator], NAMESAKES)
            found[part] = Meant(tuple(keys), tuple(people))
    return found
