"""What to offer beside an article: the rest of its story, its background, what is related to it.

A pure choice among neighbours, each with its reason in a word. The nearest comes first, where an
article of the same story counts as nearer (`KIN`); what an outlet or a story has a place of already
must be nearer for each more (`OF_OUTLET`, `OF_STORY`, `OF_OTHER`). Of another story is only offered
what has something telling in common with the article (`Nearness.told`), however short the list: no
offer is better than one with a false reason. What is only somewhat near fills places up to
`ENOUGH`, where nothing better does; so does a third article of an outlet. Nothing is
offered twice: not the article, not its report (an origin joins copies and translations), not a
second article with the same headline. What is older than the article by more than `STALE` is
offered as background or not at all: nothing depends on the clock. In which order neighbours are
given says nothing. All numbers are measured in bench/related.py.
"""

import heapq
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from dateline.model import ArticleId, Kin, Neighbour, OriginId, StoryId, Telling
from dateline.publish.nearness import Nearness, measure_nearness
from dateline.text import base_language, list_words

MOST, ENOUGH = 6, 5  # places, and those that are filled with what is only somewhat near
STALE = timedelta(days=3)  # older than the article by so much is background
NEAR = 0.2  # from which an article of another story is near; with its words, somewhat near …
CLOSE = 0.25  # … and where it is old, near
KIN = 0.1  # what the same story adds to nearness
OUTLETS = 2  # articles of one outlet, where others fill the places
OF_OUTLET = 0.1  # what one more of an outlet costs …
OF_OTHER = 0.05  # … one more of the same other story …
OF_STORY = 0.05  # … and one more of the article's own, from the fourth on
FREE = 3
FOREIGN = 2  # articles in languages that are not the reader's


class Reason(StrEnum):
    """Why an article is offered."""

    STORY = "story"  # of the same story
    PART = "part"  # a part of one belongs to the story of the other
    BACKGROUND = "background"  # of the same story or near to it, and older
    ABOUT = "about"  # shares a telling name
    FOLLOWED = "followed"  # readers of the article went on to it
    NEAR = "near"  # near by the shared model alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An article that is offered, and why."""

    article_id: ArticleId
    reason: Reason
    about: str = ""  # the name that both share
    strength: float = 0.0


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A neighbour and what it would be offered as."""

    neighbour: Neighbour
    offer: Offer
    foreign: bool
    firm: bool  # near, not only somewhat

    @property
    def order(self) -> tuple[bool, float, int]:
        return self.foreign, -self.offer.strength, self.offer.article_id


def choose_related(
    page: Neighbour,
    others: Iterable[Neighbour],
    names: Sequence[Telling],
    languages: Collection[str],
    limit: int = MOST,
) -> tuple[Offer, ...]:
    """Return what to offer beside `page`, in the order in which it is shown.

    `names` are the telling ones of the page (`find_telling`), `languages` those that its reader is
    taken to read beside its own; what is in others comes last.
    """
    read = {base_language(name) for name in (page.language, *languages)}
    found = list(others)
    ranked = [
        each
        for other, near in zip(found, measure_nearness(page, found, names), strict=True)
        if (each := _rank(page, other, near, read))
    ]
    chosen, enough = _Chosen(page), min(ENOUGH, limit)
    chosen.take([each for each in ranked if each.firm], limit)
    chosen.take([each for each in ranked if not each.firm], enough)
    chosen.take(ranked, enough, outlets=limit)  # what one outlet alone can fill
    return tuple(each.offer for each in sorted(chosen.kept, key=lambda each: each.order))


def _rank(
    page: Neighbour, other: Neighbour, near: Nearness, read: Collection[str]
) -> _Ranked | None:
    old = not other.dated or page.at - other.at > STALE
    kin = other.kin is not Kin.NONE
    if not kin and (near.strength < NEAR or not other.dated or not near.told):
        return None
    reason = _find_reason(other, about=bool(near.about), old=old)
    firm = kin or near.sure >= (CLOSE if old else NEAR)
    if reason is Reason.FOLLOWED and not firm:  # few readers are no reason
        return None
    offer = Offer(
        article_id=other.article_id,
        reason=reason,
        about=near.about if reason is Reason.ABOUT else "",
        strength=round(near.strength + KIN * kin, 4),
    )
    return _Ranked(other, offer, base_language(other.language) not in read, firm)


def _find_reason(other: Neighbour, *, about: bool, old: bool) -> Reason:
    if old:
        return Reason.BACKGROUND
    if other.kin is not Kin.NONE:
        return Reason.STORY if other.kin is Kin.WHOLE else Reason.PART
    if about:
        return Reason.ABOUT
    return Reason.FOLLOWED if other.followed and not other.score else Reason.NEAR


@dataclass(slots=True)
class _Chosen:
    """What is offered so far, and what may not be offered again."""

    page: Neighbour
    kept: list[_Ranked] = field(default_factory=list)
    _own: int = 0
    _outlets: Counter[str] = field(default_factory=Counter)
    _foreign: int = 0
    _articles: set[ArticleId] = field(default_factory=set)
    _origins: set[OriginId] = field(default_factory=set)
    _stories: Counter[StoryId | None] = field(default_factory=Counter)
    _headlines: set[tuple[str, ...]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._know(self.page)

    def take(self, found: Sequence[_Ranked], places: int, outlets: int = OUTLETS) -> None:
        """Fill up to so many places with the best of these, at most `outlets` of an outlet.

        What more of the same costs only grows, so a place in the queue is looked at again only
        when it comes to the front.
        """
        queue = [
            (each.foreign, self._price(each), each.offer.article_id, place)
            for place, each in enumerate(found)
        ]
        heapq.heapify(queue)
        while queue and len(self.kept) < places:
            foreign, price, number, place = heapq.heappop(queue)
            each = found[place]
            if not self._may_have(each, outlets):
                continue
            if (now := self._price(each)) > price:
                heapq.heappush(queue, (foreign, now, number, place))
            else:
                self._keep(each)

    def _price(self, each: _Ranked) -> float:
        """Return what speaks against an article: the lower, the sooner it is taken."""
        other = each.neighbour
        price = OF_OUTLET * self._outlets[other.outlet] - each.offer.strength
        if other.kin is not Kin.NONE:
            return price + OF_STORY * max(self._own - FREE + 1, 0)
        return price + OF_OTHER * self._stories[other.story_id]

    def _may_have(self, each: _Ranked, outlets: int) -> bool:
        other = each.neighbour
        again = (
            other.article_id in self._articles
            or other.origin_id in self._origins
            or _fold(other.headline) in self._headlines
        )
        much = self._outlets[other.outlet] >= outlets or (each.foreign and self._foreign >= FOREIGN)
        return not again and not much

    def _keep(self, each: _Ranked) -> None:
        other = each.neighbour
        self.kept.append(each)
        self._outlets[other.outlet] += 1
        self._foreign += each.foreign
        if other.kin is not Kin.NONE:
            self._own += 1
        elif other.story_id is not None:
            self._stories[other.story_id] += 1
        self._know(other)

    def _know(self, one: Neighbour) -> None:
        self._articles.add(one.article_id)
        if one.origin_id is not None:
            self._origins.add(one.origin_id)
        if words := _fold(one.headline):
            self._headlines.add(words)


def _fold(headline: str) -> tuple[str, ...]:
    return tuple(list_words(headline))
