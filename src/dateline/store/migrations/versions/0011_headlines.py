"""Stories carry their lead's headline as it is now; what has none is called by its first words.

What was withdrawn does not count as coverage, and what has no date but when it was first seen says
so. The index of words has their forms, and is made anew; so are the starts of names.
"""

from alembic import op
from sqlalchemy import Column, SmallInteger, Text, text

from dateline.model import ArticleId, StoryId
from dateline.store.called import call_again
from dateline.store.engine import Tx
from dateline.store.index import rebuild_index
from dateline.store.name_starts import refresh_starts
from dateline.store.rows import in_batches
from dateline.store.sources import list_sources
from dateline.store.story_leads import set_story_lead
from dateline.store.tallies import recount_stories

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_STALE = text(
    "SELECT s.id, s.lead_id FROM stories s JOIN articles a ON a.id = s.lead_id "
    "WHERE a.headline <> s.headline ORDER BY s.id"
)
_WITH_WITHDRAWN = text(
    "SELECT story_id FROM articles WHERE gone_at IS NOT NULL AND story_id IS NOT NULL UNION "
    "SELECT p.story_id FROM articles a JOIN story_parts p ON p.article_id = a.id "
    "WHERE a.gone_at IS NOT NULL"
)
_SIGHTED = text(
    "UPDATE articles SET sighted = 1 WHERE at > 0 AND EXISTS (SELECT 1 FROM versions v "
    "WHERE v.article_id = articles.id AND v.number = articles.versions AND v.published_at IS NULL)"
)
_COUNTED = ["story_id", "at", "id", "source_id", "origin_id", "language", "section", "gone_at"]


def upgrade() -> None:
    """Bring stories up to date whose lead was edited since, or of which articles were withdrawn."""
    for table, name, default in (("articles", "sighted", "0"), ("entries", "live", "1")):
        column = Column(name, SmallInteger, nullable=False, server_default=default)
        op.add_column(table, column)
    conn = op.get_bind()
    tx = Tx(conn=conn, dialect=conn.dialect.name)
    _index_forms(tx)
    for row in conn.execute(_STALE).all():
        set_story_lead(tx, StoryId(row.id), ArticleId(row.lead_id))
    for source in list_sources(tx):
        call_again(tx, source.id, source)
    op.execute(_SIGHTED)
    op.drop_index("ix_articles_story_at", "articles")
    in_story = text("story_id IS NOT NULL")
    op.create_index(
        "ix_articles_story_at",
        "articles",
        _COUNTED,
        sqlite_where=in_story,
        postgresql_where=in_story,
    )
    op.create_index(
        "ix_articles_first_seen",
        "articles",
        ["first_seen", "id"],
        sqlite_where=in_story,
        postgresql_where=in_story,
    )
    for batch in in_batches(sorted(conn.execute(_WITH_WITHDRAWN).scalars())):
        recount_stories(tx, [StoryId(story_id) for story_id in batch])


def _index_forms(tx: Tx) -> None:
    """Make the index of words anew, which takes a few minutes for a million articles.

    It is made of what the other tables have, in the form that this program reads.
    """
    op.create_table("search_languages", Column("language", Text, nullable=False))
    rebuild_index(tx)
    refresh_starts(tx, tx.conn.execute(text("SELECT DISTINCT key FROM names")).scalars().all())


def downgrade() -> None:
    """An older program reads them as well."""
    raise NotImplementedError("A store is not taken back to an older schema: restore a backup.")
