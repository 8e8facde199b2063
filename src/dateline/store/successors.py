"""Where the address of a merged story leads: an id is for ever, through any number of merges."""

from collections.abc import Collection

from sqlalchemy import select

from dateline.model import StoryId
from dateline.store.engine import Tx
from dateline.store.rows import in_batches
from dateline.store.tables import stories


def find_successor(tx: Tx, story_id: StoryId) -> StoryId | None:
    """Return the story that a merged story's address leads to, None where it was not merged."""
    end = follow_merges(tx, [story_id])[story_id]
    return None if end == story_id else end


def follow_merges(tx: Tx, ids: Collection[StoryId]) -> dict[StoryId, StoryId]:
    """Return for each story the one that has its articles now: itself where it was not merged."""
    next_of: dict[StoryId, StoryId] = {}
    asked = set(ids)
    while asked:
        found = _load_merged(tx, asked)
        next_of |= found
        asked = {story_id for story_id in found.values() if story_id not in next_of}
    return {story_id: _walk(next_of, story_id) for story_id in ids}


def list_known_stories(tx: Tx, ids: Collection[StoryId], *, hold: bool = False) -> set[StoryId]:
    """Return which of some stories exist; `hold` their rows until the commit, always in order."""
    found: set[StoryId] = set()
    for batch in in_batches(sorted(ids)):
        query = select(stories.c.id).where(stories.c.id.in_(batch)).order_by(stories.c.id)
        query = query.with_for_update() if hold else query
        found.update(StoryId(one) for one in tx.conn.execute(query).scalars())
    return found


def _load_merged(tx: Tx, ids: Collection[StoryId]) -> dict[StoryId, StoryId]:
    found: dict[StoryId, StoryId] = {}
    for batch in in_batches(sorted(ids)):
        merged = stories.c.merged_into.is_not(None)
        query = select(stories.c.id, stories.c.merged_into).where(stories.c.id.in_(batch), merged)
        found.update((StoryId(row.id), StoryId(row.merged_into)) for row in tx.conn.execute(query))
    return found


def _walk(next_of: dict[StoryId, StoryId], story_id: StoryId) -> StoryId:
    while story_id in next_of:
        story_id = next_of[story_id]
    return story_id
