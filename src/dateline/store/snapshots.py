"""Snapshots of what grouping holds in memory, so that a start need not read all articles again.

The body of a large window is longer than what a database takes in one cell (a gigabyte), so it is
kept in pieces, which pass through here one at a time. They are written in the caller's transaction,
and a set of them that is not whole, or not of one writing, is no snapshot: the caller then starts
from the articles, as without one.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from typing import Any

import zstandard
from sqlalchemy import and_, delete, insert, or_, select

from dateline.model import ArticleId
from dateline.store.engine import Tx
from dateline.store.tables import snapshot_pieces, snapshots

_PIECE = 1 << 24  # bytes, compressed
_LEVEL = 1  # of states: 5 % longer than at 3, in a third of the time
_DIGEST = 16  # bytes
_KEPT = timedelta(days=30)  # a snapshot of another maker: it may be that one's turn again


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The state of a step after all articles up to one."""

    kind: str  # "origins", "stories"
    made_by: str
    upto: ArticleId
    note: str = ""  # a line of the caller's about the body
    body: bytes


def save_snapshot(tx: Tx, snapshot: Snapshot) -> None:
    """Keep a snapshot in place of the last one of its kind and maker.

    Beside the body, about two pieces are in memory. Snapshots of this kind that other makers have
    left behind are dropped after a month.
    """
    name = {"kind": snapshot.kind, "made_by": snapshot.made_by}
    _drop_before(tx, snapshot)
    state = blake2b(digest_size=_DIGEST)
    for number, piece in enumerate(_compress(snapshot.body)):
        state.update(piece)
        tx.conn.execute(insert(snapshot_pieces).values(**name, number=number, body=piece))
    head = {"upto": snapshot.upto, "note": snapshot.note, "saved_at": tx.now}
    check = {"size": len(snapshot.body), "digest": state.digest()}
    tx.conn.execute(insert(snapshots).values(name | head | check))


def load_snapshot(tx: Tx, kind: str, made_by: str) -> Snapshot | None:
    """Return the newest snapshot that this maker can read; None without a whole one."""
    mine = and_(snapshots.c.kind == kind, snapshots.c.made_by == made_by)
    head = tx.conn.execute(select(snapshots).where(mine)).one_or_none()
    body = None if head is None else _read_body(tx, (kind, made_by), head.digest)
    if head is None or body is None or len(body) != head.size:
        return None
    upto = ArticleId(head.upto)
    return Snapshot(kind=kind, made_by=made_by, upto=upto, note=head.note, body=body)


def _drop_before(tx: Tx, snapshot: Snapshot) -> None:
    """Delete what this snapshot stands for from now on, and what nobody asks for any more."""
    is_mine = snapshots.c.made_by == snapshot.made_by
    ends = or_(is_mine, snapshots.c.saved_at < tx.now - _KEPT)
    query = select(snapshots.c.made_by).where(snapshots.c.kind == snapshot.kind, ends)
    makers = {snapshot.made_by, *tx.conn.execute(query).scalars()}
    for table in (snapshots, snapshot_pieces):
        mine = and_(table.c.kind == snapshot.kind, table.c.made_by.in_(makers))
        tx.conn.execute(delete(table).where(mine))


def _compress(body: bytes) -> Iterator[bytes]:
    """Yield the body compressed, in pieces; only one is made at a time."""
    compressor = zstandard.ZstdCompressor(level=_LEVEL)
    chunker: Any = compressor.chunker(size=len(body), chunk_size=_PIECE)
    yield from chunker.compress(body)
    yield from chunker.finish()


def _read_body(tx: Tx, name: tuple[str, str], digest: bytes) -> bytes | None:
    """Put the pieces together; None where they are not those that were saved with `digest`."""
    table = snapshot_pieces
    mine = and_(table.c.kind == name[0], table.c.made_by == name[1])
    query = select(table.c.body).where(mine).order_by(table.c.number)
    state, whole = blake2b(digest_size=_DIGEST), io.BytesIO()
    # One statement, so that all pieces are of one moment; the rows come one at a time.
    with tx.conn.execute(query.execution_options(yield_per=1)) as rows:
        writer = zstandard.ZstdDecompressor().stream_writer(whole, closefd=False)
        try:
            for piece in rows.scalars():
                state.update(piece)
                writer.write(piece)
        except zstandard.ZstdError:
            return None
    return whole.getvalue() if state.digest() == digest else None
