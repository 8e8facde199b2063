"""How much of one article stands in another, and what that makes them.

Measured in words that stand in passages both have, not in passages: where a house has changed one
word in twelve, nearly half of the passages are gone and most of the words are still there.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dateline.model import LinkKind
from dateline.origins.passages import FIGURES, U16, U32, WORDS, Words, hash_passages

_BRIDGE = 3  # changed words that do not end a stretch
_FEWEST_FIGURES = 4  # of a form …
_OTHER_FIGURES = 0.4  # … of which such a share must differ
_FEWEST = 10  # words: fewer in common are figures of speech


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


@dataclass(frozen=True, slots=True)
class Text:
    """An article prepared for comparing."""

    words: Words
    own: U32  # its passages, in order
    quoted: U32
    sorted_quoted: U32
    sorted_all: U32


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


NOTHING = Likeness()


def prepare(words: Words) -> Text:
    """Return the words of an article with their passages."""
    own, quoted = hash_passages(words.own), hash_passages(words.quoted)
    return Text(words, own, quoted, np.sort(quoted), _sort_all(own, quoted))


def measure(one: Text, other: Words) -> Likeness:
    """Return what two articles have in common.

    Own words are looked for in all of the other: where a house has lost one quotation mark, what
    is quoted and what is not change places.
    """
    quotes = hash_passages(other.quoted)
    quoted = 0
    if len(one.quoted) and len(quotes):
        quoted = int(np.count_nonzero(_cover(quotes, one.sorted_quoted)))
    share = quoted / max(1, min(len(one.words.quoted), len(other.quoted)))
    passages = hash_passages(other.own)
    there = _cover(passages, one.sorted_all)
    if np.count_nonzero(there) < _FEWEST:
        return Likeness(quoted=quoted, quoted_share=share)
    here = _cover(one.own, _sort_all(passages, quotes))
    is_form = _has_other_figures(one.words.own, here, other)
    _bridge(here)
    _bridge(there)
    words = (int(np.count_nonzero(here)), int(np.count_nonzero(there)))
    shares = (words[0] / len(here), words[1] / len(there))
    return Likeness(
        one=shares[0],
        other=shares[1],
        shorter=shares[0] if len(here) <= len(there) else shares[1],
        words=min(words),
        stretch=min(_longest(here), _longest(there)),
        quoted=quoted,
        quoted_share=share,
        is_form=is_form,
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


Mask = npt.NDArray[np.bool_]


def _sort_all(own: U32, quoted: U32) -> U32:
    return np.sort(np.concatenate([own, quoted]) if len(quoted) else own)


def _cover(passages: U32, known: U32) -> Mask:
    """Return for each word whether it stands in one of the known, ascending passages."""
    if not len(passages) or not len(known):
        return np.zeros(0, dtype=np.bool_)
    places = known.searchsorted(passages)
    places[places == len(known)] = 0
    hits = known[places] == passages
    mask = np.zeros(len(passages) + WORDS - 1, dtype=np.bool_)
    if np.count_nonzero(hits):
        for step in range(WORDS):
            mask[step : step + len(hits)] |= hits
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


def _bridge(mask: Mask) -> None:
    """Count the few words that a house has changed inside of a passage as of that passage."""
    places = mask.nonzero()[0]
    steps = places[1:] - places[:-1]
    for place in ((steps > 1) & (steps <= _BRIDGE + 1)).nonzero()[0].tolist():
        mask[places[place] : places[place + 1]] = True


def _longest(mask: Mask) -> int:
    """Return the most words in a row."""
    places = mask.nonzero()[0]
    breaks = (places[1:] - places[:-1] > 1).nonzero()[0]
    if not len(breaks):
        return len(places)
    inner = int((breaks[1:] - breaks[:-1]).max()) if len(breaks) > 1 else 0
    return int(max(breaks[0] + 1, len(places) - 1 - breaks[-1], inner))
