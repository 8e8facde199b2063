"""How much of one article stands in another, and what that makes them.

Measured in words that stand in passages both have, not in passages: where a house has changed one
word in twelve, nearly half of the passages are gone and most of the words are still there.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from dateline.model import LinkKind
from dateline.origins.passages import (
    FIGURES,
    U16,
    U32,
    U64,
    WORDS,
    Words,
    hash_passages,
    view_fours,
)

_BRIDGE = 3  # changed words that do not end a stretch
_FEWEST_FIGURES = 4  # of a form …
_OTHER_FIGURES = 0.4  # … of which such a share must differ
_FEWEST = 10  # words: fewer in common are figures of speech
_FEWEST_FOURS = 3  # two have eight words in common at most
_FEW = 12  # fours that may be shared are looked for one by one
_BITS = 16  # of the number by which four words are looked up
_SPREAD, _UPPER = np.uint64(0x9E3779B97F4A7C15), np.uint64(64 - _BITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The numbers that decide; measured in bench/duplicates.py.

    A pair of shares is (of the later article, of the earlier one) that must stand in the other.
    """

    carried: tuple[float, float] = (0.42, 0.25)  # much of it is the other's: a merged copy
    cut: tuple[float, float] = (0.9, 0.12)  # all of it is the other's, a cut copy
    grown: tuple[float, float] = (0.33, 0.8)  # the earlier one whole, with more behind it
    told_on: tuple[float, float] = (0.12, 0.85)  # the same, where a house goes on with its own
    fewest: int = 12  # words that must be shared to be one report
    whole: float = 0.6  # where less of both is shared, …
    passage: int = 30  # … so many words must be in a row: else they are the words of a trade
    stretch: int = 24  # words in a row that make a part of another's report
    quoted: int = 12  # words of quotations that both have
    with_quotes: tuple[int, int] = (15, 36)  # own words, and with quotations, of a part as well


Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Text:
    """An article prepared for comparing."""

    words: Words
    own: U32  # its passages, in order
    quoted: U32

    @cached_property
    def fours(self) -> "Fours":
        """Its words by four in a row, for a first look."""
        own, quoted = view_fours(self.words.own), view_fours(self.words.quoted)
        fours = np.concatenate([own, quoted]) if len(quoted) else own.copy()
        may_be = np.zeros(1 << _BITS, dtype=np.bool_)
        may_be[_spread(fours)] = True
        return Fours(fours, may_be)

    @cached_property
    def known(self) -> "Known":
        """Its passages as they are looked up; most articles are like no other and need it not."""
        return know(self.own, self.quoted)


@dataclass(frozen=True, slots=True, eq=False)
class Fours:
    """Each four words in a row of a text.

    Most candidates share one passage of frequent words, or have met by chance, the more of them
    the more articles are remembered. They are told by a look at words by four, which need not be
    mixed as passages are: a third of the time of counting what is shared.
    """

    numbers: U64
    may_be: Mask  # by `_spread`: whether one with it is there

    def share_little(self, other: Words) -> bool:
        """Tell whether too few words are shared to count; False also where more must be known."""
        if len(other.quoted) and self._find(view_fours(other.quoted), 1) != []:
            return False
        shared = self._find(view_fours(other.own), _FEWEST_FOURS)
        if not shared:
            return shared is not None
        # All words of a shared passage stand in two shared fours: so many words there are at most.
        return sum((min(4, after - at) for at, after in pairwise(shared)), 4) < _FEWEST

    def _find(self, fours: U64, least: int) -> list[int] | None:
        """Return which of these are there; [] for fewer than `least`, None where it is not sure."""
        maybe = self.may_be[_spread(fours)].nonzero()[0]
        if len(maybe) < least:
            return []
        if len(maybe) > _FEW:
            return None
        is_same = self.numbers == fours[maybe].reshape(-1, 1)
        if np.count_nonzero(is_same) < least:
            return []
        found: list[int] = maybe[is_same.any(axis=1)].tolist()
        return found


def _spread(fours: U64) -> Places:
    """Return a number of some bits for each of these."""
    mixed = fours * _SPREAD
    mixed >>= _UPPER
    return mixed.view(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The passages of a text, once each."""

    numbers: U32  # ascending
    own: Places  # where each of its own passages stands among the numbers
    is_quoted: Mask  # by number
    may_be: Mask  # by the lower half of a passage: whether one with it is there

    def look_up(self, passages: U32) -> tuple[Places, Places]:
        """Return which of these are known, ascending, and where each stands among the numbers."""
        maybe = self.may_be[passages.astype(np.uint16)].nonzero()[0]
        if not len(maybe):
            return maybe, maybe
        asked = passages[maybe]
        places = self.numbers.searchsorted(asked)
        places[places == len(self.numbers)] = 0
        hits = self.numbers[places] == asked
        return maybe[hits], places[hits]


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What two articles, one and other, have in common."""

    one: float = 0.0  # share of its own words that stand in the other
    other: float = 0.0
    shorter: float = 0.0  # the same share of the shorter of the two
    words: int = 0  # shared, the fewer of both
    stretch: int = 0  # the longest in a row, few changed words bridged
    quoted: int = 0  # words of quotations that both have
    quoted_share: float = 0.0  # of the one that quotes less
    is_form: bool = False  # the words are those of a form: its figures are others


_NOTHING = Likeness()


def prepare(words: Words) -> Text:
    """Return the words of an article with their passages."""
    return Text(words, hash_passages(words.own), hash_passages(words.quoted))


def know(own: U32, quoted: U32) -> Known:
    """Return the passages of a text in the form in which they are looked up."""
    every = np.concatenate([own, quoted]) if len(quoted) else own
    order = every.argsort()
    ascending = every[order]
    is_first = np.ones(len(every), dtype=np.bool_)
    is_first[1:] = ascending[1:] != ascending[:-1]
    places = np.empty(len(every), dtype=np.intp)
    places[order] = is_first.cumsum() - 1
    numbers = ascending[is_first]
    is_quoted = np.zeros(len(numbers), dtype=np.bool_)
    is_quoted[places[len(own) :]] = True
    may_be = np.zeros(1 << 16, dtype=np.bool_)
    may_be[numbers.astype(np.uint16)] = True
    return Known(numbers, places[: len(own)], is_quoted, may_be)


def measure(one: Text, other: Words) -> Likeness:
    """Return what two articles have in common.

    Own words are looked for in all of the other: where a house has lost one quotation mark, what
    is quoted and what is not change places.
    """
    if one.fours.share_little(other):
        return _NOTHING
    known = one.known
    passages, quotes = hash_passages(other.own), hash_passages(other.quoted)
    in_own, shared = known.look_up(passages)
    in_quotes, shared_quotes = known.look_up(quotes)
    both_quote = in_quotes[known.is_quoted[shared_quotes]]
    quoted = int(np.count_nonzero(_cover(both_quote, len(quotes)))) if len(both_quote) else 0
    share = quoted / max(1, min(len(one.words.quoted), len(other.quoted)))
    quotes_only = Likeness(quoted=quoted, quoted_share=share)
    if len(in_own) * WORDS < _FEWEST:  # as most pairs: no need to count
        return quotes_only
    there = _cover(in_own, len(passages))
    if np.count_nonzero(there) < _FEWEST:
        return quotes_only
    is_shared = np.zeros(len(known.numbers), dtype=np.bool_)
    is_shared[shared] = True
    is_shared[shared_quotes] = True
    # Of fewer own words than a passage has, none can be shared: all of the rest is quoted.
    here = np.zeros(len(one.words.own), dtype=np.bool_)
    if len(one.own):
        here = _cover(is_shared[known.own].nonzero()[0], len(one.own))
    words, stretches = zip(_bridge(here), _bridge(there), strict=True)
    shares = (words[0] / max(1, len(here)), words[1] / len(there))
    return Likeness(
        one=shares[0],
        other=shares[1],
        shorter=shares[0] if len(here) <= len(there) else shares[1],
        words=min(words),
        stretch=min(stretches),
        quoted=quoted,
        quoted_share=share,
        is_form=_has_other_figures(one.words.own, here, other),
    )


def judge(
    likeness: Likeness, rules: Rules, *, one_is_later: bool, same_house: bool
) -> LinkKind | None:
    """Return what the one has of the other: a copy, a part, quotations, nothing."""
    shares = (likeness.one, likeness.other)
    later, earlier = shares if one_is_later else shares[::-1]
    bounds = (rules.carried, rules.cut, rules.told_on if same_house else rules.grown)
    if likeness.is_form:
        return LinkKind.QUOTES if likeness.quoted >= rules.quoted else None
    is_whole = max(later, earlier) >= rules.whole or likeness.stretch >= rules.passage
    enough = likeness.words >= rules.fewest and is_whole
    if enough and any(later >= a and earlier >= b for a, b in bounds):
        return LinkKind.COPY
    own, every = rules.with_quotes
    quoting = likeness.words >= own and likeness.words + likeness.quoted >= every
    if likeness.stretch >= rules.stretch or (quoting and likeness.quoted):
        return LinkKind.PARTIAL
    return LinkKind.QUOTES if likeness.quoted >= rules.quoted else None


def _cover(shared: Places, passages: int) -> Mask:
    """Return for each word of so many passages whether it stands in one that is shared."""
    is_shared = np.zeros(passages, dtype=np.bool_)
    is_shared[shared] = True
    mask = np.zeros(passages + WORDS - 1, dtype=np.bool_)
    for step in range(WORDS):
        mask[step : step + passages] |= is_shared
    return mask


def _has_other_figures(words: U16, covered: Mask, other: Words) -> bool:
    """Tell whether many figures between the shared words are not those of the other text.

    "… will yield 3.6 pct in 34-day accords maturing on August 3": the words of a form, filled in
    anew for each report, and no copy of the last one.
    """
    near = covered.copy()
    for step in range(1, _BRIDGE + 1):
        near[step:] |= covered[:-step]
        near[:-step] |= covered[step:]
    figures = near & (words < FIGURES)
    total = np.count_nonzero(figures)
    if total < _FEWEST_FIGURES:
        return False
    known = set(other.own[other.own < FIGURES].tolist())
    changed = [figure for figure in words[figures & ~covered].tolist() if figure not in known]
    return len(changed) > _OTHER_FIGURES * int(total)


def _bridge(mask: Mask) -> tuple[int, int]:
    """Return how many words are shared, and the most of them in a row.

    The few words that a house has changed inside of a passage count as of that passage.
    """
    places = mask.nonzero()[0]
    if not len(places):
        return 0, 0
    breaks = (places[1:] - places[:-1] > _BRIDGE + 1).nonzero()[0]
    if not len(breaks):
        whole = int(places[-1] - places[0]) + 1
        return whole, whole
    starts = np.concatenate([places[:1], places[breaks + 1]])
    ends = np.concatenate([places[breaks], places[-1:]])
    lengths = ends - starts + 1
    return int(lengths.sum()), int(lengths.max())
