"""The edition: what the front page shows, kept whenever it changes."""

from datetime import datetime, timedelta

from dateline.model import Card, Site, StoryCard
from dateline.pipeline.edges import Edges
from dateline.publish.edition import build_edition
from dateline.publish.front import LATEST, lay_out_front, rank_stories, thin_latest
from dateline.store import Store, Tx
from dateline.store import cards as card_rows
from dateline.store import editions as edition_rows
from dateline.store import leases as lease_rows
from dateline.store import stories as story_rows
from dateline.store.cards import CardFilter
from dateline.store.standing import is_free, read_mark, save_mark
from dateline.store.stories import StoryFilter

KIND = "front"
LEASE = "edition"
MOST_STORIES = 400  # stories that are looked at for the front page
REST = timedelta(minutes=1)  # between two editions: a record of a page, not of every placing


def list_front_stories(tx: Tx) -> list[StoryCard]:
    """Return the stories that may stand on the front page, the newest first."""
    stories = story_rows.list_stories(tx, StoryFilter(limit=MOST_STORIES))
    return [story for story in stories if not story.lead.gone]


def list_latest(tx: Tx) -> list[Card]:
    """Return the articles of the column "Latest"."""
    return thin_latest(card_rows.list_cards(tx, CardFilter(limit=6 * LATEST)))


def find_stale(store: Store, now: datetime) -> list[str]:
    """Return the edition's kind where what readers see has changed since the last one."""
    with store.read() as tx:
        seen = edition_rows.list_editions(tx, KIND, 1)
        if not is_free(tx, LEASE, now):
            return []
        return (
            [KIND] if not seen or read_mark(tx, LEASE) != edition_rows.read_generation(tx) else []
        )


def publish_edition(edges: Edges, site: Site) -> int:
    """Rank the stories as the front page does, and keep the order with its reasons."""
    now = edges.clock()
    with edges.store.write(now) as tx:
        if not lease_rows.take_lease(tx, LEASE, edges.holder, now + REST):
            return 0
        save_mark(tx, LEASE, edition_rows.read_generation(tx))
        ranked = rank_stories(list_front_stories(tx), now, language=site.language)
        page = lay_out_front(ranked, list_latest(tx))
        edition_rows.save_edition(tx, KIND, build_edition(page))
    return 1
