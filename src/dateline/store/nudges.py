"""Nudges: work made due at once, and leases of workers that are known to be dead."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Table, delete, select, update

from dateline.store.columns import EPOCH
from dateline.store.engine import Tx
from dateline.store.tables import entries, feeds, leases, letters, pictures

# Leases that say when something was last done, whoever did it.
_CLOCKS = ("upkeep", "edition")
_CLAIMED: tuple[Table, ...] = (entries, feeds, letters, pictures)


def make_feeds_due(tx: Tx) -> None:
    """Make every feed that is not being asked right now due at once."""
    tx.conn.execute(update(feeds).where(_is_free(feeds)).values(due_at=EPOCH))


def make_looks_due(tx: Tx) -> None:
    """Make every entry that became an article due for another look at its page."""
    mine = _is_free(entries) & (entries.c.state == "done") & entries.c.article_id.is_not(None)
    tx.conn.execute(update(entries).where(mine).values(due_at=tx.now))


def free_dead(tx: Tx, is_dead: Callable[[str], bool]) -> int:
    """Free what dead workers hold, so that nobody waits for their leases; return how many."""
    return sum(_free_rows(tx, table, is_dead) for table in _CLAIMED) + _free_leases(tx, is_dead)


def _free_rows(tx: Tx, table: Table, is_dead: Callable[[str], bool]) -> int:
    dead = [holder for holder in _list_holders(tx, table.c.lease_holder) if is_dead(holder)]
    values = {"lease_holder": "", "lease_until": None, "due_at": tx.now}
    query = update(table).where(table.c.lease_holder.in_(dead)).values(values)
    return tx.conn.execute(query).rowcount if dead else 0


def _free_leases(tx: Tx, is_dead: Callable[[str], bool]) -> int:
    dead = [holder for holder in _list_holders(tx, leases.c.holder) if is_dead(holder)]
    held = leases.c.holder.in_(dead) & leases.c.name.not_in(_CLOCKS)
    return tx.conn.execute(delete(leases).where(held)).rowcount if dead else 0


def _list_holders(tx: Tx, column: ColumnElement[str]) -> list[str]:
    return list(tx.conn.execute(select(column).where(column != "").distinct()).scalars())


def _is_free(table: Table) -> ColumnElement[bool]:
    held: ColumnElement[bool] = table.c.lease_holder == ""
    return held
