"""The runner for one machine, with a clock that only sleeping moves."""

import threading
from datetime import UTC, datetime, timedelta

from dateline.work.local import run_steps
from dateline.work.steps import Step, Turn

START = datetime(2026, 11, 2, 12, tzinfo=UTC)


class Clock:
    """A clock, and the stop signal whose waiting moves it; stops after `limit` sleeps."""

    def __init__(self, limit=1000):
        self.now = START
        self.slept = []
        self.limit = limit
        self.stopped = False

    def __call__(self):
        return self.now

    def is_set(self):
        return self.stopped

    def wait(self, seconds):
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)
        self.stopped = self.stopped or len(self.slept) >= self.limit
        return self.stopped


class Todo:
    """A step with a list of things to do; what it does may be work for another."""

    def __init__(self, name, items, then=None, due=None):
        self.items, self.then, self.done = list(items), then, []
        self.step = Step(name=name, claim=self.claim, run=self.run, next_due=lambda: due, batch=2)

    def claim(self, holder, now, limit):
        claimed, self.items = self.items[:limit], self.items[limit:]
        return claimed

    def run(self, items, holder):
        self.done += items
        if self.then:
            self.then.items += items
        return len(items)


def make_failing(name, times):
    calls = []

    def claim(holder, now, limit):
        calls.append(now)
        if len(calls) <= times:
            raise RuntimeError("a bug")
        return []

    return Step(name=name, claim=claim, run=len, next_due=lambda: None), calls


def test_it_runs_until_nothing_is_left_anywhere():
    second = Todo("second", [])
    first = Todo("first", range(5), then=second)
    clock = Clock()
    # In the wrong order: what the one makes for the other takes another pass.
    assert run_steps([second.step, first.step], clock=clock, stop=clock, until_idle=True) == ()
    assert first.done == second.done == [0, 1, 2, 3, 4]
    assert clock.slept == []


def test_progress_is_told_of_each_turn_that_did_something():
    turns = []
    todo = Todo("only", range(3))
    clock = Clock()
    run_steps([todo.step], clock=clock, stop=clock, until_idle=True, on_progress=turns.append)
    assert turns == [Turn(step="only", claimed=2, done=2), Turn(step="only", claimed=1, done=1)]


def test_a_failing_step_is_tried_again_and_the_others_go_on():
    broken, calls = make_failing("broken", times=2)
    todo = Todo("fine", range(3))
    clock = Clock()
    assert run_steps([broken, todo.step], clock=clock, stop=clock, until_idle=True) == ()
    assert todo.done == [0, 1, 2]
    assert calls == [START, START + timedelta(seconds=1), START + timedelta(seconds=3)]


def test_until_idle_gives_up_a_step_that_only_fails():
    broken, calls = make_failing("broken", times=99)
    clock = Clock()
    left = run_steps([broken], clock=clock, stop=clock, until_idle=True)
    assert [turn.problem for turn in left] == ["RuntimeError: a bug"]
    assert len(calls) == 3


def test_it_sleeps_until_the_next_due_moment():
    soon = Todo("soon", [], due=START + timedelta(seconds=2))
    clock = Clock(limit=1)
    run_steps([soon.step], clock=clock, stop=clock)
    assert clock.slept == [2]


def test_it_sleeps_a_few_seconds_at_most_and_never_spins():
    for due, slept in ((None, 3), (START + timedelta(hours=1), 3), (START, 0.05)):
        clock = Clock(limit=1)
        run_steps([Todo("it", [], due=due).step], clock=clock, stop=clock)
        assert clock.slept == [slept]


def test_a_step_that_cannot_say_when_it_is_due_is_a_failing_step():
    def fail():
        raise RuntimeError("no idea")

    turns = []
    step = Step(name="it", claim=lambda *_: [], run=len, next_due=fail)
    clock = Clock(limit=1)
    run_steps([step], clock=clock, stop=clock, on_progress=turns.append)
    assert turns == [Turn(step="it", problem="RuntimeError: no idea")]


def test_stop_ends_it_between_two_batches():
    stop = threading.Event()
    todo = Todo("it", range(100))
    run_steps(
        [todo.step],
        clock=lambda: START,
        stop=stop,
        until_idle=True,
        on_progress=lambda turn: stop.set(),
    )
    assert len(todo.done) == 2
