"""The words of dates, one set a language, with what each is: a month, a unit, "ago".

Every word has a code, one letter, so that a text becomes a string of codes in which the patterns of
`rules.py` find dates by one regular expression. Languages without a file of their own have the
names of months, weekdays and a few days from dateparser's tables.
"""

import importlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

LANGUAGES = ("en", "de", "fr", "es", "ru", "uk", "el")  # with a file of their own
# The letters of the codes, and what each stands for.
OTHER, COMMA, DAY, NUMBER, YEAR, TIME, FULL = "_", "C", "D", "N", "Y", "H", "1"
MONTH, SHY_MONTH, WEEKDAY, SHY_WEEKDAY = "M", "m", "W", "w"
CARDINAL, ORDINAL, ROMAN, QUARTER = "n", "o", "r", "4"
RELATIVE, PART, RELATIVE_OR_PART, BETWEEN_DAYS = "R", "P", "q", "V"
WHICH, ORDER, UNIT, YEAR_UNIT, WEEKEND, SEASON, CENTURY = "X", "x", "U", "u", "k", "s", "j"
EDGE, AGO_FIRST, AGO_BEHIND, LATER, LATER_FIRST, FUTURE_FIRST = "E", "a", "A", "L", "l", "f"
ANCHORED, THEN, SAME, VAGUE = "Z", "z", "J", "v"
OF, THE, TO, AND, BETWEEN, FROM, IN = "O", "Q", "T", "K", "G", "F", "I"
DECADE_SUFFIX, DECADE_PREFIX, DECADE = "d", "e", "i"
CLOCK, COUNTED, BREAK, HOLIDAY = "h", "c", "B", "t"
ABOUT, EDGE_OF = "p", "3"
NOW = "&"  # no date but beside another: three weeks from now

_UNIT_CODES = {"year": YEAR_UNIT, "weekend": WEEKEND, "century": CENTURY}
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LISTS = (
    "clock", "counted", "day_articles", "day_suffixes", "every", "followers", "named", "nights",
    "not_after", "not_before", "places", "plural", "recurring", "season_adverbs",
    "season_things", "shy", "shy_after", "shy_holidays", "span_words", "suffixes", "things",
)  # fmt: skip
_OTHER_DAYS = {"1 day ago": -1, "0 day ago": 0, "in 1 day": 1}
_OTHER_UNITS = {f"{n} {unit} ago": (-n, unit) for unit in ("week", "month", "year") for n in (0, 1)}
_OTHER_UNITS |= {f"in 1 {unit}": (1, unit) for unit in ("week", "month", "year")}


class Sense(NamedTuple):
    """What a word is: its code, and its number or name."""

    code: str
    number: int = 0
    name: str = ""


class Phrase(NamedTuple):
    """The words of an expression behind its second, in lower case, and what all of them mean."""

    rest: tuple[str, ...]
    sense: Sense


class Entry(NamedTuple):
    """What a word means by itself, and the expressions it begins by their second word."""

    sense: Sense | None
    longer: dict[str, list[Phrase]]  # the longest first


@dataclass(frozen=True, slots=True)
class Tense:
    """Words that say whether what stands beside them is over or to come."""

    future: frozenset[str] = frozenset()
    future_to: frozenset[str] = frozenset()  # of what is to come only before the next: plans to
    infinitive: frozenset[str] = frozenset()
    bounds: frozenset[str] = frozenset()  # by, until: of what is to come, where no verb says else
    past: frozenset[str] = frozenset()
    perfect: frozenset[str] = frozenset()  # "had died by Friday" is over
    hearsay: frozenset[str] = frozenset()
    hearsay_ends: frozenset[str] = frozenset()
    neither: frozenset[str] = frozenset()  # end as verbs do and are none
    present: frozenset[str] = frozenset()  # verbs of what can be scheduled, in the present tense
    staged: frozenset[str] = frozenset()  # the same behind "is": held, played
    copula: frozenset[str] = frozenset()
    be: frozenset[str] = frozenset()  # behind these a word of `past` is its infinitive's: be held
    on: frozenset[str] = frozenset()  # before a day
    nouns_after: frozenset[str] = frozenset()  # what looks like a verb is a noun behind these
    clauses: frozenset[str] = frozenset()  # behind these another clause begins
    toward: frozenset[str] = frozenset()  # for Wednesday: with one of `scheduled` before
    scheduled: frozenset[str] = frozenset()  # called, session
    events: frozenset[str] = frozenset()  # nouns beside which stands their own date: elections
    commands: frozenset[str] = frozenset()  # asked (somebody to come)
    due: frozenset[str] = frozenset()  # was (to begin)
    articles: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()  # that: the clause behind it tells
    subjects: frozenset[str] = frozenset()  # they, people: before a verb without -s
    verb_mark: frozenset[str] = frozenset()  # to
    verb_second: bool = False  # the verb stands right behind a date that opens its clause
    deadlines: frozenset[str] = frozenset()  # before "the end of May": its last day
    passive: frozenset[str] = frozenset()  # a form in -ed behind these says nothing
    future_endings: tuple[str, ...] = ()
    past_endings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    entries: dict[str, Entry] = field(default_factory=dict)  # by first word
    capital: bool = False
    dotted: bool = False
    month_first: bool = False
    small_holidays: bool = False
    year_articles: bool = False
    span_articles: bool = False
    bare_years: bool = False
    decade_years: bool = False
    day_first_regions: frozenset[str] = frozenset()
    lists: dict[str, frozenset[str]] = field(default_factory=dict)
    elided: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    tense: Tense = Tense()

    def sense(self, word: str) -> Sense | None:
        """Return what one word means by itself."""
        entry = self.entries.get(word)
        return None if entry is None else entry.sense

    def has(self, name: str, word: str) -> bool:
        """Say whether a word stands in one of the plain lists: "every", "counted"."""
        return word in self.lists.get(name, ())


@cache
def load_words(language: str) -> Words:
    """Return the words of a language; one that nobody wrote words for has none."""
    if language in LANGUAGES:
        table = resources.files(__package__).joinpath(f"{language}.toml").read_text("utf-8")
        return _build(tomllib.loads(table))
    return _borrow(language)


def _split(words: str) -> list[str]:
    return [fold(word.replace("_", " ")) for word in words.split()]


def fold(word: str) -> str:
    """Return a word without regard to case and to the form of its apostrophe."""
    return word.casefold().replace("’", "'").replace("ʼ", "'")


def _build(table: dict[str, Any]) -> Words:
    plain = {name: frozenset(_split(table.get(name, ""))) for name in _LISTS}
    saying = table.get("saying", {})
    plain |= {name: frozenset(_split(words)) for name, words in saying.items()}
    plain["single"] = frozenset(_split(table.get("single", {}).get("words", "")))
    names = [(word, Sense(OTHER)) for word in _split(table.get("no_dates", ""))]
    pairs = [
        *names,
        *_named(table, plain["shy"]),
        *_plain(table),
        *_relative(table),
        *_linked(table),
    ]
    return Words(
        entries=_index(pairs),
        capital=table.get("capital", False),
        dotted=table.get("dotted", False),
        month_first=table.get("month_first", False),
        small_holidays=table.get("small_holidays", False),
        year_articles=table.get("year_articles", False),
        span_articles=table.get("span_articles", False),
        bare_years=table.get("bare_years", False),
        decade_years=table.get("decade_years", False),
        day_first_regions=frozenset(_split(table.get("day_first_regions", ""))),
        lists=plain,
        elided=tuple(_split(table.get("elided", ""))),
        tails=tuple(_split(table.get("weekday_tails", ""))),
        tense=_read_tense(table["tense"]),
    )


def _read_tense(table: dict[str, Any]) -> Tense:
    names = (
        "future", "future_to", "bounds", "past", "perfect", "passive", "hearsay", "hearsay_ends",
        "neither", "infinitive", "present", "staged", "copula", "be", "on", "nouns_after",
        "clauses", "toward", "scheduled", "events", "commands", "due", "articles", "deadlines",
        "openers", "subjects", "verb_mark",
    )  # fmt: skip
    return Tense(
        **{name: frozenset(_split(table.get(name, ""))) for name in names},
        verb_second=bool(table.get("verb_second")),
        future_endings=tuple(_split(table.get("future_endings", ""))),
        past_endings=tuple(_split(table.get("past_endings", ""))),
    )


Pair = tuple[str, Sense]


def _named(table: dict[str, Any], shy: frozenset[str]) -> Iterator[Pair]:
    """Yield months and weekdays."""
    for number, words in enumerate(table["months"], start=1):
        for word in _split(words):
            yield word, Sense(SHY_MONTH if word in shy else MONTH, number)
    for day, words in table.get("holidays", {}).items():
        yield from ((word, Sense(HOLIDAY, 0, day)) for word in _split(words))
    for number, words in enumerate(table["weekdays"]):
        for word in _split(words):
            yield word, Sense(SHY_WEEKDAY if word in shy else WEEKDAY, number)


def _plain(table: dict[str, Any]) -> Iterator[Pair]:
    """Yield what is one list of words with one meaning, or a number."""
    lists = (
        (table.get("clock", ""), CLOCK), (table.get("counted", ""), COUNTED),
        (table.get("vague", ""), VAGUE), (table.get("then", ""), THEN),
        (table.get("same", ""), SAME), (table.get("ago", {}).get("before", ""), AGO_FIRST),
        (table.get("ago", {}).get("behind", ""), AGO_BEHIND),
        (table.get("about", {}).get("words", ""), ABOUT),
        (table.get("future_first", {}).get("words", ""), FUTURE_FIRST),
        (table.get("decades", {}).get("suffix", ""), DECADE_SUFFIX),
        (table.get("decades", {}).get("prefix", ""), DECADE_PREFIX),
    )  # fmt: skip
    for words, code in lists:
        yield from ((word, Sense(code)) for word in _split(words))
    for decade, words in table.get("decades", {}).get("behind_edge", {}).items():
        yield from ((word, Sense(DECADE, int(decade), "bare")) for word in _split(words))
    for name, code in (("numbers", CARDINAL), ("ordinals", ORDINAL)):
        for number, words in table.get(name, {}).items():
            yield from ((word, Sense(code, int(number))) for word in _split(words))
    for decade, words in table.get("decades", {}).get("words", {}).items():
        yield from ((word, Sense(DECADE, int(decade))) for word in _split(words))


def _relative(table: dict[str, Any]) -> Iterator[Pair]:
    """Yield what needs a day to be resolved against."""
    parts = set(_split(table.get("parts", {}).get("words", "")))
    yield from ((word, Sense(NOW)) for word in _split(table.get("saying", {}).get("now", "")))
    for number, words in table.get("days", {}).items():
        for word in _split(words):
            yield word, Sense(RELATIVE_OR_PART if word in parts else RELATIVE, int(number))
    yield from ((word, Sense(PART)) for word in parts)
    for ends, words in table.get("between", {}).items():
        yield from ((word, Sense(BETWEEN_DAYS, 0, ends)) for word in _split(words))
    for number, name in enumerate(("last", "this", "next"), start=-1):
        yield from ((word, Sense(WHICH, number)) for word in _split(table["which"].get(name, "")))
    for number, name in ((-1, "previous"), (1, "following")):
        yield from ((word, Sense(ORDER, number)) for word in _split(table["order"].get(name, "")))
    for shift, words in table.get("anchored", {}).items():
        count, _, unit = shift.partition(" ")
        yield from ((word, Sense(ANCHORED, int(count), unit)) for word in _split(words))
    for name, code, number in (
        ("after", LATER, 1), ("before", LATER, -1), ("later", LATER, 1), ("earlier", LATER, -1),
        ("first_after", LATER_FIRST, 1), ("first_before", LATER_FIRST, -1),
    ):  # fmt: skip
        for word in _split(table["later"].get(name, "")):
            yield word, Sense(code, number, name)


def _linked(table: dict[str, Any]) -> Iterator[Pair]:
    """Yield units, edges, and the small words between."""
    for name, words in table.get("units", {}).items():
        code = _UNIT_CODES.get(name, UNIT)
        yield from ((word, Sense(code, 1, name)) for word in _split(words))
    for number, words in enumerate(table.get("seasons", {}).values()):
        yield from ((word, Sense(SEASON, number)) for word in _split(words))
    for name, words in table.get("edges", {}).items():
        yield from ((word, Sense(EDGE, 0, name)) for word in _split(words))
    for name, words in table.get("edges_of", {}).items():
        yield from ((word, Sense(EDGE_OF, 0, name)) for word in _split(words))
    links = table.get("links", {})
    for name, code in (
        ("between", BETWEEN), ("and", AND), ("to", TO), ("of", OF), ("the", THE),
        ("from", FROM), ("in", IN),
    ):  # fmt: skip
        yield from ((word, Sense(code)) for word in _split(links.get(name, "")))


def _index(pairs: list[Pair]) -> dict[str, Entry]:
    """Return phrases by their first word; a phrase with two meanings keeps the first."""
    meanings: dict[str, Sense] = {}
    for words, sense in pairs:
        kept = meanings.setdefault(words, sense)
        if {kept.code, sense.code} == {RELATIVE, PART}:
            meanings[words] = Sense(RELATIVE_OR_PART, max(kept.number, sense.number))
    index: dict[str, Entry] = {}
    for words in sorted(meanings, key=lambda words: -words.count(" ")):
        first, *rest = words.split()
        entry = index.setdefault(first, Entry(meanings.get(first), {}))
        if rest:
            phrase = Phrase(tuple(rest[1:]), meanings[words])
            entry.longer.setdefault(rest[0], []).append(phrase)
    return index


def _borrow(language: str) -> Words:
    """Return names of months, weekdays and near days from dateparser's tables."""
    if not language.isascii() or not 2 <= len(language) <= 3 or not language.isalpha():
        return Words()
    try:
        module = importlib.import_module(f"dateparser.data.date_translation_data.{language}")
    except ImportError:
        return Words()
    links = _other_links().get(language, {})
    pairs = [*_borrowed(module.info), *_linked({"links": links})]
    return Words(entries=_index(pairs), dotted=True)


@cache
def _other_links() -> dict[str, dict[str, str]]:
    table = resources.files(__package__).joinpath("other.toml").read_text("utf-8")
    links: dict[str, dict[str, str]] = tomllib.loads(table)["links"]
    return links


def _borrowed(info: dict[str, Any]) -> Iterator[Pair]:
    for number, name in enumerate(_MONTHS, start=1):
        for word in info.get(name, ()):
            yield fold(word), Sense(MONTH if len(word) > 4 else SHY_MONTH, number)
    for number, name in enumerate(_WEEKDAYS):
        for word in info.get(name, ()):
            yield fold(word), Sense(WEEKDAY if len(word) > 4 else SHY_WEEKDAY, number)
    near = info.get("relative-type", {})
    for name, number in _OTHER_DAYS.items():
        yield from ((fold(word), Sense(RELATIVE, number)) for word in near.get(name, ()))
    for name, (number, unit) in _OTHER_UNITS.items():
        sense = Sense(ANCHORED, number, f"this {unit}")
        yield from ((fold(word), sense) for word in near.get(name, ()))
