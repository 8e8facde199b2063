"""What every handler needs: the store, the site, the clock, the templates; one read a request.

A `Look` is one consistent view of the store for one page. What stands on every page (sources,
sections, most popular) is a `Frame`: read once for each generation of the store and kept. Where
someone renews it (`web.renewal`), readers never wait for that: they go on with the last one until
the next is there. Else the first reader of a generation has it made.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import TypeGuard
from zoneinfo import ZoneInfo

from jinja2 import Environment

from dateline.model import ArticleId, Card, Jump, Site, Source, StoryCard, StoryId
from dateline.pipeline.editing import find_pinned_lead, list_front_stories, rank_front
from dateline.publish.addresses import person_path, put_under
from dateline.publish.edition import SectionOrder
from dateline.publish.front import freshen
from dateline.publish.popular import WINDOW, PopularBy, choose_popular, find_held, rank_popular
from dateline.publish.ranking import Reasons
from dateline.publish.sections import read_names
from dateline.publish.shown import show_card, show_cards
from dateline.publish.speaking import Speaker
from dateline.store import Store, Tx
from dateline.store.cards import list_languages, list_sections, load_cards
from dateline.store.editions import read_generation
from dateline.store.person_addresses import load_addresses
from dateline.store.sources import list_sources
from dateline.store.views import list_jumps, list_top_hours
from dateline.text import make_slug
from dateline.web.follows import Follows
from dateline.web.memory import Settling
from dateline.web.options import WebOptions
from dateline.web.throttle import Throttle
from dateline.web.tongue import Tongue
from dateline.web.views import Views

SEARCHES = 8  # at a time; one may take a second, and Starlette's pool has forty threads
FRAME_AGE = timedelta(seconds=60)  # most popular changes without a new generation
OLDEST = timedelta(minutes=5)  # whoever renews the frame is stuck: readers make it themselves
POPULAR_LENGTH = 8
MOST_RANKED = 1000  # articles whose hours are looked at for the list
MOST_READ_LENGTH = 20  # on the page of what is popular


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands on every page of one generation."""

    generation: int
    made_at: datetime
    sources: Mapping[str, Source]
    sections: tuple[str, ...]  # ours in their order, then those of outlets, most articles first
    languages: tuple[str, ...]
    popular_by: PopularBy
    popular: tuple[Card | StoryCard, ...]
    most_read: tuple[Card, ...]
    held: Mapping[ArticleId, Jump]  # articles whose place among the most read is held, and why
    ranked: tuple[StoryCard, ...]  # the front page's order; show each with `Look.show_story`
    reasons: Mapping[StoryId, Reasons]  # why each of them stands where it stands
    pinned: StoryId | None = None  # which story the editor holds as the lead
    orders: dict[str, SectionOrder] = field(default_factory=dict)  # of sections, worked out here


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One consistent view of the store, for one page."""

    tx: Tx
    now: datetime
    frame: Frame
    _addresses: dict[str, str] = field(default_factory=dict)  # of people, by key

    def know(self, keys: Iterable[str]) -> None:
        """Look up the pages of several people at once."""
        self._addresses.update(load_addresses(self.tx, keys))

    def person_path(self, key: str) -> str:
        """Return the path of the page of everything that someone is reported to have said."""
        if key not in self._addresses:
            self._addresses.update(load_addresses(self.tx, [key]))
        return person_path(self._addresses[key])

    def show(self, cards: Iterable[Card]) -> tuple[Card, ...]:
        """Return the cards with what their sources allow."""
        return show_cards(cards, self.frame.sources)

    def show_story(self, story: StoryCard) -> StoryCard:
        """Return a story for its page: all its cards as they may be shown."""
        return replace(self.show_lead(story), members=self.show(story.members))

    def show_lead(self, story: StoryCard) -> StoryCard:
        """Return a story for a list: its lead as it may be shown, and no other member."""
        return _show_lead(story, self.frame.sources)


@dataclass(slots=True)
class _Kept:
    """The frame of the present generation."""

    frame: Frame | None = None
    renewed: bool = False  # by someone else than readers
    making: Lock = field(default_factory=Lock)  # of the readers; whoever renews it takes none
    changing: Lock = field(default_factory=Lock)
    settling: Settling = field(default_factory=Settling)


@dataclass(slots=True, kw_only=True)
class Desk:
    """Everything the handlers share."""

    store: Store
    site: Site
    options: WebOptions
    zone: ZoneInfo
    templates: Environment
    views: Views
    follows: Follows
    letters: Throttle
    assets: Mapping[str, str]  # file name -> address with its version
    tongue: Tongue  # the language in which this desk answers
    # Both are shared by the desks of all languages.
    searches: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(SEARCHES))
    _kept: _Kept = field(default_factory=_Kept)

    @property
    def say(self) -> Speaker:
        """Who says the interface's words on the pages of this desk."""
        return self.tongue.say

    @property
    def pages(self) -> Site:
        """The site as its pages in the language of this desk have it: their address, their tag."""
        return put_under(self.site, self.say.tag, self.tongue.prefix)

    def speak_in(self, tongue: Tongue) -> "Desk":
        """Return the desk that answers in another language, with the same store and frame."""
        return replace(self, tongue=tongue)

    @contextmanager
    def look(self) -> Iterator[Look]:
        """Open one read of the store for one page."""
        now = self.options.now()
        with self.store.read() as tx:
            yield Look(tx=tx, now=now, frame=self._current_frame(tx, now))

    def find_generation(self) -> int | None:
        """Return the generation that readers see, None where each of them has to ask the store."""
        frame = self._find_renewed(self.options.now())
        return frame.generation if frame else None

    def _find_renewed(self, now: datetime) -> Frame | None:
        frame = self._kept.frame
        is_tended = frame and self._kept.renewed and now - frame.made_at < OLDEST
        return frame if is_tended else None

    def renew(self) -> None:
        """Read the frame where what readers see has changed, or it has grown old.

        Readers never wait for it: should it get stuck, they make frames of their own after a while.
        """
        now = self.options.now()
        with self.store.read() as tx:
            generation = read_generation(tx)
            if not _is_current(self._kept.frame, generation, now):
                self._keep(self._read_frame(tx, now, generation))

    @contextmanager
    def renewing(self) -> Iterator[None]:
        """While the block runs, someone calls `renew` often, and readers need not."""
        self._kept.renewed = True
        try:
            yield
        finally:
            self._kept.renewed = False

    def _current_frame(self, tx: Tx, now: datetime) -> Frame:
        return self._find_renewed(now) or self._make_frame(tx, now)

    def _make_frame(self, tx: Tx, now: datetime) -> Frame:
        """Return the frame of this generation or a later one; made by one reader at a time."""
        generation = read_generation(tx)
        kept = self._kept
        if _is_current(kept.frame, generation, now):
            return kept.frame
        with kept.making:
            if _is_current(kept.frame, generation, now):
                return kept.frame
            return self._keep(self._read_frame(tx, now, generation))

    def _keep(self, made: Frame) -> Frame:
        """Keep a frame unless a newer one is there; return the one that is kept."""
        kept = self._kept
        with kept.changing:
            old = kept.frame
            if _is_current(old, made.generation, made.made_at):
                return old
            is_same = old is not None and old.generation == made.generation
            kept.frame = frame = replace(made, orders=old.orders) if old and is_same else made
            if self.options.own_process:
                kept.settling.settle()
            return frame

    def _read_frame(self, tx: Tx, now: datetime, generation: int) -> Frame:
        sources = {source.key: source for source in list_sources(tx)}
        stories = list_front_stories(tx, now)
        ranking = rank_front(tx, self.site, stories, now)
        jumps = list_jumps(tx, now - WINDOW)
        read = rank_popular(list_top_hours(tx, now - WINDOW, MOST_RANKED), now, jumps=jumps)
        # Twice as many as are shown: some may have been withdrawn.
        articles = show_cards(load_cards(tx, read[: MOST_READ_LENGTH * 2]), sources)
        shown = {card.article_id: card for card in articles if not card.gone}
        popular = choose_popular(list(shown), stories, limit=POPULAR_LENGTH)
        covered = [_show_lead(story, sources) for story in popular.stories]
        return Frame(
            generation=generation,
            made_at=now,
            sources=sources,
            sections=_read_sections(tx),
            languages=tuple(sorted(name for name, _count in list_languages(tx))),
            popular_by=popular.by,
            popular=(*(shown[each] for each in popular.articles), *covered),
            most_read=tuple(shown.values())[:MOST_READ_LENGTH],
            held=find_held(jumps, now),
            ranked=ranking.stories,
            reasons=ranking.reasons,
            pinned=find_pinned_lead(ranking),
        )


def _is_current(frame: Frame | None, generation: int, now: datetime) -> TypeGuard[Frame]:
    return frame is not None and frame.generation >= generation and now - frame.made_at < FRAME_AGE


def _read_sections(tx: Tx) -> tuple[str, ...]:
    # Names that make the same address ("World", "world") are one section for the reader: the
    # larger one; what makes no address at all has no page.
    found: dict[str, str] = {}
    for name, _count in list_sections(tx):
        found.setdefault(make_slug(name), name)
    found.pop("", None)
    ours = [found.pop(key) for key in read_names().sections if key in found]
    return (*ours, *found.values())


def _show_lead(story: StoryCard, sources: Mapping[str, Source]) -> StoryCard:
    story = freshen(story)
    lead = show_card(story.lead, sources.get(story.lead.source_key))
    earlier = story.earlier and show_card(story.earlier, sources.get(story.earlier.source_key))
    return replace(story, lead=lead, earlier=earlier, members=())
