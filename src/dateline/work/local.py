"""The runner for one machine: the steps in order, again and again, until idle or told to stop."""

import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from dateline.work.steps import Backoff, Step, Turn, make_holder, take_turn

Clock = Callable[[], datetime]
_LONGEST_SLEEP = timedelta(seconds=3)
_SHORTEST_SLEEP = timedelta(milliseconds=50)
_GIVE_UP = 3  # failures in a row after which `until_idle` no longer waits for a step


def run_steps(
    steps: Sequence[Step[Any]],
    *,
    clock: Clock,
    stop: threading.Event,
    until_idle: bool = False,
    on_progress: Callable[[Turn], None] | None = None,
) -> tuple[Turn, ...]:
    """Run the steps in order, each until it has no more work; return the failed steps' last turns.

    With `until_idle` it returns when nothing could be claimed; else it runs until `stop` is set,
    asleep until the next due moment, at most 3 seconds. A step that raises is logged, left alone
    for a while (see `Backoff`), and the others go on; `until_idle` gives it 3 attempts. Each turn
    that claimed something or failed is told to `on_progress`.
    """
    runner = _Runner(steps, clock, stop, on_progress)
    while not stop.is_set():
        if runner.run_pass():
            continue
        if until_idle and not runner.may_recover():
            break
        runner.sleep(until_idle)
    return tuple(runner.failed.values())


class _Runner:
    def __init__(
        self,
        steps: Sequence[Step[Any]],
        clock: Clock,
        stop: threading.Event,
        on_progress: Callable[[Turn], None] | None,
    ) -> None:
        self._steps = steps
        self._clock = clock
        self._stop = stop
        self._tell = on_progress or (lambda turn: None)
        self._holder = make_holder()
        self._backoff = Backoff()
        self.failed: dict[str, Turn] = {}

    def run_pass(self) -> bool:
        """Run each step until it has no more work; True where any step had some."""
        worked = [self._run_step(step) for step in self._steps]
        return any(worked)

    def _run_step(self, step: Step[Any]) -> bool:
        worked = False
        while not self._stop.is_set() and not self._backoff.holds(step.name, self._clock()):
            turn = take_turn(step, self._holder, self._clock())
            self._note(turn)
            if turn.problem or not turn.claimed:
                break
            worked = True
        return worked

    def _note(self, turn: Turn) -> None:
        self._backoff.note(turn, self._clock())
        self.failed.pop(turn.step, None)
        if turn.problem:
            self.failed[turn.step] = turn
        if turn.problem or turn.claimed:
            self._tell(turn)

    def may_recover(self) -> bool:
        """Return whether a failed step still has attempts left."""
        return any(self._backoff.failures(name) < _GIVE_UP for name in self.failed)

    def sleep(self, until_idle: bool) -> None:
        """Sleep until something may be due, at most a few seconds; `stop` wakes at once."""
        now = self._clock()
        moments = [self._backoff.resumes(name) for name in self.failed]
        if not until_idle:
            moments += [self._ask_due(step) for step in self._steps if step.name not in self.failed]
        waits = [moment - now for moment in moments if moment is not None]
        wait = min(max(min(waits, default=_LONGEST_SLEEP), _SHORTEST_SLEEP), _LONGEST_SLEEP)
        self._stop.wait(wait.total_seconds())

    def _ask_due(self, step: Step[Any]) -> datetime | None:
        try:
            return step.next_due()
        except Exception as error:
            self._note(Turn(step=step.name, problem=f"{type(error).__name__}: {error}"))
            return None
