"""The middle of each story: what its articles have in common, as one bag of weighted terms."""

from dataclasses import dataclass, field

import numpy as np

from dateline.stories.features import U32
from dateline.stories.window import F32

KEPT = 200  # terms of a story; the lightest are dropped as it grows


@dataclass(slots=True, eq=False)
class Centre:
    """One story; `weights` are sums of term frequencies over articles of length one."""

    ids: U32
    weights: F32
    first: float  # hours since 1970
    last: float
    size: int = 1  # articles that are still in the window


@dataclass(slots=True)
class Centres:
    """All stories of the window."""

    by_story: dict[int, Centre] = field(default_factory=dict)

    def join(self, story_id: int, ids: U32, weights: F32, hours: float) -> None:
        """Add one article to its story, which may be new."""
        centre = self.by_story.get(story_id)
        if centre is None:
            self.by_story[story_id] = Centre(ids=ids, weights=weights, first=hours, last=hours)
            return
        both, where = np.unique(np.concatenate([centre.ids, ids]), return_inverse=True)
        summed = np.bincount(where, weights=np.concatenate([centre.weights, weights]))
        if len(both) > KEPT:
            heaviest = np.sort(np.argsort(-summed, kind="stable")[:KEPT])
            both, summed = both[heaviest], summed[heaviest]
        centre.ids, centre.weights = both, summed.astype(np.float32)
        centre.first, centre.last = min(centre.first, hours), max(centre.last, hours)
        centre.size += 1

    def leave(self, story_id: int) -> None:
        """Take notice that one article of the story was forgotten."""
        centre = self.by_story[story_id]
        centre.size -= 1
        if centre.size == 0:
            del self.by_story[story_id]
