"""Parts of articles no longer count among the outlets, origins, languages and times of a story."""

from alembic import op
from sqlalchemy import text

from dateline.model import StoryId
from dateline.store.engine import Tx
from dateline.store.tallies import recount_stories

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Count the stories anew that have parts."""
    conn = op.get_bind()
    told = conn.execute(text("SELECT DISTINCT story_id FROM story_parts")).scalars()
    recount_stories(Tx(conn=conn, dialect=conn.dialect.name), [StoryId(each) for each in told])


def downgrade() -> None:
    """An older program reads them as well."""
    raise NotImplementedError("A store is not taken back to an older schema: restore a backup.")
