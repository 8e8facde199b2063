"""From which article readers went on to which, as sums by the day."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ID = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """Make the table of follows."""
    op.create_table(
        "follows",
        Column("from_id", ID, ForeignKey("articles.id"), primary_key=True, autoincrement=False),
        Column("day", BigInteger, primary_key=True, autoincrement=False),
        Column("to_id", ID, ForeignKey("articles.id"), primary_key=True, autoincrement=False),
        Column("networks", Integer, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """An older program does not know the table."""
    raise NotImplementedError("A store is not taken back to an older schema: restore a backup.")
