"""Rival figures: which numbers of a story count the same thing, side by side by who gives them.

Two figures count the same where their units agree, what befell the counted agrees ("killed" is not
"injured", and neither is "fighting"), and the words for what is counted overlap: by stems, and by
names for one thing in several languages (`rivals.toml`); where the languages differ, an encoder may
say more. Nothing is averaged and nothing judged: a group lists who said what number as of when,
and a number that one speaker later changes is an update within the group.
"""

import tomllib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from itertools import combinations

import numpy as np
import numpy.typing as npt

from dateline.claims.page import Page
from dateline.model import Figure, Span
from dateline.text import list_tokens

# Vectors of length one, a row for each text.
Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]

_OF_AGE = " of age"
_PEOPLE = "person"
_OVERLAP = 0.5  # of the smaller set of words
_MEANING = 0.75  # cosine
_FURTHEST = 20.0  # times that one figure may be the other
_CONTEXT = 200  # code points on either side of a figure
_STEM = 5
_LETTERS_LEFT = 4
_ENDINGS = ("ers", "ings", "ing", "er", "ed", "ies", "es", "s", "y")
_NAMED = "#"  # before the name of a thing, to tell it from a stem
_FEW = 4  # a group of counts below it, of things that nothing befell, is no quarrel
_CLAUSE_ENDS = frozenset(",;:()")
_MOST = 1000  # figures of one unit that are compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A figure of one article, with the words around it."""

    figure: Figure
    article: int
    at: datetime  # when the article came out
    language: str
    before: str  # the words of its clause before it, back to the figure before
    behind: str  # the same behind it


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalValue:
    """One number that one speaker gives, with every figure that says so, the earliest first."""

    value: float | None
    low: float | None
    high: float | None
    approximate: bool
    as_of: date | None  # the last day for which it is given; None: not said
    figures: tuple[Counted, ...]
    is_update: bool = False  # the same named speaker gave another number before


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalSpeaker:
    """The numbers of one speaker ("" is the articles themselves), by as-of date."""

    by: str
    by_key: str
    values: tuple[RivalValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalGroup:
    """Figures of a story that count the same thing, at least two of them different numbers."""

    unit: str
    counts: str  # the words of the earliest figure that has some
    deeds: tuple[str, ...]  # what befell the counted: "dead", "injured"
    speakers: tuple[RivalSpeaker, ...]  # who spoke first comes first


@dataclass(frozen=True, slots=True)
class _Read:
    """What a figure counts, as far as words tell."""

    counted: Counted
    unit: str
    deeds: frozenset[str]
    things: frozenset[str]  # stems and names of things; empty for people in general
    head: str  # the last of the things, before any "of"


def gather_counted(
    page: Page, figures: Sequence[Figure], *, article: int, at: datetime
) -> tuple[Counted, ...]:
    """Return the figures of one article with the words around each."""
    spans = sorted(figure.span for figure in figures)
    ends = [0, *(end for _, end in spans)]
    starts = [*(start for start, _ in spans), len(page.text)]
    rooms = {span: (ends[n], starts[n + 1]) for n, span in enumerate(spans)}
    found = []
    for figure in figures:
        before, behind = _words_around(page, figure, rooms[figure.span])
        one = Counted(
            figure=figure, article=article, at=at, language=page.language,
            before=before, behind=behind,
        )  # fmt: skip
        found.append(one)
    return tuple(found)


def _words_around(page: Page, figure: Figure, room: Span) -> tuple[str, str]:
    first, last = page.sentence_at(figure.span[0])
    start = max(first, min(room[0], figure.span[0]), figure.span[0] - _CONTEXT)
    end = min(last, max(room[1], figure.span[1]), figure.span[1] + _CONTEXT)
    before = page.text[start : figure.span[0]]
    cut = max(before.rfind(mark) for mark in _CLAUSE_ENDS) + 1
    behind = page.text[figure.span[1] : max(end, figure.span[1])]
    ends = [at for mark in _CLAUSE_ENDS if (at := behind.find(mark)) >= 0]
    return before[cut:], behind[: min(ends, default=len(behind))]


def group_rivals(
    counted: Iterable[Counted], encode: Encode | None = None
) -> tuple[RivalGroup, ...]:
    """Return the figures that count the same thing in groups, the earliest group first.

    `encode` gives unit vectors of short texts in any language; without it, figures in different
    languages meet only by the things and deeds that `rivals.toml` names. At most `_MOST` figures
    of one unit are compared. The order of the input does not matter.
    """
    ordered = sorted(counted, key=_order)
    by_unit: dict[str, list[_Read]] = {}
    for one in ordered:
        if (read := _read(one)) is not None:
            by_unit.setdefault(read.unit, []).append(read)
    joined = [
        (_order(members[0].counted), _make_group(unit, members))
        for unit, reads in by_unit.items()
        for members in _join(reads[:_MOST], encode)
    ]
    groups = sorted(joined, key=lambda entry: entry[0])
    return tuple(group for _, group in groups if group is not None)


def _order(one: Counted) -> tuple[datetime, int, Span]:
    return one.at, one.article, one.figure.span


def _read(one: Counted) -> _Read | None:
    figure = one.figure
    if figure.unit in _load_apart() or figure.unit.endswith(_OF_AGE) or figure.change:
        return None
    if figure.value == 1 and not figure.unit:  # "one of the villages"
        return None
    words = list_tokens(figure.counts)
    deeds = _name(words, "deeds") or _nearest_deed(one)
    kind = "" if figure.unit == _PEOPLE else figure.unit
    things = [thing for word in words if (thing := _thing(word, one.language))]
    if not things and not (deeds and not kind):
        return None
    names = _load()
    end = next((at for at, word in enumerate(words) if names.is_one(word, "dropped")), len(words))
    heads = [thing for word in words[: end or len(words)] if (thing := _thing(word, one.language))]
    return _Read(one, kind, deeds, frozenset(things), (heads or things or [""])[-1])


def _thing(word: str, language: str) -> str:
    """Return the name of a thing, or a word's stem; "" for people in general and little words."""
    names = _load()
    if names.is_one(word, "people") or names.is_one(word, "dropped"):
        return ""
    known = names.find(word, "things")
    if known is not None:
        return _NAMED + known
    return "" if names.is_one(word, "deeds") else _stem(word, language)


def _nearest_deed(one: Counted) -> frozenset[str]:
    """Return what befell the counted, by the word that stands nearest to the number."""
    names = _load()
    behind = ((at, names.find(w, "deeds")) for at, w in enumerate(list_tokens(one.behind)))
    back = ((at, names.find(w, "deeds")) for at, w in enumerate(list_tokens(one.before)[::-1]))
    found = [entry for entry in (*behind, *back) if entry[1] is not None]
    name = min(found, key=lambda entry: entry[0])[1] if found else None
    return frozenset(() if name is None else (name,))


def _name(words: Sequence[str], kind: str) -> frozenset[str]:
    found = (_load().find(word, kind) for word in words)
    return frozenset(name for name in found if name is not None)


def _stem(word: str, language: str) -> str:
    if language != "en":
        return word[:_STEM]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LETTERS_LEFT:
            return word[: -len(ending)]
    return word


def _join(reads: Sequence[_Read], encode: Encode | None) -> list[list[_Read]]:
    """Return the figures in groups, each with its earliest member first."""
    parents = list(range(len(reads)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    likeness = _Likeness(reads, encode)
    by_deeds: dict[frozenset[str], list[int]] = {}
    for at, read in enumerate(reads):
        by_deeds.setdefault(read.deeds, []).append(at)
    for members in by_deeds.values():
        for a, b in combinations(members, 2):
            if root(a) != root(b) and likeness.are_same(a, b):
                parents[max(root(a), root(b))] = min(root(a), root(b))
    groups: dict[int, list[_Read]] = {}
    for at, read in enumerate(reads):
        groups.setdefault(root(at), []).append(read)
    return list(groups.values())


class _Likeness:
    """Says of two figures of one unit and one fate whether they count the same."""

    def __init__(self, reads: Sequence[_Read], encode: Encode | None) -> None:
        self.reads = reads
        self.texts: dict[str, int] = {}
        self.meant: npt.NDArray[np.float32] | None = None
        if encode is not None and len({read.counted.language for read in reads}) > 1:
            counts = dict.fromkeys(read.counted.figure.counts for read in reads)
            self.texts = {text: at for at, text in enumerate(text for text in counts if text)}
        if encode is not None and self.texts:
            vectors = np.asarray(encode(list(self.texts)), dtype=np.float32)
            self.meant = vectors @ vectors.T

    def are_same(self, a: int, b: int) -> bool:
        """Compare what they count, and how far their numbers lie apart."""
        one, other = self.reads[a], self.reads[b]
        if not _are_near(one.counted.figure, other.counted.figure):
            return False
        if not one.things or not other.things:
            return not one.things and not other.things
        shared = one.things & other.things
        is_named = any(thing.startswith(_NAMED) for thing in shared)
        is_one_thing = one.head == other.head or is_named or len(shared) > 1
        if is_one_thing and len(shared) >= _OVERLAP * min(len(one.things), len(other.things)):
            return True
        return one.counted.language != other.counted.language and self._mean_same(a, b)

    def _mean_same(self, a: int, b: int) -> bool:
        one, other = (self.texts.get(self.reads[at].counted.figure.counts) for at in (a, b))
        if self.meant is None or one is None or other is None:
            return False
        return float(self.meant[one, other]) >= _MEANING


def _are_near(one: Figure, other: Figure) -> bool:
    """Say whether one number is at most `_FURTHEST` times the other."""
    a, b = _size(one), _size(other)
    if a <= 0 or b <= 0:
        return (a <= 0) == (b <= 0)
    return max(a, b) <= _FURTHEST * min(a, b)


def _size(figure: Figure) -> float:
    known = [n for n in (figure.value, figure.low, figure.high) if n is not None]
    return known[0] if known else 0.0


def _make_group(unit: str, members: Sequence[_Read]) -> RivalGroup | None:
    figures = _drop_contradictions([member.counted for member in members])
    if len({_number(one.figure) for one in figures}) < 2:
        return None
    is_few = all(_size(one.figure) <= _FEW for one in figures)
    if is_few and not unit and not members[0].deeds:
        return None
    by_speaker: dict[str, list[Counted]] = {}
    for one in figures:
        by_speaker.setdefault(one.figure.by_key or one.figure.by, []).append(one)
    is_people = any(one.figure.unit == _PEOPLE for one in figures)
    return RivalGroup(
        unit=unit or (_PEOPLE if is_people else ""),
        counts=next((one.figure.counts for one in figures if one.figure.counts), ""),
        deeds=tuple(sorted(members[0].deeds)),
        speakers=tuple(_list_values(said) for said in by_speaker.values()),
    )


def _drop_contradictions(figures: Sequence[Counted]) -> list[Counted]:
    """Return the figures without those that an article gives beside another in its own words.

    An article does not quarrel with itself: two numbers of its own count two things (this flood
    and that of last year). The one that most articles have is kept, else the first.
    """
    support: dict[object, set[int]] = {}
    for one in figures:
        support.setdefault(_number(one.figure), set()).add(one.article)
    best: dict[int, Counted] = {}
    for one in figures:
        known = best.get(one.article)
        is_own = not one.figure.by_key
        if is_own and (known is None or _support(one, support) > _support(known, support)):
            best[one.article] = one
    return [
        one
        for one in figures
        if one.figure.by_key or _number(one.figure) == _number(best[one.article].figure)
    ]


def _support(one: Counted, support: dict[object, set[int]]) -> int:
    return len(support[_number(one.figure)])


def _list_values(said: Sequence[Counted]) -> RivalSpeaker:
    """Return the numbers of one speaker by as-of date, then by when they came out."""
    rows: dict[tuple[object, ...], list[Counted]] = {}
    for one in sorted(said, key=lambda one: (_day(one) or one.at.date(), *_order(one))):
        rows.setdefault((_number(one.figure), _day(one)), []).append(one)
    values: list[RivalValue] = []
    for figures in rows.values():
        figure = figures[0].figure
        is_update = bool(values and figure.by_key) and _number(
            values[-1].figures[0].figure
        ) != _number(figure)
        values.append(
            RivalValue(
                value=figure.value,
                low=figure.low,
                high=figure.high,
                approximate=figure.approximate,
                as_of=_day(figures[0]),
                figures=tuple(figures),
                is_update=is_update,
            )
        )
    first = said[0].figure
    return RivalSpeaker(by=first.by, by_key=first.by_key, values=tuple(values))


def _number(figure: Figure) -> tuple[float | None, float | None, float | None]:
    return figure.value, figure.low, figure.high


def _day(one: Counted) -> date | None:
    return one.figure.as_of.last if one.figure.as_of is not None else None


@dataclass(frozen=True)
class _Names:
    """The words of `rivals.toml`: whole ones, and beginnings, the longest first."""

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
def _load_apart() -> frozenset[str]:
    return frozenset(_load().whole["apart"])


@cache
def _load() -> _Names:
    text = resources.files("dateline.claims").joinpath("rivals.toml").read_text("utf-8")
    whole: dict[str, dict[str, str]] = {}
    beginnings: dict[str, dict[str, str]] = {}
    for kind, table in tomllib.loads(text).items():
        pairs = [(word, name) for name, words in table.items() for word in words.split()]
        whole[kind] = {word: name for word, name in pairs if not word.endswith("*")}
        beginnings[kind] = {word[:-1]: name for word, name in pairs if word.endswith("*")}
    longest = max(len(word) for table in beginnings.values() for word in table)
    return _Names(whole, beginnings, longest)
