"""Parts of articles make a story neither wider nor newer; no name has an address in it."""

from alembic import op
from sqlalchemy import text

from dateline.model import StoryId
from dateline.store.called import call_again
from dateline.store.engine import Tx
from dateline.store.sources import list_sources
from dateline.store.tallies import recount_stories

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Count the stories anew that have parts, and call again what has no headline."""
    conn = op.get_bind()
    told = conn.execute(text("SELECT DISTINCT story_id FROM story_parts")).scalars()
    tx = Tx(conn=conn, dialect=conn.dialect.name)
    recount_stories(tx, [StoryId(each) for each in told])
    for source in list_sources(tx):
        call_again(tx, source.id, source)


def downgrade() -> None:
    """An older program reads them as well."""
    raise NotImplementedError("A store is not taken back to an older schema: restore a backup.")
