"""Narrower copies of pictures; those of older pictures are made when they are first asked for."""

from alembic import op
from sqlalchemy import Column, Integer, LargeBinary, Text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "picture_sizes",
        Column("hash", Text, primary_key=True),
        Column("width", Integer, primary_key=True, autoincrement=False),
        Column("body", LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """An older program asks for none of them."""
    raise NotImplementedError("A store is not taken back to an older schema: restore a backup.")
