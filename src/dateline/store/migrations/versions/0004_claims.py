"""Who said what: statements, figures, dates and names of each version, and the ledger."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = BigInteger().with_variant(Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables; every version that is there waits to be read."""
    _make_marks()
    _make_ledger()
    _make_statements()
    _make_details()
    op.execute(
        "INSERT INTO claim_marks (article_id, version) SELECT article_id, number FROM versions"
    )


def downgrade() -> None:
    """The ledger cannot be told to an older program."""
    raise NotImplementedError("A store is not taken back to an older schema: restore a backup.")


def _words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _number(name: str) -> Column[int]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _article() -> Column[int]:
    return Column("article_id", ID, primary_key=True, autoincrement=False)


def _of_version(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["article_id", "version"],
        ["versions.article_id", "versions.number"],
        name=f"fk_{table}_article_id",
    )


def _make_marks() -> None:
    op.create_table(
        "claim_marks",
        _article(),
        _number("version"),
        _words("made_by"),
        _words("level"),
        _words("problem"),
        Column("dates", Text, nullable=False, server_default="[]"),
        Column("placed", SmallInteger, nullable=False, server_default="0"),
        _of_version("claim_marks"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_marks_made_by", "claim_marks", ["made_by", "article_id", "version"])
    only = text("placed = 0 AND made_by != ''")
    op.create_index(
        "ix_claim_marks_unplaced",
        "claim_marks",
        ["article_id", "version"],
        sqlite_where=only,
        postgresql_where=only,
    )


def _make_ledger() -> None:
    op.create_table(
        "ledger",
        Column("id", ID, primary_key=True, autoincrement=False),
        _words("speaker_key"),
        Column("first_at", BigInteger, nullable=False),
        Column("last_at", BigInteger, nullable=False),
        Column("opened_at", BigInteger, nullable=False),
        _words("made_by"),
        Column("merged_into", ID),
        Column("merged_at", BigInteger),
        Column("score", Float(53)),
        _words("why"),
    )
    op.create_index("ix_ledger_speaker", "ledger", ["speaker_key", "first_at", "id"])
    op.create_index("ix_ledger_speaker_last", "ledger", ["speaker_key", "last_at"])
    only = text("merged_into IS NOT NULL")
    op.create_index(
        "ix_ledger_merged_into", "ledger", ["merged_into"], sqlite_where=only, postgresql_where=only
    )
    op.create_table(
        "ledger_links",
        Column("entry_id", ID, ForeignKey("ledger.id"), primary_key=True),
        Column("other_id", ID, ForeignKey("ledger.id"), primary_key=True),
        Column("kind", Text, primary_key=True),
        Column("score", Float(53), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ledger_links_other", "ledger_links", ["other_id", "entry_id"])


def _make_statements() -> None:
    op.create_table(
        "statements",
        Column("id", ID, primary_key=True),
        Column("article_id", ID, nullable=False),
        Column("version", Integer, nullable=False),
        Column("number", Integer, nullable=False),
        _words("speaker_key"),
        Column("confidence", Float(53), nullable=False),
        Column("ledger_id", ID, ForeignKey("ledger.id")),
        _words("how"),
        Column("likeness", Float(53), nullable=False, server_default="0"),
        Column("terms", Text, nullable=False, server_default="{}"),
        Column("document", Text, nullable=False),
        UniqueConstraint("article_id", "version", "number", name="uq_statements_article_id"),
        _of_version("statements"),
    )
    op.create_index("ix_statements_speaker", "statements", ["speaker_key", "article_id"])
    only = text("ledger_id IS NOT NULL")
    op.create_index(
        "ix_statements_ledger",
        "statements",
        ["ledger_id"],
        sqlite_where=only,
        postgresql_where=only,
    )


def _make_details() -> None:
    op.create_table(
        "figures",
        _article(),
        _number("version"),
        _number("number"),
        Column("document", Text, nullable=False),
        _of_version("figures"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entities",
        _article(),
        _number("version"),
        _number("number"),
        _words("key"),
        Column("document", Text, nullable=False),
        _of_version("entities"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_entities_key", "entities", ["key", "article_id"])
    op.create_table(
        "names",
        Column("key", Text, primary_key=True),
        Column("name", Text, primary_key=True),
        Column("kind", Text, primary_key=True),
        Column("mentions", Integer, nullable=False),
        sqlite_with_rowid=False,
    )
