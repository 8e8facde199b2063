"""The words of English that the rules know: cues with what they take, and the closed classes."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from dateline.model import Hedge

_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Frame:
    """One way in which a cue takes what is said."""

    take: str  # "quote", "clause", "that", "told", "to", "them_to", "noun", "doing", a preposition
    hedge: Hedge
    trust: float


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that tells that someone said something, and how it may go on."""

    lemma: str
    frames: tuple[Frame, ...]
    rest: tuple[str, ...] = ()  # further words: "point" + ("out",)


@dataclass(frozen=True, slots=True)
class Form:
    """A verb as it stands in a text."""

    cue: Cue
    forms: frozenset[str]  # of "base", "s", "past", "part", "ing"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything, by the word as it stands in a text, in small letters."""

    verbs: dict[str, tuple[Form, ...]]
    phrasal: dict[str, tuple[Form, ...]]
    nouns: dict[str, Cue]
    adverbs: frozenset[str]
    source_firsts: dict[str, tuple[tuple[str, ...], ...]]  # "according" -> ("according", "to")
    tags: dict[str, str]
    finite: frozenset[str]  # forms that are a finite verb wherever they stand
    not_past: frozenset[str]
    not_gerund: frozenset[str]
    not_adverbs: frozenset[str]
    also_nouns: frozenset[str]
    adjective_endings: tuple[str, ...]
    times: frozenset[str]
    titles: frozenset[str]
    openers: frozenset[str]
    sets: dict[str, frozenset[str]]


@cache
def read_lexicon() -> Lexicon:
    """Return the lexicon, read once from the files beside this module."""
    cues, words = _load("cues.toml"), _load("words.toml")
    irregular = {k: v.split() for k, v in words["irregular_cues"].items()}
    verbs = _merge(_entries(cues["verbs"]))
    phrasal = _merge(_phrases(cues["phrasal"]))
    tags = _read_tags(words)
    also_nouns = frozenset(words["verbs"]["also_nouns"].split())
    tags = {**_tag_cues(verbs, irregular, also_nouns), **tags}
    return Lexicon(
        verbs=_index(verbs, irregular),
        phrasal=_index(phrasal, irregular),
        nouns=_index_nouns(_merge(_entries(cues["nouns"]))),
        adverbs=frozenset(cues["adverbs"]["words"].split()),
        source_firsts=_index_sources(cues["sources"]["words"]),
        tags=tags,
        finite=frozenset(words["verbs"]["irregular"].split()),
        not_past=frozenset(words["verbs"]["not_past"].split()),
        not_gerund=frozenset(words["verbs"]["not_gerund"].split()),
        not_adverbs=frozenset(words["closed"]["not_adverbs"].split()),
        adjective_endings=tuple(words["verbs"]["adjective_endings"].split()),
        also_nouns=also_nouns,
        times=frozenset(words["closed"]["times"].split()),
        sets={name: frozenset(text.split()) for name, text in words["sets"].items()},
        openers=frozenset(words["closed"]["openers"].split()),
        titles=frozenset(words["closed"]["titles"].split()),
    )


def word_set(name: str) -> frozenset[str]:
    """Return a small set of words by its name in `words.toml`."""
    return read_lexicon().sets[name]


def _load(name: str) -> dict[str, Any]:
    text = resources.files("dateline.claims.english").joinpath(name).read_text("utf-8")
    return tomllib.loads(text)


def _frames(group: dict[str, Any]) -> tuple[Frame, ...]:
    hedge = Hedge(group["hedge"])
    return tuple(Frame(take, hedge, group["trust"]) for take in group["takes"].split())


def _entries(groups: list[dict[str, Any]]) -> Iterator[Cue]:
    for group in groups:
        for word in group["words"].split():
            yield Cue(word, _frames(group))


def _phrases(groups: list[dict[str, Any]]) -> Iterator[Cue]:
    for group in groups:
        for phrase in group["words"].split(","):
            first, *rest = phrase.split()
            yield Cue(first, _frames(group), tuple(rest))


def _merge(cues: Iterator[Cue]) -> list[Cue]:
    """Join the groups that one cue stands in; the first that names a way to go on decides."""
    found: dict[tuple[str, ...], Cue] = {}
    for cue in cues:
        key = (cue.lemma, *cue.rest)
        known = found.get(key)
        frames = known.frames if known else ()
        taken = {frame.take for frame in frames}
        frames += tuple(frame for frame in cue.frames if frame.take not in taken)
        found[key] = Cue(cue.lemma, frames, cue.rest)
    return list(found.values())


def _index(cues: list[Cue], irregular: dict[str, list[str]]) -> dict[str, tuple[Form, ...]]:
    found: dict[str, list[Form]] = {}
    for cue in cues:
        forms: dict[str, set[str]] = {}
        for name, word in inflect(cue.lemma, irregular):
            forms.setdefault(word, set()).add(name)
        for word, names in forms.items():
            found.setdefault(word, []).append(Form(cue, frozenset(names)))
    by_length = {word: sorted(f, key=lambda form: -len(form.cue.rest)) for word, f in found.items()}
    return {word: tuple(forms) for word, forms in by_length.items()}


def _index_nouns(cues: list[Cue]) -> dict[str, Cue]:
    found = {cue.lemma: cue for cue in cues}
    return found | {add_s(cue.lemma): cue for cue in cues}


def _index_sources(phrases: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases.split(","):
        words = tuple(phrase.split())
        found[words[0]] = (*found.get(words[0], ()), words)
    return found


def inflect(lemma: str, irregular: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Yield the forms of a verb, each with its name."""
    if lemma == "be":
        forms = "is s,are s,was past,were past,been part,being ing,be base,'s s,'re s"
        yield from ((pair.split()[1], pair.split()[0]) for pair in forms.split(","))
        return
    yield "base", lemma
    yield "s", {"have": "has", "do": "does", "go": "goes"}.get(lemma, add_s(lemma))
    past, part = irregular.get(lemma) or [_add_ed(lemma)] * 2
    yield "past", past
    yield "part", part
    yield "ing", _add_ing(lemma, past)


def add_s(word: str) -> str:
    """Return the plural of a noun, or a verb with he and she."""
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _add_ed(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ied"
    return word + "ed"


def _add_ing(word: str, past: str) -> str:
    if past == word + word[-1] + "ed":  # planned, planning
        return word + word[-1] + "ing"
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")) and word != "be":
        return word[:-1] + "ing"
    return {"put": "putting", "set": "setting", "hit": "hitting", "get": "getting"}.get(
        word, word + "ing"
    )


def _tag_cues(
    cues: list[Cue], irregular: dict[str, list[str]], also_nouns: frozenset[str]
) -> dict[str, str]:
    """Return the tag of a finite verb for the forms of cues that are nothing else."""
    forms = ((cue.lemma, *form) for cue in cues for form in inflect(cue.lemma, irregular))
    return {
        word: "V"
        for lemma, name, word in forms
        if (name == "past" and not word.endswith("ed") and word != lemma)
        or (name == "s" and lemma not in also_nouns)
    }


def _read_tags(words: dict[str, Any]) -> dict[str, str]:
    """Return the tag of each word of a closed class and of frequent verbs; see `words.py`."""
    closed, verbs = words["closed"], words["verbs"]
    tags: dict[str, str] = {}
    for tag, names in (
        *(("A", verbs["bases"]), ("W", verbs["participles"]), ("V", verbs["present"])),
        *(("V", verbs["irregular"]), ("H", closed["titles"]), ("R", closed["adverbs"])),
        *(("T", closed["times"]), ("P", closed["prepositions"]), ("O", closed["objects"])),
        *(("B", closed["subordinators"]), ("D", closed["determiners"])),
        *(("S", closed["subjects"]), ("C", closed["conjunctions"]), ("M", closed["modals"])),
        *(("X", closed["do"]), ("X", closed["have"]), ("X", closed["be"])),
        ("N", closed["negations"]),
    ):
        tags.update(dict.fromkeys(names.split(), tag))
    tags["that"] = tags["what"] = tags["which"] = "B"
    tags["her"] = "D"
    return tags
