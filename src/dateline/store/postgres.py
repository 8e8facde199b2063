"""PostgreSQL, through psycopg 3: for sites on more than one machine."""

from typing import Any

from sqlalchemy import Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from dateline.errors import StoreError

READ: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
WRITE: dict[str, Any] = {"isolation_level": "READ COMMITTED", "postgresql_readonly": False}
REMEDY = (
    "is the server running, has its disk room, are there connections left? Nothing of this "
    "transaction was kept."
)
_OLDEST = 14


def is_trouble(error: DBAPIError) -> bool:
    """Say whether an error is the operator's to mend, not a bug."""
    return error.connection_invalidated or isinstance(error, OperationalError)


def hide_password(address: str) -> str:
    """Return an address as it may be shown."""
    try:
        return make_url(address).render_as_string(hide_password=True)
    except ArgumentError:
        return "postgresql://…"


def open_engine(address: str) -> Engine:
    """Return an engine for `address`; StoreError says what to do where it does not answer."""
    try:
        import psycopg  # noqa: F401 - an extra: only sites that use it install it
    except ImportError as error:
        raise StoreError(
            "PostgreSQL needs the driver psycopg: install dateline[postgres]."
        ) from error
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise StoreError(
            "The store's address is not of the form postgresql://user:password@host/name."
        ) from error
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=8,
        max_overflow=56,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 10, "application_name": "dateline"},
    )
    try:
        with engine.connect() as conn:
            _check(conn.dialect.server_version_info, conn.exec_driver_sql("SHOW server_encoding"))
    except DBAPIError as error:
        engine.dispose()
        shown = url.render_as_string(hide_password=True)
        reason = " ".join(str(error.orig).split())
        raise StoreError(
            f"PostgreSQL at {shown} cannot be used ({reason}): is the server running, does the "
            "database exist (createdb), may this user log in?"
        ) from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def _check(version: tuple[Any, ...] | None, encoding: Any) -> None:
    if version is None or version[0] < _OLDEST:
        raise StoreError(f"PostgreSQL {version} is too old: Dateline needs {_OLDEST} or newer.")
    name = encoding.scalar()
    if name != "UTF8":
        raise StoreError(
            f"The database keeps its text as {name}; Dateline needs UTF8: "
            "createdb -T template0 -E UTF8."
        )
