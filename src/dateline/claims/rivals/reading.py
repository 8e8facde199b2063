"""What a figure counts, as far as its words tell: things by name or stem, and what befell them."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dateline.claims.rivals.values import Counted
from dateline.text import list_tokens

PEOPLE = "person"
NAMED = "#"  # before the name of a thing, to tell it from a stem
_OF_AGE = " of age"
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


def read_counted(one: Counted) -> Read | None:
    """Return what a figure counts; None for what has no rivals: ages, times, changes."""
    figure = one.figure
    if figure.unit in load_apart() or figure.unit.endswith(_OF_AGE) or figure.change:
        return None
    if figure.value == 1 and not figure.unit:  # "one of the villages"
        return None
    words = list_tokens(figure.counts)
    deeds = _name(words, "deeds") or _nearest_deed(one)
    kind = "" if figure.unit == PEOPLE else figure.unit
    things = [thing for word in words if (thing := _thing(word, one.language))]
    if not things and not (deeds and not kind):
        return None
    names = load_names()
    end = next((at for at, word in enumerate(words) if names.is_one(word, "dropped")), len(words))
    heads = [thing for word in words[: end or len(words)] if (thing := _thing(word, one.language))]
    return Read(one, kind, deeds, frozenset(things), (heads or things or [""])[-1])


def _thing(word: str, language: str) -> str:
    """Return the name of a thing, or a word's stem; "" for people in general and little words."""
    names = load_names()
    if names.is_one(word, "people") or names.is_one(word, "dropped"):
        return ""
    known = names.find(word, "things")
    if known is not None:
        return NAMED + known
    return "" if names.is_one(word, "deeds") else _stem(word, language)


def _nearest_deed(one: Counted) -> frozenset[str]:
    """Return what befell the counted, by the word that stands nearest to the number."""
    names = load_names()
    behind = ((at, names.find(w, "deeds")) for at, w in enumerate(list_tokens(one.figure.behind)))
    back = (
        (at, names.find(w, "deeds")) for at, w in enumerate(list_tokens(one.figure.before)[::-1])
    )
    found = [entry for entry in (*behind, *back) if entry[1] is not None]
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
