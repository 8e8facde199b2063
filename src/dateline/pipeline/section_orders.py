"""The order of each section's page: worked out beside the readers, and kept until the next one.

It is held to the order before it, as the front page is, so that what stands on an open page does
not jump. What readers are shown is looked up: the order, then the few stories that stand first. An
order that is not to be relied on (pins have changed, or nobody makes orders any more) is worked out
for the reader who asks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from dateline.model import Site, StoryId
from dateline.pipeline.edges import Edges
from dateline.pipeline.editing import list_section_pins, rank_section
from dateline.pipeline.taking import make_beside
from dateline.publish.edition import (
    SectionOrder,
    build_section_edition,
    map_pins,
    order_section,
    read_section_edition,
)
from dateline.publish.front import freshen
from dateline.publish.ranking import NO_PULSE, Ranking, Reasons, score_story, state_reasons
from dateline.store import Store, Tx
from dateline.store import cards as card_rows
from dateline.store import editions as edition_rows
from dateline.store import leases as lease_rows
from dateline.store import pulses as pulse_rows
from dateline.store import stories as story_rows
from dateline.store.standing import is_free, read_mark, save_mark

LEASE = "sections"
MADE_AT = "sections made at"
MOST_SECTIONS = 60  # of which orders are kept, the largest
SHORTEST_REST = timedelta(seconds=5)  # between two orders of a section
LONGEST_REST = timedelta(minutes=1)
REST = 19  # times as long as it took: it takes no more than a twentieth of a core
RELIABLE = timedelta(minutes=5)  # in which whoever makes orders would have made the next one


def find_stale(store: Store, now: datetime) -> list[str]:
    """Return the one task where what readers see has changed since the sections were in order."""
    with store.read() as tx:
        if not is_free(tx, LEASE, now):
            return []
        return [LEASE] if read_mark(tx, LEASE) != edition_rows.read_generation(tx) else []


def publish_orders(edges: Edges, site: Site) -> int:
    """Put the stories of each section in order, and keep the orders; return how many changed."""

    def make(tx: Tx, now: datetime) -> tuple[int, list[tuple[str, bytes]]]:
        return edition_rows.read_generation(tx), list(_make_editions(tx, site, now))

    def keep(made: tuple[int, list[tuple[str, bytes]]], made_at: datetime) -> int:
        generation, editions = made
        now = edges.clock()
        with edges.store.write(now) as tx:
            # The lease goes on, so that the next order of a section is not made at once.
            lease_rows.hold_lease(tx, LEASE, edges.holder, now + choose_rest(now - made_at))
            save_mark(tx, LEASE, generation)
            save_mark(tx, MADE_AT, int(made_at.timestamp()))
            return sum(edition_rows.replace_edition(tx, kind, each) for kind, each in editions)

    return make_beside(edges, LEASE, make, keep)


def choose_rest(took: timedelta) -> timedelta:
    """Return how long the sections rest after it took so long to put them in order."""
    return min(max(REST * took, SHORTEST_REST), LONGEST_REST)


def _make_editions(tx: Tx, site: Site, now: datetime) -> Iterator[tuple[str, bytes]]:
    for section, _count in card_rows.list_sections(tx)[:MOST_SECTIONS]:
        before = _load_kept(tx, section)
        ranking = rank_section(tx, site, section, now, before.stories if before else ())
        order = order_section(ranking, list_section_pins(tx, section, now))
        yield _name_kind(section), build_section_edition(order, ranking)


def find_order(tx: Tx, section: str, now: datetime) -> SectionOrder | None:
    """Return the order of a section that was kept, None where it is not to be relied on."""
    kept = _load_kept(tx, section)
    if kept is None or not keeps_pins(tx, section, kept, now):
        return None
    if read_mark(tx, LEASE) == edition_rows.read_generation(tx):
        return kept
    is_tended = read_mark(tx, MADE_AT) > (now - RELIABLE).timestamp()
    return kept if is_tended else None


def keeps_pins(tx: Tx, section: str, order: SectionOrder, now: datetime) -> bool:
    """Say whether the editor still holds what was held when an order was made, and no more."""
    return order.pins == map_pins(list_section_pins(tx, section, now))


def make_order(
    tx: Tx, site: Site, section: str, now: datetime, front: Sequence[StoryId]
) -> SectionOrder:
    """Return the order of a section as it is now, held to the last one, or to the front page's."""
    kept = _load_kept(tx, section)
    ranking = rank_section(tx, site, section, now, kept.stories if kept else front)
    return order_section(ranking, list_section_pins(tx, section, now))


def load_ranking(tx: Tx, site: Site, order: SectionOrder, now: datetime, *, limit: int) -> Ranking:
    """Return the first stories of an order as they are now, with their reasons."""
    # A few more, for those that have been withdrawn or have merged since.
    found = story_rows.load_short_stories(tx, order.stories[: limit + limit // 4])
    stories = [freshen(story) for story in found if not story.lead.gone][:limit]
    several = [story.story_id for story in stories if story.articles > 1]
    pulses = pulse_rows.list_pulses(tx, several, now)
    reasons: dict[StoryId, Reasons] = {}
    for story in stories:
        key, pulse = story.story_id, pulses.get(story.story_id, NO_PULSE)
        score = score_story(story, now, pulse=pulse, language=site.language)
        mine = state_reasons(story, score, pulse)
        reasons[key] = replace(mine, pinned=order.pins.get(key), lifted=key in order.lifted)
    return Ranking(stories=tuple(stories), reasons=reasons)


def _load_kept(tx: Tx, section: str) -> SectionOrder | None:
    kept = edition_rows.list_editions(tx, _name_kind(section), 1)
    return read_section_edition(kept[0].content) if kept else None


def _name_kind(section: str) -> str:
    return f"section {section}"
