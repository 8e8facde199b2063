"""Upkeep: what has been kept long enough is dropped, once a day."""

from datetime import datetime, timedelta

from dateline.pipeline.edges import Edges
from dateline.store import Store
from dateline.store import leases as lease_rows
from dateline.store import raws as raw_rows
from dateline.store import readers as reader_rows
from dateline.store.standing import is_free

NAME = "upkeep"
EVERY = timedelta(days=1)
UNCONFIRMED = timedelta(days=7)  # an address that nobody confirmed is not ours to keep


def find_due(store: Store, now: datetime) -> list[str]:
    """Return the name of the work where it was last done a day ago or more."""
    with store.read() as tx:
        return [NAME] if is_free(tx, NAME, now) else []


def drop_old(edges: Edges, keep: timedelta) -> int:
    """Drop raw replies older than `keep` and addresses that were never confirmed.

    The lease on the work lasts until it is due again.
    """
    now = edges.clock()
    with edges.store.write(now) as tx:
        if not lease_rows.take_lease(tx, NAME, edges.holder, now + EVERY):
            return 0
        dropped = raw_rows.drop_raws(tx, now - keep)
        reader_rows.drop_unconfirmed(tx, now - UNCONFIRMED)
    if dropped:
        edges.report(f"{dropped} raw replies are older than {keep.days} days and were dropped")
    return 1
