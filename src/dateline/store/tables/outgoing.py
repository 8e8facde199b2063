"""What goes out and what keeps the work going: pictures, views, readers, letters, editions."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from dateline.store.columns import Key, Moment, RowId, Words
from dateline.store.tables.base import claim_columns, metadata, words

pictures = Table(
    "pictures",
    metadata,
    Column("url_key", Key, primary_key=True),
    Column("url", Words, nullable=False),
    words("hash"),  # of our copy, "" while there is none
    words("content_type"),
    Column("width", Integer),
    Column("height", Integer),
    Column("body", LargeBinary),
    Column("attempts", Integer, nullable=False, server_default="0"),
    words("problem"),
    *claim_columns(),
)
Index("ix_pictures_due_at", pictures.c.due_at)
Index("ix_pictures_hash", pictures.c.hash)

picture_sizes = Table(
    "picture_sizes",
    metadata,
    Column("hash", Words, primary_key=True),  # of the largest copy
    Column("width", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
)

views = Table(
    "views",
    metadata,
    Column("hour", Moment, primary_key=True),
    Column("article_id", RowId, ForeignKey("articles.id"), primary_key=True),
    Column("views", Integer, nullable=False),
    # Networks it was read in, in hundredths; a crowd that is found out is taken back from it.
    Column("weight", BigInteger, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)

# Hours in which an article was read far more than was explained, for the operator and the order.
jumps = Table(
    "jumps",
    metadata,
    Column("hour", Moment, primary_key=True),
    Column("article_id", RowId, ForeignKey("articles.id"), primary_key=True),
    Column("document", Text, nullable=False),  # the Jump, JSON
    Column("found_at", Moment, nullable=False),
    sqlite_with_rowid=False,
)

# From which article readers went on to which, of a day: how many networks, see `web/follows.py`.
follows = Table(
    "follows",
    metadata,
    Column("from_id", RowId, ForeignKey("articles.id"), primary_key=True),
    Column("day", Moment, primary_key=True),
    Column("to_id", RowId, ForeignKey("articles.id"), primary_key=True),
    Column("networks", Integer, nullable=False),
    sqlite_with_rowid=False,
)

readers = Table(
    "readers",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("email", Words, nullable=False),
    Column("list", Words, nullable=False),
    words("language"),
    Column("token", Text, nullable=False, unique=True),
    Column("asked_at", Moment, nullable=False),
    Column("confirmed_at", Moment),
    Column("last_sent_at", Moment),
    UniqueConstraint("list", "email"),
)

# Tokens of subscriptions that a merge of stories has made one with another of the same reader:
# the links in letters that were sent before must go on leading out.
reader_tokens = Table(
    "reader_tokens",
    metadata,
    Column("token", Text, primary_key=True),
    Column(
        "reader_id", RowId, ForeignKey("readers.id", ondelete="CASCADE"), nullable=False, index=True
    ),
)

letters = Table(
    "letters",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("key", Words, nullable=False, unique=True),
    Column("document", LargeBinary),  # the Letter, JSON, zstd; NULL once it is sent or given up
    Column("queued_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    words("problem"),
    Column("ended_at", Moment),
    *claim_columns(),
)
Index("ix_letters_due_at", letters.c.due_at)

snapshots = Table(
    "snapshots",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("made_by", Text, primary_key=True),
    Column("upto", BigInteger, nullable=False),
    words("note"),
    Column("saved_at", Moment, nullable=False),
    Column("size", BigInteger, nullable=False),  # bytes of the body
    Column("digest", Key, nullable=False),  # of all pieces in their order
)

# One zstd stream, cut: a database takes no more than about a gigabyte in one cell.
snapshot_pieces = Table(
    "snapshot_pieces",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("made_by", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
)

editions = Table(
    "editions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("content", LargeBinary, nullable=False),  # zstd
    Column("content_key", Key, nullable=False),
)
Index("ix_editions_kind", editions.c.kind, editions.c.id)

# What the editor holds high, for ever: a pin that ended keeps its row.
pins = Table(
    "pins",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("story_id", RowId, ForeignKey("stories.id"), nullable=False),
    words("section"),  # on whose page; "" is the front page
    Column("place", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("until", Moment),
    words("by"),
    words("why"),
    Column("ended_at", Moment),
    words("ended_why"),
)
_standing = pins.c.ended_at.is_(None)
Index(
    "ix_pins_standing",
    pins.c.section,
    pins.c.story_id,
    sqlite_where=_standing,
    postgresql_where=_standing,
)

# Where each name that an outlet has for a section led to: addresses go on leading there.
section_names = Table(
    "section_names",
    metadata,
    Column("slug", Text, primary_key=True),
    Column("section", Words, primary_key=True),
    words("name"),
)

counters = Table(
    "counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BigInteger, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Words, nullable=False),
    Column("until", Moment, nullable=False),
)
