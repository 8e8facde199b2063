"""Steps: one turn, backing off, and who holds a lease."""

import logging
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dateline.errors import LeaseLostError
from dateline.work.steps import Backoff, Step, Turn, is_dead_here, make_holder, take_turn

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


def make_step(claim=lambda holder, now, limit: [], run=lambda items, holder: len(items)):
    return Step(name="toy", claim=claim, run=run, next_due=lambda: None, batch=3)


def test_a_turn_claims_a_batch_and_runs_it():
    seen = []

    def claim(holder, now, limit):
        seen.append((holder, now, limit))
        return [1, 2]

    turn = take_turn(make_step(claim, lambda items, holder: len(items) - 1), "me", NOW)
    assert turn == Turn(step="toy", claimed=2, done=1)
    assert seen == [("me", NOW, 3)]


def test_nothing_claimed_is_not_run():
    def run(items, holder):
        raise AssertionError("run was called")

    assert take_turn(make_step(run=run), "me", NOW) == Turn(step="toy")


def test_a_bug_is_told_and_logged_with_its_trace(caplog):
    def run(items, holder):
        raise ValueError("broken")

    turn = take_turn(make_step(lambda *_: [1], run), "me", NOW)
    assert turn == Turn(step="toy", claimed=1, problem="ValueError: broken")
    assert caplog.records[0].exc_info


def test_a_lost_lease_is_no_bug(caplog):
    def run(items, holder):
        raise LeaseLostError("taken over")

    with caplog.at_level(logging.WARNING):
        turn = take_turn(make_step(lambda *_: [1], run), "me", NOW)
    assert turn.problem == ""
    assert "taken over" in caplog.text


def test_a_failing_step_waits_longer_each_time_up_to_a_limit():
    backoff = Backoff()
    bug = Turn(step="toy", problem="ValueError")
    waits = []
    for _ in range(30):
        backoff.note(bug, NOW)
        waits.append((backoff.resumes("toy") - NOW).total_seconds())
    assert waits[:4] == [1, 2, 4, 8]
    assert waits[-1] == 300
    assert backoff.holds("toy", NOW) and not backoff.holds("toy", NOW + timedelta(seconds=301))
    backoff.note(Turn(step="toy"), NOW)
    assert not backoff.holds("toy", NOW) and backoff.failures("toy") == 0


def test_a_holder_is_unique_and_alive():
    first, second = make_holder(), make_holder()
    assert first != second
    assert not is_dead_here(first)


@pytest.mark.flow
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_the_holder_of_an_ended_process_is_dead():
    code = "from dateline.work.steps import make_holder; print(make_holder())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert is_dead_here(done.stdout.strip())


@pytest.mark.parametrize(
    "holder", ["", "elsewhere-00000000/1/2/aa", "host:123", "a/b/c/d", "a/b/c/d/e"]
)
def test_what_cannot_be_known_is_not_dead(holder):
    assert not is_dead_here(holder)


def test_a_process_number_that_was_given_again_is_another_process():
    machine, process, start, nonce = make_holder().split("/")
    if not start:
        pytest.skip("this system does not tell when a process began")
    assert is_dead_here(f"{machine}/{process}/{int(start) - 1}/{nonce}")
