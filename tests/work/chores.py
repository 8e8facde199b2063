"""Functions for the pool to run: a module of its own, because workers import it by name."""

import os
import signal
import time
from pathlib import Path


def add_one(number):
    return number + 1


def misbehave(deed):
    """Do as told: ("spin", s), ("eat", MB), ("exit", status), ("die", signal), …"""
    name, value = deed
    return _DEEDS[name](value)


def _spin(seconds):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        pass
    return "spun"


def _spin_in_c(_):
    # int() of a huge text holds the interpreter's lock inside C, where no signal handler runs.
    return sum(range(10**12))


def _eat(megabytes):
    return len(bytearray(megabytes * 1024 * 1024))


def _exit(status):
    os._exit(status)


def _die(number):
    os.kill(os.getpid(), number)
    time.sleep(5)


def _die_once(path):
    if Path(path).exists():
        return "lived"
    Path(path).touch()
    os.kill(os.getpid(), signal.SIGKILL)
    return time.sleep(5)


def _raise(text):
    raise ValueError(text)


def _leave(_):
    raise SystemExit(3)


def _wait_for(path):
    until = time.monotonic() + 60
    while not Path(path).exists():
        if time.monotonic() > until:
            return "waited in vain"
        time.sleep(0.01)
    return "it came"


def _unpicklable(_):
    return lambda: None


class Unreadable:
    def __reduce__(self):
        return (_raise, ("cannot be made again",))


_DEEDS = {
    "spin": _spin,
    "spin in C": _spin_in_c,
    "eat": _eat,
    "exit": _exit,
    "die": _die,
    "die once": _die_once,
    "raise": _raise,
    "leave": _leave,
    "unpicklable": _unpicklable,
    "unreadable": lambda _: Unreadable(),
    "echo": lambda value: value,
    "big": lambda size: b"x" * size,
    "pid": lambda _: os.getpid(),
    "sleep": time.sleep,
    "touch": lambda path: Path(path).touch(),
    "wait for": _wait_for,
}
