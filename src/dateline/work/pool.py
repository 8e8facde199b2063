"""The killable pool: runs a function that may hang, crash or eat memory on many items.

Parsing what strangers wrote can do all three, and Python cannot stop its own thread. Each worker
is a process with one connection of its own, so that the death of one, at any moment, tears
nothing that another needs (pools whose workers share a queue and its locks do not survive that).
The caller's thread drives everything from inside `run`: no thread is started.

Workers come from the fork server: `fork` copies locks that the caller's threads hold, and `spawn`
imports everything anew for each replacement. The server imports once, each worker is its copy.
"""

import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import wait
from multiprocessing.context import BaseContext
from types import TracebackType
from typing import Any, Self, TypeVar

from dateline.errors import DatelineError
from dateline.model import Done, Failed
from dateline.work.crew import Hand, Item, choose_context, name_end
from dateline.work.worker import Answer, name_error

T = TypeVar("T")
R = TypeVar("R")

_CHUNK_S = 0.025  # work in a chunk: long against the cost of handing it over, short to wait for
_LARGEST_CHUNK = 256
_WINDOW = 64  # at least so many items are on their way, so that a slow one stops no other
_MISHAPS = 5  # deaths in a row that no item can be blamed for: the pool does not work here
_LAST_WORDS_S = 1.0  # a worker whose connection ended is about to exit: let it say how
_OUTSIDE = (-int(getattr(signal, "SIGKILL", 9)), 255)  # killed from outside, or with the server


class PoolError(DatelineError):
    """The pool cannot work at all: its workers do not start, or one `run` is inside another."""


Result = Done[R] | Failed


class Pool:
    """Some worker processes with limits; a context manager.

    `workers=0` runs in this process, without limits: for tests and tiny jobs. `memory_mb` limits
    each worker's address space (Linux). A worker is replaced after `tasks_a_worker` items.
    """

    def __init__(self, workers: int, *, memory_mb: int = 1024, tasks_a_worker: int = 500) -> None:
        self._workers = workers
        self._memory_mb = memory_mb
        self._tasks_a_worker = tasks_a_worker
        self._idle: list[Hand] = []
        self._leaving: list[Hand] = []
        self._chunks = 0
        self._turn = threading.Lock()
        self._owner = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End all workers; the pool starts new ones if it is used again."""
        for hand in self._idle:
            hand.retire()
        for hand in self._leaving + self._idle:
            _wait_or_kill(hand)
        self._idle.clear()
        self._leaving.clear()

    def run(
        self, function: Callable[[T], R], items: Iterable[T], *, timeout_s: float
    ) -> Iterator[Result[R]]:
        """Yield `function(item)` of each item, in order, as `Done` or `Failed`; lazily.

        `function` is importable by name, and pure: it may be called again for an item whose
        result was lost with a worker. `timeout_s` is for one item: the worker is killed then. Items
        may be endless: only some are taken ahead (at least 64, or what keeps the workers busy
        for a tenth of a second). One `run` at a time: another thread's waits for its turn.
        """
        if self._workers == 0:
            return (_run_here(function, item) for item in items)
        return self._run(function, items, timeout_s)

    def _run(
        self, function: Callable[[T], R], items: Iterable[T], timeout_s: float
    ) -> Iterator[Result[R]]:
        if self._owner == threading.get_ident():
            raise PoolError("Pool.run was called inside another run of the same pool.")
        with self._turn:
            self._owner = threading.get_ident()
            try:
                yield from _Run(self, function, iter(items), timeout_s).outcomes()
            finally:
                self._owner = 0

    def take_hand(self, context: BaseContext) -> Hand:
        """Return an idle worker, a new one where there is none."""
        return self._idle.pop() if self._idle else Hand(context, self._memory_mb)

    def give_back(self, hand: Hand) -> None:
        """Keep an idle worker for the next chunk, or let it go when it has done enough."""
        if hand.taken < self._tasks_a_worker:
            self._idle.append(hand)
            return
        hand.retire()
        self._leaving = [left for left in self._leaving if not left.gone(0)] + [hand]

    def number_chunk(self) -> int:
        """Return a new chunk's number, never 0."""
        self._chunks += 1
        return self._chunks

    @property
    def workers(self) -> int:
        """How many workers run at a time."""
        return self._workers


class _Run:
    """One `Pool.run`: what is on its way, and what has come back out of order."""

    def __init__(
        self,
        pool: Pool,
        function: Callable[[Any], Any],
        items: Iterator[Any],
        timeout_s: float,
    ) -> None:
        self._pool = pool
        self._function = function
        self._items: Iterator[Any] | None = items
        self._timeout_s = timeout_s
        self._context = choose_context(function)
        self._busy: list[Hand] = []
        self._ready: dict[int, Result[Any]] = {}
        self._again: deque[list[Item]] = deque()
        self._taken = 0
        self._given = 0
        self._size = 1  # of the next chunk; learnt from how long items take
        self._mishaps = 0

    def outcomes(self) -> Iterator[Result[Any]]:
        """Yield the results in order."""
        try:
            while True:
                while self._given in self._ready:
                    yield self._ready.pop(self._given)
                    self._given += 1
                self._feed()
                if not self._busy:
                    return
                self._listen()
        finally:
            for hand in self._busy:
                hand.end(0)
                hand.close()

    def _feed(self) -> None:
        while len(self._busy) < self._pool.workers:
            items = self._again.popleft() if self._again else self._take_items()
            if not items:
                return
            hand = self._pool.take_hand(self._context)
            self._busy.append(hand)
            hand.give(self._pool.number_chunk(), self._function, items)

    def _take_items(self) -> list[Item]:
        window = max(_WINDOW, 4 * self._pool.workers * self._size)
        room = min(self._size, self._given + window - self._taken)
        taken: list[Item] = []
        while self._items is not None and len(taken) < room:
            try:
                item = next(self._items)
            except StopIteration:
                self._items = None
                break
            taken.append(Item(self._taken, pickle.dumps(item, pickle.HIGHEST_PROTOCOL)))
            self._taken += 1
        return taken

    def _listen(self) -> None:
        # What begins after this moment cannot be late before the limit has passed once.
        now = time.monotonic()
        look_at = min(
            now + self._timeout_s, *(hand.late_at(self._timeout_s) for hand in self._busy)
        )
        hands = {hand.connection: hand for hand in self._busy}
        for connection in wait(list(hands), max(0.0, look_at - now)):
            self._hear(hands[connection])  # type: ignore[index]
        for hand in tuple(self._busy):
            if time.monotonic() > hand.late_at(self._timeout_s):
                self._bury(hand, late=True)

    def _hear(self, hand: Hand) -> None:
        answer = hand.hear()
        if answer is None:
            self._bury(hand, late=False)
            return
        self._keep(hand, answer)
        if answer.last:
            self._busy.remove(hand)
            self._pool.give_back(hand)

    def _keep(self, hand: Hand, answer: Answer) -> None:
        self._mishaps = 0
        for well, outcome in answer.results:
            place = hand.chunk.popleft().place
            self._ready[place] = _open(outcome) if well else Failed(str(outcome))
        each = max(answer.seconds / max(1, len(answer.results)), 1e-6)
        # Grow slowly, shrink at once: the first items may be the easy ones.
        self._size = max(1, min(int(_CHUNK_S / each), 2 * self._size, _LARGEST_CHUNK))

    def _bury(self, hand: Hand, *, late: bool) -> None:
        self._busy.remove(hand)
        code = hand.end(0 if late else _LAST_WORDS_S)
        while (answer := hand.hear()) is not None:  # what it had said before
            self._keep(hand, answer)
        guilty, reason = self._blame(hand, code, late)
        rest = [item for item in hand.chunk if item is not guilty]
        if rest:
            self._again.append(rest)
        if guilty is not None and guilty.tries == 0 and code in _OUTSIDE and not late:
            guilty.tries = 1  # perhaps another process ate the memory: once more, alone
            self._again.append([guilty])
        elif guilty is not None:
            self._ready[guilty.place] = Failed(reason)
        hand.close()

    def _blame(self, hand: Hand, code: int, late: bool) -> tuple[Item | None, str]:
        found = hand.guilty()
        if found is not None and not late:
            return found[0], name_end(code)
        if found is not None and time.monotonic() - found[1] > self._timeout_s:
            return found[0], f"it took longer than {self._timeout_s:g} s"
        self._mishaps += 1
        if self._mishaps >= _MISHAPS:
            raise PoolError(
                f"The pool's workers end before they begin ({name_end(code)}). A script that "
                'uses workers needs `if __name__ == "__main__":` around its main part; else see '
                "what the workers printed, and whether memory_mb is too small."
            )
        return None, ""


def _open(outcome: bytes | str) -> Result[Any]:
    try:
        return Done(pickle.loads(outcome))  # type: ignore[arg-type]  # noqa: S301  (our own worker)
    except Exception as error:
        return Failed(f"its result cannot be read back: {name_error(error)}")


def _run_here(function: Callable[[T], R], item: T) -> Result[R]:
    try:
        return Done(function(item))
    except Exception as error:
        return Failed(name_error(error))


def _wait_or_kill(hand: Hand) -> None:
    if not hand.gone(1.0):
        hand.end(0)
        hand.close()
