"""What a figure counts, as far as its words tell: things by name or stem, and what befell them."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from importlib import resources

from dateline.claims.rivals.values import Counted
from dateline.model import Figure
from dateline.text import list_tokens

PEOPLE = "person"
NAMED = "#"  # before the name of a thing, to tell it from a stem
_OF_AGE = " of age"
_YEAR = re.compile(r"(?:19|20)\d\d\Z", re.ASCII)
_REACH, _REACH_ALONE = 30, 5  # where people or known things are counted, and where others are
_APART = frozenset(("before", "year", "part", "grave"))  # frames in which nothing is compared
_OF_OTHERS = (("of", "which"), ("of", "whom"), ("of", "those"), ("of", "the"))
_PAST = timedelta(days=14)
_BEFALLEN = timedelta(days=60)
_LONG_PAST = timedelta(days=365)
_STEM = 5
_LETTERS_LEFT = 4
_ENDINGS = ("ers", "ings", "ing", "er", "ed", "ies", "es", "s", "y")


@dataclass(frozen=True, slots=True)
class Read:
    """What a figure counts, as far as words tell."""

    counted: Counted
    unit: str
    deeds: frozenset[str]
    things: frozenset[str]  # stems and names of things; empty for people in general
    head: str  # the last of the things, before any "of"
    heads: frozenset[str]  # all the things before it
    frame: frozenset[str] = frozenset()  # of what it is told: "before", "part", "planned"

    @property
    def befell(self) -> bool:
        """Say whether something befell the counted that tells them from all others of a story."""
        return bool(self.deeds) and not any(load_names().is_one(d, "loose") for d in self.deeds)


def read_counted(one: Counted) -> Read | None:
    """Return what a figure counts; None for what has no rivals: ages, times, changes."""
    figure = one.figure
    if figure.unit in load_apart() or figure.unit.endswith(_OF_AGE) or figure.change:
        return None
    if figure.value == 1 and not figure.unit:  # "one of the villages"
        return None
    words, around = list_tokens(figure.counts), _list_around(figure)
    names = load_names()
    deeds = _name(words, "deeds") or _nearest_deed(one, _find_reach(words, one))
    kind = "" if figure.unit == PEOPLE else figure.unit
    is_toll = not kind and any(names.is_one(word, "tolls") for word in list_tokens(figure.before))
    if is_toll:  # "the toll of the fire in Lamera rose to 58": what stands behind is not counted
        deeds, words = deeds or frozenset(("dead",)), []
    things = [thing for word in words if (thing := _thing(word, one.language))]
    frame = _name((*around, *words), "frames") | _find_other_years(around, one, befell=bool(deeds))
    if not figure.counts and not is_toll:
        words = [word for word in list_tokens(figure.before)[-1:] if _is_single(word)]
        if not words and _is_unread(figure):
            return None
        things = [thing for word in words if (thing := _thing(word, one.language))]
    if (
        not frame.isdisjoint(_APART)
        or _is_part(figure)
        or (not things and not (deeds and not kind))
    ):
        return None
    end = next((at for at, word in enumerate(words) if names.is_one(word, "dropped")), len(words))
    heads = [thing for word in words[: end or len(words)] if (thing := _thing(word, one.language))]
    return Read(
        one,
        kind,
        deeds,
        frozenset(things),
        (heads or things or [""])[-1],
        frozenset(heads or things),
        frame,
    )


def _is_single(word: str) -> bool:
    """Say whether a word names a thing of which a story has one number: "at magnitude 6.1"."""
    known = load_names().find(word, "things")
    return known is not None and load_names().is_one(NAMED + known, "single")


def _is_unread(figure: Figure) -> bool:
    """Say whether a thing stands behind a number that was not found to count it."""
    names, behind = load_names(), list_tokens(figure.behind)[:1]
    kinds = ("people", "dropped", "linking", "deeds")
    return not all(any(names.is_one(word, kind) for kind in kinds) for word in behind)


def _is_part(figure: Figure) -> bool:
    """Say whether a number is of a part of others: "of which four", "20 of those injured"."""
    before, behind = list_tokens(figure.before)[-2:], list_tokens(figure.behind)[:2]
    names = load_names()
    if (
        len(before) > 1
        and names.is_one(before[0], "parents")
        and names.is_one(before[1], "dropped")
    ):
        return True
    return tuple(before) in _OF_OTHERS[:3] or tuple(behind) in _OF_OTHERS[1:]


def _list_around(figure: Figure) -> list[str]:
    return [*list_tokens(figure.before), *list_tokens(figure.behind)]


def _find_other_years(words: Sequence[str], one: Counted, *, befell: bool) -> frozenset[str]:
    years = {word for word in words if _YEAR.match(word)} - {str(one.at.year)}
    day = one.figure.as_of.last if one.figure.as_of is not None else None
    is_past = day is not None and one.at.date() - day > _PAST
    is_old = day is not None and one.at.date() - day > (_BEFALLEN if befell else _LONG_PAST)
    # Who is named beside an old number holds it against a new one; an article tells what was.
    is_other = years or is_old or (is_past and not one.figure.by_key)
    return frozenset(("year",)) if is_other else frozenset()


def _thing(word: str, language: str) -> str:
    """Return the name of a thing, or a word's stem; "" for people in general and little words."""
    names = load_names()
    if names.is_one(word, "people") or names.is_one(word, "dropped"):
        return ""
    known = names.find(word, "things")
    if known is not None:
        return NAMED + known
    return "" if names.is_one(word, "deeds") else _stem(word, language)


def _find_reach(words: Sequence[str], one: Counted) -> int:
    """Return how many words may lie between a number and what befell the counted."""
    things = [thing for word in words if (thing := _thing(word, one.language))]
    if not words:
        return _REACH_ALONE
    is_known = not things or any(thing.startswith(NAMED) for thing in things)
    return _REACH if is_known else _REACH_ALONE + len(words)


def _nearest_deed(one: Counted, reach: int) -> frozenset[str]:
    """Return what befell the counted, by the word that stands nearest to the number."""
    names = load_names()
    behind = ((at, names.find(w, "deeds")) for at, w in enumerate(list_tokens(one.figure.behind)))
    back = (
        (at, names.find(w, "deeds")) for at, w in enumerate(list_tokens(one.figure.before)[::-1])
    )
    found = [pair for pair in (*behind, *back) if pair[1] is not None and pair[0] < reach]
    name = min(found, key=lambda entry: entry[0])[1] if found else None
    return frozenset(() if name is None else (name,))


def _name(words: Sequence[str], kind: str) -> frozenset[str]:
    found = (load_names().find(word, kind) for word in words)
    return frozenset(name for name in found if name is not None)


def _stem(word: str, language: str) -> str:
    if language != "en":
        return word[:_STEM]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LETTERS_LEFT:
            return word[: -len(ending)]
    return word


@dataclass(frozen=True)
class Names:
    """The words of `words.toml`: whole ones, and beginnings, the longest first."""

    whole: dict[str, dict[str, str]]
    beginnings: dict[str, dict[str, str]]
    longest: int

    def find(self, word: str, kind: str) -> str | None:
        """Return the name that a word has among those of a kind."""
        known = self.whole[kind].get(word)
        if known is not None:
            return known
        table = self.beginnings[kind]
        for length in range(min(len(word), self.longest), 2, -1):
            if (name := table.get(word[:length])) is not None:
                return name
        return None

    def is_one(self, word: str, kind: str) -> bool:
        """Say whether a word is of a kind."""
        return self.find(word, kind) is not None


@cache
def load_apart() -> frozenset[str]:
    """Return the units of which every text has many, each of something else."""
    return frozenset(load_names().whole["apart"])


@cache
def load_names() -> Names:
    """Return the words of `words.toml`."""
    text = resources.files("dateline.claims.rivals").joinpath("words.toml").read_text("utf-8")
    whole: dict[str, dict[str, str]] = {}
    beginnings: dict[str, dict[str, str]] = {}
    for kind, table in tomllib.loads(text).items():
        pairs = [(word, name) for name, words in table.items() for word in words.split()]
        whole[kind] = {word: name for word, name in pairs if not word.endswith("*")}
        beginnings[kind] = {word[:-1]: name for word, name in pairs if word.endswith("*")}
    longest = max(len(word) for table in beginnings.values() for word in table)
    return Names(whole, beginnings, longest)
