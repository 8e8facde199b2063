"""The door of the store: open a database, read from a snapshot of it, write in one transaction.

What a killed process can lose: nothing that was committed. On SQLite the log is written but not
synced at each commit (`synchronous=NORMAL`), so that a power cut can undo the last commits, in
order; it never damages the file. PostgreSQL syncs each commit.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from dateline.errors import StoreError
from dateline.store import postgres, sqlite
from dateline.store.migrations import migrate

_WAIT = 60.0  # seconds that a writer waits for the writers before it


@dataclass(frozen=True, slots=True, kw_only=True)
class Tx:
    """One transaction: every function of the store takes it first."""

    conn: Connection
    dialect: str  # "sqlite" or "postgresql"
    moment: datetime | None = field(default=None, repr=False)
    language: str = ""  # of the site's readers, whose headlines come first; "" for none

    @property
    def now(self) -> datetime:
        """The one moment of a write; a read has none."""
        if self.moment is None:
            raise RuntimeError("A read transaction has no moment: use Store.write(now).")
        return self.moment


class Store:
    """A database that is open; its schema is the one of this program."""

    def __init__(self, *, engine: Engine, address: str, language: str = "") -> None:
        self.address = address
        self.language = language
        self._shown = hide_password(address)
        self.dialect = engine.dialect.name
        self._engine = engine
        self._turn = threading.Lock()  # SQLite has one writer: threads queue here, in fairness

    @contextmanager
    def read(self) -> Iterator[Tx]:
        """Give a consistent snapshot: what others commit meanwhile is not seen."""
        module = sqlite if self.dialect == "sqlite" else postgres
        with self._telling(), self._engine.connect() as conn:
            conn = conn.execution_options(**module.READ)
            with conn.begin():
                yield Tx(conn=conn, dialect=self.dialect, language=self.language)

    @contextmanager
    def write(self, now: datetime) -> Iterator[Tx]:
        """Give one transaction that commits at the end of the block, or leaves nothing behind."""
        if now.tzinfo is None:
            raise ValueError("The moment of a write needs a time zone.")
        module = sqlite if self.dialect == "sqlite" else postgres
        with self._take_turn(), self._telling(), self._engine.connect() as conn:
            conn = conn.execution_options(**module.WRITE)
            with conn.begin():
                yield Tx(conn=conn, dialect=self.dialect, moment=now, language=self.language)

    @contextmanager
    def _take_turn(self) -> Iterator[None]:
        if self.dialect != "sqlite":
            yield
            return
        if not self._turn.acquire(timeout=_WAIT):
            raise StoreError(
                f"The store {self._shown} was busy with another write for {_WAIT:.0f} s; "
                "try again, and look for a process that hangs."
            )
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        # What the operator can mend is told as such; everything else is a bug and stays as it is.
        module = sqlite if self.dialect == "sqlite" else postgres
        try:
            yield
        except DBAPIError as error:
            if not module.is_trouble(error):
                raise
            raise StoreError(
                f"The store {self._shown} failed "
                f"({' '.join(str(error.orig).split())}): {module.REMEDY}"
            ) from error

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def hide_password(address: str) -> str:
    """Return an address as it may be shown."""
    return postgres.hide_password(address) if is_postgres(address) else address


def is_postgres(address: str) -> bool:
    """Say whether an address is one of PostgreSQL; all others are paths of SQLite files."""
    return address.startswith(("postgresql://", "postgres://"))


def open_engine(address: str, *, create: bool) -> Engine:
    """Return the engine for an address, whatever its schema."""
    if is_postgres(address):
        return postgres.open_engine(address.replace("postgres://", "postgresql://", 1))
    return sqlite.open_engine(address, create=create)


def open_store(address: str, *, create: bool = False, language: str = "") -> Store:
    """Open the store at `address` and bring its schema up to this program's.

    `address` is the path of an SQLite file or "postgresql://user@host/name"; `language`
    is the site's. StoreError where it is missing (and `create` is false), cannot be reached, or is
    newer than this program.
    """
    engine = open_engine(address, create=create)
    try:
        migrate(engine, address=hide_password(address), create=create)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine=engine, address=address, language=language)
