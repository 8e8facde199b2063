"""Stories that have turned out to be two: the first report of one event was taken for another's.

Two events of one kind share most words of their first reports, and all that comes later follows
them into one story. Once there are several reports of each, the story is visibly two groups. So
the reports of a story that grew are held against each other and parted in two. If each group is as
close as one story is, and far closer than the two are to each other, the younger becomes a story of
its own. Only small stories and full reports are looked at: a large story is what its readers know
it to be, and of lines, or across languages, scores vary too much.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from dateline.model import ArticleId, StoryId, StorySplit
from dateline.stories.asking import View
from dateline.stories.pairs import (
    MUCH,
    USUAL,
    Reports,
    gather_stories,
    list_reports,
    look_within,
    score_pairs,
)
from dateline.stories.scoring import KEPT, Rules
from dateline.stories.window import ARTICLE, F32, Positions, Window

MOST = 40  # reports; a story that has more is left as it is
LEAST = 4  # reports of each group
# The newest articles: the stories that have one of them are looked at. As many as come between two
# looks, twice: what a merge has made is looked at as well.
GROWN = 400
ROUNDS, SETTLING = 20, 5  # of the two loops that part reports; more change nothing
Scores = npt.NDArray[np.float64]  # of each two reports
Sides = npt.NDArray[np.bool_]  # which of two groups
WHY = "its reports form two groups, each far more alike within than to the other"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Groups:
    """The reports of a story in two groups."""

    stays: Positions  # rows; the group that has the first report
    leaves: Positions
    across: float  # mean score of a report of one and a report of the other
    within: float  # the same within the looser of the two

    def are_two(self, rules: Rules) -> bool:
        """Tell whether they are two stories."""
        few = min(len(self.stays), len(self.leaves)) < LEAST
        return not few and self.within >= USUAL and self.across < rules.apart * self.within


def list_grown(window: Window) -> set[int]:
    """Return the stories that have one of the newest articles."""
    whole = window.column("kinds")[-GROWN:] == ARTICLE
    return set(window.column("story_ids")[-GROWN:][whole].tolist())


def find_splits(view: View, stories: Collection[int]) -> tuple[StorySplit, ...]:
    """Return the splits of those of these stories that are clearly two, by id."""
    listed = list_reports(view.window, stories, MOST + 1)
    small = {story: its for story, its in sorted(listed.items()) if 2 * LEAST <= len(its) <= MOST}
    full = {story: its for story, its in small.items() if _is_full(view, its)}
    read = gather_stories(view, full)
    found = [_judge(view, (story, full[story]), reports) for story, reports in read.items()]
    return tuple(split for split in found if split is not None)


def _is_full(view: View, numbers: Positions) -> bool:
    """Tell whether there is enough to read in the language that most of the reports are in."""
    main = _find_main(view.window.column("languages")[numbers - view.window.base])
    starts, stops = view.window.find_terms(numbers[main])
    return len(main) >= 2 * LEAST and float((stops - starts).mean()) >= MUCH * KEPT


def would_part(rules: Rules, mine: Reports, its: Reports) -> bool:
    """Tell whether two stories, if they were one, would be split again."""
    here, there = _find_main(mine.languages), _find_main(its.languages)
    sizes = np.concatenate([mine.sizes[here], its.sizes[there]])
    if mine.languages[here[0]] != its.languages[there[0]] or sizes.mean() < MUCH * KEPT:
        return False
    words = _by_words(rules)
    inside = [score_pairs(words, one, one)[at][:, at] for one, at in ((mine, here), (its, there))]
    groups = Groups(
        stays=here,
        leaves=there,
        across=float(score_pairs(words, mine, its)[here][:, there].mean()),
        within=min(map(look_within, inside)),
    )
    return groups.are_two(rules)


def _by_words(rules: Rules) -> Rules:
    # Of two events of one kind the words tell, names and figures above all; the meaning is one.
    return replace(rules, words=1.0)


def _judge(view: View, story: tuple[int, Positions], reports: Reports) -> StorySplit | None:
    """Return the split of a story with these reports, None where they are one story's."""
    story_id, numbers = story
    main = _find_main(reports.languages)
    scores = score_pairs(_by_words(view.rules), reports, reports)
    groups = part(scores, main)
    if not groups.are_two(view.rules):
        return None
    leaves = _take_along(scores, groups, main)
    ids = view.window.column("article_ids")[numbers[leaves] - view.window.base].tolist()
    return StorySplit(
        story_id=StoryId(story_id),
        article_ids=tuple(ArticleId(each) for each in sorted(ids)),
        score=round(groups.across / (view.rules.apart * groups.within), 4),
        why=WHY,
    )


def _find_main(languages: Positions) -> Positions:
    """Return the rows of the language that most reports are in, the first of several."""
    names, counts = np.unique(languages, return_counts=True)
    return np.flatnonzero(languages == names[counts.argmax()])


def part(scores: F32, rows: Positions) -> Groups:
    """Return two groups of these rows, each report with those that it is nearer to."""
    between = scores[np.ix_(rows, rows)].astype(np.float64)
    between = (between + between.T) / 2
    groups = _settle(between, _cut(between))
    stays = groups == groups[0]
    mine, its = between[stays][:, stays], between[~stays][:, ~stays]
    return Groups(
        stays=rows[stays],
        leaves=rows[~stays],
        across=float(between[stays][:, ~stays].mean()) if len(its) else 0.0,
        within=min(look_within(mine), look_within(its)),
    )


def _cut(scores: Scores) -> Sides:
    """Return the normalised cut: the sides of the second eigenvector (Shi and Malik, 2000).

    Unlike a linkage, which ends with one stray report beside all others, it likes equal groups.
    """
    near = np.maximum(scores, 0)
    np.fill_diagonal(near, 0)
    degrees = np.sqrt(np.maximum(near.sum(axis=1), 1e-9))
    near /= degrees[:, None] * degrees
    first = degrees / np.linalg.norm(degrees)
    vector = near[0].copy()
    vector[0] = vector.max()
    for _ in range(ROUNDS):
        vector -= first * (first @ vector)
        vector += near @ vector
        vector /= max(float(np.linalg.norm(vector)), 1e-12)
    return np.asarray(vector - first * (first @ vector) > 0)


def _settle(scores: Scores, sides: Sides) -> Sides:
    """Return the sides once each report stands where those are that it is nearer to, on average."""
    others = scores.copy()
    np.fill_diagonal(others, 0)
    for _ in range(SETTLING):
        here = np.count_nonzero(sides)
        there = len(sides) - here
        if min(here, there) < 2:
            break
        to_here = others[:, sides].sum(axis=1) / (here - sides)
        to_there = others[:, ~sides].sum(axis=1) / (there - ~sides)
        sides = to_here > to_there
    return sides


def _take_along(scores: F32, groups: Groups, main: Positions) -> Positions:
    """Return the group that leaves, with the reports of other languages that are nearer to it."""
    is_other = np.ones(len(scores), dtype=bool)
    is_other[main] = False
    others = np.flatnonzero(is_other)
    to_leave = scores[np.ix_(others, groups.leaves)].mean(axis=1)
    to_stay = scores[np.ix_(others, groups.stays)].mean(axis=1)
    return np.concatenate([groups.leaves, others[to_leave > to_stay]])
