"""Articles to vectors: what each means, so that articles of two languages can be compared.

A batch is claimed under a lease, encoded outside of any transaction, and saved in one; a worker
that was killed in between leaves the batch as it was. A vector once saved is not made again, so
that whoever places articles from the store sees the same numbers, on whatever machine they were
made.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from dateline.model import Lead
from dateline.pipeline.edges import Edges
from dateline.pipeline.taking import take_work
from dateline.store import Tx
from dateline.store import leases as lease_rows
from dateline.store import vectors as vector_rows
from dateline.stories.features import describe
from dateline.stories.meanings import quantise

if TYPE_CHECKING:
    import numpy.typing as npt

BATCH = 64
LEASE = "meaning"


def claim_meanings(edges: Edges, now: datetime, limit: int = BATCH) -> list[Lead]:
    """Return articles that wait for a vector of the present model, held by this worker."""
    encoder = edges.encoder
    if encoder is None:
        return []

    def find(tx: Tx, most: int = limit) -> list[Lead]:
        return vector_rows.leads_without_vector(tx, encoder.name, most)

    return take_work(edges, LEASE, now, find, waits=lambda tx: find(tx, 1))


def encode_meanings(edges: Edges, leads: Sequence[Lead]) -> int:
    """Give each article that was claimed its vector; return how many."""
    encoder = edges.encoder
    if encoder is None:
        return 0
    vectors = encoder.encode([describe(lead) for lead in leads])
    packed = {lead.article_id: pack(row) for lead, row in zip(leads, vectors, strict=True)}
    with edges.store.write(edges.clock()) as tx:
        lease_rows.hold_lease(tx, LEASE, edges.holder, tx.now)  # over: the next one may take it
        vector_rows.save_vectors(tx, encoder.name, packed)
    return len(leads)


def pack(vector: "npt.NDArray[np.float32]") -> bytes:
    """Return a vector of length one as the store keeps it."""
    return quantise(vector).tobytes()


def unpack(vector: bytes) -> "npt.NDArray[np.float32]":
    """Return a kept vector, of length one again; all zeros where it was."""
    values = np.frombuffer(vector, dtype=np.int8).astype(np.float32)
    return values / max(float(np.linalg.norm(values)), 1e-9)
