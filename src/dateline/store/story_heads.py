"""Heads of stories: what a link to a story needs, without its articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from dateline.model import StoryId
from dateline.store.engine import Tx
from dateline.store.rows import in_batches
from dateline.store.tables import stories


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryHead:
    """What a link to a story needs."""

    story_id: StoryId
    slug: str
    headline: str  # the lead article's own words
    articles: int


def load_heads(tx: Tx, ids: Sequence[StoryId]) -> dict[StoryId, StoryHead]:
    """Return the heads of stories; unknown ids are left out."""
    found = {}
    for batch in in_batches(ids):
        for row in tx.conn.execute(_query(), {"ids": batch}):
            head = StoryHead(
                story_id=StoryId(row.id),
                slug=row.slug,
                headline=row.headline,
                articles=row.articles,
            )
            found[head.story_id] = head
    return found


@cache  # to build it takes longer than to run it
def _query() -> Select[Any]:
    own = [stories.c[name] for name in ("id", "slug", "headline", "articles")]
    return select(*own).where(stories.c.id.in_(bindparam("ids", expanding=True)))
