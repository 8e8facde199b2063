"""Snapshots of what grouping holds in memory, so that a start need not read all articles again."""

from dataclasses import dataclass

from sqlalchemy import select

from dateline.model import ArticleId
from dateline.store.columns import squash, unsquash
from dateline.store.engine import Tx
from dateline.store.rows import insert_into
from dateline.store.tables import snapshots


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The state of a step after all articles up to one."""

    kind: str  # "origins", "stories"
    made_by: str
    upto: ArticleId
    body: bytes


def save_snapshot(tx: Tx, snapshot: Snapshot) -> None:
    """Keep a snapshot in place of the last one of its kind and maker."""
    row = {"kind": snapshot.kind, "made_by": snapshot.made_by, "upto": snapshot.upto}
    row |= {"body": squash(snapshot.body), "saved_at": tx.now}
    insert = insert_into(tx, snapshots).values(row)
    kept = {name: insert.excluded[name] for name in ("upto", "body", "saved_at")}
    tx.conn.execute(insert.on_conflict_do_update(index_elements=["kind", "made_by"], set_=kept))


def load_snapshot(tx: Tx, kind: str, made_by: str) -> Snapshot | None:
    """Return the newest snapshot that this maker can read."""
    mine = (snapshots.c.kind == kind) & (snapshots.c.made_by == made_by)
    row = tx.conn.execute(select(snapshots).where(mine)).one_or_none()
    if row is None:
        return None
    body = unsquash(row.body)
    return Snapshot(kind=kind, made_by=made_by, upto=ArticleId(row.upto), body=body)
