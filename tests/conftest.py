"""What tests share: stores on both databases, a private PostgreSQL, the shared data.

`store` runs a test on SQLite and on PostgreSQL. Without PostgreSQL those halves are skipped,
unless DATELINE_TEST_POSTGRES=required (as in CI), which makes that a failure.
"""

import gc
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from tests.examples import examples

from dateline.store import Store, open_store

_ROOT = Path(__file__).resolve().parents[1]
_TEMPLATE = "dateline_template"
_STORE_FOLDERS = {"store", "web", "cli"}
_STORE_FIXTURES = {"sqlite_store", "postgres_store", "store"}
_QUIET = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off"),
    *("max_connections=60", "shared_buffers=32MB", "wal_level=minimal", "max_wal_senders=0"),
    "autovacuum=off",
)
settings.register_profile("dateline", examples())
settings.load_profile("dateline")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is not pure: what asks for published suites, what works on a database."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "shared" in fixtures:
            item.add_marker(pytest.mark.suite)
        if item.path.parent.name in _STORE_FOLDERS or fixtures & _STORE_FIXTURES:
            item.add_marker(pytest.mark.store)


def pytest_collection_finish() -> None:
    """Spare the collector of garbage the modules and the tests, which stay to the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of data that is shared by developers, next to the checkout."""
    folder = _ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not present: its data are not part of the project")
    return folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a private PostgreSQL, without the name of a database; one a process."""
    programs = _find_programs()
    if programs is None:
        message = "PostgreSQL is not installed (no initdb): its half of the tests does not run"
        if os.environ.get("DATELINE_TEST_POSTGRES") == "required":
            pytest.fail(message)
        pytest.skip(message)
    # A short path: a socket's may have no more than 107 letters.
    folder = Path(tempfile.mkdtemp(prefix="dateline-pg-"))
    try:
        yield from _run_server(programs, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def _postgres_template(postgres_server: str) -> str:
    _run_sql(postgres_server, f"CREATE DATABASE {_TEMPLATE}")
    open_store(f"{postgres_server}/{_TEMPLATE}", create=True).close()
    return postgres_server


@pytest.fixture
def postgres_address(_postgres_template: str) -> Iterator[str]:
    """The address of a fresh database with the schema, dropped after the test."""
    name = f"t_{os.getpid()}_{time.monotonic_ns()}"
    _run_sql(_postgres_template, f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
    yield f"{_postgres_template}/{name}"
    _run_sql(_postgres_template, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def module_postgres(_postgres_template: str) -> Iterator[str]:
    """The address of a database with the schema that the tests of one module share."""
    name = f"m_{os.getpid()}_{time.monotonic_ns()}"
    _run_sql(_postgres_template, f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
    yield f"{_postgres_template}/{name}"
    _run_sql(_postgres_template, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_postgres(postgres_server: str) -> Iterator[str]:
    """The address of a database without any table, dropped after the test."""
    name = f"e_{os.getpid()}_{time.monotonic_ns()}"
    _run_sql(postgres_server, f"CREATE DATABASE {name}")
    yield f"{postgres_server}/{name}"
    _run_sql(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "template.db"
    open_store(str(path), create=True).close()
    return path


@pytest.fixture
def sqlite_store(_sqlite_template: Path, tmp_path: Path) -> Iterator[Store]:
    """An empty store on SQLite."""
    path = tmp_path / "dateline.db"
    shutil.copy(_sqlite_template, path)
    with open_store(str(path)) as store:
        yield store


@pytest.fixture
def postgres_store(postgres_address: str) -> Iterator[Store]:
    """An empty store on PostgreSQL."""
    with open_store(postgres_address) as store:
        yield store


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.flow)])
def store(request: pytest.FixtureRequest) -> Store:
    """An empty store, once on each database."""
    name = "sqlite_store" if request.param == "sqlite" else "postgres_store"
    found: Store = request.getfixturevalue(name)
    return found


def _find_programs() -> Path | None:
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


def _run_server(programs: Path, folder: Path) -> Iterator[str]:
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


def _run_sql(server: str, statement: str) -> None:
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as conn:
        conn.execute(statement)
