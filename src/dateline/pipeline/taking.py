"""How a step takes work that one worker does at a time: look, then take it under a lease."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from dateline.errors import LeaseLostError
from dateline.pipeline.edges import Edges
from dateline.store import Tx
from dateline.store import leases as lease_rows

T = TypeVar("T")


def take_work(
    edges: Edges,
    lease: str,
    now: datetime,
    find: Callable[[Tx], list[T]],
    waits: Callable[[Tx], object] | None = None,
) -> list[T]:
    """Return what `find` finds, held by this worker; nothing where another holds the lease.

    Most looks find nothing: they only read, and ask `waits`, where that is cheaper than `find`.
    """
    with edges.store.read() as tx:
        if not (waits or find)(tx):
            return []
    with edges.store.write(now) as tx:
        if not lease_rows.take_lease(tx, lease, edges.holder, now + edges.lease):
            return []
        return find(tx)


def make_beside(
    edges: Edges, lease: str, make: Callable[[Tx, datetime], T], keep: Callable[[T, datetime], int]
) -> int:
    """Make something on a snapshot, so that nobody who writes waits for it, then keep it.

    Return what `keep` returns, which holds the lease in the transaction that saves; 0 where another
    worker makes it, or has taken it over meanwhile. Both are given the moment of the snapshot.
    """
    now = edges.clock()
    with edges.store.write(now) as tx:
        if not lease_rows.take_lease(tx, lease, edges.holder, now + edges.lease):
            return 0
    with edges.store.read() as tx:
        made = make(tx, now)
    try:
        return keep(made, now)
    except LeaseLostError:
        return 0
