"""How near is an article to another, to a story, a story to a story? One scale for all of them.

Words and meaning are two witnesses. Of two full reports in one language the words say more; of two
lines, or across languages, the meaning does. So the share of words grows with how much there is to
read. A score is then held against the crowd: where even the thirtieth nearest article is much
alike (one war, one tournament), more is needed to be the same story; with no such neighbours, less.
All numbers are measured in bench/stories.py, one set of them for all languages and kinds of text.
"""

import math
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from dateline.stories.centres import Centre
from dateline.stories.window import F32

KEPT = 100  # terms of an article, the heaviest; so many are much to read
KIN = 2  # articles that count as much as what is usual elsewhere
RANK = 30  # the neighbour that tells how crowded it is around an article


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The numbers that decide."""

    threshold: float = 0.48  # of a score, in units of `clear` plus crowding
    merging: float = 0.42  # the same, for two stories
    clear: float = 0.6  # what is asked where nothing else is near
    words: float = 0.6  # the share of words where both articles are long
    beside: float = 0.85  # the same, where an article is to be read beside another
    lift: float = 1.8  # cosines of words are so much lower than cosines of meaning
    floor: float = 0.7  # what is left of the score of a very old story
    fading: float = 72.0  # hours in which most of the rest goes
    odd_words: float = 1.0  # standard deviations beyond chance from which shared words tell …
    sure_words: float = 2.0  # … and that leave no doubt
    odd_meaning: float = 0.25  # cosine of meaning, across languages, from which it tells …
    sure_meaning: float = 0.45  # … and that leaves no doubt
    kinship: float = 0.68  # of the mean score with which the story's articles have joined it …
    close: float = 0.55  # … but never more than this
    alike: float = 0.6  # two stories: of the mean score of two reports within one of them
    apart: float = 0.72  # two groups of a story: below this share of the score within, two stories
    doubt: float = 0.75  # of a threshold: pairs of stories that a merge is thought about


Share = TypeVar("Share", float, F32)


def weigh(rules: Rules, fullness: Share) -> Share:
    """Return the share of words, given how much there is to read in the shorter text, 0..1.

    Squared: a sentence shares words with another by chance, half a report hardly does.
    """
    return rules.words * fullness * fullness


def weigh_beside(rules: Rules, fullness: F32) -> F32:
    """Return the share of words where an article is to be read beside another.

    Larger than for stories: the meaning of two look-alike events (two quakes, two trials) is one,
    and what is offered first should be of the same.
    """
    return np.asarray(rules.beside * np.sqrt(fullness), dtype=np.float32)


def trust(rules: Rules, beyond: F32, meanings: F32, same: npt.NDArray[np.bool_]) -> F32:
    """Return how sure it is that articles are alike by more than chance, 0..1.

    `beyond` says how far their words are beyond chance, in standard deviations; across languages,
    where words cannot be shared, the meaning must be further than that of unrelated articles.
    """
    words = np.clip((beyond - rules.odd_words) / (rules.sure_words - rules.odd_words), 0, 1)
    known = np.nan_to_num(meanings, nan=0.0)
    meant = np.clip((known - rules.odd_meaning) / (rules.sure_meaning - rules.odd_meaning), 0, 1)
    return np.asarray(np.where(same, words, meant), dtype=np.float32)


def fade(rules: Rules, gap: float) -> float:
    """Return what is left of a score after so many hours of silence."""
    return rules.floor + (1 - rules.floor) * math.exp(-max(gap, 0.0) / rules.fading)


def ask_kinship(rules: Rules, centre: Centre, usual: float) -> float:
    """Return what a story asks of who joins it, given how alike its articles are.

    Two events of one kind (two volunteers killed, two quakes) are alike, but each of them is
    more so within itself. `usual` is the mean score of all that joined any story; it stands in
    while few have joined this one.
    """
    binding = centre.binding + KIN * usual
    return min(rules.kinship * binding / (centre.joins + KIN), rules.close)


def demand(rules: Rules, threshold: float, crowding: float) -> float:
    """Return the score that is asked for among neighbours so much alike."""
    return threshold * (rules.clear + crowding)


@dataclass(slots=True, kw_only=True)  # not frozen: two dozen are made an article
class Likeness:
    """What is known of an article and a story: cosines, None where there is no such witness."""

    words: float | None
    meaning: float | None
    fullness: float
    same_language: float  # share of the story's articles, 0..1


def score(rules: Rules, seen: Likeness) -> float:
    """Return how near an article is to a story, before age and crowd."""
    words = rules.lift * (seen.words or 0.0)
    if seen.meaning is None:
        return words
    share = weigh(rules, seen.fullness) * seen.same_language if seen.words is not None else 0.0
    return share * words + (1 - share) * seen.meaning
