"""Groups of figures that count the same thing, each listed by speaker and as-of date."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from itertools import combinations

import numpy as np
import numpy.typing as npt

from dateline.claims.rivals.reading import PEOPLE, Read, read_all
from dateline.claims.rivals.values import Counted, RivalGroup, RivalSpeaker, RivalValue
from dateline.claims.rivals.words import NAMED, load_words
from dateline.model import Figure, Span

# Vectors of length one, a row for each text.
Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]

_OVERLAP = 0.5  # of the smaller set of words
_MEANING = 0.75  # cosine
_FURTHEST = 20.0  # times that one figure may be the other
_FURTHEST_UNNAMED = 4.0  # the same where one of them is nobody's who is named
_FURTHEST_OWNED = 2.0  # the same where only a name beside them says that they are of one thing
_OUTLIER = 4.0  # times that a number may be the middle one of what befell, or a part of it
_ANYWHERE = 10**9
_NEAR = 500  # code points between the numbers of two who differ in one article
_MOST = 1000  # figures of one unit that are compared
_MANY = 10  # so few things that share an owner's name alone may be any of his
_FEW = 4  # a group of counts below it, of things that nothing befell, is no quarrel


def group_rivals(
    counted: Iterable[Counted], encode: Encode | None = None
) -> tuple[RivalGroup, ...]:
    """Return the figures that count the same thing in groups, the earliest group first.

    `encode` gives unit vectors of short texts in any language; without it, figures in different
    languages meet only by the things and deeds that `words.toml` names. At most `_MOST` figures
    of one unit are compared. The order of the input does not matter.
    """
    ordered = sorted(counted, key=_order)
    by_unit: dict[str, list[Read]] = {}
    for read in read_all(ordered):
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


def _join(reads: Sequence[Read], encode: Encode | None) -> list[list[Read]]:
    """Return the figures in groups, each with its earliest member first."""
    likeness, groups = _Likeness(reads, encode), _Groups(len(reads))
    by_fate: dict[tuple[frozenset[str], frozenset[str]], list[int]] = {}
    for at, read in enumerate(reads):
        by_fate.setdefault((read.deeds, read.frame), []).append(at)
    pairs = (pair for members in by_fate.values() for pair in combinations(members, 2))
    for a, b in pairs:
        if groups.root(a) != groups.root(b) and likeness.are_same(a, b):
            groups.join(a, b)
    found: dict[int, list[Read]] = {}
    for at, read in enumerate(reads):
        found.setdefault(groups.root(at), []).append(read)
    return list(found.values())


class _Groups:
    """Numbers joined to groups; a group's root is its smallest number."""

    def __init__(self, count: int) -> None:
        self.parents = list(range(count))

    def root(self, at: int) -> int:
        """Return the root of a number's group."""
        while self.parents[at] != at:
            self.parents[at] = self.parents[self.parents[at]]
            at = self.parents[at]
        return at

    def join(self, a: int, b: int) -> None:
        """Make two groups one."""
        first, second = sorted((self.root(a), self.root(b)))
        self.parents[second] = first


class _Likeness:
    """Says of two figures of one unit and one fate whether they count the same."""

    def __init__(self, reads: Sequence[Read], encode: Encode | None) -> None:
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
        if not _are_near(one, other):
            return False
        is_told = one.befell or (bool(one.deeds) and _are_two_sides_near(one, other))
        if is_told and _is_of_all(one) and _is_of_all(other):
            return _are_of_one_place(one, other)
        if one.is_general and other.is_general:
            return not one.things.isdisjoint(other.things) and _are_told_alike(one, other)
        if not one.things or not other.things:
            return False
        shared = one.things & other.things
        is_named = any(thing.startswith(NAMED) for thing in one.heads & other.heads)
        is_one_thing = one.head == other.head or is_named or len(shared) > 1
        if (
            _are_told_alike(one, other)
            and is_one_thing
            and len(shared) >= _OVERLAP * min(len(one.things), len(other.things))
        ):
            return True
        is_foreign = one.counted.language != other.counted.language
        return is_foreign and _are_two_voices(one, other) and self._mean_same(a, b)

    def _mean_same(self, a: int, b: int) -> bool:
        one, other = (self.texts.get(self.reads[at].counted.figure.counts) for at in (a, b))
        if self.meant is None or one is None or other is None:
            return False
        return float(self.meant[one, other]) >= _MEANING


def _are_near(one: Read, other: Read) -> bool:
    """Say whether two numbers may count one thing: who are named may differ by more."""
    a, b = _size(one.counted.figure), _size(other.counted.figure)
    if a <= 0 or b <= 0:
        return (a <= 0) == (b <= 0)
    furthest = _FURTHEST if _are_two_voices(one, other) else _FURTHEST_UNNAMED
    return max(a, b) < furthest * min(a, b)


def _is_of_all(one: Read) -> bool:
    """Say whether a number may be of everybody: of people, of passengers or miners, of deaths.

    Children and soldiers are some of those whom something befell.
    """
    if not one.things:
        return True
    names = load_words()
    is_known = any(thing.startswith(NAMED) for thing in one.things)
    return all(names.is_one(thing, "whole") for thing in one.things) if is_known else one.is_general


def _are_of_one_place(one: Read, other: Read) -> bool:
    """Say whether two numbers of everybody whom something befell do not name two places."""
    is_placed = one.is_general and other.is_general and bool(one.things and other.things)
    return not is_placed or not one.things.isdisjoint(other.things)


def _are_told_alike(one: Read, other: Read) -> bool:
    """Say whether things that nothing befell are counted for one reason.

    "Ships" are everywhere in a story of the sea, and so are arrests and burnt houses: that two
    numbers count the same ones is told by a thing of which a story has one number alone.
    """
    names = load_words()
    known = [thing for thing in one.heads & other.heads if thing.startswith(NAMED)]
    is_single = any(names.is_one(thing, "single") for thing in known)
    is_voiced = any(names.is_one(thing, "voiced") for thing in known)
    is_rival = is_voiced and _are_two_voices(one, other)
    is_owned = one.head == other.head and _are_of_one_owner(one, other)
    return one.befell or is_single or is_rival or is_owned or bool(one.deeds and known)


def _are_of_one_owner(one: Read, other: Read) -> bool:
    """Say whether two differ on many things beside which one name stands: "Velda's profit"."""
    sizes = sorted((_size(one.counted.figure), _size(other.counted.figure)))
    is_near = _MANY < sizes[0] and sizes[1] < _FURTHEST_OWNED * sizes[0]
    return is_near and _are_two_sides(one, other) and not one.owners.isdisjoint(other.owners)


def _are_two_voices(one: Read, other: Read) -> bool:
    """Say whether two who are named give the numbers."""
    keys = {one.counted.figure.by_key, other.counted.figure.by_key}
    return len(keys) == 2 and "" not in keys


def _are_two_sides(one: Read, other: Read) -> bool:
    """Say whether two numbers are not of one speaker, and one of them of somebody named."""
    return one.counted.figure.by_key != other.counted.figure.by_key


def _are_two_sides_near(one: Read, other: Read) -> bool:
    """Say the same, where one of them is nobody's only of numbers near each other."""
    if _are_two_voices(one, other):
        return True
    a, b = sorted((_size(one.counted.figure), _size(other.counted.figure)))
    return _are_two_sides(one, other) and b < _FURTHEST_OWNED * a


def _size(figure: Figure) -> float:
    known = [n for n in (figure.value, figure.low, figure.high) if n is not None]
    return known[0] if known else 0.0


def _make_group(unit: str, members: Sequence[Read]) -> RivalGroup | None:
    befell = members[0].befell
    if not befell and _counts_several(members):
        return None
    near = _NEAR if befell else _ANYWHERE
    figures = _drop_contradictions(members, near)
    if befell:
        figures = _drop_outliers(figures)
    if len({_number(one.figure) for one in figures}) < 2:
        return None
    is_few = all(_size(one.figure) <= _FEW for one in figures)
    if is_few and not unit and not befell:
        return None
    by_speaker: dict[str, list[Counted]] = {}
    for one in figures:
        by_speaker.setdefault(one.figure.by_key or one.figure.by, []).append(one)
    is_people = any(one.figure.unit == PEOPLE for one in figures)
    return RivalGroup(
        unit=unit or (PEOPLE if is_people else ""),
        counts=_name_counted(members, figures),
        deeds=tuple(sorted(members[0].deeds)),
        speakers=tuple(_list_values(said) for said in by_speaker.values()),
    )


def _name_counted(members: Sequence[Read], figures: Sequence[Counted]) -> str:
    """Return the words for what is counted; "" for people of whom only what befell them is told."""
    if members[0].deeds and not members[0].things:
        return ""
    return next((one.figure.counts for one in figures if one.figure.counts), "")


def _counts_several(members: Sequence[Read]) -> bool:
    """Say whether one article gives two numbers in one's words: then there are two such things."""
    given: dict[tuple[int, str], set[object]] = {}
    for one in (member.counted for member in members):
        given.setdefault((one.article, one.figure.by_key), set()).add(_number(one.figure))
    return any(len(numbers) > 1 for numbers in given.values())


def _drop_contradictions(members: Sequence[Read], near: int) -> list[Counted]:
    """Return the figures without those that one speaker gives beside another in one article.

    Nobody quarrels with himself: two numbers count two things (this flood and that of last year,
    all the injured and those in one hospital). The one that most articles have is kept, else the
    first.
    """
    figures = [member.counted for member in members]
    support: dict[object, set[int]] = {}
    for one in figures:
        support.setdefault(_number(one.figure), set()).add(one.article)
    best: dict[tuple[int, str], Counted] = {}
    first: dict[int, Counted] = {}
    for one in figures:
        place = one.article, one.figure.by_key
        known = best.get(place)
        if known is None or _support(one, support) > _support(known, support):
            best[place] = one
        first.setdefault(one.article, one)
    return [
        one
        for one, is_again in zip(figures, (member.is_again for member in members), strict=True)
        if _number(one.figure) == _number(best[one.article, one.figure.by_key].figure)
        and (_support(one, support) > 1 or is_again or _may_follow(one, first[one.article], near))
    ]


def _may_follow(one: Counted, first: Counted, near: int) -> bool:
    """Say whether an article gives a number beside its first one: where two differ, and near."""
    is_near = one.figure.span[0] - first.figure.span[1] <= near
    return one is first or (bool(one.figure.by_key) and bool(first.figure.by_key) and is_near)


def _drop_outliers(figures: Sequence[Counted]) -> list[Counted]:
    """Return the figures of what befell without those far from the middle one.

    In a story that many tell, a number far off is of an earlier flood, or of those from one town.
    """
    if len({one.article for one in figures}) < 3:
        return list(figures)
    sizes = sorted(_size(one.figure) for one in figures)
    middle = sizes[len(sizes) // 2]
    low, high = middle / _OUTLIER, middle * _OUTLIER
    return [one for one in figures if low <= _size(one.figure) <= high]


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
