"""Stories as lists name them, for pages that know only their numbers."""

from collections.abc import Collection, Iterable

from dateline.model import StoryCard, StoryId
from dateline.store.stories import load_short_stories
from dateline.web.desk import Look


def find_recent(look: Look, ids: Iterable[StoryId]) -> dict[StoryId, StoryCard]:
    """Return those of some stories that may stand on the front page: they are in memory."""
    wanted = set(ids)
    return {each.story_id: each for each in look.frame.ranked if each.story_id in wanted}


def name_stories(look: Look, ids: Collection[StoryId]) -> dict[StoryId, StoryCard]:
    """Return stories for a list (see `Look.show_lead`); unknown ids are left out."""
    found = find_recent(look, ids)
    rest = [story_id for story_id in ids if story_id not in found]
    found |= {story.story_id: story for story in load_short_stories(look.tx, rest)}
    return {story_id: look.show_lead(story) for story_id, story in found.items()}
