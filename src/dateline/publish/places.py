"""From numbers to places: outlets share the page, readers move it a little, the editor decides.

Each function takes an order, best first, and returns another; none looks at a clock.
"""

import heapq
import math
from collections import Counter, defaultdict, deque
from collections.abc import Collection, Mapping, Sequence

from dateline.model import Pin, PinPlace, StoryCard, StoryId
from dateline.publish.origin_tree import name_family

OUTLET_COST = 1.0
SHARE = 3  # of the first n places one outlet has at most 1 + n // SHARE
LIFT = 3  # places
FEWEST_READS = 10  # below which readers move nothing
TOP_PLACES = 4  # that a story pinned to the top stands among

Placed = tuple[StoryId, float]  # a story and its number


def charge_outlets(
    stories: Sequence[StoryCard], scores: Mapping[StoryId, float]
) -> tuple[Placed, ...]:
    """Return the stories by number, each less the cost of its lead outlet's stories above it.

    Greedy, with a heap of the best story of each outlet: O(n log n).
    """
    waiting: dict[str, list[StoryCard]] = defaultdict(list)
    ordered = sorted(stories, key=lambda each: (scores[each.story_id], each.last_at, each.story_id))
    for story in ordered:
        waiting[name_family(story.lead)].append(story)
    heap = [_weigh(mine[-1], scores, family, 0) for family, mine in waiting.items()]
    heapq.heapify(heap)
    placed: list[Placed] = []
    taken: Counter[str] = Counter()
    while heap:
        cost, _late, _id, family = heapq.heappop(heap)
        placed.append((waiting[family].pop().story_id, -cost))
        taken[family] += 1
        if waiting[family]:
            heapq.heappush(heap, _weigh(waiting[family][-1], scores, family, taken[family]))
    return tuple(placed)


def _weigh(
    story: StoryCard, scores: Mapping[StoryId, float], family: str, above: int
) -> tuple[float, float, int, str]:
    number = scores[story.story_id] - OUTLET_COST * above
    return -number, -story.last_at.timestamp(), -story.story_id, family


def lift_read(placed: Sequence[Placed], reads: Mapping[StoryId, int]) -> tuple[Placed, ...]:
    """Return the order with stories that are read much up to three places higher.

    The lift follows the logarithm of the reads against those of the most read story; numbers stay
    with the places, so that what follows sees an order and not who made it.
    """
    most = max((reads.get(key, 0) for key, _ in placed), default=0)
    if most < FEWEST_READS:
        return tuple(placed)
    weight = LIFT / math.log1p(most)

    def find_place(at: int) -> tuple[float, int]:
        count = reads.get(placed[at][0], 0)
        return at - (weight * math.log1p(count) if count >= FEWEST_READS else 0.0), -at

    order = sorted(range(len(placed)), key=find_place)
    return tuple((placed[at][0], number) for at, (_, number) in zip(order, placed, strict=True))


def set_pins(order: Sequence[StoryId], pins: Sequence[Pin]) -> list[StoryId]:
    """Return the order with pinned stories where the editor holds them.

    The newest pin to the lead leads; older ones stand at the top. A story of the top that stands
    higher already stays there.
    """
    newest = sorted(pins, key=lambda pin: (pin.at, pin.story_id), reverse=True)
    lead = next((pin.story_id for pin in newest if pin.place is PinPlace.LEAD), None)
    rest = [key for key in order if key != lead]
    places = TOP_PLACES - (lead is not None)
    held = [key for key in dict.fromkeys(pin.story_id for pin in newest) if key != lead]
    low = [key for key in held if key in rest[places:]]
    above = [key for key in rest[:places] if key in held or key not in low]
    stay = _keep_room(above, held, max(places - len(low), 0))
    top = [*stay, *low]
    return [*([lead] if lead is not None else []), *top, *(key for key in rest if key not in top)]


def _keep_room(above: Sequence[StoryId], held: Collection[StoryId], room: int) -> list[StoryId]:
    """Return those of the top places that stay when only `room` are left, pinned ones first."""
    spare = room - sum(key in held for key in above)
    kept: list[StoryId] = []
    for key in above:
        if key in held:
            kept.append(key)
        elif spare > 0:
            kept.append(key)
            spare -= 1
    return kept


def limit_share(stories: Sequence[StoryCard], pinned: Collection[StoryId]) -> list[StoryCard]:
    """Return the order in which no outlet has more than its share while others have stories.

    A pinned story is counted but never held back. An order that keeps to the share stays as it is.
    """
    coming = deque(enumerate(stories))
    held: dict[str, deque[tuple[int, StoryCard]]] = defaultdict(deque)
    taken: Counter[str] = Counter()
    order: list[StoryCard] = []
    while len(order) < len(stories):
        limit = 1 + (len(order) + 1) // SHARE
        story = _take_next(coming, held, taken, limit, pinned)
        taken[name_family(story.lead)] += 1
        order.append(story)
    return order


def _take_next(
    coming: deque[tuple[int, StoryCard]],
    held: dict[str, deque[tuple[int, StoryCard]]],
    taken: Counter[str],
    limit: int,
    pinned: Collection[StoryId],
) -> StoryCard:
    free = [mine[0] + (family,) for family, mine in held.items() if mine and taken[family] < limit]
    if free:
        family = min(free)[2]
        return held[family].popleft()[1]
    while coming:
        at, story = coming.popleft()
        family = name_family(story.lead)
        if story.story_id in pinned or taken[family] < limit:
            return story
        held[family].append((at, story))
    family = min((mine[0][0], name) for name, mine in held.items() if mine)[1]
    return held[family].popleft()[1]
