"""Two stories held against each other, article by article: are their reports those of one?

The middle of a story cannot say it: many reports together share words with everything. The mean
over all pairs of reports can, and beside it stands how alike the reports within each story are: two
quakes are alike, but the reports of each are far more so among themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from dateline.stories.asking import TIMES, View
from dateline.stories.features import U32
from dateline.stories.scoring import KEPT, Rules, weigh
from dateline.stories.window import ARTICLE, F32, Positions, Window

MOST = 20  # reports of a story that are compared, the newest ones
USUAL = 0.5  # mean score of two reports of one story; stands in while a story has few …
PAIRS = 2  # … as so many pairs would
MUCH = 0.5  # fullness from which on reports are full ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the reports of two stories say."""

    across: float  # mean score of a report of one and a report of the other
    within: float  # the same within the looser of the two stories
    fullness: float  # how much there is to read in the shorter reports, 0..1


def list_reports(window: Window, stories: Iterable[int]) -> dict[int, Positions]:
    """Return the numbers of the newest whole reports of each of these stories that has any."""
    of_rows = window.column("story_ids")
    mine = np.isin(of_rows, np.fromiter(stories, dtype=np.int64))
    rows = np.flatnonzero(mine & (window.column("kinds") == ARTICLE))
    order = rows[np.argsort(of_rows[rows], kind="stable")]
    ids, starts = np.unique(of_rows[order], return_index=True)
    ends = np.append(starts, len(order))[1:].tolist()
    return {
        int(story): order[max(start, end - MOST) : end] + window.base
        for story, start, end in zip(ids, starts.tolist(), ends, strict=True)
    }


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Reports:
    """The reports of one story, a row each, ready to be compared."""

    terms: U32  # of all of them, ascending
    weights: F32  # a column a term; rows of length one
    sizes: Positions  # number of terms
    languages: Positions
    vectors: F32 | None  # what they mean; not a number where one has no vector
    within: float = 0.0  # mean score of two of them, leaning to the usual where there are few


def read_reports(view: View, numbers: Positions) -> Reports:
    """Return the reports with these numbers, the rarity of their words as it is now."""
    ids, counts, starts = view.window.gather(numbers)
    sizes = np.diff(np.append(starts, len(ids)))
    rows = np.repeat(np.arange(len(numbers)), sizes)
    languages = view.window.column("languages")[numbers - view.window.base]
    rarity = view.frequency.rarity_in(ids, view.window.names, languages[rows])
    terms, where = np.unique(ids, return_inverse=True)
    weights = np.zeros((len(numbers), len(terms)), dtype=np.float32)
    weights[rows, where] = TIMES[counts] * rarity
    weights /= np.maximum(np.linalg.norm(weights, axis=1, keepdims=True), 1e-9)
    vectors = view.meanings.recall_all(numbers)
    read = Reports(terms=terms, weights=weights, sizes=sizes, languages=languages, vectors=vectors)
    return replace(read, within=_look_within(_score_pairs(view.rules, read, read)))


def compare_reports(rules: Rules, mine: Reports, its: Reports) -> Compared:
    """Hold the reports of two stories against each other."""
    return Compared(
        across=float(_score_pairs(rules, mine, its).mean()),
        within=min(mine.within, its.within),
        fullness=min(float(mine.sizes.mean()), float(its.sizes.mean())) / KEPT,
    )


def _score_pairs(rules: Rules, mine: Reports, its: Reports) -> F32:
    """Return the scores of all pairs by words and meaning, each with its share."""
    _, here, there = np.intersect1d(mine.terms, its.terms, assume_unique=True, return_indices=True)
    words = np.float32(rules.lift) * (mine.weights[:, here] @ its.weights[:, there].T)
    if mine.vectors is None or its.vectors is None:
        return np.asarray(words, dtype=np.float32)
    meanings = mine.vectors @ its.vectors.T
    fullness = (np.minimum(mine.sizes[:, None], its.sizes) / KEPT).astype(np.float32)
    share = np.where(mine.languages[:, None] == its.languages, weigh(rules, fullness), 0.0)
    share = np.where(np.isnan(meanings), 1.0, share)
    mixed = share * words + (1 - share) * np.nan_to_num(meanings)
    return np.asarray(mixed, dtype=np.float32)


def _look_within(scores: F32) -> float:
    pairs = len(scores) * (len(scores) - 1) / 2
    total = float(scores.sum() - np.trace(scores)) / 2
    return (total + PAIRS * USUAL) / (pairs + PAIRS)


def ask_alike(rules: Rules, compared: Compared) -> float:
    """Return the score that two stories owe to their own closeness, where there is much to read.

    Of lines, or across languages, the scores within a story vary too much to be held against it.
    """
    return rules.alike * compared.within * min(1.0, compared.fullness / MUCH)
