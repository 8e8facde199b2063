"""What a reader asked a search for: the box and the form's fields, read as one.

Where an operator says what a field of the form says too, it moves into the field: so the form shows
what was understood, and a search has one address however it was typed. What cannot be read is left
out, and said.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from starlette.datastructures import QueryParams

from dateline.model import StoryId
from dateline.publish.addresses import read_reference, with_query
from dateline.publish.asking import NAMED, Operator, Part, parse_search, write_search
from dateline.publish.sections import find_section
from dateline.store import MOST_TERMS, Facts, SearchQuery, Term
from dateline.text import make_slug, squeeze
from dateline.web.called import find_languages, find_outlets
from dateline.web.desk import Frame
from dateline.web.lists import read_place
from dateline.web.meant import Meant

_SAID = 120  # characters of what was left out that are shown
_DAY = re.compile(
    r"(?P<year>(?:19|20|21)[0-9]{2})(?:-(?P<month>[01]?[0-9])(?:-(?P<day>[0-3]?[0-9]))?)?", re.ASCII
)
_FIELDS = {
    "source": Operator.OUTLET,
    "lang": Operator.LANGUAGE,
    "from": Operator.SINCE,
    "to": Operator.UNTIL,
}
_ALWAYS_READ = (Operator.WORDS, Operator.PERSON, Operator.SAID_BY, Operator.PLACE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a reader asked for, as it is shown again in the form."""

    parts: tuple[Part, ...] = ()  # of the box
    source: str = ""  # key
    language: str = ""
    since: date | None = None
    until: date | None = None  # the last day
    by_match: bool = False
    before: str = ""
    page: int = 1
    problems: tuple[Part, ...] = ()  # what was left out
    rest: str = ""  # what was left out because there was too much of it

    @property
    def words(self) -> str:
        """What stands in the box."""
        return write_search(self.parts)

    @property
    def asks(self) -> bool:
        """Whether there is anything to look for."""
        narrowed = bool(self.source or self.language or self.since or self.until)
        return narrowed or any(not part.without for part in self.parts)

    def write_path(self, path: str = "/search", before: str = "", page: int = 1) -> str:
        """Return the address of this search, or of another document of it."""
        return with_query(
            path,
            q=self.words,
            source=self.source,
            lang=self.language,
            from_=self.since.isoformat() if self.since else "",
            to=self.until.isoformat() if self.until else "",
            sort="match" if self.by_match else "",
            before=before,
            page=str(page) if page > 1 else "",
        )

    def add(self, part: Part) -> "Sought":
        """Return this search with one more part, from its first page."""
        parts = (*(one for one in self.parts if one != part), part)
        return replace(self, parts=parts, before="", page=1)

    def swap(self, part: Part, other: Part) -> str:
        """Return the address of this search with another part in the place of one."""
        parts = tuple(dict.fromkeys(other if one == part else one for one in self.parts))
        return replace(self, parts=parts, before="", page=1).write_path()

    def drop(self, part: Part) -> "Sought":
        """Return this search without a part."""
        parts = tuple(one for one in self.parts if one != part)
        return replace(self, parts=parts, before="", page=1)


def read_sought(query: QueryParams, frame: Frame, page: int = 1) -> Sought:
    """Return what a query asks for."""
    typed, rest = _cut_parts(parse_search(query.get("q", "")))
    fields = [
        Part(squeeze(query.get(name, ""))[:100], operator) for name, operator in _FIELDS.items()
    ]
    asked = dict.fromkeys([*typed, *(part for part in fields if part.value)])
    good = {part: values for part in asked if (values := find_values(part, frame)) is not None}
    single = {
        operator: [
            part
            for part, values in good.items()
            if part.operator is operator and not part.without and len(values) == 1
        ]
        for operator in _FIELDS.values()
    }
    outlet, language = (_only(single[one], good) for one in (Operator.OUTLET, Operator.LANGUAGE))
    moved = {Operator.SINCE, Operator.UNTIL}
    moved |= {Operator.OUTLET} if outlet else set()
    moved |= {Operator.LANGUAGE} if language else set()
    kept = (part for part in good if part.without or part.operator not in moved)
    return Sought(
        parts=tuple(kept),
        source=outlet,
        language=language,
        since=_read_last(single[Operator.SINCE], 0),
        until=_read_last(single[Operator.UNTIL], 1),
        by_match=query.get("sort", "") == "match",
        before=query.get("before", ""),
        page=page,
        problems=tuple(part for part in asked if part not in good),
        rest=_shorten(write_search(rest)),
    )


def _cut_parts(parts: tuple[Part, ...]) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """Return as many parts as the store takes, and those behind them."""
    sums = accumulate(1 + len(part.either) for part in parts)
    kept = sum(count <= MOST_TERMS for count in sums)
    return parts[:kept], parts[kept:]


def _shorten(line: str) -> str:
    return line if len(line) <= _SAID else f"{line[:_SAID]}…"


def _only(parts: list[Part], values: dict[Part, list[str]]) -> str:
    """Return the one value that all parts have, "" where there are several or none."""
    found = {values[part][0] for part in parts}
    return found.pop() if len(found) == 1 else ""


def _read_last(parts: list[Part], end: int) -> date | None:
    found = [period[end] for part in parts if (period := read_period(part.value))]
    return found[-1] if found else None


def find_values(part: Part, frame: Frame) -> list[str] | None:
    """Return what a part stands for here, None where it says nothing that is known."""
    if part.idle:
        return None
    if part.operator in _ALWAYS_READ:
        return [part.value]
    return {
        Operator.OUTLET: _find_outlets,
        Operator.LANGUAGE: _find_languages,
        Operator.SECTION: _find_sections,
        Operator.STORY: _find_story,
        Operator.SINCE: _find_day,
        Operator.UNTIL: _find_day,
    }[part.operator](part, frame) or None


def _find_outlets(part: Part, frame: Frame) -> list[str]:
    return find_outlets(part.value, frame.sources)


def _find_languages(part: Part, frame: Frame) -> list[str]:
    return find_languages(part.value, frame.languages)


def _find_sections(part: Part, frame: Frame) -> list[str]:
    slug = make_slug(part.value)
    named = {slug, make_slug(find_section(slug))}
    return [name for name in frame.sections if make_slug(name) in named]


def _find_story(part: Part, _frame: Frame) -> list[str]:
    found = read_reference(part.value)
    return [str(found[0])] if found else []


def _find_day(part: Part, _frame: Frame) -> list[str]:
    return [part.value] if read_period(part.value) and not part.without else []


def read_period(text: str) -> tuple[date, date] | None:
    """Return the first and the last day of "2022-11-30", "2022-11" or "2022"."""
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    year, month, day = int(match["year"]), match["month"], match["day"]
    try:
        first = date(year, int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return first, first
    following = date(year + 1, 1, 1)
    if month and first.month < 12:
        following = first.replace(month=first.month + 1)
    return first, following - timedelta(days=1)


def make_query(
    sought: Sought, meant: Mapping[Part, Meant], frame: Frame, zone: ZoneInfo, *, limit: int
) -> SearchQuery:
    """Return the store's question; `meant` has whom the names stand for."""
    wanted = [part for part in sought.parts if not part.without]
    facts = _list_facts(wanted, meant, frame)
    if sought.source:
        facts = replace(facts, sources=(sought.source,))
    if sought.language:
        facts = replace(facts, languages=(sought.language,))
    left_out = [part for part in sought.parts if part.without]
    return SearchQuery(
        terms=_list_terms(part for part in wanted if not part.either),
        either=tuple(_list_terms((part, *part.either)) for part in wanted if part.either),
        facts=facts,
        without_terms=_list_terms(left_out),
        without=_list_facts(left_out, meant, frame),
        since=_begin(sought.since, zone) if sought.since else None,
        until=_end(sought.until, zone) if sought.until else None,
        before=read_place(sought.before),
        limit=limit,
    )


def add_either(query: SearchQuery) -> SearchQuery:
    """Return a question for hits that are known: what one of several words found is marked too."""
    either = (term for group in query.either for term in group)
    return replace(query, terms=(*query.terms, *either))


def _begin(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _end(day: date, zone: ZoneInfo) -> datetime:
    return _begin(day + timedelta(days=1), zone) - timedelta(microseconds=1)


def _list_terms(parts: Iterable[Part]) -> tuple[Term, ...]:
    return tuple(Term(part.value, part.prefix, part.quoted) for part in parts if not part.operator)


def _list_facts(parts: Iterable[Part], meant: Mapping[Part, Meant], frame: Frame) -> Facts:
    found: dict[Operator, list[str]] = {operator: [] for operator in Operator}
    for part in parts:
        known = meant[part].keys if part.operator in NAMED else find_values(part, frame)
        found[part.operator] += known or ()
    return Facts(
        sources=tuple(found[Operator.OUTLET]),
        languages=tuple(found[Operator.LANGUAGE]),
        sections=tuple(found[Operator.SECTION]),
        people=tuple(found[Operator.PERSON]),
        places=tuple(found[Operator.PLACE]),
        speakers=tuple(found[Operator.SAID_BY]),
        stories=tuple(StoryId(int(number)) for number in found[Operator.STORY]),
    )
