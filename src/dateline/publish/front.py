"""The front page: which stories lead, and why.

The score of a story is a sum, in units of "twice as much coverage":

    log2(1 + independent origins)   ten carriers of one report count once, and so do ten reports
                                    of one outlet: there are at most as many as outlets
    + log2(1 + outlets) / 2         how many outlets thought it worth carrying
    - hours since its last report / 8
    - hours since its first report / 72     a long story does not lead for ever
    + 1 where its headline is in the site's own language
    - 1 for each story of the same lead outlet that already stands above it

Ages enter as a difference, so the order does not depend on `now` (a site made from last year's
news has a front page too), except that a date in the future counts as now, and that stories without
any date stand behind all others. The last line is what
keeps one outlet from filling the page: the more of its stories stand there, the fresher or better
covered the next has to be. Several feeds of one publisher are one outlet throughout.
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dateline.model import Card, Rights, StoryCard
from dateline.publish.origin_tree import name_family
from dateline.text import base_language

FRESH_HOURS = 8.0
LONG_HOURS = 72.0
HOME_BONUS = 1.0
OUTLET_COST = 1.0
LEAD_REACH = 3  # the lead is the first story with a picture among so many

SECONDS = 3
UNDER = 2
RIVERS = 6
RIVER_STORIES = 5
MORE = 12
LATEST = 10
LATEST_SHORT = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class River:
    """The stories of one section, best first."""

    section: str
    stories: tuple[StoryCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage:
    """Everything that stands on the front page; no story stands there twice."""

    lead: StoryCard | None = None
    seconds: tuple[StoryCard, ...] = ()
    under: tuple[StoryCard, ...] = ()  # beneath the lead
    rivers: tuple[River, ...] = ()
    more: tuple[StoryCard, ...] = ()  # the next best, whatever their section
    latest: tuple[Card, ...] = ()

    @property
    def stories(self) -> tuple[tuple[str, StoryCard], ...]:
        """Each story with the name of its place, from top to bottom."""
        places = [("lead", self.lead)] if self.lead else []
        places += [("second", story) for story in self.seconds]
        places += [("under", story) for story in self.under]
        for river in self.rivers:
            places += [(f"river {river.section}", story) for story in river.stories]
        places += [("more", story) for story in self.more]
        return tuple((place, story) for place, story in places if story)

    def map_stories(self, change: Callable[[StoryCard], StoryCard]) -> "FrontPage":
        """Return the page with each story changed, each in its place."""
        rivers = [replace(each, stories=tuple(map(change, each.stories))) for each in self.rivers]
        return replace(
            self,
            lead=change(self.lead) if self.lead else None,
            seconds=tuple(map(change, self.seconds)),
            under=tuple(map(change, self.under)),
            rivers=tuple(rivers),
            more=tuple(map(change, self.more)),
        )


def count_independent(story: StoryCard) -> int:
    """Return how many origins may be independent: one outlet's many reports are one voice."""
    return max(min(story.origins, story.outlets), 0)


def score_story(story: StoryCard, now: datetime, *, language: str = "") -> float:
    """Return a story's score before the other stories of its outlet are held against it."""
    score = math.log2(1 + count_independent(story)) + math.log2(1 + max(story.outlets, 0)) / 2
    score -= _hours(now - story.last_at) / FRESH_HOURS
    score -= _hours(now - story.first_at) / LONG_HOURS
    if language and base_language(story.lead.language) == base_language(language):
        score += HOME_BONUS
    return score


def rank_stories(
    stories: Sequence[StoryCard], now: datetime, *, language: str = ""
) -> list[StoryCard]:
    """Return the stories in the order in which they deserve the front page, best first.

    Greedy, with a heap: a story whose outlet has been placed since it was last looked at goes back
    with its new, lower score. O(n log n) for varied outlets, O(n²/outlets) at worst.
    """
    heap = [
        (-score_story(story, now, language=language), -story.last_at.timestamp(), at, 0)
        for at, story in enumerate(stories)
    ]
    heapq.heapify(heap)
    placed: Counter[str] = Counter()
    ranked: list[StoryCard] = []
    while heap:
        cost, late, at, charged = heapq.heappop(heap)
        story = stories[at]
        owed = placed[name_family(story.lead)]
        if owed > charged:
            heapq.heappush(heap, (cost + OUTLET_COST * (owed - charged), late, at, owed))
            continue
        placed[name_family(story.lead)] += 1
        ranked.append(story)
    return ranked


def lay_out_front(ranked: Sequence[StoryCard], latest: Sequence[Card]) -> FrontPage:
    """Place ranked stories on the page; a place for which there is nothing stays empty."""
    if not ranked:
        return FrontPage(latest=tuple(latest[:LATEST]))
    lead = next((story for story in ranked[:LEAD_REACH] if _pictured(story)), ranked[0])
    rest = [story for story in ranked if story.story_id != lead.story_id]
    seconds, rest = rest[:SECONDS], rest[SECONDS:]
    # A lead without a picture is short, and pictures make the column beside it long: then two more
    # stories stand beneath the lead.
    uneven = not _pictured(lead) or sum(map(_pictured, seconds)) > 1
    under = rest[: 2 * UNDER if uneven else UNDER]
    rest = rest[len(under) :]
    rivers = _fill_rivers(rest)
    used = {story.story_id for river in rivers for story in river.stories}
    more = [story for story in rest if story.story_id not in used][:MORE]
    return FrontPage(
        lead=lead,
        seconds=tuple(seconds),
        under=tuple(under),
        rivers=rivers,
        more=tuple(more),
        latest=tuple(latest[: LATEST if _pictured(lead) else LATEST_SHORT]),
    )


def thin_latest(cards: Sequence[Card], *, limit: int = LATEST) -> list[Card]:
    """Return the newest articles, at most a third of one outlet's as long as others have some.

    `cards` are newest first, and so is what is returned; withdrawn articles are left out.
    """
    share: Counter[str] = Counter()
    kept: list[Card] = []
    spare: list[Card] = []
    for card in cards:
        if card.gone:
            continue
        outlet = name_family(card)
        share[outlet] += 1
        (kept if share[outlet] <= max(limit // 3, 1) else spare).append(card)
    chosen = kept[:limit] + spare[: max(limit - len(kept), 0)]
    return sorted(chosen, key=lambda card: (card.listed_at, card.article_id), reverse=True)


def _fill_rivers(stories: Iterable[StoryCard]) -> tuple[River, ...]:
    # A section's place follows from its best story; one story alone is no river.
    sections: dict[str, list[StoryCard]] = defaultdict(list)
    for story in stories:
        if story.lead.section:
            sections[story.lead.section].append(story)
    found = [
        River(section=section, stories=tuple(members[:RIVER_STORIES]))
        for section, members in sections.items()
        if len(members) > 1
    ]
    return tuple(found[:RIVERS])


def _pictured(story: StoryCard) -> bool:
    return bool(story.lead.picture_hash) and story.lead.rights is not Rights.HEADLINE


def _hours(age: timedelta) -> float:
    return max(age.total_seconds(), 0.0) / 3600
