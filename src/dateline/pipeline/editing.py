"""The edition: what the front page shows, kept whenever it changes."""

from datetime import datetime, timedelta

from dateline.model import Site
from dateline.pipeline.edges import Edges
from dateline.publish.edition import build_edition
from dateline.publish.front import lay_out_front, rank_stories
from dateline.store import Store
from dateline.store import cards as card_rows
from dateline.store import editions as edition_rows
from dateline.store import leases as lease_rows
from dateline.store import stories as story_rows
from dateline.store.cards import CardFilter
from dateline.store.standing import is_free, read_mark, save_mark
from dateline.store.stories import StoryFilter

KIND = "front"
LEASE = "edition"
WINDOW = timedelta(days=14)
MOST_STORIES = 400
LATEST = 20
REST = timedelta(minutes=1)  # between two editions: a record of a page, not of every placing


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
        wanted = StoryFilter(since=now - WINDOW, limit=MOST_STORIES)
        stories = story_rows.list_stories(tx, wanted)
        latest = card_rows.list_cards(tx, CardFilter(limit=LATEST))
        page = lay_out_front(rank_stories(stories, now, language=site.language), latest)
        edition_rows.save_edition(tx, KIND, build_edition(page))
    return 1
