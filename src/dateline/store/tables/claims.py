"""Who said what: what was read in each version of an article, and the ledger across articles.

What queries ask for has a column; the whole noun stands beside it as JSON (`document`). Rows of a
version are replaced together when a later reader reads it again; the ledger's ids are for ever.
"""

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    and_,
)

from dateline.store.columns import Moment, RowId, Words
from dateline.store.tables.base import metadata, words


def _of_version() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["article_id", "version"], ["versions.article_id", "versions.number"]
    )


# One row a version, made with it: who has read it, "" while nobody has.
claim_marks = Table(
    "claim_marks",
    metadata,
    Column("article_id", RowId, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    words("made_by"),
    words("level"),
    words("problem"),  # why it could not be read
    Column("dates", Text, nullable=False, server_default="[]"),  # JSON: the dates of the text
    Column("placed", SmallInteger, nullable=False, server_default="0"),  # 1: is in the ledger
    _of_version(),
    sqlite_with_rowid=False,
)
_unplaced = and_(claim_marks.c.placed == 0, claim_marks.c.made_by != "")
Index(
    "ix_claim_marks_made_by",
    claim_marks.c.made_by,
    claim_marks.c.article_id,
    claim_marks.c.version,
)
Index(
    "ix_claim_marks_unplaced",
    claim_marks.c.article_id,
    claim_marks.c.version,
    sqlite_where=_unplaced,
    postgresql_where=_unplaced,
)

ledger = Table(
    "ledger",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    words("speaker_key"),
    Column("first_at", Moment, nullable=False),  # of its witnesses; UNDATED_AT where none is dated
    Column("last_at", Moment, nullable=False),  # the same, undated ones by when they were seen
    Column("opened_at", Moment, nullable=False),
    words("made_by"),
    Column("merged_into", RowId),  # the entry that has all its witnesses now
    Column("merged_at", Moment),
    Column("score", Float(53)),  # of that merge
    words("why"),
)
_merged = ledger.c.merged_into.is_not(None)
Index("ix_ledger_speaker", ledger.c.speaker_key, ledger.c.first_at, ledger.c.id)
Index("ix_ledger_speaker_last", ledger.c.speaker_key, ledger.c.last_at)
Index(
    "ix_ledger_merged_into",
    ledger.c.merged_into,
    sqlite_where=_merged,
    postgresql_where=_merged,
)

ledger_links = Table(
    "ledger_links",
    metadata,
    Column("entry_id", RowId, ForeignKey("ledger.id"), primary_key=True),
    Column("other_id", RowId, ForeignKey("ledger.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("score", Float(53), nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_ledger_links_other", ledger_links.c.other_id, ledger_links.c.entry_id)

statements = Table(
    "statements",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("article_id", RowId, nullable=False),
    Column("version", Integer, nullable=False),
    Column("number", Integer, nullable=False),  # among those of the version
    words("speaker_key"),
    Column("confidence", Float(53), nullable=False),
    Column("ledger_id", RowId, ForeignKey("ledger.id")),
    words("how"),
    Column("likeness", Float(53), nullable=False, server_default="0"),
    # JSON: the words that it is compared by, each with the number of sentences of its article
    # that have it; kept, because the text that they were counted in is long.
    Column("terms", Words, nullable=False, server_default="{}"),
    Column("document", Words, nullable=False),  # JSON
    UniqueConstraint("article_id", "version", "number"),
    _of_version(),
)
Index("ix_statements_speaker", statements.c.speaker_key, statements.c.article_id)
_in_ledger = statements.c.ledger_id.is_not(None)
Index(
    "ix_statements_ledger",
    statements.c.ledger_id,
    sqlite_where=_in_ledger,
    postgresql_where=_in_ledger,
)

figures = Table(
    "figures",
    metadata,
    Column("article_id", RowId, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("document", Words, nullable=False),  # JSON
    _of_version(),
    sqlite_with_rowid=False,
)

entities = Table(
    "entities",
    metadata,
    Column("article_id", RowId, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    words("key"),
    Column("document", Words, nullable=False),  # JSON, with every mention
    _of_version(),
    sqlite_with_rowid=False,
)
Index("ix_entities_key", entities.c.key, entities.c.article_id)

# What each key is called, and how often: the form that is used most is shown.
names = Table(
    "names",
    metadata,
    Column("key", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("kind", Text, primary_key=True),  # of entity, "" for a speaker who is unnamed
    Column("mentions", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Under which address somebody's page stands, for ever once given. Who has no row stands under the
# key, which leads to the address where there is one.
addresses = Table(
    "addresses",
    metadata,
    Column("address", Words, primary_key=True),
    Column("key", Words, nullable=False),
    UniqueConstraint("key"),
    sqlite_with_rowid=False,
)

# Where a reader may begin to write a name: one row a word of it, with all that follows, folded.
# `head` is its first three letters, `back` the fourth to sixth: who mistypes one has the other.
name_starts = Table(
    "name_starts",
    metadata,
    Column("key", Words, primary_key=True),
    Column("folded", Words, primary_key=True),
    Column("head", Words, nullable=False),
    Column("back", Words, nullable=False),
    Column("mentions", Integer, nullable=False),  # of the key, whatever it is called
    sqlite_with_rowid=False,
)
Index("ix_name_starts_head", name_starts.c.head, name_starts.c.mentions)
Index("ix_name_starts_back", name_starts.c.back, name_starts.c.mentions)
