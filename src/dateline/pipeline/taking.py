"""How a step takes work that one worker does at a time: look, then take it under a lease."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

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
