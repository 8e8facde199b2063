"""Two stories held against each other, article by article: are their reports those of one?

The middle of a story cannot say it: many reports together share words with everything. The mean
over all pairs of reports can, and beside it stands how alike the reports within each story are: two
quakes are alike, but the reports of each are far more so among themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from dateline.stories.asking import TIMES, View
from dateline.stories.frequency import Languages
from dateline.stories.hashing import U32
from dateline.stories.picking import find_starts
from dateline.stories.scoring import KEPT, Rules, weigh
from dateline.stories.window import ARTICLE, F32, Positions, Window, measure_parts

MOST = 20  # reports of a story that are compared, the newest ones
USUAL = 0.5  # mean score of two reports of one story; stands in while a story has few …
PAIRS = 2  # … as so many pairs would
MUCH = 0.5  # fullness from which on reports are full ones
Square = npt.NDArray[np.float32] | npt.NDArray[np.float64]  # a score for each two reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the reports of two stories say."""

    across: float  # mean score of a report of one and a report of the other
    within: float  # the same within the looser of the two stories
    fullness: float  # how much there is to read in the shorter reports, 0..1


def list_reports(window: Window, stories: Iterable[int], most: int = MOST) -> dict[int, Positions]:
    """Return the numbers of the newest whole reports of each of these stories that has any."""
    of_rows = window.column("story_ids")
    mine = np.isin(of_rows, np.fromiter(stories, dtype=np.int64))
    rows = np.flatnonzero(mine & (window.column("kinds") == ARTICLE))
    order = rows[np.argsort(of_rows[rows], kind="stable")]
    ids, starts = np.unique(of_rows[order], return_index=True)
    ends = np.append(starts, len(order))[1:].tolist()
    return {
        int(story): order[max(start, end - most) : end] + window.base
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
    within: float = USUAL  # mean score of two of them, leaning to the usual where there are few


def read_stories(view: View, stories: dict[int, Positions]) -> dict[int, Reports]:
    """Return the reports with these numbers, by story, and how alike those of each are."""
    read = gather_stories(view, stories)
    return {
        story: reports
        if len(reports.sizes) == 1
        else replace(reports, within=look_within(score_pairs(view.rules, reports, reports)))
        for story, reports in read.items()
    }


def gather_stories(view: View, stories: dict[int, Positions]) -> dict[int, Reports]:
    """Return the reports with these numbers, by story, the rarity of their words as it is now."""
    if not stories:
        return {}
    numbers = np.concatenate(list(stories.values()))
    ids, counts, starts = view.window.gather(numbers)
    sizes = measure_parts(starts, len(ids))
    languages = view.window.column("languages")[numbers - view.window.base]
    weights = TIMES.take(counts) * _read_rarity(view, ids, languages, sizes)
    vectors = view.meanings.recall_all(numbers)
    read, edges, stop = dict[int, Reports](), [*starts.tolist(), len(ids)], 0
    for story, its in stories.items():
        start, stop = stop, stop + len(its)
        part = slice(edges[start], edges[stop])
        terms, table = _lay_out(ids[part], weights[part], sizes[start:stop])
        read[story] = Reports(
            terms=terms,
            weights=table,
            sizes=sizes[start:stop],
            languages=languages[start:stop],
            vectors=None if vectors is None else vectors[start:stop],
        )
    return read


def _lay_out(ids: U32, weights: F32, sizes: Positions) -> tuple[U32, F32]:
    """Return the terms of a few reports, ascending, and a row of length one a report."""
    order = ids.argsort(kind="stable")
    ids, weights = ids[order], weights[order]
    if len(sizes) == 1:
        terms, table = ids, weights[None, :]
    else:
        starts = find_starts(ids)
        terms = ids[starts]
        table = np.zeros((len(sizes), len(terms)), dtype=np.float32)
        rows = np.arange(len(sizes)).repeat(sizes)[order]
        table[rows, np.arange(len(terms)).repeat(measure_parts(starts, len(ids)))] = weights
    return terms, table / np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)


def _read_rarity(view: View, ids: U32, languages: Languages, sizes: Positions) -> F32:
    """Return the weight of each term in the language of its report."""
    names, first = view.window.names, int(languages[0])
    if np.count_nonzero(languages == first) == len(languages):
        return view.frequency.rarity(ids, names[first])
    return view.frequency.rarity_in(ids, names, languages.repeat(sizes))


def compare_reports(rules: Rules, mine: Reports, its: Reports) -> Compared:
    """Hold the reports of two stories against each other."""
    return Compared(
        across=float(score_pairs(rules, mine, its).mean()),
        within=min(mine.within, its.within),
        fullness=min(float(mine.sizes.mean()), float(its.sizes.mean())) / KEPT,
    )


def score_pairs(rules: Rules, mine: Reports, its: Reports) -> F32:
    """Return the scores of all pairs by words and meaning, each with its share."""
    here, there = _find_shared(mine.terms, its.terms)
    words = np.float32(rules.lift) * (mine.weights[:, here] @ its.weights[:, there].T)
    if mine.vectors is None or its.vectors is None:
        return np.asarray(words, dtype=np.float32)
    meanings = mine.vectors @ its.vectors.T
    fullness = (np.minimum(mine.sizes[:, None], its.sizes) / KEPT).astype(np.float32)
    share = np.where(mine.languages[:, None] == its.languages, weigh(rules, fullness), 0.0)
    unknown = np.isnan(meanings)
    share = np.where(unknown, 1.0, share)
    mixed = share * words + (1 - share) * np.where(unknown, 0.0, meanings)
    return np.asarray(mixed, dtype=np.float32)


def _find_shared(mine: U32, its: U32) -> tuple[Positions, Positions]:
    """Return where the terms that are in both stand in each."""
    if not len(its):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    there = np.searchsorted(its[:-1], mine)  # the last place at most
    here = (its[there] == mine).nonzero()[0]
    return here, there[here]


def look_within(scores: Square) -> float:
    """Return the mean score of two reports of a story, leaning to the usual where there are few."""
    pairs = len(scores) * (len(scores) - 1) / 2
    total = float(scores.sum() - np.trace(scores)) / 2
    return (total + PAIRS * USUAL) / (pairs + PAIRS)


def ask_alike(rules: Rules, compared: Compared) -> float:
    """Return the score that two stories owe to their own closeness, where there is much to read.

    Of lines, or across languages, the scores within a story vary too much to be held against it.
    """
    return rules.alike * compared.within * min(1.0, compared.fullness / MUCH)
