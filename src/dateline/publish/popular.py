"""Most popular: what is read most now, and what most independent reports are about.

Reads are kept as sums by the hour. The order is that of the networks which an article was read in:
those of each hour are damped by their logarithm, where they are more than a few, before they are
added, so that a flood within one hour weighs little more than an honest hour, and fade with a
half-life. An hour that jumped oddly (see `jumps`) counts for what the hours before it did.

What fewer readers, or fewer networks, read than a day's counts tell of is not listed: a list of two
would tell everybody what one reader has just read.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dateline.model import ArticleId, HourReads, Jump, StoryCard
from dateline.publish.day_counts import LEAST
from dateline.publish.origin_tree import count_independent

HALF_LIFE = timedelta(hours=12)
KNEE = 5.0  # networks in an hour up to which each counts as much as the other
HELD = timedelta(hours=2)  # how long a list says of an article that its place is held
ENOUGH = 5  # articles that are listed as read, below which the most covered stand on every page
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
    """Return the articles read most, best first; hours that jumped count as those before them.

    An article is listed from `LEAST` readers in as many networks on, those of all hours together.
    """
    listed = list(hours)
    told = _list_told(listed)
    held = {(jump.article_id, jump.hour): jump.before for jump in jumps if not jump.lifted}
    scores: dict[ArticleId, float] = defaultdict(float)
    for each in listed:
        counted = held.get((each.article_id, each.hour), each.networks)
        if counted > 0 and each.article_id in told:
            age = max(now - each.hour, timedelta(0)) / HALF_LIFE
            scores[each.article_id] += _damp(counted) * 0.5**age
    return sorted(scores, key=lambda article_id: (-scores[article_id], -article_id))


def _list_told(hours: Iterable[HourReads]) -> set[ArticleId]:
    """Return the articles of which it may be told that they are read."""
    reads: dict[ArticleId, int] = defaultdict(int)
    networks: dict[ArticleId, float] = defaultdict(float)
    for each in hours:
        reads[each.article_id] += max(each.reads, 0)
        networks[each.article_id] += each.networks
    return {each for each, count in reads.items() if min(count, networks[each]) >= LEAST}


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
    """Return the most read articles, or the most covered stories where too few are read.

    `read` are the articles that may be listed as read, best first. A few of them are listed only
    where nothing is covered by several outlets.
    """
    covered = [story for story in rank_covered(stories) if story.outlets > 1]
    if len(read) >= ENOUGH or (read and not covered):
        return Popular(by=PopularBy.READ, articles=tuple(read[:limit]))
    return Popular(by=PopularBy.COVERED, stories=tuple(covered[:limit]))
