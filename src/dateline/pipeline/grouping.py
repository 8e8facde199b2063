"""Articles to origins and stories: place what has no place yet, in the order of arrival.

Both steps have one shape: under one named lease, so that there is one placer at a time on any
number of machines, the memory catches up with the store, the next articles are placed, and the
places are saved; all in one transaction. Whatever goes wrong, the memory is dropped and built again
from the store. At fixed counts of placings the stories are looked at again (`revising`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from dateline.model import (
    ArticleId,
    DecisionKind,
    Lead,
    OriginId,
    OriginPlace,
    StoryId,
    StoryPlace,
)
from dateline.origins.duplicates import MADE_BY as ORIGINS_BY
from dateline.origins.duplicates import Duplicates
from dateline.pipeline.edges import Edges
from dateline.pipeline.headlines import refresh_headlines
from dateline.pipeline.memory import AnyIndex, Kind, Memory
from dateline.pipeline.revising import revise_stories
from dateline.store import Tx
from dateline.store import editions as edition_rows
from dateline.store import leads as lead_rows
from dateline.store import leases as lease_rows
from dateline.store import origins as origin_rows
from dateline.store import stories as story_rows
from dateline.store.leads import Placed
from dateline.stories.placing import MADE_BY as STORIES_BY
from dateline.stories.placing import Placer

BATCH = 200
# Placings between two looks at which stories have turned out to be two, or one; a young site, whose
# first stories are still forming, looks more often. The counts are the same in every run.
MERGE_EVERY, MERGE_EVERY_AT_FIRST = 200, 25
Place = TypeVar("Place", OriginPlace, StoryPlace)


def _replay_origin(index: Duplicates, row: Placed) -> None:
    if row.origin is not None:
        index.replay(row.lead, row.origin)


def _replay_story(index: Placer, row: Placed) -> None:
    if row.story_id is not None:
        index.replay(row.lead, row.story_id, follows=row.follows)


ORIGINS: Kind[Duplicates] = Kind(
    name="origins",
    made_by=ORIGINS_BY,
    decided=(DecisionKind.JOIN,),
    make=Duplicates,
    load=Duplicates.from_bytes,
    replay=_replay_origin,
)
STORIES: Kind[Placer] = Kind(
    name="stories",
    made_by=STORIES_BY,
    decided=(DecisionKind.MERGE, DecisionKind.SPLIT),
    make=Placer,
    load=Placer.from_bytes,
    replay=_replay_story,
)


@dataclass(slots=True)
class Grouping:
    """The two indexes of one worker."""

    origins: Memory[Duplicates] = field(default_factory=lambda: Memory(kind=ORIGINS))
    stories: Memory[Placer] = field(default_factory=lambda: Memory(kind=STORIES))


def place_origins(edges: Edges, grouping: Grouping) -> int:
    """Place the next articles that have no origin; return how many."""
    memory = grouping.origins

    def work(tx: Tx, index: Duplicates) -> int:
        def place(lead: Lead, new_id: int) -> OriginPlace:
            return index.place(lead, new_id=OriginId(new_id))

        leads = lead_rows.leads_without_origin(tx, BATCH)
        places = _place_each(memory, leads, origin_rows.next_origin_id(tx), place)
        origin_rows.save_origin_places(tx, places)
        return len(places)

    return _take_turn(edges, memory, "", work)


def place_stories(edges: Edges, grouping: Grouping) -> int:
    """Place the next articles that have no story, and choose the headlines; return how many."""
    memory = grouping.stories
    model = name_model(edges)

    def work(tx: Tx, index: Placer) -> int:
        def recall(ids: Sequence[ArticleId]) -> Sequence[Lead]:
            return lead_rows.load_leads(tx, ids)

        most = min(BATCH, count_to_merge(memory.known))
        leads = lead_rows.leads_without_story(tx, most, model=model)
        reports = story_rows.stories_of_origins(tx, {lead.origin_id for lead in leads})

        def place(lead: Lead, new_id: int) -> StoryPlace:
            report = reports.get(lead.origin_id)
            found = index.place(lead, new_id=StoryId(new_id), recall=recall, report=report)
            reports.setdefault(lead.origin_id, found.story_id)
            return found

        places = _place_each(memory, leads, story_rows.next_story_id(tx), place)
        story_rows.save_story_places(tx, places)
        refresh_headlines(tx, places)
        if places and count_to_merge(memory.known - 1) == 1:
            revise_stories(tx, memory, index)
        if places:
            edition_rows.bump_generation(tx)
        return len(places)

    return _take_turn(edges, memory, model, work)


def name_model(edges: Edges) -> str:
    """Return the name of the model whose vectors stories are placed with, "" for none."""
    return edges.encoder.name if edges.encoder else ""


def count_to_merge(known: int) -> int:
    """Return how many placings after so many the next look for merges is."""
    step = MERGE_EVERY if known >= MERGE_EVERY else MERGE_EVERY_AT_FIRST
    return step - known % step


def _take_turn(
    edges: Edges, memory: Memory[AnyIndex], model: str, work: Callable[[Tx, AnyIndex], int]
) -> int:
    """Do one batch of work with an index that knows what the store knows, in one transaction."""
    try:
        with edges.store.write(edges.clock()) as tx:
            if not lease_rows.take_lease(tx, memory.kind.name, edges.holder, tx.now):
                return 0
            done = work(tx, memory.catch_up(tx, model))
            memory.snapshot(tx)
    except BaseException:
        memory.drop()  # the index may know placings that the store has rolled back
        raise
    return done


def _place_each(
    memory: Memory[AnyIndex],
    leads: Sequence[Lead],
    new_id: int,
    place: Callable[[Lead, int], Place],
) -> list[Place]:
    places: list[Place] = []
    for lead in leads:
        placed = place(lead, new_id)
        new_id += placed.opened
        memory.count(lead)
        places.append(placed)
    return places
