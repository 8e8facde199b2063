"""What a search is narrowed down to, in words, and the links that narrow it further."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from dateline.publish.asking import NAMED, Operator, Part, write_part
from dateline.publish.results import Facets, Period
from dateline.text import make_slug
from dateline.web import front_words, search_words
from dateline.web.asked import Sought
from dateline.web.called import find_outlets
from dateline.web.desk import Desk, Look
from dateline.web.languages import language_name
from dateline.web.meant import Meant
from dateline.web.words import say_date

TAKEN = 6  # people whom a name was taken for that are listed


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that narrows a search down, or makes it wider."""

    said: str
    count: int
    path: str
    without: str = ""  # the address of the search that leaves it out


@dataclass(frozen=True, slots=True)
class Taken:
    """Whom, or which outlets, a name was taken for: each with the search for nobody else."""

    name: str  # as it was typed
    choices: tuple[Choice, ...]
    more: int  # who are not listed


@dataclass(frozen=True, slots=True)
class Chosen:
    """One thing that a search is narrowed down to, and the search without it."""

    said: str
    other: Sought

    @property
    def path(self) -> str:
        """The address of the search without it."""
        return self.other.write_path()


def list_chosen(
    desk: Desk, look: Look, sought: Sought, meant: Mapping[Part, Meant]
) -> list[Chosen]:
    """Return what the search is narrowed down to."""
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
        Chosen(_say_part(desk, look, part, meant), replace(other, before="", page=1))
        for part, other in chosen
    ]


def say_search(sought: Sought, chosen: list[Chosen]) -> str:
    """Return what is looked for, in one line: the words, then what it is narrowed down to."""
    words = [write_part(part) for part in sought.parts if not (part.operator or part.without)]
    return " · ".join(filter(None, (" ".join(words), *(each.said for each in chosen))))


def list_taken(look: Look, sought: Sought, meant: Mapping[Part, Meant]) -> list[Taken]:
    """Return what names were taken for, where that is not what they name in full."""
    found = []
    for part in sought.parts:
        called = _list_called(look, part, meant)
        if called is None or [make_slug(name) for name in called.values()] == [
            make_slug(part.value)
        ]:
            continue
        choices = [
            Choice(name, 0, sought.swap(part, replace(part, value=key, exact=part in meant)))
            for key, name in called.items()
        ]
        found.append(Taken(part.value, tuple(choices[:TAKEN]), max(len(choices) - TAKEN, 0)))
    return found


def _list_called(look: Look, part: Part, meant: Mapping[Part, Meant]) -> dict[str, str] | None:
    """Return the names of those whom a part may mean, by key; None where it leaves no choice."""
    if part in meant:
        return None if part.exact else {one.key: one.name for one in meant[part].people}
    keys = find_outlets(part.value, look.frame.sources) if part.operator is Operator.OUTLET else []
    return {key: look.frame.sources[key].name for key in keys} if len(keys) > 1 else None


def _say_part(desk: Desk, look: Look, part: Part, meant: Mapping[Part, Meant]) -> str:
    value = part.value
    if part.operator is Operator.OUTLET:
        keys = find_outlets(value, look.frame.sources)
        value = look.frame.sources[keys[0]].name if len(keys) == 1 else value
    elif part.operator is Operator.LANGUAGE:
        value = language_name(value)
    elif part.operator is Operator.SECTION:
        value = front_words.say_section(desk.say, value)
    elif part.operator in (Operator.SINCE, Operator.UNTIL):
        value = say_date(desk.say, date.fromisoformat(value))
    elif part.operator in NAMED and part.exact:
        value = meant[part].name or value
    elif part.operator is Operator.WORDS:
        value = write_part(replace(part, without=False))
    said = value
    if part.operator in search_words.KINDS:
        said = desk.say.text(search_words.KINDS[part.operator]).format(value)
    return desk.say.text(search_words.WITHOUT).format(said) if part.without else said


def list_facets(
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
