"""What a step is, and what every runner does with one: claim, run, back off after a bug.

A step finds its own work by a query for what is missing, takes it under a lease, and saves its
results itself. So a runner is a loop, and losing a runner loses nothing.
"""

import logging
import os
import platform
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Generic, TypeVar

from dateline.errors import LeaseLostError

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_FIRST_WAIT = timedelta(seconds=1)
_LONGEST_WAIT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Generic[T]):
    """One step of the way, as its runner sees it."""

    name: str
    claim: Callable[[str, datetime, int], Sequence[T]]  # holder, now, limit -> items it now holds
    run: Callable[[Sequence[T], str], int]  # items, holder -> how many were done
    next_due: Callable[[], datetime | None]  # when there is work again; None: not known, or none
    batch: int = 100  # items claimed at a time
    lease: timedelta = timedelta(minutes=5)  # how long a claim lasts; longer than a batch takes


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What came of one claim: `problem` is the bug that ended it, "" where there was none."""

    step: str
    claimed: int = 0
    done: int = 0
    problem: str = ""


def take_turn(step: Step[T], holder: str, now: datetime) -> Turn:
    """Claim one batch of `step` and run it; a bug is logged with its trace and told in the turn.

    A lease that was lost on the way is no bug: another worker has taken the work over.
    """
    claimed = 0
    try:
        items = step.claim(holder, now, step.batch)
        claimed = len(items)
        done = step.run(items, holder) if items else 0
    except LeaseLostError as error:
        _LOG.warning("%s: lost its lease, results dropped: %s", step.name, error)
        return Turn(step=step.name, claimed=claimed)
    except Exception as error:
        # The house rule: only a bug gets here. One broken step must not stop the others.
        _LOG.exception("%s: failed; it is tried again after a pause", step.name)
        return Turn(step=step.name, claimed=claimed, problem=f"{type(error).__name__}: {error}")
    return Turn(step=step.name, claimed=claimed, done=done)


@dataclass(slots=True)
class Backoff:
    """How long a failing step is left alone: 1 s, then twice as long each time, up to 5 min."""

    _until: dict[str, datetime] = field(default_factory=dict)
    _failures: dict[str, int] = field(default_factory=dict)

    def note(self, turn: Turn, now: datetime) -> None:
        """Remember how a turn ended."""
        if not turn.problem:
            self._until.pop(turn.step, None)
            self._failures.pop(turn.step, None)
            return
        failures = self._failures[turn.step] = self.failures(turn.step) + 1
        wait = min(_FIRST_WAIT * 2 ** min(failures - 1, 20), _LONGEST_WAIT)
        self._until[turn.step] = now + wait

    def failures(self, step: str) -> int:
        """Return how often the step of this name has failed in a row."""
        return self._failures.get(step, 0)

    def resumes(self, step: str) -> datetime | None:
        """Return when the step may be tried again, None where it need not wait."""
        return self._until.get(step)

    def holds(self, step: str, now: datetime) -> bool:
        """Return whether the step is still to be left alone."""
        until = self._until.get(step)
        return until is not None and now < until


def make_holder() -> str:
    """Return a name for this worker: unique in every run, and telling who it is.

    The form is "machine/process/start/nonce", so that `is_dead_here` can tell that the worker
    of a lease on this machine has gone.
    """
    process = os.getpid()
    return f"{_name_machine()}/{process}/{_read_start(process)}/{secrets.token_hex(4)}"


def is_dead_here(holder: str) -> bool:
    """Return whether `holder` is a worker of this very machine whose process has ended.

    False where it cannot be known (another machine, another container, a system without /proc):
    such a lease runs out by itself.
    """
    parts = holder.split("/")
    if len(parts) != 4 or parts[0] != _name_machine() or not parts[1].isdigit():
        return False
    started = _read_start(int(parts[1]))
    return bool(parts[2]) and parts[2] != started and Path("/proc/self/stat").exists()


def _name_machine() -> str:
    # Process numbers mean something only inside one boot and one process namespace (container).
    marks = [_read_text("/proc/sys/kernel/random/boot_id"), _read_link("/proc/self/ns/pid")]
    mark = blake2b("".join(marks).encode(), digest_size=4).hexdigest()
    return f"{platform.node().replace('/', '-') or 'localhost'}-{mark}"


def _read_start(process: int) -> str:
    # Field 22 of /proc/PID/stat: start in clock ticks since boot; the name (2) may hold anything.
    fields = _read_text(f"/proc/{process}/stat").rpartition(")")[2].split()
    if len(fields) < 20 or fields[0] in ("Z", "X"):
        return ""
    return fields[19]


def _read_text(path: str) -> str:
    try:
        return Path(path).read_text("utf-8", "replace").strip()
    except OSError:
        return ""


def _read_link(path: str) -> str:
    try:
        return str(Path(path).readlink())
    except OSError:
        return ""
