"""The inside of one pool worker: a process that runs one function on chunks of items.

It trusts nothing to end well: its memory is limited, it dies with its parent, it writes down
which item it is at where the parent can read that after its death.
"""

import contextlib
import ctypes
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from ctypes import Array, c_double
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

_FLUSH_AFTER_S = 0.02
_FLUSH_BYTES = 1_000_000
_LONGEST_REASON = 500
_PR_SET_PDEATHSIG = 1

# The board: what the parent reads of a worker, also after its death.
CHUNK, INDEX, STARTED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some items for one function; `number` is the pool's count of chunks."""

    number: int
    function: Callable[[Any], Any]
    items: Sequence[bytes]  # each pickled by itself, so that a bad one fails alone


@dataclass(frozen=True, slots=True)
class Answer:
    """Results since the last answer, in order: (went well, pickled value or reason)."""

    results: Sequence[tuple[bool, bytes | str]]
    seconds: float  # what they took
    last: bool  # the chunk is done


def work(connection: Connection, board: "Array[c_double]", memory_mb: int) -> None:
    """Run chunks until the parent closes the connection; never returns."""
    die_with_parent()
    _limit_memory(memory_mb)
    # Ctrl-C reaches the whole group; it is the parent that decides when workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    status = 0
    try:
        while True:
            chunk = pickle.loads(connection.recv_bytes())  # noqa: S301  (our own parent)
            _run_chunk(connection, board, chunk)
    except (EOFError, OSError):
        pass  # the parent has no more work for us
    except BaseException:
        sys.excepthook(*sys.exc_info())
        status = 1
    with contextlib.suppress(Exception):
        sys.stderr.flush()
    os._exit(status)  # no atexit handlers: they belong to the parent's libraries


def _run_chunk(connection: Connection, board: "Array[c_double]", chunk: Chunk) -> None:
    results: list[tuple[bool, bytes | str]] = []
    size = 0
    began = time.monotonic()
    for index, item in enumerate(chunk.items):
        now = time.monotonic()
        if results and (now - began > _FLUSH_AFTER_S or size > _FLUSH_BYTES):
            board[STARTED] = 0.0  # while the parent is slow to read, no item is late
            _send(connection, Answer(results, now - began, last=False))
            results, size, began = [], 0, time.monotonic()
        board[STARTED], board[INDEX] = now, index
        board[CHUNK] = chunk.number
        well, outcome = _run_item(chunk.function, item)
        results.append((well, outcome))
        size += len(outcome)
    board[STARTED] = 0.0
    _send(connection, Answer(results, time.monotonic() - began, last=True))


def _send(connection: Connection, answer: Answer) -> None:
    connection.send_bytes(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))


def _run_item(function: Callable[[Any], Any], item: bytes) -> tuple[bool, bytes | str]:
    try:
        value = function(pickle.loads(item))  # noqa: S301  (our own parent)
        return True, pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return False, "MemoryError: it needed more memory than a worker may use"
    except BaseException as error:
        return False, name_error(error)  # SystemExit too: the function decides about its item only


def name_error(error: BaseException) -> str:
    """Return an exception as one line: its type and its text."""
    try:
        text = " ".join(str(error).split())
    except Exception:
        text = "(its text cannot be read)"
    return f"{type(error).__name__}: {text}"[:_LONGEST_REASON].removesuffix(": ")


def die_with_parent() -> None:
    """See to it that this process ends when its pool's process ends, however that ends.

    Workers are children of the fork server. It lives as long as anybody holds its life line, a
    pipe that each worker inherits; we let go of ours, so that the server ends with the pool's
    process, and have the kernel kill us with the server. Elsewhere than on Linux a thread
    watches the pool's process.
    """
    _drop_life_line()
    parent = multiprocessing.parent_process()
    if not _ask_kernel():
        threading.Thread(target=_watch_parent, daemon=True).start()
    if parent is not None and not parent.is_alive():
        os._exit(1)  # it ended before the kernel was asked


def _drop_life_line() -> None:
    from multiprocessing import forkserver

    server = getattr(forkserver, "_forkserver", None)
    descriptor = getattr(server, "_forkserver_alive_fd", None)
    if descriptor is not None and server is not None:
        server._forkserver_alive_fd = None  # noqa: SLF001  (there is no public way)
        with contextlib.suppress(OSError):
            os.close(descriptor)


def _ask_kernel() -> bool:
    if not sys.platform.startswith("linux"):
        return False
    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        return bool(libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) == 0)
    return False


def _watch_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _limit_memory(memory_mb: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    limit = memory_mb * 1024 * 1024
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
