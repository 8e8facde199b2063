"""Trees of origins, parts of articles in stories, decisions, vectors, families of outlets."""

from alembic import op
from sqlalchemy import BigInteger, Column, Float, ForeignKey, Integer, LargeBinary, Text, text

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = BigInteger().with_variant(Integer(), "sqlite")


def upgrade() -> None:
    """Add the columns and tables; when an article was last edited is taken from its versions."""
    _widen_sources()
    _widen_stories()
    _widen_articles()
    _make_origin_links()
    _make_story_parts()
    _make_decisions()
    _make_vectors()
    _make_reader_tokens()


def downgrade() -> None:
    """Decisions cannot be told to an older program."""
    raise NotImplementedError("A store is not taken back to an older schema: restore a backup.")


def _words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _widen_sources() -> None:
    op.add_column("sources", _words("publisher"))
    op.add_column("sources", _words("family"))


def _widen_stories() -> None:
    op.add_column("stories", Column("merged_into", ID))
    only = text("merged_into IS NOT NULL")
    op.create_index(
        "ix_stories_merged_into",
        "stories",
        ["merged_into"],
        sqlite_where=only,
        postgresql_where=only,
    )


def _widen_articles() -> None:
    op.add_column("articles", Column("sureness", Float(53)))
    op.add_column("articles", _words("origin_agency"))
    op.add_column("articles", Column("edited_at", BigInteger))
    op.execute(
        "UPDATE articles SET edited_at = (SELECT v.seen_at FROM versions AS v "
        "WHERE v.article_id = articles.id AND v.number = articles.versions) "
        "WHERE versions > 1"
    )


def _make_origin_links() -> None:
    op.create_table(
        "origin_links",
        Column("article_id", ID, ForeignKey("articles.id"), primary_key=True),
        Column("other_id", ID, ForeignKey("articles.id"), primary_key=True),
        Column("kind", Text, primary_key=True),
        Column("likeness", Float(53), nullable=False),
        _words("why"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_origin_links_other", "origin_links", ["other_id", "article_id"])


def _make_story_parts() -> None:
    op.create_table(
        "story_parts",
        Column("article_id", ID, ForeignKey("articles.id"), primary_key=True),
        Column("story_id", ID, ForeignKey("stories.id"), primary_key=True),
        Column("spans", Text, nullable=False),
        Column("score", Float(53), nullable=False),
        _words("made_by"),
        Column("at", BigInteger, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_story_parts_at", "story_parts", ["story_id", "at", "article_id"])


def _make_decisions() -> None:
    op.create_table(
        "decisions",
        Column("id", ID, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("after", ID, nullable=False),
        Column("from_id", ID, nullable=False),
        Column("to_id", ID, nullable=False),
        Column("article_ids", Text, nullable=False, server_default="[]"),
        _words("by"),
        Column("score", Float(53), nullable=False),
        _words("why"),
    )
    op.create_index("ix_decisions_kind", "decisions", ["kind", "id"])
    op.create_index("ix_decisions_from", "decisions", ["kind", "from_id"])
    op.create_index("ix_decisions_to", "decisions", ["kind", "to_id"])


def _make_vectors() -> None:
    op.create_table(
        "vectors",
        Column("article_id", ID, ForeignKey("articles.id"), primary_key=True),
        Column("model", Text, primary_key=True),
        Column("vector", LargeBinary, nullable=False),
    )


def _make_reader_tokens() -> None:
    op.create_table(
        "reader_tokens",
        Column("token", Text, primary_key=True),
        Column("reader_id", ID, ForeignKey("readers.id", ondelete="CASCADE"), nullable=False),
    )
    op.create_index("ix_reader_tokens_reader_id", "reader_tokens", ["reader_id"])
