"""Whose headline a story carries: always that article's own words, as they stand by now."""

from sqlalchemy import and_, select, update

from dateline.model import ArticleId, StoryId
from dateline.store.engine import Tx
from dateline.store.tables import articles, stories
from dateline.text import make_slug


def set_story_lead(tx: Tx, story_id: StoryId, article_id: ArticleId) -> None:
    """Let a story carry an article's headline, in its address too."""
    mine = select(articles.c.headline).where(articles.c.id == article_id)
    headline = tx.conn.execute(mine).scalar_one()
    values = {"lead_id": article_id, "headline": headline, "slug": make_slug(headline)}
    tx.conn.execute(update(stories).where(stories.c.id == story_id).values(values))


def renew_headline(tx: Tx, article_id: ArticleId) -> None:
    """Let the story that carries an article's headline carry it as its outlet has it now.

    A headline that was corrected would otherwise go on being told in the outlet's name.
    """
    led = and_(stories.c.id == articles.c.story_id, stories.c.lead_id == articles.c.id)
    own = select(stories.c.id).join(articles, led).where(articles.c.id == article_id)
    if (story_id := tx.conn.execute(own).scalar()) is not None:
        set_story_lead(tx, StoryId(story_id), article_id)
