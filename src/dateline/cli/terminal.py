"""What the commands share of the process itself: the clock, the terminal, the cores."""

import os
import sys
from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment in UTC: the one clock of the program."""
    return datetime.now(UTC)


def tell(line: str) -> None:
    """Print one line for the person at the terminal; what programs read goes to stdout."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def count_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
