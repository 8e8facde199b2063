"""The edition: what the front page shows, kept whenever it changes; and what it is ranked by."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from dateline.model import Card, Pin, PinPlace, Site, StoryCard, StoryId
from dateline.pipeline.edges import Edges
from dateline.pipeline.taking import make_beside
from dateline.publish.edition import build_edition, read_order
from dateline.publish.front import LATEST, freshen, lay_out_front, thin_latest
from dateline.publish.ranking import Evidence, Ranking, rank_stories
from dateline.store import Store, Tx
from dateline.store import cards as card_rows
from dateline.store import editions as edition_rows
from dateline.store import leases as lease_rows
from dateline.store import pins as pin_rows
from dateline.store import pulses as pulse_rows
from dateline.store import stories as story_rows
from dateline.store.cards import CardFilter
from dateline.store.standing import is_free, read_mark, save_mark
from dateline.store.stories import StoryFilter

KIND = "front"
LEASE = "edition"
MOST_STORIES = 400  # stories that are looked at for the front page
MOST_IN_SECTION = 200
REST = timedelta(minutes=1)  # between two editions: a record of a page, not of every placing


def list_front_stories(tx: Tx, now: datetime) -> list[StoryCard]:
    """Return the stories that may stand on the front page: the newest, and what is pinned."""
    return _list_stories(tx, StoryFilter(limit=MOST_STORIES), now)


def list_section_stories(tx: Tx, section: str, now: datetime) -> list[StoryCard]:
    """Return the stories that may stand at the top of a section's page."""
    return _list_stories(tx, StoryFilter(section=section, limit=MOST_IN_SECTION), now)


def _list_stories(tx: Tx, wanted: StoryFilter, now: datetime) -> list[StoryCard]:
    found = story_rows.list_stories(tx, wanted)
    known = {story.story_id for story in found}
    pins = list_section_pins(tx, wanted.section, now)
    missing = dict.fromkeys(pin.story_id for pin in pins if pin.story_id not in known)
    found += [story for key in missing if (story := story_rows.load_story(tx, key))]
    return [freshen(story) for story in found if not story.lead.gone]


def list_section_pins(tx: Tx, section: str, now: datetime) -> list[Pin]:
    """Return what the editor holds on the page of a section, or ("") on the front page."""
    return [pin for pin in pin_rows.list_standing(tx, now) if pin.section == section]


def rank_front(tx: Tx, site: Site, stories: Sequence[StoryCard], now: datetime) -> Ranking:
    """Rank stories as the front page does, held to the order of the last edition."""
    seen = edition_rows.list_editions(tx, KIND, 1)
    before = read_order(seen[0].content) if seen else ()
    evidence = gather_evidence(tx, stories, now, before=before)
    return rank_stories(stories, now, evidence=evidence, language=site.language)


def rank_section(
    tx: Tx, site: Site, section: str, now: datetime, before: Sequence[StoryId] = ()
) -> Ranking:
    """Rank the stories of a section, held to the order in which they stood before."""
    stories = list_section_stories(tx, section, now)
    evidence = gather_evidence(tx, stories, now, section=section, before=before)
    return rank_stories(stories, now, evidence=evidence, language=site.language)


def gather_evidence(
    tx: Tx,
    stories: Sequence[StoryCard],
    now: datetime,
    *,
    section: str = "",
    before: Sequence[StoryId] = (),
) -> Evidence:
    """Return what the store knows of how stories move, who reads them and what is pinned."""
    ids = [story.story_id for story in stories]
    # One report alone moves as its date says.
    several = [story.story_id for story in stories if story.articles > 1]
    return Evidence(
        pulses=pulse_rows.list_pulses(tx, several, now),
        reads=pulse_rows.sum_story_reads(tx, ids, now),
        pins=list_section_pins(tx, section, now),
        before=before,
    )


def find_pinned_lead(ranking: Ranking) -> StoryId | None:
    """Return the story that the editor holds above all others."""
    first = ranking.stories[0].story_id if ranking.stories else None
    is_held = first is not None and ranking.reasons[first].pinned is PinPlace.LEAD
    return first if is_held else None


def list_latest(tx: Tx) -> list[Card]:
    """Return the articles of the column "Latest"."""
    return thin_latest(card_rows.list_cards(tx, CardFilter(limit=6 * LATEST)))


def find_stale(store: Store, now: datetime) -> list[str]:
    """Return the edition's kind where what readers see has changed since the last one."""
    with store.read() as tx:
        if not is_free(tx, LEASE, now):
            return []
        has_changed = read_mark(tx, LEASE) != edition_rows.read_generation(tx)
        return [KIND] if has_changed or not edition_rows.list_editions(tx, KIND, 1) else []


def publish_edition(edges: Edges, site: Site) -> int:
    """Rank the stories as the front page does, and keep the order with its reasons."""

    def make(tx: Tx, now: datetime) -> tuple[int, bytes]:
        generation = edition_rows.read_generation(tx)
        ranking = rank_front(tx, site, list_front_stories(tx, now), now)
        page = lay_out_front(ranking.stories, list_latest(tx), pinned=find_pinned_lead(ranking))
        return generation, build_edition(page, ranking)

    def keep(made: tuple[int, bytes], now: datetime) -> int:
        generation, content = made
        with edges.store.write(now) as tx:
            # The lease goes on, so that the next edition is not made at once.
            lease_rows.hold_lease(tx, LEASE, edges.holder, now + REST)
            save_mark(tx, LEASE, generation)
            edition_rows.save_edition(tx, KIND, content)
        return 1

    return make_beside(edges, LEASE, make, keep)
