"""Articles to origins and stories: place what has no place yet, in the order of arrival.

Both indexes live in memory and are derived from the store: the newest snapshot, then every placing
since, in order. A batch is one transaction under one named lease, so there is one placer at a time
on any number of machines; whatever goes wrong, the index is dropped and built again from the store.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, Literal, Protocol, TypeVar

from dateline.model import ArticleId, Lead, OriginId, OriginPlace, StoryId, StoryPlace
from dateline.origins.duplicates import MADE_BY as ORIGINS_BY
from dateline.origins.duplicates import Duplicates
from dateline.pipeline.edges import Edges
from dateline.pipeline.headlines import refresh_headlines
from dateline.store import Tx, standing
from dateline.store import editions as edition_rows
from dateline.store import leads as lead_rows
from dateline.store import leases as lease_rows
from dateline.store import origins as origin_rows
from dateline.store import snapshots as snapshot_rows
from dateline.store import stories as story_rows
from dateline.store.snapshots import Snapshot
from dateline.stories.placing import MADE_BY as STORIES_BY
from dateline.stories.placing import Placer

BATCH = 200
_START = ArticleId(0)
WINDOW = timedelta(days=14)  # what the indexes remember, counted from the newest article
FORGET_EVERY = 500  # placings between two clearings of the index
# A snapshot is due when a fifth of all articles came since the last one, within these bounds: to
# replay the upper one takes some seconds, to write the state of a large window about as long.
SNAPSHOT_LEAST, SNAPSHOT_MOST = 2_000, 20_000


class Index(Protocol):
    """What both indexes have in common."""

    def forget_before(self, at: datetime) -> None:
        """Drop what is older."""

    def to_bytes(self) -> bytes:
        """Return the exact state."""


Placed = tuple[Lead, OriginId | None, StoryId | None]
AnyIndex = TypeVar("AnyIndex", bound=Index)


@dataclass(slots=True, kw_only=True)
class Memory(Generic[AnyIndex]):
    """One index and how far it knows the store."""

    kind: Literal["origins", "stories"]
    made_by: str
    make: Callable[[], AnyIndex]
    load: Callable[[bytes], AnyIndex]
    replay: Callable[[AnyIndex, Placed], None]
    index: AnyIndex | None = None
    upto: ArticleId = _START  # the article that the index knows last
    known: int = 0  # articles that the index was told of
    saved: int = 0  # of these, in the newest snapshot
    newest: datetime | None = None

    def catch_up(self, tx: Tx) -> AnyIndex:
        """Return the index, in step with the store as this transaction sees it.

        Articles are placed in the order of their ids, which grow in the order of commits; so the
        articles behind `upto` that have a place are all that the index may have missed.
        """
        if self.index is None:
            self._restore(tx)
        index = self.index
        assert index is not None  # noqa: S101  # _restore has set it
        last = standing.last_placed_id(tx, self.kind)
        while self.upto < last:
            for row in lead_rows.leads_between(tx, self.upto, last, 1000):
                self.replay(index, row)
                self.count(row[0])
        return index

    def count(self, lead: Lead) -> None:
        """Note one placing, and forget what is old at fixed counts: the same in every run."""
        self.upto = lead.article_id
        self.known += 1
        self.newest = max(self.newest, lead.at) if self.newest else lead.at
        if self.known % FORGET_EVERY == 0 and self.index is not None:
            self.index.forget_before(self.newest - WINDOW)

    def drop(self) -> None:
        """Forget everything: the store is asked again before the next placing."""
        self.index, self.newest = None, None
        self.upto, self.known, self.saved = _START, 0, 0

    def snapshot(self, tx: Tx) -> None:
        """Save the state now and then, so that a new process need not replay everything."""
        due = min(max(SNAPSHOT_LEAST, self.known // 5), SNAPSHOT_MOST)
        if self.index is None or self.newest is None or self.known - self.saved < due:
            return
        head = f"{self.known} {self.newest.isoformat()}\n".encode()
        body = head + self.index.to_bytes()
        snapshot_rows.save_snapshot(
            tx, Snapshot(kind=self.kind, made_by=self.made_by, upto=self.upto, body=body)
        )
        self.saved = self.known

    def _restore(self, tx: Tx) -> None:
        self.drop()  # what the index knows and how far it is are always set together
        saved = snapshot_rows.load_snapshot(tx, self.kind, self.made_by)
        if saved is None:
            self.index = self.make()
            return
        head, _, body = saved.body.partition(b"\n")
        known, _, newest = head.decode().partition(" ")
        self.index = self.load(body)
        self.newest = datetime.fromisoformat(newest)
        self.known = self.saved = int(known)
        self.upto = saved.upto


def _replay_origin(index: Duplicates, row: Placed) -> None:
    lead, origin_id, _ = row
    if origin_id is not None:
        index.replay(lead, origin_id)


def _replay_story(index: Placer, row: Placed) -> None:
    lead, _, story_id = row
    if story_id is not None:
        index.replay(lead, story_id)


def _remember_origins() -> Memory[Duplicates]:
    return Memory(
        kind="origins",
        made_by=ORIGINS_BY,
        make=Duplicates,
        load=Duplicates.from_bytes,
        replay=_replay_origin,
    )


def _remember_stories() -> Memory[Placer]:
    return Memory(
        kind="stories",
        made_by=STORIES_BY,
        make=Placer,
        load=Placer.from_bytes,
        replay=_replay_story,
    )


@dataclass(slots=True)
class Grouping:
    """The two indexes of one worker."""

    origins: Memory[Duplicates] = field(default_factory=_remember_origins)
    stories: Memory[Placer] = field(default_factory=_remember_stories)


def place_origins(edges: Edges, grouping: Grouping) -> int:
    """Place the next articles that have no origin; return how many."""
    memory = grouping.origins
    try:
        with edges.store.write(edges.clock()) as tx:
            if not lease_rows.take_lease(tx, memory.kind, edges.holder, tx.now):
                return 0
            index = memory.catch_up(tx)
            leads = lead_rows.leads_without_origin(tx, BATCH)
            places = _place_each_origin(tx, memory, index, leads)
            origin_rows.save_origin_places(tx, places)
            memory.snapshot(tx)
    except BaseException:
        memory.drop()  # the index may know placings that the store has rolled back
        raise
    return len(leads)


def _place_each_origin(
    tx: Tx, memory: Memory[Duplicates], index: Duplicates, leads: Sequence[Lead]
) -> list[OriginPlace]:
    new_id = origin_rows.next_origin_id(tx)
    places = []
    for lead in leads:
        place = index.place(lead, new_id=new_id)
        new_id = OriginId(new_id + place.opened)
        memory.count(lead)
        places.append(place)
    return places


def place_stories(edges: Edges, grouping: Grouping) -> int:
    """Place the next articles that have no story, and choose the headlines; return how many."""
    memory = grouping.stories
    try:
        with edges.store.write(edges.clock()) as tx:
            if not lease_rows.take_lease(tx, memory.kind, edges.holder, tx.now):
                return 0
            index = memory.catch_up(tx)
            leads = lead_rows.leads_without_story(tx, BATCH)
            places = _place_each_story(tx, memory, index, leads)
            story_rows.save_story_places(tx, places)
            refresh_headlines(tx, places)
            if places:
                edition_rows.bump_generation(tx)
            memory.snapshot(tx)
    except BaseException:
        memory.drop()
        raise
    return len(leads)


def _place_each_story(
    tx: Tx, memory: Memory[Placer], index: Placer, leads: Sequence[Lead]
) -> list[StoryPlace]:
    new_id = story_rows.next_story_id(tx)
    places = []
    for lead in leads:
        place = index.place(lead, new_id=new_id)
        new_id = StoryId(new_id + place.opened)
        memory.count(lead)
        places.append(place)
    return places
