"""Names that many independent reports of a story mention: counted, not understood.

A name is a run of two or more capitalised words inside a sentence, in any script that has capitals.
Whether it is a person's, a place's or an office's is not decided here. What a language capitalises
for other reasons is kept out by rule: lines in headline capitals; what begins a sentence and stands
nowhere else; and, where all nouns are capitalised, every run that no report in another language has
as well. One capitalised word alone may be a day or a people: it counts where reports in several
languages write it alike.

Where grammar changes the endings of names (Cyrillic, Greek), forms that differ in nothing else are
one name, shown as most origins write it. Scripts without capitals have no mark of a name but one:
Chinese and Japanese part foreign names with a dot. Of others nothing is said.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

from dateline.publish.dotted_names import find_dotted_names
from dateline.text import base_language

LEAST = 3  # origins that must mention a name
_LANGUAGES = 3  # in which a single word must be written alike; two may be close kin
_SHORTEST = 3  # letters of a single word
_MOST_WORDS = 5
_SHOUTED = 0.5  # share of capitalised words from which a line is in headline capitals
_NOUNS_HIGH = ("de", "lb", "gsw", "nds")  # languages that capitalise all nouns
_STEM = 3  # letters at a word's beginning that its forms share
_ENDING = 3  # letters at a word's end that grammar may change

_SENTENCE = re.compile(
    r"(?<=[.!?…])(?<!\b[A-ZΑ-ΩА-ЯІЇЄҐ]\.)[\"”»“']*\s+(?=\S)|\n+|[:;]\s+|\s[–—-]\s|[|•]"
)
_WORD = re.compile(r"[A-ZΑ-ΩА-ЯІЇЄҐ]\.|[^\W\d_]+(?:[’'ʼ-][^\W\d_]+)*|[^\s\w]|\d+")
_POSSESSIVE = re.compile(r"[’']s$")
_INFLECTED = re.compile("[\u0370-\u03ff\u0400-\u052f\u1f00-\u1fff]")
# Small words that stand inside names: "Ursula von der Leyen", "Banco de España".
_JOINTS = frozenset(
    (
        *("de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la", "le", "el"),
        *("van", "von", "der", "den", "ter", "bin", "al", "of", "af", "av"),
        *("де", "да", "ди", "фон", "ван", "дер", "ла", "аль", "бин"),
    )
)

Origins = Mapping[str, set[int]]  # of each name: the origins that mention it


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one origin tells: its text in one language."""

    origin: int
    language: str
    text: str


def find_names(told: Sequence[Told], *, limit: int = 12) -> tuple[tuple[str, int], ...]:
    """Return names that at least three origins mention, with how many do, most first."""
    origins = _join_forms(_find_capitalised(told))
    found = {name: len(them) for name, them in origins.items() if len(them) >= LEAST}
    long = [*_drop_nested(_rank((n, c) for n, c in found.items() if " " in n))]
    ends = {name.rpartition(" ")[2] for name, _ in long}
    # "Vale" beside "Ann Vale" says nothing more.
    short = _drop_nested(_rank((n, c) for n, c in found.items() if n not in ends and " " not in n))
    dotted = find_dotted_names([(one.origin, one.text) for one in told], LEAST)
    return tuple(_rank([*long, *short, *dotted.items()])[:limit])


def _rank(names: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(names, key=lambda pair: (-pair[1], -len(pair[0]), pair[0]))


def _find_capitalised(told: Sequence[Told]) -> Origins:
    found = [_read_text(one.text) for one in told]
    everywhere: set[str] = set().union(*(inside for inside, _ in found))
    origins: dict[str, set[int]] = defaultdict(set)
    languages: dict[str, set[str]] = defaultdict(set)  # in which it stands; with low nouns
    for one, (inside, openings) in zip(told, found, strict=True):
        base = base_language(one.language)
        for name in inside | (openings & everywhere):
            origins[name].add(one.origin)
            languages[name] |= set() if base in _NOUNS_HIGH else {base}
    low = {word for one in told for word in _WORD.findall(one.text) if word[0].islower()}
    return {
        name: them
        for name, them in origins.items()
        if (languages[name] if " " in name else _is_common(name, languages[name], low))
    }


def _is_common(word: str, languages: set[str], low: set[str]) -> bool:
    # A word that stands somewhere without its capital had it from a quotation's beginning.
    return len(languages) >= _LANGUAGES and word.casefold() not in low


def _join_forms(names: Origins) -> Origins:
    """Return the names with the forms that differ in grammar alone as one, as most write it."""
    joined: dict[str, set[int]] = {}
    kin: dict[str, list[str]] = defaultdict(list)  # by the beginnings of their words
    for name in sorted(names, key=lambda name: (-len(names[name]), len(name), name)):
        known = kin[" ".join(word[:_STEM] for word in name.split())]
        is_free = not _INFLECTED.match(name)
        same = next((other for other in known if not is_free and _is_form(name, other)), name)
        joined.setdefault(same, set()).update(names[name])
        known += [name] if same == name else []
    return joined


def _is_form(name: str, other: str) -> bool:
    for word, second in zip(name.split(), other.split(), strict=True):
        kept = max(len(word), len(second)) - _ENDING
        if word[:kept] != second[:kept]:
            return False
    return True


def _drop_nested(ranked: Sequence[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    kept: list[str] = []
    for name, count in ranked:
        if not any(_contains(name, other) or _contains(other, name) for other in kept):
            kept.append(name)
            yield name, count


def _contains(longer: str, shorter: str) -> bool:
    # "North Korean" beside "North Korea" says nothing more.
    return f" {shorter} " in f" {longer} " or longer.startswith(shorter)


def _read_text(text: str) -> tuple[set[str], set[str]]:
    """Return the runs inside sentences, and those at the beginning, with and without first word."""
    inside: set[str] = set()
    openings: set[str] = set()
    for words in _split_lines(text):
        opening = list(takewhile(_may_be_inside, words))
        inside.update(_read_runs(words[len(opening) :]))
        openings.update(_read_runs(opening), _read_runs(opening[1:]))
    return inside, openings


def _split_lines(text: str) -> Iterator[list[str]]:
    for line in _SENTENCE.split(text):
        words = list(dropwhile(_is_mark, _WORD.findall(line)))
        if not _is_shouted(words):
            yield words


def _is_shouted(words: Sequence[str]) -> bool:
    letters = [word for word in words if len(word) > 3 and word[0].isalpha()]
    high = sum(word[0].isupper() for word in letters)
    return len(letters) < 4 or high > _SHOUTED * len(letters)


def _read_runs(words: Sequence[str]) -> Iterator[str]:
    run: list[str] = []
    before = ""  # the word before the run
    last = ""
    for word in [*words, ""]:
        inside = _is_high(word) or (bool(run) and word in _JOINTS)
        if inside:
            before = before if run else last
            run.append(_POSSESSIVE.sub("", word))
        if not inside or _POSSESSIVE.search(word):
            yield from _close(run, (before, word))
            run = []
        last = word


def _close(run: list[str], beside: tuple[str, str]) -> Iterator[str]:
    while run and run[-1] in _JOINTS:
        run.pop()
    if len(run) == 1 and len(run[0]) >= _SHORTEST and not _is_dated(beside):
        yield run[0]
    if 2 <= len(run) <= _MOST_WORDS and any(len(word) > 2 for word in run):
        yield " ".join(run)


def _is_dated(beside: Iterable[str]) -> bool:
    # "30 November", "November 2022": a month, which some languages capitalise.
    return any(word.isdecimal() for word in beside)


def _is_mark(word: str) -> bool:
    return not word[0].isalnum()


def _may_be_inside(word: str) -> bool:
    return _is_high(word) or word in _JOINTS


def _is_high(word: str) -> bool:
    return len(word) > 1 and word[0].isupper()
