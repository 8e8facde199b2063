"""The words of one language that show who says what, read from its TOML file once."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from importlib import resources
from typing import Any

from dateline.model import Hedge

FULL = ("de", "fr", "es", "ru", "uk", "el")


class Form(IntEnum):
    """What a form of a cue verb needs around it."""

    FINITE = 0  # stands by itself: "said"
    PARTICIPLE = 1  # needs an auxiliary: "has said"


@dataclass(frozen=True, slots=True)
class CueForm:
    """One form of a verb of saying."""

    form: Form
    hedge: Hedge
    takes: frozenset[str]  # "quote", "that", "bare", "inf": what may be its content
    particle: str = ""  # what must stand apart in the clause: "teilte … mit"


@dataclass(frozen=True)
class Lexicon:
    """What a language says with; word sets hold case-folded words."""

    code: str
    style: frozenset[str]
    cues: Mapping[str, tuple[CueForm, ...]]
    say_nouns: Mapping[str, Hedge]
    word_nouns: frozenset[str]
    ascribing: Mapping[str, frozenset[str]]
    phrases: tuple[
        tuple[str, ...], ...
    ]  # of several words that ascribe: "по словам", longest first
    pointing: tuple[tuple[str, ...], ...]  # "об этом", "das": before a cue without content
    small: Mapping[str, frozenset[str]]
    free: Mapping[str, frozenset[str]]
    own: Mapping[str, frozenset[str]]  # around what a speaker takes back

    def has(self, style: str) -> bool:
        """Say whether the language has a trait of its `[style]` table."""
        return style in self.style


@cache
def load_lexicon(language: str) -> Lexicon | None:
    """Return the words of a language that is read in full or by a list of cues, None of others."""
    if language in FULL:
        return _build(language, _read(f"{language}.toml"))
    table = read_others().get(language)
    return _build(language, table) if table and "small" in table else None


def read_others() -> dict[str, Any]:
    """Return the tables of the languages of which only quotations are read."""
    return _read("others.toml")


@cache
def _read(name: str) -> dict[str, Any]:
    path = resources.files("dateline.claims.foreign").joinpath("words", name)
    return tomllib.loads(path.read_text("utf-8"))


def _build(code: str, table: dict[str, Any]) -> Lexicon:
    nouns, ascribing = _sets(table.get("nouns", {})), table.get("ascribing", {})
    return Lexicon(
        code=code,
        style=frozenset(name for name, on in table.get("style", {}).items() if on),
        cues=_cues(table),
        say_nouns={
            noun: Hedge(name) for name, words in nouns.items() if name != "words" for noun in words
        },
        word_nouns=nouns.get("words", frozenset()),
        ascribing=_Words(_sets({k: v for k, v in ascribing.items() if k != "phrases"})),
        phrases=_phrases(ascribing),
        pointing=_phrases(table.get("pointing", {})),
        small=_Words(_sets(table.get("small", {}))),
        free=_Words(_sets(table.get("free", {}))),
        own=_Words(_sets(table.get("own", {}))),
    )


def _phrases(table: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Return the phrases of several words of a table, the longest first."""
    phrases = [tuple(one.casefold().split()) for one in table.get("phrases", "").split(",")]
    return tuple(sorted(filter(None, phrases), key=len, reverse=True))


class _Words(dict[str, frozenset[str]]):
    """Sets of words by their name; one that a language does not have is empty."""

    def __missing__(self, name: str) -> frozenset[str]:
        return frozenset()


def _sets(table: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words.casefold().split()) for name, words in table.items()}


def _cues(table: dict[str, Any]) -> dict[str, tuple[CueForm, ...]]:
    patterns = {name: _Pattern(text) for name, text in table.get("patterns", {}).items()}
    found: dict[str, dict[CueForm, None]] = {}
    for group in table.get("cues", ()):
        hedge, takes = Hedge(group["hedge"]), frozenset(group["takes"].split())
        for word, form, particle in _forms(group, patterns):
            cue = CueForm(form, hedge, takes, particle)
            found.setdefault(word.casefold(), {}).setdefault(cue, None)
    # What stands with a particle is a better reading than the bare verb.
    return {
        word: tuple(sorted(cues, key=lambda cue: not cue.particle)) for word, cues in found.items()
    }


@dataclass(frozen=True, slots=True)
class _Pattern:
    """Endings of regular verbs: "t te ten / ge*t", finite forms before the stroke."""

    text: str

    def make(self, stem: str) -> Iterator[tuple[str, Form]]:
        finite, _, participles = self.text.partition("/")
        yield from ((stem + ending.strip("_"), Form.FINITE) for ending in finite.split())
        yield from ((one.replace("*", stem), Form.PARTICIPLE) for one in participles.split())


def _forms(
    group: Mapping[str, str], patterns: Mapping[str, _Pattern]
) -> Iterator[tuple[str, Form, str]]:
    entries = [(one, pattern) for name, pattern in patterns.items() for one in _list(group, name)]
    for entry, pattern in entries:
        particle, _, stem = entry.rpartition("|")
        for word, form in pattern.make(stem):
            yield from _with_particle(word, form, particle)
    for line in group.get("strong", "").splitlines():
        particle, _, rest = line.strip().rpartition("|")
        finite, _, participles = rest.partition("/")
        for word in finite.split():
            yield from _with_particle(word, Form.FINITE, particle)
        for word in participles.split():
            apart = particle if not word.startswith(particle) else ""
            yield word, Form.PARTICIPLE, apart  # "bekannt gegeben"


def _list(group: Mapping[str, str], name: str) -> list[str]:
    return group.get(name, "").split()


def _with_particle(word: str, form: Form, particle: str) -> Iterator[tuple[str, Form, str]]:
    if not particle:
        yield word, form, ""
    elif form is Form.PARTICIPLE:
        yield particle + word, form, ""
    else:
        yield word, form, particle
        yield particle + word, form, ""  # at the end of its clause: "mitteilte"
