"""Imports: how far each file has been read, so that a killed import goes on where it stopped."""

from sqlalchemy import select

from dateline.store.engine import Tx
from dateline.store.rows import insert_into
from dateline.store.tables import imports


def import_position(tx: Tx, key: str) -> int:
    """Return how many records of an import are stored; 0 for a new one."""
    query = select(imports.c.position).where(imports.c.key == key)
    return tx.conn.execute(query).scalar() or 0


def save_import_position(tx: Tx, key: str, position: int) -> None:
    """Note how far an import has come, in the transaction that stores its records."""
    insert = insert_into(tx, imports).values(key=key, position=position)
    grown = {"position": position}
    tx.conn.execute(insert.on_conflict_do_update(index_elements=["key"], set_=grown))
