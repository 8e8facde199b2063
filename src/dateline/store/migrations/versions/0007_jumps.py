"""Reads in how many networks beside how many reads, and hours in which they jumped oddly."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Text

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = BigInteger().with_variant(Integer(), "sqlite")


def upgrade() -> None:
    """Add what is new; until now each read was that of another network."""
    op.add_column("views", Column("weight", BigInteger, nullable=False, server_default="0"))
    op.execute("UPDATE views SET weight = 100 * views")
    op.create_table(
        "jumps",
        Column("hour", BigInteger, primary_key=True),
        Column("article_id", ID, ForeignKey("articles.id"), primary_key=True),
        Column("document", Text, nullable=False),
        Column("found_at", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """An older program would order by the reads of a crowd."""
    raise NotImplementedError("A store is not taken back to an older schema: restore a backup.")
