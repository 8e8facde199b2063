"""An order that does not jump: what stood above another stays there unless it is clearly beaten."""

from collections.abc import Mapping, Sequence

from dateline.model import StoryId

MARGIN = 0.25  # of the ranking's number: a fifth more coverage, or an hour


def keep_steady(
    placed: Sequence[tuple[StoryId, float]], before: Sequence[StoryId], *, margin: float = MARGIN
) -> list[StoryId]:
    """Return the order of `placed` (best first), held to the order in which it stood `before`.

    Each story that stood there goes above the first one that it beats by more than the margin; so
    two that come nearer than that never change places, and nobody stands below another that it
    beats by more. Stories that are new take the place that their number gives.
    """
    numbers = dict(placed)
    order: list[StoryId] = []
    for key in dict.fromkeys(key for key in before if key in numbers):
        order.insert(_find_place(order, numbers, numbers[key] - margin), key)
    stood = set(order)
    return _merge_new(order, numbers, [key for key, _ in placed if key not in stood])


def _find_place(order: Sequence[StoryId], numbers: Mapping[StoryId, float], bound: float) -> int:
    return next((at for at, key in enumerate(order) if numbers[key] < bound), len(order))


def _merge_new(
    order: Sequence[StoryId], numbers: Mapping[StoryId, float], new: Sequence[StoryId]
) -> list[StoryId]:
    """Return `order` with `new` (best first), each above the first one that it beats."""
    merged: list[StoryId] = []
    coming = list(reversed(new))
    for key in order:
        while coming and numbers[coming[-1]] > numbers[key]:
            merged.append(coming.pop())
        merged.append(key)
    return [*merged, *reversed(coming)]
