"""Snapshots in pieces, since a large one is too long for a cell; copies that follow a report."""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, LargeBinary, SmallInteger, Text

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of snapshots anew; what was in them is derived, and is made again."""
    op.drop_table("snapshots")
    op.create_table(
        "snapshots",
        Column("kind", Text, primary_key=True),
        Column("made_by", Text, primary_key=True),
        Column("upto", BigInteger, nullable=False),
        Column("note", Text, nullable=False, server_default=""),
        Column("saved_at", BigInteger, nullable=False),
        Column("size", BigInteger, nullable=False),
        Column("digest", LargeBinary(16), nullable=False),
    )
    op.create_table(
        "snapshot_pieces",
        Column("kind", Text, primary_key=True),
        Column("made_by", Text, primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("body", LargeBinary, nullable=False),
    )
    follows = Column("follows", SmallInteger, nullable=False, server_default="0")
    op.add_column("articles", follows)


def downgrade() -> None:
    """An older program cannot read the pieces."""
    raise NotImplementedError("A store is not taken back to an older schema: restore a backup.")
