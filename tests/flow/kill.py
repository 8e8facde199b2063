"""For the whole-way tests: kill a command with SIGKILL again and again, then let it end."""

import contextlib
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Killed:
    """What came of `run_and_kill`."""

    kills: int  # runs that were really killed; the others had ended by themselves
    ended: int
    seconds: float
    output: str = field(repr=False)  # of the last run


def run_and_kill(
    command: Sequence[str | Path],
    *,
    times: int,
    after: Callable[[int], float],
    env: Mapping[str, str] | None = None,
    timeout_s: float = 300.0,
) -> Killed:
    """Start `command` `times` times, each time killing its process group, then run it to the end.

    `after` gives the seconds before the kill for each run's number. Raises AssertionError with
    the output where the last run fails or a process of a killed group lives on.
    """
    began = time.monotonic()
    kills = sum(kill_once(command, after_s=after(run), env=env) for run in range(times))
    last = start(command, env=env)
    try:
        output, _ = last.communicate(timeout=timeout_s)
    finally:
        kill_group(last)
    assert last.returncode == 0, f"the run to the end failed ({last.returncode}):\n{output}"
    return Killed(kills=kills, ended=times - kills, seconds=time.monotonic() - began, output=output)


def random_delays(seed: int, *, least: float, most: float) -> Callable[[int], float]:
    """Return delays for `run_and_kill`: random, and the same for the same seed."""
    return lambda run: random.Random(f"{seed}/{run}").uniform(least, most)


def kill_once(
    command: Sequence[str | Path], *, after_s: float, env: Mapping[str, str] | None = None
) -> bool:
    """Run `command` for `after_s` seconds and kill its group; False where it had ended before."""
    process = start(command, env=env)
    try:
        output, _ = process.communicate(timeout=after_s)
    except subprocess.TimeoutExpired:
        kill_group(process)
        process.communicate()
        assert not wait_for_orphans(process.pid), "a process of the killed group lives on"
        return True
    assert process.returncode == 0, f"a run failed by itself ({process.returncode}):\n{output}"
    return False


def start(
    command: Sequence[str | Path], *, env: Mapping[str, str] | None = None
) -> "subprocess.Popen[str]":
    """Start `command` in a process group of its own."""
    return subprocess.Popen(
        [str(part) for part in command],
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )


def kill_group(process: "subprocess.Popen[str]") -> None:
    """Kill a process that `start` started, with everything in its group."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def wait_for_orphans(session: int, *, within_s: float = 5.0) -> list[int]:
    """Return the processes of a session that still live after `within_s` seconds at most."""
    until = time.monotonic() + within_s
    while (living := list_session(session)) and time.monotonic() < until:
        time.sleep(0.02)
    return living


def list_session(session: int) -> list[int]:
    """Return the living processes of a session (Linux; elsewhere none is found)."""
    stats = {int(path.parent.name): _read(path) for path in Path("/proc").glob("[0-9]*/stat")}
    # After the name, which may hold anything: state, parent, group, session.
    fields = {pid: stat.rpartition(")")[2].split() for pid, stat in stats.items()}
    return [
        pid
        for pid, found in fields.items()
        if len(found) > 3 and found[3] == str(session) and found[0] not in "ZX"
    ]


def _read(path: Path) -> str:
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""
