"""What two rows of things have in common, in order, with a bound on the work.

Texts come from anywhere, so nothing here is quadratic in time: the longest common row is found on
whole machine words at once (Hyyrö, 2004), and what is compared pair by pair is bounded.
"""

from collections.abc import Hashable, Sequence

Pair = tuple[int, int]  # a place in the first row and one in the second
Words = frozenset[str]

MOST_BITS = 60_000_000  # of the table behind one common row: 7.5 MB
MOST_PAIRS = 10_000  # of two rows whose things are compared each with each


def match_equal(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    """Return a longest row of equal things, as places in both, ascending.

    Of rows too long for that, only the common beginning and the common end.
    """
    shorter = min(len(old), len(new))
    head = _count_equal(old, new, shorter)
    tail = _count_equal(old[::-1], new[::-1], shorter - head)
    middle = _match_middle(old[head : len(old) - tail], new[head : len(new) - tail])
    pairs = [(place, place) for place in range(head)]
    pairs += [(head + left, head + right) for left, right in middle]
    pairs += [(len(old) - back, len(new) - back) for back in range(tail, 0, -1)]
    return pairs


def _count_equal(old: Sequence[Hashable], new: Sequence[Hashable], limit: int) -> int:
    count = 0
    while count < limit and old[count] == new[count]:
        count += 1
    return count


def _match_middle(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    if not old or not new or len(old) * len(new) > MOST_BITS:
        return []
    where: dict[Hashable, int] = {}  # of each thing: the bits of its places in `old`
    for place, thing in enumerate(old):
        where[thing] = where.get(thing, 0) | 1 << place
    full = (1 << len(old)) - 1
    row = full  # a bit is 0 where the common row grows by the thing at that place of `old`
    rows = [row]
    for thing in new:
        met = row & where.get(thing, 0)
        row = ((row + met) | (row - met)) & full
        rows.append(row)
    return _walk_back(rows, len(old))


def _walk_back(rows: list[int], left: int) -> list[Pair]:
    pairs = []
    right = len(rows) - 1
    while left and right:
        if rows[right] >> (left - 1) & 1:
            left -= 1
        elif not rows[right - 1] >> (left - 1) & 1:
            right -= 1
        else:
            left, right = left - 1, right - 1
            pairs.append((left, right))
    pairs.reverse()
    return pairs


def match_alike(old: Sequence[Words], new: Sequence[Words], least: float) -> list[Pair]:
    """Return the pairs of like things, in order, whose likeness sums to the most.

    Likeness is Dice's, of the words; a pair below `least` is none. Of rows that would take more
    than `MOST_PAIRS` comparisons, nothing.
    """
    if not old or not new or len(old) * len(new) > MOST_PAIRS:
        return []
    likeness = [[_compare(left, right, least) for right in new] for left in old]
    best = [[0.0] * (len(new) + 1)]
    for row in likeness:
        best.append(_sum_row(best[-1], row))
    return _choose_pairs(best, likeness)


def compare_words(old: Words, new: Words) -> float:
    """Return Dice's likeness of two sets of words, 0..1."""
    total = len(old) + len(new)
    return 2 * len(old & new) / total if total else 0.0


def _compare(old: Words, new: Words, least: float) -> float:
    likeness = compare_words(old, new)
    return likeness if likeness >= least else 0.0


def _sum_row(above: list[float], likeness: list[float]) -> list[float]:
    row = [0.0]
    for place, like in enumerate(likeness):
        row.append(max(row[place], above[place + 1], above[place] + like))
    return row


def _choose_pairs(best: list[list[float]], likeness: list[list[float]]) -> list[Pair]:
    pairs = []
    left, right = len(best) - 1, len(best[0]) - 1
    while left and right:
        here = best[left][right]
        if here == best[left - 1][right]:
            left -= 1
        elif here == best[left][right - 1]:
            right -= 1
        else:
            left, right = left - 1, right - 1
            pairs.append((left, right))
    pairs.reverse()
    return pairs
