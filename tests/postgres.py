"""A private PostgreSQL for the tests, its databases made as fast as can be."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_QUIET = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off"),
    *("max_connections=60", "shared_buffers=32MB", "wal_level=minimal", "max_wal_senders=0"),
    "autovacuum=off",
)


def find_programs() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest that is installed."""
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).resolve().parent
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"),
        key=lambda path: int(path.parent.parent.name) if path.parent.parent.name.isdigit() else 0,
    )
    return found[-1].parent if found else None


def _find_user() -> str | None:
    """Return who runs the server: PostgreSQL refuses to be run by root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    pytest.skip("PostgreSQL cannot be run by root, and there is no user postgres or nobody")


def run_server(programs: Path, folder: Path) -> Iterator[str]:
    user = _find_user()
    if user is not None:
        shutil.chown(folder, user)
    data = folder / "data"
    run = _make_runner(folder, user)
    who = ["-U", "dateline", "-A", "trust"]
    run([str(programs / "initdb"), "-D", str(data), *who, "-E", "UTF8", "--locale=C", "-N"])
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = " ".join(f"-c {setting}" for setting in _QUIET)
    address = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder}"
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w"]
    run([*control, "-l", str(folder / "log"), "-o", f"{address} {options}", "start"])
    try:
        yield f"postgresql://dateline@127.0.0.1:{port}"
    finally:
        run([*control, "-m", "immediate", "stop"])


def _make_runner(folder: Path, user: str | None) -> Callable[[list[str]], None]:
    def run(command: list[str]) -> None:
        # The server inherits standard output: a pipe would never close, a file does no harm.
        output = folder / "output"
        with output.open("ab") as sink:
            done = subprocess.run(
                command, cwd=folder, user=user, stdout=sink, stderr=sink, check=False, timeout=120
            )
        if done.returncode:
            told = output.read_text(errors="replace")[-2000:]
            pytest.fail(f"{Path(command[0]).name} failed:\n{told}")

    return run


class Databases:
    """The databases of a private server, made and dropped over one connection."""

    def __init__(self, server: str, conn: Any) -> None:
        self.server, self._conn = server, conn
        # As files: page by page through the log, as is usual since 15, takes five times that.
        self._how = " STRATEGY FILE_COPY" if conn.info.server_version >= 150000 else ""

    def run(self, statement: str) -> None:
        self._conn.execute(statement)

    @contextmanager
    def make(self, template: str) -> Iterator[str]:
        """Give the address of a new database, a copy of `template`; drop it in the end."""
        name = f"t_{os.getpid()}_{time.monotonic_ns()}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}{self._how}")
        yield f"{self.server}/{name}"
        self.run(f"DROP DATABASE {name} WITH (FORCE)")
