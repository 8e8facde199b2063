"""Sections under one name, and what the editor holds high."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Text, text

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = BigInteger().with_variant(Integer(), "sqlite")


def upgrade() -> None:
    """Make room; until a source is filed anew, its articles stand under their own names."""
    for name in ("own_section", "filed_by"):
        op.add_column("articles", _words(name))
    for name in ("sections", "filed_by"):
        op.add_column("sources", _words(name))
    op.create_table(
        "section_names",
        Column("slug", Text, primary_key=True),
        Column("section", Text, primary_key=True),
        _words("name"),
    )
    op.create_table(
        "pins",
        Column("id", ID, primary_key=True),
        Column("story_id", ID, ForeignKey("stories.id"), nullable=False),
        _words("section"),
        Column("place", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("until", BigInteger),
        _words("by"),
        _words("why"),
        Column("ended_at", BigInteger),
        _words("ended_why"),
    )
    standing = text("ended_at IS NULL")
    op.create_index(
        "ix_pins_standing",
        "pins",
        ["section", "story_id"],
        sqlite_where=standing,
        postgresql_where=standing,
    )


def downgrade() -> None:
    """An older program would take the names of our sections for those of outlets."""
    raise NotImplementedError("A store is not taken back to an older schema: restore a backup.")


def _words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")
