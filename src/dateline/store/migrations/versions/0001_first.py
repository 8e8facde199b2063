"""The first schema."""

from alembic import op
from sqlalchemy import text

from dateline.store.tables import metadata

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table, and the index of words."""
    conn = op.get_bind()
    metadata.create_all(conn)
    if conn.dialect.name == "sqlite":
        conn.execute(
            text(
                "CREATE VIRTUAL TABLE search USING fts5("
                "title, body, tags, content='', contentless_delete=1, tokenize='ascii')"
            )
        )
        return
    conn.execute(
        text(
            "CREATE TABLE search (search_id BIGINT NOT NULL, article_id BIGINT PRIMARY KEY, "
            "words TSVECTOR NOT NULL)"
        )
    )
    conn.execute(text("CREATE INDEX ix_search_words ON search USING gin (words)"))
    conn.execute(text("CREATE INDEX ix_search_search_id ON search (search_id)"))


def downgrade() -> None:
    """There is nothing before the first schema."""
    raise NotImplementedError("There is no schema before the first.")
