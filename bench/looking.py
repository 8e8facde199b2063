"""Where articles stand once stories were split and merged, as the pipeline would have it."""

from dataclasses import dataclass, field

from dateline.model import (
    ArticleId,
    Decision,
    DecisionId,
    DecisionKind,
    Lead,
    StoryId,
    StoryPlace,
    StorySplit,
)
from dateline.stories.placing import Placer


@dataclass(slots=True)
class Standing:
    """The story of each article, from its placing on."""

    placer: Placer
    stories: dict[ArticleId, int] = field(default_factory=dict)  # before merges
    became: dict[int, int] = field(default_factory=dict)
    opened: int = 0  # stories so far: the highest id
    splits: int = 0
    _last: Lead | None = None

    def place(self, lead: Lead) -> StoryPlace:
        """Place one article."""
        place = self.placer.place(lead, new_id=StoryId(self.opened + 1))
        self.opened += place.opened
        self.stories[lead.article_id] = int(place.story_id)
        self._last = lead
        return place

    def look(self) -> None:
        """Split and merge what has turned out to be two stories, or one."""
        found = self.placer.find_splits()
        while found:
            touched = [story for split in found for story in self._split(split)]
            found = self.placer.find_splits(touched)
        self.became.update((int(m.story_id), int(m.into)) for m in self.placer.find_merges())

    def _split(self, split: StorySplit) -> tuple[StoryId, StoryId]:
        assert self._last is not None
        self.opened += 1
        self.splits += 1
        decision = Decision(
            id=DecisionId(self.splits),
            at=self._last.at,
            kind=DecisionKind.SPLIT,
            after=self._last.article_id,
            from_id=split.story_id,
            to_id=self.opened,
            article_ids=split.article_ids,
        )
        self.placer.apply(decision)
        self.stories.update(dict.fromkeys(split.article_ids, self.opened))
        return split.story_id, StoryId(self.opened)

    def find(self, article_id: ArticleId) -> int:
        """Return where an article stands now."""
        story = self.stories[article_id]
        while story in self.became:
            story = self.became[story]
        return story
