"""Two stories held against each other, article by article: are their reports those of one?

The middle of a story cannot say it: many reports together share words with everything. The mean
over all pairs of reports can, and beside it stands how alike the reports within each story are: two
quakes are alike, but the reports of each are far more so among themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from dateline.stories.asking import TIMES, View
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


def compare_reports(view: View, mine: Positions, its: Positions) -> Compared:
    """Hold the reports of two stories, by their numbers, against each other."""
    numbers = np.concatenate([mine, its])
    sizes, words = _compare_words(view, numbers)
    scores = _add_meaning(view, numbers, words, sizes)
    cut = len(mine)
    return Compared(
        across=float(scores[:cut, cut:].mean()),
        within=min(_look_within(scores[:cut, :cut]), _look_within(scores[cut:, cut:])),
        fullness=min(float(sizes[:cut].mean()), float(sizes[cut:].mean())) / KEPT,
    )


def _compare_words(view: View, numbers: Positions) -> tuple[Positions, F32]:
    """Return the number of terms of each report, and the scores of all pairs by words."""
    ids, counts, starts = view.window.gather(numbers)
    sizes = np.diff(np.append(starts, len(ids)))
    rows = np.repeat(np.arange(len(numbers)), sizes)
    languages = view.window.column("languages")[numbers - view.window.base][rows]
    weights = TIMES[counts]
    for number in np.unique(languages).tolist():
        spoken = languages == number
        weights[spoken] *= view.frequency.rarity(ids[spoken], view.window.names[number])
    terms, where = np.unique(ids, return_inverse=True)
    table = np.zeros((len(numbers), len(terms)), dtype=np.float32)
    table[rows, where] = weights
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    return sizes, np.float32(view.rules.lift) * (table @ table.T)


def _add_meaning(view: View, numbers: Positions, words: F32, sizes: Positions) -> F32:
    """Return the scores of all pairs by words and meaning, each with its share."""
    meanings = view.meanings.compare_all(numbers)
    if meanings is None:
        return words
    spoken = view.window.column("languages")[numbers - view.window.base]
    fullness = (np.minimum(sizes[:, None], sizes[None, :]) / KEPT).astype(np.float32)
    share = np.where(spoken[:, None] == spoken[None, :], weigh(view.rules, fullness), 0.0)
    share = np.where(np.isnan(meanings), 1.0, share)
    mixed = share * words + (1 - share) * np.nan_to_num(meanings)
    return np.asarray(mixed, dtype=np.float32)


def _look_within(scores: F32) -> float:
    """Return the mean score of two reports of a story, leaning to the usual where it has few."""
    pairs = len(scores) * (len(scores) - 1) / 2
    total = float(scores.sum() - np.trace(scores)) / 2
    return (total + PAIRS * USUAL) / (pairs + PAIRS)


def ask_alike(rules: Rules, compared: Compared) -> float:
    """Return the score that two stories owe to their own closeness, where there is much to read.

    Of lines, or across languages, the scores within a story vary too much to be held against it.
    """
    return rules.alike * compared.within * min(1.0, compared.fullness / MUCH)
