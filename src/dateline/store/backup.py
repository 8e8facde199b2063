"""Backups: the whole store in one portable file, from and into either database.

A backup is one snapshot; writers go on meanwhile. The index of words is not part of it and is made
anew. Restoring checks the whole file first and goes into an empty store only.
"""

import importlib.metadata
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, column, func, insert, inspect, select, table, text

from dateline.errors import StoreError
from dateline.store import migrations
from dateline.store.archive import ArchiveReader, ArchiveWriter, Manifest, Part, verify_archive
from dateline.store.checks import check_store
from dateline.store.engine import Store, Tx, hide_password, is_postgres, open_engine
from dateline.store.index import rebuild_index
from dateline.store.rows import Row
from dateline.store.tables import metadata

__all__ = [
    "Manifest",
    "backup_store",
    "check_store",
    "rebuild_index",
    "restore_store",
    "verify_archive",
]

Progress = Callable[[str, int, int], None]  # table, rows done, rows in all
_AT_ONCE = 50
_ONE_AT_ONCE = {"snapshot_pieces"}  # tables whose rows are of many megabytes
_PART = 4_000_000  # bytes of text and blobs after which a message ends


def _say_nothing(table: str, done: int, total: int) -> None:
    """Report no progress."""


def backup_store(store: Store, target: Path, progress: Progress = _say_nothing) -> Manifest:
    """Write the store to one file and return what the file says of itself.

    The file appears whole or not at all. `progress` hears the table, the rows done, and all rows.
    """
    half = target.with_name(target.name + ".part")
    try:
        with half.open("wb") as sink:
            manifest = _write_archive(store, ArchiveWriter(sink), progress)
            sink.flush()
            os.fsync(sink.fileno())
        half.replace(target)
    except OSError as error:
        raise StoreError(f"The backup {target} cannot be written: {error.strerror}.") from error
    finally:
        half.unlink(missing_ok=True)
    return manifest


def restore_store(file: Path, address: str, progress: Progress = _say_nothing) -> Manifest:
    """Fill an empty or a new store from a backup of either database.

    StoreError where the file is damaged, is newer than this program, or the store has content.
    """
    manifest = verify_archive(file)
    if manifest.schema not in migrations.list_revisions():
        raise StoreError(
            f"The backup {file} was written by a newer Dateline ({manifest.app}): restore it "
            "with that version or a later one."
        )
    is_new = not is_postgres(address) and not Path(address).exists()
    engine = open_engine(address, create=True)
    try:
        with engine.connect() as conn, conn.begin():
            _prepare(conn, hide_password(address), manifest.schema)
            _load(conn, file, manifest, progress)
            migrations.upgrade(conn, "head")
            _set_counters(conn)
            rebuild_index(Tx(conn=conn, dialect=conn.dialect.name))
    except BaseException:
        engine.dispose()
        if is_new:
            _remove(Path(address))
        raise
    engine.dispose()
    return manifest


def _write_archive(store: Store, writer: ArchiveWriter, progress: Progress) -> Manifest:
    with store.read() as tx:
        counts = {
            str(known.name): int(
                tx.conn.execute(select(func.count()).select_from(known)).scalar_one()
            )
            for known in metadata.sorted_tables
        }
        manifest = Manifest(
            app=_find_version(),
            schema=migrations.read_revision(tx.conn) or "",
            dialect=store.dialect,
            counts=counts,
        )
        writer.write(manifest)
        for known in metadata.sorted_tables:
            names = [str(one.name) for one in known.columns]
            _write_table(tx, writer, (str(known.name), names, counts[known.name]), progress)
        writer.finish()
    return manifest


def _write_table(
    tx: Tx, writer: ArchiveWriter, known: tuple[str, list[str], int], progress: Progress
) -> None:
    name, names, total = known
    # Without the columns' types: the raw integers, words and bytes are equal in both databases.
    raw: Any = select(*(column(one) for one in names)).select_from(table(name))
    raw = raw.order_by(*(column(one.name) for one in metadata.tables[name].primary_key))
    done, at_once = 0, 1 if name in _ONE_AT_ONCE else _AT_ONCE
    with tx.conn.execute(raw.execution_options(yield_per=at_once)) as found:
        for rows in _cut(found.partitions()):
            writer.write(Part(table=name, columns=names, rows=[list(row) for row in rows]))
            done += len(rows)
            progress(name, done, total)


def _cut(partitions: Iterator[Sequence[Row]]) -> Iterator[list[Row]]:
    gathered: list[Row] = []
    size = 0
    for rows in partitions:
        gathered += rows
        size += sum(len(cell) for row in rows for cell in row if isinstance(cell, str | bytes))
        if size > _PART or len(gathered) >= 1000:
            yield gathered
            gathered, size = [], 0
    if gathered:
        yield gathered


def _prepare(conn: Connection, address: str, revision: str) -> None:
    found = migrations.read_revision(conn)
    if found is None and inspect(conn).get_table_names():
        raise StoreError(f"The database {address} holds tables that are not Dateline's.")
    if found not in (None, revision, migrations.newest_revision()):
        raise StoreError(f"The store {address} has another schema: restore into a new one.")
    if found is not None:
        _check_empty(conn, address)
    if found not in (None, revision):
        raise StoreError(
            f"The backup is of an older schema ({revision}): restore into a store that does not "
            "exist yet."
        )
    migrations.upgrade(conn, revision)


def _check_empty(conn: Connection, address: str) -> None:
    for known in metadata.sorted_tables:
        if conn.execute(select(known).limit(1)).first() is not None:
            raise StoreError(
                f"The store {address} is not empty (table {known.name}); nothing was restored: "
                "give the path of a new one."
            )


def _load(conn: Connection, file: Path, manifest: Manifest, progress: Progress) -> None:
    present = {name: _list_columns(conn, name) for name in inspect(conn).get_table_names()}
    done: dict[str, int] = {}
    with ArchiveReader(file) as reader:
        reader.read_manifest()
        for part in reader.read_parts():
            if not present.get(part.table, set()) >= set(part.columns):
                raise StoreError(f"The backup {file} has a table {part.table!r} that is not known.")
            _insert(conn, part)
            done[part.table] = done.get(part.table, 0) + len(part.rows)
            progress(part.table, done[part.table], manifest.counts.get(part.table, 0))


def _list_columns(conn: Connection, name: str) -> set[str]:
    return {one["name"] for one in inspect(conn).get_columns(name)}


def _insert(conn: Connection, part: Part) -> None:
    target = table(part.table, *(column(name) for name in part.columns))
    rows: list[dict[str, Any]] = [dict(zip(part.columns, row, strict=True)) for row in part.rows]
    conn.execute(insert(target), rows)


def _set_counters(conn: Connection) -> None:
    # PostgreSQL counts rows by itself, and has not seen those that came with their numbers.
    if conn.dialect.name != "postgresql":
        return
    for known in metadata.sorted_tables:
        own = known.autoincrement_column
        if own is not None:
            place = {"table": known.name}
            query = text(
                f"SELECT setval(pg_get_serial_sequence(:table, 'id'), max(id)) FROM {known.name}"  # noqa: S608 - a name of ours
            )
            conn.execute(query, place)


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _find_version() -> str:
    try:
        return importlib.metadata.version("dateline")
    except importlib.metadata.PackageNotFoundError:
        return "unknown"
