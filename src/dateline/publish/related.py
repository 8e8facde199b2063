"""What to offer beside an article: the rest of its story, its background, what is related to it.

A pure choice among neighbours, in this order: other strands of the same story, background of it,
then articles of other stories, each with its reason in a word. Nothing is offered twice: not the
article, not its report (an origin joins copies and translations), not a second article with the
same headline. An outlet, and another story, has a second place only where places are left. What is
older than the article by more than `STALE` is offered as background or not at all: nothing depends
on the clock. In which order neighbours are given says nothing. All numbers are measured in
bench/related.py.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum, StrEnum

from dateline.model import (
    ArticleId,
    Entity,
    EntityKind,
    Kin,
    Neighbour,
    OriginId,
    StoryId,
    Telling,
)
from dateline.text import base_language, list_words

MOST = 6
STALE = timedelta(days=3)  # older than the article by so much is background
OF_STORY, OF_BACKGROUND = 3, 1  # places, unless nothing as good fills them
OF_OUTLET = (1, 2)  # articles of one outlet: at first, and where places are left …
OF_OTHER = (1, 2)  # … the same, of one other story
OF_FOREIGN = 2  # articles in languages that are not the reader's
NEAR = 0.2  # strength from which an article of another story is related …
STRONG = 0.5  # … comes before more of the same story …
CLOSE = 0.3  # … and, where it is old, is background
BY_NAMES = 0.5  # what all the telling names of an article are worth, beside a score
BY_READERS = 0.5  # what it is worth that `MANY` networks went on to an article, fewer by logarithm
MANY = 1000
FADING = timedelta(days=10)  # in which most of what nearness in time gives is gone
LASTING = 0.7  # what is left of a strength, however far two articles are apart

TELLING = 3  # names by which others are looked for
COMMON = 0.05  # mentions an article of the store from which a name tells nothing …
FEW = 30  # … and mentions up to which it tells something on a site however small
TWICE = 2  # mentions from which on another article is about a name as well
HEADLINE = 1.5  # how much more a name weighs that stands in the headline


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


class _Tier(IntEnum):
    """Who comes first to a place."""

    STORY = 0
    BACKGROUND = 1
    STRONG = 2
    WEAK = 3


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A neighbour and what it would be offered as."""

    neighbour: Neighbour
    offer: Offer
    foreign: bool

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
    taken to read beside its own; what is in others comes last within its kind.
    """
    read = {base_language(name) for name in (page.language, *languages)}
    ranked = sorted(
        (each for other in others if (each := _rank(page, other, names, read))),
        key=lambda each: each.order,
    )
    chosen = _Chosen(page)
    tiers = [[each for each in ranked if _name_tier(each) is tier] for tier in _Tier]
    room = {_Tier.STORY: OF_STORY, _Tier.BACKGROUND: OF_BACKGROUND, _Tier.STRONG: limit}
    for tier, places in room.items():
        chosen.take(tiers[tier], 0, min(places, limit - chosen.count))
    for tier, places in room.items():
        chosen.take(tiers[tier], 1, min(places - chosen.tiers[tier], limit - chosen.count))
    for found in tiers:  # what the rules above have left empty
        chosen.take(found, 1, limit - chosen.count)
    return tuple(each.offer for each in sorted(chosen.kept, key=_order_shown))


def measure_strength(
    page: Neighbour, other: Neighbour, names: Iterable[Telling]
) -> tuple[float, str]:
    """Return how near two articles are, and the name that says most of what they share, or ""."""
    shared = list_shared(other, names)
    best = max(shared, key=lambda name: (name.weight, name.key), default=None)
    told = 1 - math.prod(1 - name.weight for name in shared)
    apart = abs(page.at - other.at) / FADING if page.dated and other.dated else 1.0
    lasting = LASTING + (1 - LASTING) * math.exp(-apart)
    read = BY_READERS * min(math.log1p(other.followed) / math.log1p(MANY), 1.0)
    return (other.score + BY_NAMES * told) * lasting + read, best.name if best else ""


def list_shared(other: Neighbour, names: Iterable[Telling]) -> list[Telling]:
    """Return those of these names that another article is about as well.

    It says each at least twice, or in its headline: who is named in passing is not what it tells.
    """
    if not other.shared:
        return []
    often = dict(other.shared)
    title = set(list_words(other.headline))
    return [
        name
        for name in names
        if often.get(name.key, 0) >= TWICE
        or (name.key in often and not title.isdisjoint(list_words(name.name)[-1:]))
    ]


def find_telling(
    entities: Iterable[Entity], headline: str, mentions: Mapping[str, int], articles: int
) -> tuple[Telling, ...]:
    """Return the names of an article by which others that tell of the same can be found.

    `mentions` says how often each key is mentioned in all `articles` of the store. A name that
    every twentieth article has says nothing; of the others those weigh most that are rare and that
    the article is about: named in its headline, or often.
    """
    title = set(list_words(headline))
    most = max(FEW, COMMON * articles)
    elsewhere = {
        entity.key: mentions.get(entity.key, 0) - len(entity.mentions) for entity in entities
    }
    found = [
        Telling(
            key=entity.key,
            name=entity.name,
            weight=round(_weigh(entity, title, elsewhere[entity.key] / most), 4),
        )
        for entity in entities
        if 0 < elsewhere[entity.key] < most and entity.key
    ]
    return tuple(sorted(found, key=lambda each: (-each.weight, each.key))[:TELLING])


def _weigh(entity: Entity, title: set[str], commonness: float) -> float:
    words = list_words(entity.name)
    named = entity.kind is not EntityKind.PERSON  # a person is often called by the last word alone
    in_title = all(word in title for word in words) if named else bool(title & set(words[-1:]))
    often = 1 - 1 / (1 + len(entity.mentions))
    centre = min(often * (HEADLINE if in_title and words else 1.0), 1.0)
    return centre * (1 - math.sqrt(min(commonness, 1.0)))


def _rank(
    page: Neighbour, other: Neighbour, names: Sequence[Telling], read: Collection[str]
) -> _Ranked | None:
    strength, about = measure_strength(page, other, names)
    old = not other.dated or page.at - other.at > STALE
    reason = _find_reason(other, strength, about=bool(about), old=old)
    if reason is None:
        return None
    offer = Offer(
        article_id=other.article_id,
        reason=reason,
        about=about if reason is Reason.ABOUT else "",
        strength=round(strength, 4),
    )
    return _Ranked(other, offer, base_language(other.language) not in read)


def _find_reason(other: Neighbour, strength: float, *, about: bool, old: bool) -> Reason | None:
    if other.kin is not Kin.NONE:
        whole = Reason.STORY if other.kin is Kin.WHOLE else Reason.PART
        return Reason.BACKGROUND if old else whole
    if strength < (CLOSE if old else NEAR) or not other.dated:
        return None
    if old:
        return Reason.BACKGROUND
    if about:
        return Reason.ABOUT
    return Reason.FOLLOWED if other.followed and not other.score else Reason.NEAR


def _name_tier(each: _Ranked) -> _Tier:
    if each.neighbour.kin is Kin.NONE:
        return _Tier.STRONG if each.offer.strength >= STRONG else _Tier.WEAK
    return _Tier.BACKGROUND if each.offer.reason is Reason.BACKGROUND else _Tier.STORY


def _order_shown(each: _Ranked) -> tuple[bool, bool, tuple[bool, float, int]]:
    """Return what orders offers on the page: the story, its background, other stories."""
    old = each.offer.reason is Reason.BACKGROUND
    return each.neighbour.kin is Kin.NONE, old, each.order


@dataclass(slots=True)
class _Chosen:
    """What is offered so far, and what may not be offered again."""

    page: Neighbour
    kept: list[_Ranked] = field(default_factory=list)
    tiers: Counter[_Tier] = field(default_factory=Counter)
    _outlets: Counter[str] = field(default_factory=Counter)
    _foreign: int = 0
    _articles: set[ArticleId] = field(default_factory=set)
    _origins: set[OriginId] = field(default_factory=set)
    _stories: Counter[StoryId] = field(default_factory=Counter)
    _headlines: set[tuple[str, ...]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._know(self.page)

    @property
    def count(self) -> int:
        return len(self.kept)

    def take(self, found: Iterable[_Ranked], turn: int, room: int) -> None:
        """Keep the first `room` of these that may still be offered in turn 0 or 1."""
        for each in found:
            if room <= 0:
                return
            if self._may_have(each, turn):
                self._keep(each)
                room -= 1

    def _may_have(self, each: _Ranked, turn: int) -> bool:
        other = each.neighbour
        again = (
            other.article_id in self._articles
            or other.origin_id in self._origins
            or _fold(other.headline) in self._headlines
        )
        told = other.kin is Kin.NONE and other.story_id is not None
        much = (
            self._outlets[other.outlet] >= OF_OUTLET[turn]
            or (told and self._stories[StoryId(other.story_id or 0)] >= OF_OTHER[turn])
            or (each.foreign and self._foreign >= OF_FOREIGN)
        )
        return not again and not much

    def _keep(self, each: _Ranked) -> None:
        other = each.neighbour
        self.kept.append(each)
        self.tiers[_name_tier(each)] += 1
        self._outlets[other.outlet] += 1
        self._foreign += each.foreign
        self._know(other)

    def _know(self, one: Neighbour) -> None:
        self._articles.add(one.article_id)
        if one.origin_id is not None:
            self._origins.add(one.origin_id)
        if one.story_id is not None:
            self._stories[one.story_id] += 1
        if words := _fold(one.headline):
            self._headlines.add(words)


def _fold(headline: str) -> tuple[str, ...]:
    return tuple(list_words(headline))
