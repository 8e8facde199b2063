"""Named leases: that one worker at a time does what cannot be done by two."""

from datetime import datetime

from sqlalchemy import delete, or_, update

from dateline.errors import LeaseLostError
from dateline.store.engine import Tx
from dateline.store.rows import insert_into
from dateline.store.tables import leases


def take_lease(tx: Tx, name: str, holder: str, until: datetime) -> bool:
    """Take or extend a lease; False while another holder has it."""
    row = {"name": name, "holder": holder, "until": until}
    insert = insert_into(tx, leases).values(row)
    free = or_(leases.c.holder == holder, leases.c.until <= tx.now)
    query = insert.on_conflict_do_update(
        index_elements=["name"], set_={"holder": holder, "until": until}, where=free
    )
    return tx.conn.execute(query.returning(leases.c.name)).first() is not None


def release_lease(tx: Tx, name: str, holder: str) -> None:
    """Give a lease back; one that has passed to another holder is left alone."""
    mine = (leases.c.name == name) & (leases.c.holder == holder)
    tx.conn.execute(delete(leases).where(mine))


def hold_lease(tx: Tx, name: str, holder: str, until: datetime) -> None:
    """Extend a lease inside the transaction that saves its work; LeaseLostError where it is lost.

    The row stays locked until the commit, so that nobody takes the lease over meanwhile.
    """
    mine = (leases.c.name == name) & (leases.c.holder == holder)
    if tx.conn.execute(update(leases).where(mine).values(until=until)).rowcount == 0:
        raise LeaseLostError(f"The lease {name!r} has passed from {holder} to another worker.")
