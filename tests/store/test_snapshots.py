"""Snapshots are kept in pieces: whole or not at all, whatever comes between."""

import multiprocessing
import os
import signal
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from sqlalchemy import delete, event, func, insert, select, update

from dateline.store import Snapshot, Store, Tx, open_store
from dateline.store import snapshots as rows
from dateline.store.backup import backup_store, restore_store
from dateline.store.snapshots import load_snapshot, save_snapshot
from dateline.store.tables import snapshot_pieces, snapshots

PIECE = 1000
BODY = np.random.default_rng(1).bytes(10 * PIECE + 17)  # cannot be compressed


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "_PIECE", PIECE)


def make_snapshot(body: bytes = BODY, *, made_by: str = "origins/2", upto: int = 7) -> Snapshot:
    return Snapshot(kind="origins", made_by=made_by, upto=upto, note=f"note {upto}", body=body)


def load(store: Store, made_by: str = "origins/2") -> Snapshot | None:
    with store.read() as tx:
        return load_snapshot(tx, "origins", made_by)


def count_pieces(store: Store) -> int:
    with store.read() as tx:
        return int(tx.conn.execute(select(func.count()).select_from(snapshot_pieces)).scalar_one())


@pytest.mark.parametrize("size", [0, 1, PIECE, len(BODY)])
def test_what_is_saved_is_loaded(store: Store, make, size: int) -> None:
    saved = make_snapshot(BODY[:size])
    with store.write(make.now) as tx:
        save_snapshot(tx, saved)
        assert load_snapshot(tx, "origins", "origins/2") == saved
        assert load_snapshot(tx, "stories", "origins/2") is None
        assert load_snapshot(tx, "origins", "origins/1") is None
    assert load(store) == saved
    assert count_pieces(store) == size // PIECE + 1


def test_a_shorter_one_takes_the_place_of_a_longer(store: Store, make) -> None:
    other = make_snapshot(made_by="origins/2 use", upto=3)
    for saved in (make_snapshot(), other, make_snapshot(b"short", upto=8)):
        with store.write(make.now) as tx:
            save_snapshot(tx, saved)
    assert load(store) == saved
    assert load(store, "origins/2 use") == other
    assert count_pieces(store) == 1 + 11


def test_what_other_makers_left_is_dropped_after_a_month(store: Store, make) -> None:
    left, recent = make_snapshot(made_by="origins/1"), make_snapshot(made_by="origins/2 use")
    stories = replace(left, kind="stories")
    for saved, days in ((left, 0), (stories, 0), (recent, 2), (make_snapshot(), 31)):
        with store.write(make.now + timedelta(days=days)) as tx:
            save_snapshot(tx, saved)
    assert load(store, "origins/1") is None
    assert load(store, "origins/2 use") == recent
    assert load(store) == make_snapshot()
    with store.read() as tx:
        assert load_snapshot(tx, "stories", "origins/1") == stories
    assert count_pieces(store) == 3 * 11


def _take_away(tx: Tx) -> None:
    tx.conn.execute(delete(snapshot_pieces).where(snapshot_pieces.c.number == 4))


def _cut(tx: Tx) -> None:
    tx.conn.execute(delete(snapshot_pieces).where(snapshot_pieces.c.number > 4))


def _empty(tx: Tx) -> None:
    tx.conn.execute(delete(snapshot_pieces))


def _mix(tx: Tx) -> None:
    """One piece of another snapshot of the same length."""
    save_snapshot(tx, make_snapshot(BODY[::-1], made_by="other"))
    of_other = snapshot_pieces.c.made_by == "other"
    mixed = select(snapshot_pieces.c.body).where(of_other, snapshot_pieces.c.number == 4)
    piece = tx.conn.execute(mixed).scalar_one()
    tx.conn.execute(update(snapshot_pieces).where(~of_other, ~_is_not(4)).values(body=piece))


def _swap(tx: Tx) -> None:
    for old, new in ((4, 99), (5, 4), (99, 5)):
        tx.conn.execute(update(snapshot_pieces).where(~_is_not(old)).values(number=new))


def _append(tx: Tx) -> None:
    row = {"kind": "origins", "made_by": "origins/2", "number": 11, "body": b"more"}
    tx.conn.execute(insert(snapshot_pieces).values(row))


def _behead(tx: Tx) -> None:
    tx.conn.execute(delete(snapshots))


def _lengthen(tx: Tx) -> None:
    tx.conn.execute(update(snapshots).values(size=len(BODY) + 1))


def _is_not(number: int):
    return snapshot_pieces.c.number != number


HARMS = [_take_away, _cut, _empty, _mix, _swap, _append, _behead, _lengthen]


@pytest.mark.parametrize("harm", HARMS)
def test_a_half_or_mixed_one_is_none(store: Store, make, harm: Callable[[Tx], None]) -> None:
    with store.write(make.now) as tx:
        save_snapshot(tx, make_snapshot())
    with store.write(make.now) as tx:
        harm(tx)
    assert load(store) is None
    with store.write(make.later) as tx:
        save_snapshot(tx, make_snapshot())
    assert load(store) == make_snapshot()


def _save_and_die(address: str, now: datetime) -> None:
    """Write a snapshot; be killed when five of its pieces are written."""
    rows._PIECE = PIECE
    written = 0

    def count(_conn, _cursor, statement: str, *_: object) -> None:
        nonlocal written
        written += "INSERT INTO snapshot_pieces" in statement
        if written == 5:
            os.kill(os.getpid(), signal.SIGKILL)

    with open_store(address) as store, store.write(now) as tx:
        event.listen(tx.conn, "after_cursor_execute", count)
        save_snapshot(tx, make_snapshot(BODY[::-1], upto=8))


def test_a_kill_between_pieces_leaves_the_last_one(store: Store, make) -> None:
    with store.write(make.now) as tx:
        save_snapshot(tx, make_snapshot())
    spawn = multiprocessing.get_context("spawn")
    process = spawn.Process(target=_save_and_die, args=(store.address, make.later))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert load(store) == make_snapshot()
    with store.write(make.later) as tx:
        save_snapshot(tx, make_snapshot(BODY[::-1], upto=8))
    assert load(store) == make_snapshot(BODY[::-1], upto=8)


def test_pieces_pass_one_at_a_time(sqlite_store: Store, make, tmp_path, monkeypatch) -> None:
    """Saving takes little beside the body, loading little more than it; so does a backup."""
    size, piece = 1 << 25, 1 << 19
    monkeypatch.setattr(rows, "_PIECE", piece)
    body = np.random.default_rng(2).bytes(size)
    with sqlite_store.write(make.now) as tx:
        assert peak_of(lambda: save_snapshot(tx, make_snapshot(body))) < 6 * piece
    assert peak_of(lambda: load(sqlite_store)) < size + size // 4 + 6 * piece
    assert peak_of(lambda: backup_store(sqlite_store, tmp_path / "one")) < size * 3 // 4
    restore_store(tmp_path / "one", str(tmp_path / "new.db"))
    with open_store(str(tmp_path / "new.db")) as again:
        found = load(again)
    assert found is not None and found.body == body


def peak_of(do: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        do()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
