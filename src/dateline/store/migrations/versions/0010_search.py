"""The search: pairs of words, tags of sections, names, speakers and spans of time, name starts."""

from alembic import op
from sqlalchemy import Column, Integer, Text

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_FOUND = ["search_id", "id", "story_id", "source_id", "language", "section"]


def upgrade() -> None:
    """Give the index of words and the starts of names their form; the next step fills them."""
    op.drop_index("ix_articles_search_id", "articles")
    op.create_index("ix_articles_found", "articles", _FOUND)
    op.create_table(
        "name_starts",
        Column("key", Text, primary_key=True),
        Column("folded", Text, primary_key=True),
        Column("head", Text, nullable=False),
        Column("back", Text, nullable=False),
        Column("mentions", Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_name_starts_head", "name_starts", ["head", "mentions"])
    op.create_index("ix_name_starts_back", "name_starts", ["back", "mentions"])
    _change_form(op.get_bind().dialect.name)


def _change_form(dialect: str) -> None:
    """Make the index one that does not know where in an article its words stand."""
    if dialect == "sqlite":
        op.execute("DROP TABLE search")
        op.execute(
            "CREATE VIRTUAL TABLE search USING fts5(words, content='', contentless_delete=1, "
            "detail=none, tokenize=\"ascii tokenchars '_'\")"
        )
        return
    # What is found is read from the narrow rows; the words themselves are out of the way.
    op.execute("ALTER TABLE search SET (toast_tuple_target = 128)")


def downgrade() -> None:
    """An older program reads the index as it was."""
    raise NotImplementedError("A store is not taken back to an older schema: restore a backup.")
