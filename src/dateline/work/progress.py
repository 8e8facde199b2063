"""Progress on a terminal: how many, how fast, how long still.

On a terminal one line is rewritten; elsewhere (a log, a pipe) a plain line comes at intervals.
"""

import shutil
import unicodedata
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import TextIO

from dateline.text import squeeze

_TERMINAL_EVERY_S = 0.2
_PLAIN_EVERY_S = 15.0
_SAMPLES = 50  # the rate is that of the last so many steps, at least _SAMPLE_EVERY_S apart
_SAMPLE_EVERY_S = 0.5


class Progress:
    """The progress of one long command, written to `stream`.

    `total` is None where the end is not known; `clock` gives the present moment.
    """

    def __init__(
        self, stream: TextIO, *, what: str, total: int | None, clock: Callable[[], datetime]
    ) -> None:
        self._stream = stream
        self._what = what
        self._total = total
        self._clock = clock
        self._on_terminal = _is_terminal(stream)
        self._samples: deque[tuple[float, int]] = deque(maxlen=_SAMPLES)
        self._first: tuple[float, int] | None = None
        self._written_at: float | None = None
        self._width = 0  # of the line on the terminal
        self._last = (0, "")

    def show(self, done: int, note: str = "") -> None:
        """Tell that `done` are done by now; a line is written when it is time for one."""
        now = self._clock().timestamp()
        self._last = (done, note)
        if self._first is None:
            self._first = (now, done)  # work done by an earlier run is not this one's speed
        if not self._samples or now - self._samples[-1][0] >= _SAMPLE_EVERY_S:
            self._samples.append((now, done))
        every = _TERMINAL_EVERY_S if self._on_terminal else _PLAIN_EVERY_S
        if self._written_at is None or now - self._written_at >= every:
            self._written_at = now
            self._write(self._describe(now, done, note), stays=not self._on_terminal)

    def finish(self) -> None:
        """Write the last line: how many, how fast over all, how long it took."""
        if self._first is None:
            return
        started, began_with = self._first
        done, note = self._last
        took = max(self._clock().timestamp() - started, 1e-9)
        rate = _tell_rate((done - began_with) / took)
        line = f"{self._tell_count(done)}, {rate}, took {tell_time(took)}"
        self._write(line + (f", {squeeze(note)}" if note else ""), stays=True)
        self._first = None

    def _describe(self, now: float, done: int, note: str) -> str:
        parts = [self._tell_count(done)]
        rate = self._rate(now, done)
        if rate > 0:
            parts.append(_tell_rate(rate))
        if rate > 0 and self._total is not None and done < self._total:
            parts.append(f"{tell_time((self._total - done) / rate)} left")
        if note:
            parts.append(squeeze(note))
        return ", ".join(parts)

    def _rate(self, now: float, done: int) -> float:
        started, began_with = self._samples[0]
        return (done - began_with) / (now - started) if now > started else 0.0

    def _tell_count(self, done: int) -> str:
        if self._total is None:
            return f"{done:,} {self._what}"
        share = f" ({100 * done // self._total} %)" if self._total else ""
        return f"{done:,} of {self._total:,} {self._what}{share}"

    def _write(self, line: str, *, stays: bool) -> None:
        if not self._on_terminal:
            self._stream.write(line + "\n")
            self._stream.flush()
            return
        line = _cut(line, shutil.get_terminal_size().columns - 1)
        blanks = " " * max(0, self._width - _columns(line))  # over what stood there before
        self._stream.write(f"\r{line}{blanks}" + ("\n" if stays else ""))
        self._stream.flush()
        self._width = 0 if stays else _columns(line)


def tell_time(seconds: float) -> str:
    """Return a length of time as a person says it: "45 s", "3 min 20 s", "2 h 5 min"."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    if whole < 48 * 3600:
        return f"{whole // 3600} h {whole % 3600 // 60} min"
    return f"{whole // 86400} days"


def _tell_rate(rate: float) -> str:
    if rate >= 10:
        return f"{rate:,.0f}/s"
    return f"{rate:.1f}/s" if rate >= 0.1 else f"{rate * 60:.1f}/min"


def _is_terminal(stream: TextIO) -> bool:
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _cut(text: str, columns: int) -> str:
    while text and _columns(text) > max(columns, 10):
        text = text[:-1]
    return text
