"""Names that many independent reports of a story mention: counted, not understood.

A name is a run of two or more capitalised words inside a sentence. Whether it is a person's, a
place's or an office's is not decided here. What a language capitalises for other reasons is kept
out by rule: lines in headline capitals; what begins a sentence and stands nowhere else; and, where
all nouns are capitalised, every run that no report in another language has as well. Only Latin
letters: other scripts have no capitals, or their names change with the grammar (Cyrillic, Greek).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile

LEAST = 3  # origins that must mention a name
_MOST_WORDS = 5
_SHOUTED = 0.5  # share of capitalised words from which a line is in headline capitals
_NOUNS_HIGH = ("de", "lb", "gsw", "nds")  # languages that capitalise all nouns

_SENTENCE = re.compile(r"(?<=[.!?…])(?<!\b[A-Z]\.)[\"”»“']*\s+(?=\S)|\n+|[:;]\s+|\s[–—-]\s|[|•]")
_WORD = re.compile(r"[A-Z]\.|[^\W\d_]+(?:[’'-][^\W\d_]+)*|[^\s\w]|\d+")
_LATIN = re.compile("[A-Z\u00c0-\u024f\u1e00-\u1eff]")
_POSSESSIVE = re.compile(r"[’']s$")
# Small words that stand inside names: "Ursula von der Leyen", "Banco de España".
_JOINTS = frozenset(
    (
        *("de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la", "le", "el"),
        *("van", "von", "der", "den", "ter", "bin", "al", "of", "af", "av"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one origin tells: its text in one language."""

    origin: int
    language: str
    text: str


def find_names(told: Sequence[Told], *, limit: int = 12) -> tuple[tuple[str, int], ...]:
    """Return names that at least three origins mention, with how many do, most first."""
    found = [_read_text(one.text) for one in told]
    everywhere: set[str] = set().union(*(inside for inside, _ in found))
    origins: dict[str, set[int]] = defaultdict(set)
    known: set[str] = set()  # names that a language with low nouns has
    for one, (inside, openings) in zip(told, found, strict=True):
        names = inside | (openings & everywhere)
        known |= set() if _base(one.language) in _NOUNS_HIGH else names
        for name in names:
            origins[name].add(one.origin)
    counts = [(name, len(o)) for name, o in origins.items() if len(o) >= LEAST and name in known]
    ranked = sorted(counts, key=lambda pair: (-pair[1], -len(pair[0]), pair[0]))
    return tuple(_drop_nested(ranked))[:limit]


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
    for word in [*words, ""]:
        inside = _is_high(word) or (bool(run) and word in _JOINTS)
        if inside:
            run.append(_POSSESSIVE.sub("", word))
        if not inside or _POSSESSIVE.search(word):
            yield from _close(run)
            run = []


def _close(run: list[str]) -> Iterator[str]:
    while run and run[-1] in _JOINTS:
        run.pop()
    if 2 <= len(run) <= _MOST_WORDS and any(len(word) > 2 for word in run):
        yield " ".join(run)


def _is_mark(word: str) -> bool:
    return not word[0].isalnum()


def _may_be_inside(word: str) -> bool:
    return _is_high(word) or word in _JOINTS


def _is_high(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and _LATIN.match(word) is not None


def _base(language: str) -> str:
    return language.partition("-")[0].casefold()
