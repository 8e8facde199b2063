"""Whose headline a story carries: always that article's own words, as they stand by now."""

from sqlalchemy import and_, select, update

from dateline.model import ArticleId, StoryId
from dateline.store.engine import Tx
from dateline.store.tables import articles, stories, story_parts
from dateline.text import make_slug


def set_story_lead(tx: Tx, story_id: StoryId, article_id: ArticleId) -> None:
    """Let a story carry an article's headline, in its address too."""
    mine = select(articles.c.headline).where(articles.c.id == article_id)
    headline = tx.conn.execute(mine).scalar_one()
    values = {"lead_id": article_id, "headline": headline, "slug": make_slug(headline)}
    tx.conn.execute(update(stories).where(stories.c.id == story_id).values(values))


def renew_headline(tx: Tx, article_id: ArticleId) -> None:
    """Let the stories that carry an article's headline carry it as its outlet has it now.

    A headline that was corrected would otherwise go on being told in the outlet's name.
    """
    led = stories.c.lead_id == article_id
    for table in (articles, story_parts):
        mine = table.c.id if table is articles else table.c.article_id
        has_it = and_(stories.c.id == table.c.story_id, mine == article_id)
        for story_id in tx.conn.execute(select(stories.c.id).join(table, has_it).where(led)):
            set_story_lead(tx, StoryId(story_id.id), article_id)


def list_withdrawn(tx: Tx, after: StoryId, limit: int) -> list[StoryId]:
    """Return stories behind one, by id, that carry the headline of a withdrawn article."""
    query = select(stories.c.id).join(articles, articles.c.id == stories.c.lead_id)
    gone = query.where(
        stories.c.id > after, articles.c.gone_at.is_not(None), stories.c.articles > 0
    )
    found = tx.conn.execute(gone.order_by(stories.c.id).limit(limit)).scalars()
    return [StoryId(story_id) for story_id in found]
