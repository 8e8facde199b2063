"""The queue on PostgreSQL: workers that are killed lose nothing and double nothing."""

import subprocess
import sys
import threading
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dateline.work.steps import Step

psycopg = pytest.importorskip("psycopg")
pytest.importorskip("procrastinate")
queue = pytest.importorskip("dateline.work.queue")

pytestmark = pytest.mark.flow
HERE = Path(__file__).parent


@pytest.fixture
def toys(monkeypatch):
    monkeypatch.syspath_prepend(str(HERE))
    monkeypatch.syspath_prepend(str(HERE.parent / "flow"))
    import kill
    import toy_site

    return toy_site, kill


@pytest.fixture
def site(postgres_address, toys):
    toy_site, _ = toys
    schema = f"toy_{uuid.uuid4().hex[:12]}"
    address = queue._clean_address(postgres_address)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        connection.execute(f"SET search_path TO {schema}")
        connection.execute(toy_site.TABLES)
        yield toy_site.ToySite(address, schema), schema
        connection.execute(f"DROP SCHEMA {schema} CASCADE")


def fill(site, count):
    with site.connect() as connection:
        connection.execute("INSERT INTO number SELECT generate_series(1, %s)", (count,))


def count_all(site):
    with site.connect() as connection:
        return connection.execute("SELECT count(*), count(DISTINCT id) FROM counting").fetchone()


def run_in_thread(address, steps, stop):
    thread = threading.Thread(target=queue.run_worker, args=(address, steps), kwargs={"stop": stop})
    thread.start()
    return thread


def wait_until(condition, within_s=30.0):
    until = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < until, "it did not come about in time"
        time.sleep(0.05)


def test_two_workers_share_the_work(site):
    toy, schema = site
    fill(toy, 200)
    stop = threading.Event()
    address = f"{toy.address}?options=-c%20search_path%3D{schema}"
    threads = [run_in_thread(address, [toy.make_step()], stop) for _ in range(2)]
    try:
        wait_until(lambda: toy.left() == 0)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert count_all(toy) == (200, 200)


def test_killed_workers_lose_and_double_nothing(site, toys):
    toy, schema = site
    _, kill = toys
    fill(toy, 600)
    command = [sys.executable, HERE / "toy_site.py", toy.address, schema]
    # One worker works on all the while; the others are killed beside it.
    steady = kill.start(command)
    try:
        killed = kill.run_and_kill(
            command, times=6, after=kill.random_delays(7, least=0.9, most=1.6), timeout_s=60
        )
        steady.communicate(timeout=60)
    finally:
        kill.kill_group(steady)
    assert killed.kills >= 1, "no worker was killed while it worked"
    assert count_all(toy) == (600, 600)


def test_a_failing_step_does_not_stop_the_others(site):
    toy, _ = site
    fill(toy, 10)
    stop = threading.Event()

    def fail(holder, now, limit):
        raise RuntimeError("a bug")

    broken = Step(name="broken", claim=fail, run=len, next_due=lambda: datetime.now(UTC))
    thread = run_in_thread(toy.address, [broken, toy.make_step()], stop)
    try:
        wait_until(lambda: toy.left() == 0)
    finally:
        stop.set()
        thread.join()
    assert count_all(toy) == (10, 10)


def test_it_waits_for_a_database_that_is_away():
    stop = threading.Event()
    thread = run_in_thread("postgresql://nobody@127.0.0.1:9/none", [], stop)
    time.sleep(0.5)
    assert thread.is_alive()
    stop.set()
    thread.join(10)
    assert not thread.is_alive()


def test_the_queue_is_imported_only_when_needed():
    code = "import sys, dateline.work.queue; sys.exit('procrastinate' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
