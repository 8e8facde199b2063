"""Opening, snapshots, transactions that leave nothing behind."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, ProgrammingError

from dateline.errors import StoreError
from dateline.store import Store, open_store, sqlite
from dateline.store.articles import count_articles
from dateline.store.editions import bump_generation, read_generation
from dateline.store.migrations import newest_revision
from dateline.store.sources import list_sources


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store at"):
        open_store(str(tmp_path / "none.db"))


def test_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder"):
        open_store(str(tmp_path / "none" / "a.db"), create=True)


def test_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_bytes(b"not a database, but long enough to be taken for one" * 20)
    with pytest.raises(StoreError, match="cannot be opened"):
        open_store(str(path), create=True)


def test_somebody_elses_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE theirs (x)")
    conn.close()
    with pytest.raises(StoreError, match="theirs"):
        open_store(str(path), create=True)


def test_old_sqlite_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite.driver, "sqlite_version_info", (3, 40, 1))
    with pytest.raises(StoreError, match=r"3\.51\.3"):
        sqlite.check_version()


def test_newer_schema_is_refused(store: Store, make) -> None:
    with store.write(make.now) as tx:
        tx.conn.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer Dateline"):
        open_store(store.address)


def test_opening_again_changes_nothing(store: Store, make) -> None:
    with store.write(make.now) as tx:
        make.sources(tx, "a")
    with open_store(store.address, create=True) as again, again.read() as tx:
        assert [source.key for source in list_sources(tx)] == ["a"]
        found = tx.conn.execute(text("SELECT version_num FROM alembic_version")).scalar()
    assert found == newest_revision()


@pytest.mark.flow
def test_empty_postgres_needs_create(empty_postgres: str) -> None:
    with pytest.raises(StoreError, match="empty"):
        open_store(empty_postgres)
    with open_store(empty_postgres, create=True) as store, store.read() as tx:
        assert count_articles(tx) == 0


def test_postgres_that_does_not_answer_is_told() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError, match="is the server running") as told:
        open_store("postgresql://somebody:secret@127.0.0.1:1/none")
    assert "secret" not in str(told.value)


def test_sqlite_is_set_up_to_keep_what_it_was_given(sqlite_store: Store) -> None:
    with sqlite_store.read() as tx:
        ask = tx.conn.exec_driver_sql
        assert ask("PRAGMA journal_mode").scalar() == "wal"
        assert ask("PRAGMA foreign_keys").scalar() == 1
        assert ask("PRAGMA synchronous").scalar() == 1


def test_file_that_another_process_holds_is_told(tmp_path, make, monkeypatch) -> None:
    monkeypatch.setattr(sqlite, "_BUSY", 0.05)
    path = tmp_path / "a.db"
    with open_store(str(path), create=True) as store:
        other = sqlite.driver.connect(str(path), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="locked"), store.write(make.now):
            pass
        other.execute("ROLLBACK")
        other.close()
        with store.write(make.now) as tx:
            make.sources(tx, "a")


def test_bug_in_a_query_is_not_taken_for_trouble(store: Store) -> None:
    expected = OperationalError if store.dialect == "sqlite" else ProgrammingError
    with pytest.raises(expected), store.read() as tx:
        tx.conn.execute(text("SELECT nothing FROM nowhere"))


def test_error_leaves_nothing_behind(store: Store, make) -> None:
    with pytest.raises(RuntimeError), store.write(make.now) as tx:
        make.sources(tx, "a")
        raise RuntimeError
    with store.read() as tx:
        assert list_sources(tx) == []


def test_read_has_no_moment_and_cannot_write(store: Store, make) -> None:
    with store.read() as tx, pytest.raises(RuntimeError, match="moment"):
        _ = tx.now
    if store.dialect == "postgresql":
        with pytest.raises(Exception, match="read-only"), store.read() as tx:
            bump_generation(tx)


def test_write_needs_a_time_zone(store: Store) -> None:
    with pytest.raises(ValueError, match="time zone"), store.write(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass


def test_reader_sees_one_moment(store: Store, make) -> None:
    with store.read() as tx:
        assert read_generation(tx) == 0
        with store.write(make.now) as other:
            bump_generation(other)
        assert read_generation(tx) == 0
    with store.read() as tx:
        assert read_generation(tx) == 1


def test_threads_that_write_wait_for_each_other(store: Store, make) -> None:
    def work() -> None:
        for _ in range(10):
            with store.write(make.now) as tx:
                bump_generation(tx)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as tx:
        assert read_generation(tx) == 40


_VICTIM = """
import sys
from datetime import UTC, datetime
from dateline.model import Source
from dateline.store import open_store
from dateline.store.sources import save_sources

store = open_store(sys.argv[1])
with store.write(datetime(2026, 1, 1, tzinfo=UTC)) as tx:
    save_sources(tx, [Source(key="kept", name="Kept", home="")])
with store.write(datetime(2026, 1, 1, tzinfo=UTC)) as tx:
    save_sources(tx, [Source(key=f"lost-{n}", name="Lost", home="") for n in range(500)])
    sys.stdout.write("half way\\n")
    sys.stdout.flush()
    sys.stdin.read()
"""


@pytest.mark.flow
def test_kill_keeps_what_was_committed_and_nothing_else(store: Store) -> None:
    command = [sys.executable, "-c", _VICTIM, store.address]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as victim:
        assert victim.stdout is not None
        assert victim.stdout.readline() == b"half way\n"
        os.kill(victim.pid, signal.SIGKILL)
    with store.write(datetime.now().astimezone() + timedelta(0)) as tx:  # the lock is free again
        assert [source.key for source in list_sources(tx)] == ["kept"]
