"""Editions: what was shown when; and the number by which caches learn that something changed."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, text

from dateline.store.columns import squash, unsquash
from dateline.store.engine import Tx
from dateline.store.rows import insert_into
from dateline.store.tables import counters, editions

_READ = text("SELECT value FROM counters WHERE name = 'generation'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One state of a page."""

    kind: str  # "front", …
    at: datetime
    content: bytes  # JSON


def save_edition(tx: Tx, kind: str, content: bytes) -> bool:
    """Keep what is shown now; False where it equals the last edition of its kind."""
    key = hashlib.blake2b(content, digest_size=16).digest()
    last = select(editions.c.content_key).where(editions.c.kind == kind)
    found = tx.conn.execute(last.order_by(editions.c.id.desc()).limit(1)).scalar()
    if found is not None and bytes(found) == key:
        return False
    row = {"kind": kind, "at": tx.now, "content": squash(content), "content_key": key}
    tx.conn.execute(insert_into(tx, editions).values(row))
    return True


def replace_edition(tx: Tx, kind: str, content: bytes) -> bool:
    """Keep what is shown now, and none of what was shown before; False where they are equal."""
    if not save_edition(tx, kind, content):
        return False
    mine = editions.c.kind == kind
    newest = select(editions.c.id).where(mine).order_by(editions.c.id.desc()).limit(1)
    last = tx.conn.execute(newest).scalar_one()
    tx.conn.execute(delete(editions).where(mine, editions.c.id < last))
    return True


def list_editions(tx: Tx, kind: str, limit: int) -> list[Edition]:
    """Return the editions of a kind, the newest first."""
    query = select(editions).where(editions.c.kind == kind).order_by(editions.c.id.desc())
    return [
        Edition(kind=row.kind, at=row.at, content=unsquash(row.content))
        for row in tx.conn.execute(query.limit(limit))
    ]


def read_generation(tx: Tx) -> int:
    """Return the number of the present state; it grows when what readers see has changed."""
    return tx.conn.execute(_READ).scalar() or 0


def bump_generation(tx: Tx) -> int:
    """Say that what readers see has changed, and return the new number."""
    insert = insert_into(tx, counters).values(name="generation", value=1)
    grown = {"value": counters.c.value + 1}
    query = insert.on_conflict_do_update(index_elements=["name"], set_=grown)
    return int(tx.conn.execute(query.returning(counters.c.value)).scalar_one())
