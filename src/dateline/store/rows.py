"""What the store's modules share: upserts in both dialects, and the claiming of rows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, Table, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Row as AnyRow

from dateline.errors import LeaseLostError
from dateline.store.engine import Tx

T = TypeVar("T")
Row = AnyRow[*tuple[Any, ...]]
BATCH = 500  # ids in one IN (…): both databases take many more


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Who takes work, until when, and how much of it."""

    holder: str
    until: datetime
    limit: int


def insert_into(tx: Tx, table: Table) -> sqlite.Insert:
    """Return an INSERT that knows ON CONFLICT in the transaction's dialect."""
    if tx.dialect == "postgresql":
        # The two constructs have the same methods; one type keeps the callers simple.
        return postgresql.insert(table)  # type: ignore[return-value]
    return sqlite.insert(table)


def take_turn(tx: Tx, lock: int) -> None:
    """Wait until no other transaction holds a lock, and hold it until the commit.

    By this numbers are given in the order of commits. On SQLite the one writer is us.
    """
    if tx.dialect != "sqlite" and tx.moment is not None:
        tx.conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})


def in_batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Yield `items` in lists of at most `size`."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def take_rows(tx: Tx, key: ColumnElement[Any], query: Select[Any], claim: Claim) -> list[Row]:
    """Run `query` (which selects `key` first), mark its rows as held, and return them.

    On PostgreSQL rows that another transaction is claiming are passed over.
    """
    table: Table = key.table
    query = query.limit(claim.limit).with_for_update(skip_locked=True, of=table)
    rows = list(tx.conn.execute(query))
    values: dict[str, Any] = {
        "lease_holder": claim.holder,
        "lease_until": claim.until,
        "due_at": claim.until,
    }
    if "attempts" in table.c:
        values["attempts"] = table.c.attempts + 1
    for batch in in_batches([row[0] for row in rows]):
        tx.conn.execute(update(table).where(key.in_(batch)).values(values))
    return rows


def save_held(
    tx: Tx, key: ColumnElement[Any], row_id: object, holder: str, values: dict[str, Any]
) -> None:
    """Write `values` to the row whose `key` is `row_id`, and free it.

    LeaseLostError where `holder` does not hold it (any more).
    """
    table: Table = key.table
    query = update(table).where(key == row_id, table.c.lease_holder == holder)
    freed = values | {"lease_holder": "", "lease_until": None}
    if tx.conn.execute(query.values(freed)).rowcount != 1:
        raise LeaseLostError(
            f"Another worker took over a row of {table.name} that {holder} held; "
            "its result is dropped."
        )
