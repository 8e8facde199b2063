"""Most popular: what is read most now, and what most independent reports are about.

Reads are kept as sums by the hour. The order is that of the networks which an article was read in:
those of each hour are damped by their logarithm, where they are more than a few, before they are
added, so that a flood within one hour weighs little more than an honest hour, and fade with a
half-life. An hour that jumped oddly (see `jumps`) counts for what the hours before it did.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dateline.model import ArticleId, HourReads, Jump, StoryCard
from dateline.publish.origin_tree import count_independent

HALF_LIFE = timedelta(hours=12)
KNEE = 5.0  # networks in an hour up to which each counts as much as the other
HELD = timedelta(hours=2)  # how long a list says of an article that its place is held
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
    hours: Iterable[HourReads], now: datetime, *, jumps: Iterable[Jump] = ()
) -> list[ArticleId]:
    """Return the articles read most, best first; hours that jumped count as those before them."""
    held = {(jump.article_id, jump.hour): jump.before for jump in jumps if not jump.lifted}
    scores: dict[ArticleId, float] = defaultdict(float)
    for each in hours:
        counted = held.get((each.article_id, each.hour), each.networks)
        if counted > 0:
            age = max(now - each.hour, timedelta(0)) / HALF_LIFE
            scores[each.article_id] += _damp(counted) * 0.5**age
    return sorted(scores, key=lambda article_id: (-scores[article_id], -article_id))


def _damp(networks: float) -> float:
    if networks <= KNEE:
        return networks
    return KNEE * (1 + math.log(networks / KNEE))


def find_held(jumps: Iterable[Jump], now: datetime) -> dict[ArticleId, Jump]:
    """Return the articles whose place is held now, each with its newest jump."""
    fresh = (jump for jump in jumps if not jump.lifted and now - jump.hour < HELD)
    return {jump.article_id: jump for jump in sorted(fresh, key=lambda jump: jump.hour)}


def rank_covered(stories: Iterable[StoryCard]) -> list[StoryCard]:
    """Return the stories by how many independent origins they have, then outlets, then newest."""

    def weigh(story: StoryCard) -> tuple[int, int, datetime]:
        independent = count_independent(story.outlets, story.origins)
        return independent, story.outlets, story.last_at

    return sorted(stories, key=weigh, reverse=True)


def choose_popular(
    read: Sequence[ArticleId], stories: Iterable[StoryCard], *, limit: int = 8
) -> Popular:
    """Return the most read articles, or the most covered stories where nothing was read."""
    if read:
        return Popular(by=PopularBy.READ, articles=tuple(read[:limit]))
    covered = [story for story in rank_covered(stories) if story.outlets > 1]
    return Popular(by=PopularBy.COVERED, stories=tuple(covered[:limit]))
