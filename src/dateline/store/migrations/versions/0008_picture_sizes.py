"""Narrower copies of pictures, and what was edited lately found without looking at everything.

Copies of older pictures are made when they are first asked for.
"""

from alembic import op
from sqlalchemy import Column, Integer, LargeBinary, Text, text

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the index."""
    op.create_table(
        "picture_sizes",
        Column("hash", Text, primary_key=True),
        Column("width", Integer, primary_key=True, autoincrement=False),
        Column("body", LargeBinary, nullable=False),
    )
    edited = text("edited_at IS NOT NULL")
    op.create_index(
        "ix_articles_edited_at",
        "articles",
        ["edited_at", "id"],
        sqlite_where=edited,
        postgresql_where=edited,
    )


def downgrade() -> None:
    """An older program asks for none of them."""
    raise NotImplementedError("A store is not taken back to an older schema: restore a backup.")
