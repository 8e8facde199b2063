"""Groups of figures that count the same thing, each listed by speaker and as-of date."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import combinations

from dateline.claims.rivals.likeness import Encode, Likeness, size_of
from dateline.claims.rivals.reading import PEOPLE, Read, read_all
from dateline.claims.rivals.values import Counted, RivalGroup, RivalSpeaker, RivalValue
from dateline.model import Figure, Span

_OUTLIER = 4.0  # times that a number may be the middle one of what befell, or a part of it
_ANYWHERE = 10**9
_NEAR = 500  # code points between the numbers of two who differ in one article
_MOST = 1000  # figures of one unit that are compared
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
    likeness, groups = Likeness(reads, encode), _Groups(len(reads))
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
    is_few = all(size_of(one.figure) <= _FEW for one in figures)
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
    sizes = sorted(size_of(one.figure) for one in figures)
    middle = sizes[len(sizes) // 2]
    low, high = middle / _OUTLIER, middle * _OUTLIER
    return [one for one in figures if low <= size_of(one.figure) <= high]


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
