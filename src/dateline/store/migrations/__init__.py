"""Bringing a database's schema up to this program's, step by step, with Alembic.

The steps stand in `versions/`, one file each, and are never changed once released.
"""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from dateline.errors import StoreError

_HERE = Path(__file__).parent
_LOCK = 0x646174656C696E65  # PostgreSQL: two programs that start at once migrate in turn


def read_revision(conn: Connection) -> str | None:
    """Return the schema's revision in the database, None where it has none yet."""
    return MigrationContext.configure(conn).get_current_revision()


@cache
def newest_revision() -> str:
    """Return the revision that this program needs."""
    head = ScriptDirectory(str(_HERE)).get_current_head()
    assert head is not None, "the package is without its migrations"  # noqa: S101
    return head


def migrate(engine: Engine, *, address: str, create: bool) -> None:
    """Bring the database up to this program's schema, in one transaction.

    StoreError where the database is newer than this program, is not Dateline's, or is empty and
    `create` is false.
    """
    with engine.connect() as conn, conn.begin():
        found = read_revision(conn)
        if found == newest_revision():
            return
    options = {"dateline_begin": "BEGIN IMMEDIATE"}
    with engine.connect().execution_options(**options) as conn, conn.begin():
        if conn.dialect.name == "postgresql":
            conn.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        _check(conn, address=address, create=create)
        upgrade(conn, "head")


def upgrade(conn: Connection, revision: str) -> None:
    """Bring the schema up to a revision, in the transaction that `conn` is in."""
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.attributes["connection"] = conn
    command.upgrade(config, revision)


def list_revisions() -> set[str]:
    """Return the revisions that this program knows."""
    return {step.revision for step in ScriptDirectory(str(_HERE)).walk_revisions()}


def _check(conn: Connection, *, address: str, create: bool) -> None:
    found = read_revision(conn)
    if found is None:
        strangers = [name for name in inspect(conn).get_table_names() if name != "alembic_version"]
        if strangers:
            raise StoreError(
                f"The database {address} holds tables that are not Dateline's "
                f"({', '.join(strangers[:3])}): give Dateline one of its own."
            )
        if not create:
            raise StoreError(f"The database {address} is empty: run `dateline init` first.")
        return
    if found not in list_revisions():
        raise StoreError(
            f"The store {address} was written by a newer Dateline (schema {found}): "
            "install that version or a later one; nothing was changed."
        )
