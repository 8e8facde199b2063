"""The largest of many numbers without sorting all of them, equals in the order they stand in."""

from typing import Any

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.intp]


def rank_largest(values: npt.NDArray[Any], most: int) -> Places:
    """Return the places of at most so many of the largest values, the largest first."""
    if len(values) <= most:
        return np.asarray(np.argsort(-values, kind="stable"))
    least = np.partition(values, -most)[-most]
    some = (values >= least).nonzero()[0]
    return np.asarray(some[np.argsort(-values[some], kind="stable")[:most]])


def mark_largest(values: npt.NDArray[Any], most: int) -> npt.NDArray[np.bool_]:
    """Return which of the values are among so many of the largest; there must be as many."""
    least = np.partition(values, -most)[-most]
    marks = np.asarray(values > least)
    equal = (values == least).nonzero()[0]
    marks[equal[: most - np.count_nonzero(marks)]] = True
    return marks


def find_starts(ascending: npt.NDArray[Any]) -> Places:
    """Return where each run of equal values begins."""
    marks = np.ones(len(ascending), dtype=np.bool_)
    np.not_equal(ascending[1:], ascending[:-1], out=marks[1:])
    return marks.nonzero()[0]
