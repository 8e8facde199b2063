"""Stories carry their lead's headline as it is now; what has none is called by its first words.

The index of words has their forms, and is made anew; so are the starts of names.
"""

from alembic import op
from sqlalchemy import Column, Text, text

from dateline.model import ArticleId, StoryId
from dateline.store.called import call_again
from dateline.store.engine import Tx
from dateline.store.index import rebuild_index
from dateline.store.name_starts import refresh_starts
from dateline.store.sources import list_sources
from dateline.store.story_leads import set_story_lead

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_STALE = text(
    "SELECT s.id, s.lead_id FROM stories s JOIN articles a ON a.id = s.lead_id "
    "WHERE a.headline <> s.headline ORDER BY s.id"
)


def upgrade() -> None:
    """Bring stories up to date whose lead article was edited after it became that."""
    conn = op.get_bind()
    tx = Tx(conn=conn, dialect=conn.dialect.name)
    _index_forms(tx)
    for row in conn.execute(_STALE).all():
        set_story_lead(tx, StoryId(row.id), ArticleId(row.lead_id))
    for source in list_sources(tx):
        call_again(tx, source.id, source)


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
