"""The pool: results in order whatever the items do to their workers."""

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from dateline.work.pool import Done, Failed, Pool, PoolError
from dateline.work.worker import Answer

HERE = Path(__file__).parent


@pytest.fixture
def chores(monkeypatch):
    monkeypatch.syspath_prepend(str(HERE))
    import chores

    return chores


@pytest.fixture
def kill(monkeypatch):
    monkeypatch.syspath_prepend(str(HERE.parent / "flow"))
    import kill

    return kill


def test_without_workers_it_runs_here(chores):
    with Pool(0) as pool:
        results = list(pool.run(chores.misbehave, [("pid", 0), ("raise", "no")], timeout_s=1))
    assert results == [Done(os.getpid()), Failed("ValueError: no")]


def test_without_workers_it_is_lazy(chores):
    with Pool(0) as pool:
        results = pool.run(chores.add_one, itertools.count(), timeout_s=1)
        assert list(itertools.islice(results, 3)) == [Done(1), Done(2), Done(3)]


def test_the_message_between_worker_and_pool_is_a_value():
    assert Answer([], 0.1, last=True) == Answer([], 0.1, last=True)


@pytest.mark.flow
def test_many_items_come_back_in_order(chores):
    with Pool(2) as pool:
        results = list(pool.run(chores.add_one, range(3000), timeout_s=10))
    assert results == [Done(number + 1) for number in range(3000)]


@pytest.mark.flow
def test_each_bad_item_fails_alone_and_says_why(chores):
    deeds = [
        (("echo", "first"), Done("first")),
        (("spin", 6), Failed("it took longer than 1.5 s")),
        (("echo", 1), Done(1)),
        (("spin in C", 60), Failed("it took longer than 1.5 s")),
        (("exit", 3), Failed("the worker ended with exit status 3")),
        (("exit", 0), Failed("the worker ended with exit status 0")),
        (("echo", 2), Done(2)),
        (("die", int(signal.SIGSEGV)), Failed("the worker crashed (SIGSEGV)")),
        (("die", int(signal.SIGKILL)), Failed("the worker crashed (SIGKILL)")),
        (("raise", "two\nlines"), Failed("ValueError: two lines")),
        (("leave", 0), Failed("SystemExit: 3")),
        (
            ("unreadable", 0),
            Failed("its result cannot be read back: ValueError: cannot be made again"),
        ),
        (("echo", "last"), Done("last")),
    ]
    with Pool(2) as pool:
        results = list(pool.run(chores.misbehave, [deed for deed, _ in deeds], timeout_s=1.5))
    assert results == [expected for _, expected in deeds]


@pytest.mark.flow
def test_a_result_that_cannot_be_sent_fails(chores):
    with Pool(1) as pool:
        [result] = pool.run(chores.misbehave, [("unpicklable", 0)], timeout_s=5)
    assert isinstance(result, Failed) and "pickle" in result.reason


@pytest.mark.flow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux limits memory so")
def test_an_item_that_eats_memory_fails(chores):
    with Pool(1, memory_mb=700) as pool:
        results = list(pool.run(chores.misbehave, [("eat", 100), ("eat", 900)], timeout_s=20))
    assert results[0] == Done(100 * 1024 * 1024)
    assert isinstance(results[1], Failed) and "MemoryError" in results[1].reason


@pytest.mark.flow
def test_in_a_chunk_only_the_late_item_fails(chores):
    # The cheap ones make the chunks large; the late one stands in the middle of one.
    items = [("echo", n) for n in range(2000)] + [("spin", 6)] + [("echo", n) for n in range(500)]
    with Pool(1) as pool:
        results = list(pool.run(chores.misbehave, items, timeout_s=1.5))
    late = [place for place, result in enumerate(results) if isinstance(result, Failed)]
    assert late == [2000]
    assert results[2001:] == [Done(n) for n in range(500)]


@pytest.mark.flow
def test_the_time_limit_is_an_items_not_a_chunks(chores):
    # Each is well inside the limit; together they are far beyond it.
    items = [("echo", 0)] * 300 + [("sleep", 0.03)] * 100
    with Pool(1) as pool:
        results = list(pool.run(chores.misbehave, items, timeout_s=1.5))
    assert not [result for result in results if isinstance(result, Failed)]


@pytest.mark.flow
def test_a_worker_killed_from_outside_costs_nothing(chores, tmp_path):
    items = [("die once", str(tmp_path / "died")), ("echo", 1)]
    with Pool(1) as pool:
        results = list(pool.run(chores.misbehave, items, timeout_s=10))
    assert results == [Done("lived"), Done(1)]


@pytest.mark.flow
def test_idle_workers_may_be_killed_between_two_runs(chores):
    with Pool(2) as pool:
        pids = {r.value for r in pool.run(chores.misbehave, [("pid", 0)] * 20, timeout_s=10)}
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        results = list(pool.run(chores.add_one, range(50), timeout_s=10))
    assert results == [Done(number + 1) for number in range(50)]


@pytest.mark.flow
def test_killing_workers_amid_large_results_loses_nothing(chores):
    """What pools with one shared channel do not survive: death while holding its lock."""
    with Pool(2) as pool:
        killed = 0
        sizes = []
        for result in pool.run(chores.misbehave, [("big", 2_000_000)] * 40, timeout_s=20):
            sizes.append(len(result.value))
            workers = [child.pid for child in _children() if child.is_alive()]
            if len(sizes) % 8 == 0 and workers:
                os.kill(workers[0], signal.SIGKILL)
                killed += 1
    assert sizes == [2_000_000] * 40
    assert killed >= 3


def _children():
    import multiprocessing

    return multiprocessing.active_children()


@pytest.mark.flow
def test_items_may_be_endless_and_are_taken_as_needed(chores):
    taken = []

    def give():
        for number in itertools.count():
            taken.append(number)
            yield number

    with Pool(2) as pool:
        results = pool.run(chores.add_one, give(), timeout_s=10)
        assert list(itertools.islice(results, 5)) == [Done(n + 1) for n in range(5)]
        assert len(taken) < 5000
        results.close()
        # The workers that were at work when it was left are not waited for, others start.
        assert list(pool.run(chores.add_one, [1], timeout_s=10)) == [Done(2)]


@pytest.mark.flow
def test_a_slow_item_does_not_stop_the_ones_behind_it(chores, tmp_path):
    sign = str(tmp_path / "sign")  # made by the last item, and waited for by the first
    items = [("wait for", sign), *[("echo", n) for n in range(20)], ("touch", sign)]
    with Pool(2) as pool:
        first, *_ = pool.run(chores.misbehave, items, timeout_s=120)
    assert first == Done("it came")


@pytest.mark.flow
def test_a_worker_is_replaced_after_its_share(chores):
    with Pool(1, tasks_a_worker=10) as pool:
        pids = [r.value for r in pool.run(chores.misbehave, [("pid", 0)] * 200, timeout_s=10)]
    assert len(set(pids)) > 1


@pytest.mark.flow
def test_a_run_inside_a_run_is_refused_and_another_thread_waits(chores):
    with Pool(1) as pool:
        outer = pool.run(chores.add_one, range(3), timeout_s=10)
        assert next(outer) == Done(1)
        with pytest.raises(PoolError, match="inside another run"):
            next(pool.run(chores.add_one, [1], timeout_s=10))
        found = []
        other = threading.Thread(
            target=lambda: found.extend(pool.run(chores.add_one, [9], timeout_s=10))
        )
        other.start()
        assert list(outer) == [Done(2), Done(3)]
        other.join(20)
        assert found == [Done(10)]


@pytest.mark.flow
def test_an_error_in_the_items_reaches_the_caller_and_the_pool_lives(chores):
    def give():
        yield 1
        raise LookupError("no more")

    with Pool(1) as pool:
        with pytest.raises(LookupError):
            list(pool.run(chores.add_one, give(), timeout_s=10))
        assert list(pool.run(chores.add_one, [1], timeout_s=10)) == [Done(2)]


@pytest.mark.flow
def test_a_script_without_a_main_guard_is_told_so(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(
        "from dateline.text import squeeze\n"
        "from dateline.work.pool import Pool\n"
        "with Pool(1) as pool:\n"
        "    list(pool.run(squeeze, ['a'], timeout_s=5))\n"
    )
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert 'if __name__ == "__main__":' in done.stderr.splitlines()[-1]


PARENT = """
import sys
sys.path.insert(0, {here!r})
import chores
from dateline.work import worker
from dateline.work.pool import Pool
if __name__ == "__main__":
    deed = sys.argv[1]
    with Pool(2) as pool:
        for result in pool.run(chores.misbehave, [("echo", 1), *[(deed, 600)] * 4], timeout_s=600):
            print(result, flush=True)
"""


@pytest.mark.flow
@pytest.mark.parametrize("deed", ["spin", "spin in C", "sleep"])
def test_workers_die_with_their_parent(tmp_path, kill, deed):
    script = tmp_path / "parent.py"
    script.write_text(PARENT.format(here=str(HERE)))
    parent = kill.start([sys.executable, script, deed])
    try:
        assert parent.stdout.readline() == "Done(value=1)\n"
        until = time.monotonic() + 30
        while len(kill.list_session(parent.pid)) < 4:  # it, two workers, the fork server
            assert time.monotonic() < until
            time.sleep(0.05)
        time.sleep(0.3)  # the workers are at their endless items
        os.kill(parent.pid, signal.SIGKILL)  # the parent alone
        parent.wait(10)
        assert kill.wait_for_orphans(parent.pid) == []
    finally:
        kill.kill_group(parent)
        parent.stdout.close()


WATCHED = """
import multiprocessing, sys, time
from dateline.work import worker
worker._ask_kernel = lambda: False  # as where the kernel cannot be asked
def child(connection):
    worker.die_with_parent()
    connection.send("there")
    time.sleep(600)
if __name__ == "__main__":
    ours, theirs = multiprocessing.Pipe()
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=child, args=(theirs,))
    process.start()
    print(ours.recv(), flush=True)
    time.sleep(600)
"""


@pytest.mark.flow
def test_without_the_kernels_help_a_worker_watches_its_parent(tmp_path, kill):
    script = tmp_path / "watched.py"
    script.write_text(WATCHED)
    parent = kill.start([sys.executable, script])
    try:
        assert parent.stdout.readline() == "there\n"
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait(10)
        assert kill.wait_for_orphans(parent.pid) == []
    finally:
        kill.kill_group(parent)
        parent.stdout.close()
