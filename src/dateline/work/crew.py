"""The parent's side of one pool worker: start it, give it a chunk, hear it, end it."""

import contextlib
import math
import multiprocessing
import pickle
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from ctypes import Array, c_double
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import Any

from dateline.work.worker import CHUNK, INDEX, STARTED, Answer, Chunk, work

_STARTS_WITHIN_S = 60.0  # a worker that has imports to do


@dataclass(slots=True)
class Item:
    """One item on its way: its place in the order, itself pickled, how often it was tried."""

    place: int
    body: bytes
    tries: int = 0


class Hand:
    """One worker process, as its parent sees it."""

    def __init__(self, context: BaseContext, memory_mb: int) -> None:
        ours, theirs = multiprocessing.Pipe()
        self._board: Array[c_double] = context.RawArray("d", 3)
        process = getattr(context, "Process")  # noqa: B009  (typeshed has it on subclasses only)
        self._process = process(target=work, args=(theirs, self._board, memory_mb), daemon=True)
        self._process.start()
        theirs.close()
        self.connection: Connection = ours
        self.chunk: deque[Item] = deque()  # what it still owes us
        self.taken = 0  # items in its life
        self._number = 0
        self._answered = 0  # items of the chunk that were answered
        self._given_at = 0.0

    def give(self, number: int, function: Callable[[Any], Any], items: Iterable[Item]) -> None:
        """Hand it a chunk; that it is dead is noticed when it is heard."""
        self.chunk = deque(items)
        self.taken += len(self.chunk)
        self._number, self._answered, self._given_at = number, 0, time.monotonic()
        chunk = Chunk(number, function, [item.body for item in self.chunk])
        with contextlib.suppress(OSError):
            self.connection.send_bytes(pickle.dumps(chunk, pickle.HIGHEST_PROTOCOL))

    def hear(self) -> Answer | None:
        """Return its next answer, None where it has died."""
        try:
            answer: Answer = pickle.loads(self.connection.recv_bytes())  # noqa: S301  (our own worker)
        except (EOFError, OSError):
            return None
        self._answered += len(answer.results)
        return answer

    def late_at(self, timeout_s: float) -> float:
        """Return when (monotonic) it is late with what it is at; infinite where with nothing."""
        if not self._has_begun():
            return self._given_at + _STARTS_WITHIN_S
        started = self._board[STARTED]
        return started + timeout_s if started else math.inf

    def end(self, wait_s: float) -> int:
        """Give it `wait_s` seconds to end by itself, then kill it; return its exit code.

        The code is negative for a signal.
        """
        self._process.join(wait_s)
        if self._process.exitcode is None:
            self._process.kill()
        self._process.join()
        code: int = self._process.exitcode
        return code

    def guilty(self) -> tuple[Item, float] | None:
        """Return the item that a dead worker was at, and when it began (monotonic)."""
        started = self._board[STARTED]
        position = int(self._board[INDEX]) - self._answered
        if not self._has_begun() or not started or not 0 <= position < len(self.chunk):
            return None
        return self.chunk[position], started

    def close(self) -> None:
        """Let go of a dead or retired worker's resources."""
        self.connection.close()
        if self._process.exitcode is not None:
            self._process.close()

    def retire(self) -> None:
        """Tell an idle worker that there is no more work: it ends by itself."""
        self.connection.close()

    def gone(self, wait_s: float) -> bool:
        """Return whether a retired worker has ended, after at most `wait_s` seconds."""
        self._process.join(wait_s)
        if self._process.exitcode is None:
            return False
        self._process.close()
        return True

    def _has_begun(self) -> bool:
        return int(self._board[CHUNK]) == self._number


def choose_context(function: Callable[[Any], Any]) -> BaseContext:
    """Return how workers are started, with `function`'s module imported once for all of them."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    wanted = {getattr(getattr(function, "func", function), "__module__", "") or "dateline"}
    wanted |= {name for name in sys.modules if name.partition(".")[0] == "dateline"}
    # Without effect once the server runs: then a worker imports for itself what is missing.
    context.set_forkserver_preload(sorted(wanted - {"__main__"}))
    return context


def name_end(code: int) -> str:
    """Return an exit code in words."""
    if code >= 0:
        return f"the worker ended with exit status {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return f"the worker crashed ({name})"
