"""Most popular: what is read most now, and what most independent reports are about.

Reads are kept as sums by the hour. Each hour's sum is damped by its logarithm before it is added,
so that a flood within one hour weighs little more than an honest hour, and fades with a half-life.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dateline.model import ArticleId, StoryCard
from dateline.publish.ranking import count_independent

HALF_LIFE = timedelta(hours=12)
WINDOW = timedelta(days=3)  # older sums weigh less than 1/64 and need not be read


class PopularBy(StrEnum):
    """What a list of popular things is ordered by; the reader is told which."""

    READ = "read"
    COVERED = "covered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Popular:
    """A list of what is popular, and by which measure; one of the two lists is empty."""

    by: PopularBy
    articles: tuple[ArticleId, ...] = ()
    stories: tuple[StoryCard, ...] = ()


def rank_popular(
    views: Iterable[tuple[ArticleId, datetime, int]], now: datetime
) -> list[ArticleId]:
    """Return the articles read most, best first."""
    scores: dict[ArticleId, float] = defaultdict(float)
    for article_id, hour, count in views:
        if count > 0:
            age = max(now - hour, timedelta(0)) / HALF_LIFE
            scores[article_id] += math.log1p(count) * 0.5**age
    return sorted(scores, key=lambda article_id: (-scores[article_id], -article_id))


def rank_covered(stories: Iterable[StoryCard]) -> list[StoryCard]:
    """Return the stories by how many independent origins they have, then outlets, then newest."""

    def weigh(story: StoryCard) -> tuple[int, int, datetime]:
        return count_independent(story), story.outlets, story.last_at

    return sorted(stories, key=weigh, reverse=True)


def choose_popular(
    read: Sequence[ArticleId], stories: Iterable[StoryCard], *, limit: int = 8
) -> Popular:
    """Return the most read articles, or the most covered stories where nothing was read."""
    if read:
        return Popular(by=PopularBy.READ, articles=tuple(read[:limit]))
    covered = [story for story in rank_covered(stories) if story.outlets > 1]
    return Popular(by=PopularBy.COVERED, stories=tuple(covered[:limit]))
