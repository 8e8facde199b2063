"""What tests share: stores on both databases, a private PostgreSQL, the shared data.

`store` runs a test on SQLite and on PostgreSQL. Without PostgreSQL those halves are skipped,
unless DATELINE_TEST_POSTGRES=required (as in CI), which makes that a failure.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.postgres import Databases, find_programs, run_server

if TYPE_CHECKING:
    from dateline.store import Store

# What takes long to import is imported where it is needed: the process that only hands out the
# tests reads this file too, and the others wait for it.

_ROOT = Path(__file__).resolve().parents[1]
_MEMORY, _ROOM = Path("/dev/shm"), 2 << 30
_TEMPLATE = "dateline_template"
_STORE_FOLDERS = {"store", "web", "cli"}
_STORE_FIXTURES = {"sqlite_store", "postgres_store", "store"}
# Thousands of small databases are made: where memory has room for a folder, they are made there.
if "TMPDIR" not in os.environ and _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM:
    os.environ["TMPDIR"] = tempfile.tempdir = str(_MEMORY)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run be one of several that share the modules, each with a process of its own."""
    parser.addoption("--part", default="1/1", help="which part of the modules, of how many: 2/3")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave the modules of other parts unread."""
    if not collection_path.match("test_*.py"):
        return None
    return None if _is_ours(collection_path, config.getoption("part")) else True


def _is_ours(module: Path, part: str) -> bool:
    number, _, parts = part.partition("/")
    return parts == "1" or module in _list_part(int(number), int(parts))


@cache
def _list_part(number: int, parts: int) -> frozenset[Path]:
    return frozenset(sorted(_ROOT.joinpath("tests").rglob("test_*.py"))[number - 1 :: parts])


def pytest_collectstart() -> None:
    """Have laws that name no number of examples tried as the others are."""
    from hypothesis import settings
    from tests.examples import examples

    if settings.get_current_profile_name() == "default":
        settings.register_profile("dateline", examples())
        settings.load_profile("dateline")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is not pure, and have the longest modules begun first."""
    _mark(items)
    # A module that was named on the command line is read by all.
    items[:] = [item for item in items if _is_ours(item.path, config.getoption("part"))]
    items[:] = _begin_with_flow(items, int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def _mark(items: list[pytest.Item]) -> None:
    """Mark what asks for published suites, and what works on a database."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "shared" in fixtures:
            item.add_marker(pytest.mark.suite)
        if item.path.parent.name in _STORE_FOLDERS or fixtures & _STORE_FIXTURES:
            item.add_marker(pytest.mark.store)
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)


def _begin_with_flow(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """Return the tests with a share of the whole-way modules at the head of each worker's part.

    Each worker begins with an even part of the row and later takes from the ends of others; a
    module of minutes that came last would be waited for by all.
    """
    modules: dict[Path, list[pytest.Item]] = {}
    rest = []
    for item in items:
        of = modules.setdefault(item.path, []) if item.path.parent.name == "flow" else rest
        of.append(item)
    heads: list[list[pytest.Item]] = [[] for _ in range(workers)]
    for number, module in enumerate(modules.values()):
        heads[number % workers] += module
    row: list[pytest.Item] = []
    for number, head in enumerate(heads, start=1):
        more = max(0, len(items) * number // workers - len(row) - len(head))
        row += [*head, *rest[:more]]
        rest = rest[more:]
    return row + rest


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Leave garbage while modules are imported, which stay: looking for it is a quarter of it."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()


def pytest_collection_finish() -> None:
    """Spare the collector of garbage the modules and the tests, which stay to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Look for garbage once at the end (what was left open warns now), and not three times."""
    gc.collect()
    gc.freeze()
    is_part = not session.config.getoption("part").endswith("/1")
    if is_part and session.exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED:
        session.exitstatus = pytest.ExitCode.OK  # another part has them


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
    programs = find_programs()
    if programs is None:
        message = "PostgreSQL is not installed (no initdb): its half of the tests does not run"
        if os.environ.get("DATELINE_TEST_POSTGRES") == "required":
            pytest.fail(message)
        pytest.skip(message)
    # A short path: a socket's may have no more than 107 letters.
    folder = Path(tempfile.mkdtemp(prefix="dateline-pg-"))
    try:
        yield from run_server(programs, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def _postgres(postgres_server: str) -> Iterator[Databases]:
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed")
    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as conn:
        yield Databases(postgres_server, conn)


@pytest.fixture(scope="session")
def _postgres_template(_postgres: Databases) -> str:
    from dateline.store import open_store

    _postgres.run(f"CREATE DATABASE {_TEMPLATE}")
    open_store(f"{_postgres.server}/{_TEMPLATE}", create=True).close()
    return _TEMPLATE


@pytest.fixture
def postgres_address(_postgres: Databases, _postgres_template: str) -> Iterator[str]:
    """The address of a fresh database with the schema, dropped after the test."""
    with _postgres.make(_postgres_template) as address:
        yield address


@pytest.fixture(scope="module")
def module_postgres(_postgres: Databases, _postgres_template: str) -> Iterator[str]:
    """The address of a database with the schema that the tests of one module share."""
    with _postgres.make(_postgres_template) as address:
        yield address


@pytest.fixture
def empty_postgres(_postgres: Databases) -> Iterator[str]:
    """The address of a database without any table, dropped after the test."""
    with _postgres.make("template1") as address:
        yield address


@pytest.fixture(scope="session")
def _sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from dateline.store import open_store

    path = tmp_path_factory.mktemp("store") / "template.db"
    open_store(str(path), create=True).close()
    return path


@pytest.fixture
def sqlite_store(_sqlite_template: Path, tmp_path: Path) -> Iterator["Store"]:
    """An empty store on SQLite."""
    from dateline.store import open_store

    path = tmp_path / "dateline.db"
    shutil.copy(_sqlite_template, path)
    with open_store(str(path)) as store:
        yield store


@pytest.fixture
def postgres_store(postgres_address: str) -> Iterator["Store"]:
    """An empty store on PostgreSQL."""
    from dateline.store import open_store

    with open_store(postgres_address) as store:
        yield store


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.flow)])
def store(request: pytest.FixtureRequest) -> "Store":
    """An empty store, once on each database."""
    name = "sqlite_store" if request.param == "sqlite" else "postgres_store"
    found: Store = request.getfixturevalue(name)
    return found
