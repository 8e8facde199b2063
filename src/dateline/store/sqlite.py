"""SQLite: the default database, through pysqlite3, which carries a version that is safe.

SQLite before 3.51.3 can lose committed writes when two processes share a log file; the one inside
Python's standard library is often older.
"""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from dateline.errors import StoreError

_OLDEST = (3, 51, 3)
_BUSY = 30.0  # seconds to wait for another process that writes
READ: dict[str, Any] = {"dateline_begin": "BEGIN"}
REMEDY = (
    "is another process writing for long, is the disk full, may you write to the file and its "
    "folder? `dateline doctor` looks closer; nothing of this transaction was kept."
)
_TROUBLE = ("locked", "busy", "full", "readonly", "disk i/o", "unable to open", "malformed")
WRITE: dict[str, Any] = {"dateline_begin": "BEGIN IMMEDIATE"}

try:
    from pysqlite3 import dbapi2 as driver
except ImportError:  # not installed: the standard library's may be new enough
    driver = sqlite3

__all__ = ["READ", "REMEDY", "WRITE", "check_version", "driver", "is_trouble", "open_engine"]


def check_version() -> None:
    """Raise StoreError where the SQLite library could lose what was committed."""
    if driver.sqlite_version_info < _OLDEST:
        raise StoreError(
            f"SQLite {driver.sqlite_version} can lose committed writes when two processes share "
            "a file; Dateline needs 3.51.3 or newer: install pysqlite3 0.6.1 or newer "
            "(not pysqlite3-binary), or use PostgreSQL."
        )


def is_trouble(error: DBAPIError) -> bool:
    """Say whether an error is the operator's to mend, not a bug."""
    told = str(error.orig).lower()
    return any(word in told for word in _TROUBLE)


def open_engine(address: str, *, create: bool) -> Engine:
    """Return an engine for the file at `address`; StoreError where there is none to open."""
    check_version()
    path = Path(address)
    if not path.exists() and not create:
        raise StoreError(f"There is no store at {path}: run `dateline init`, or mend the path.")
    if not path.parent.is_dir():
        raise StoreError(f"The folder {path.parent} does not exist: make it, or mend the path.")
    try:
        _connect(path).close()
    except driver.Error as error:
        raise StoreError(
            f"The store {path} cannot be opened ({error}): is it an SQLite file that you may "
            "write to, on a local disk with room?"
        ) from error
    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=lambda: _connect(path),
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=56,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _connect(path: Path) -> Any:
    # isolation_level None: the driver begins nothing by itself, `_begin` does.
    conn = driver.connect(str(path), timeout=_BUSY, isolation_level=None, check_same_thread=False)
    try:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("PRAGMA synchronous = NORMAL")
        conn.execute("PRAGMA foreign_keys = ON")
        conn.execute("PRAGMA temp_store = MEMORY")
        conn.execute("PRAGMA cache_size = -32000")
        conn.execute("PRAGMA mmap_size = 268435456")
        conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        conn.close()
        raise
    return conn


def _begin(conn: Connection) -> None:
    conn.exec_driver_sql(conn.get_execution_options().get("dateline_begin", "BEGIN"))
