"""What comes in: sources, their feeds and visits, entries, raw replies, imports."""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from dateline.store.columns import Flag, Key, Moment, RowId, Stretch, Words
from dateline.store.tables.base import claim_columns, metadata, words

sources = Table(
    "sources",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("key", Words, nullable=False, unique=True),
    words("name"),
    words("home"),
    words("language"),
    words("country"),
    words("section"),
    words("kind"),
    words("rights"),
    Column("excerpt_words", Integer, nullable=False),
    words("route"),
    Column("interval", Stretch, nullable=False),
    Column("paused", Flag, nullable=False),
    words("publisher"),
    words("family"),
    words("sections"),  # JSON: its names for sections, and where these belong
    words("filed_by"),  # by what all its articles are filed; "" where that is to be done
)

feeds = Table(
    "feeds",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("source_id", RowId, ForeignKey("sources.id"), nullable=False),
    Column("url", Words, nullable=False),
    Column("url_key", Key, nullable=False),
    Column("place", Integer, nullable=False),  # among the feeds of its source
    Column("active", Flag, nullable=False),
    words("etag"),
    words("last_modified"),
    words("body_hash"),
    Column("checked_at", Moment),
    Column("succeeded_at", Moment),
    Column("failures", Integer, nullable=False, server_default="0"),
    words("problem"),
    Column("permanent", Flag, nullable=False, server_default="0"),
    Column("gone", Flag, nullable=False, server_default="0"),
    Column("next_at", Moment),
    Column("interval", Stretch, nullable=False),
    words("why"),
    Column("entries_a_day", Float(53)),
    *claim_columns(),
    UniqueConstraint("source_id", "url_key"),
)
Index("ix_feeds_due_at", feeds.c.due_at)

entries = Table(
    "entries",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("source_id", RowId, ForeignKey("sources.id"), nullable=False),
    Column("feed_id", RowId, ForeignKey("feeds.id"), nullable=False),
    Column("guid_key", Key, nullable=False),
    Column("order_at", BigInteger, nullable=False),  # published; undated ones come last
    Column("updated_at", Moment),
    Column("document", LargeBinary, nullable=False),  # the Entry, JSON, zstd
    Column("content_key", Key, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("live", Flag, nullable=False, server_default="1"),  # seen when it came into its feed
    Column("state", Text, nullable=False),
    words("problem"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("article_id", RowId, ForeignKey("articles.id")),
    words("page_etag"),
    words("page_last_modified"),
    *claim_columns(),
    UniqueConstraint("source_id", "guid_key"),
)
Index(
    "ix_entries_waiting",
    entries.c.order_at,
    entries.c.source_id,
    entries.c.guid_key,
    sqlite_where=entries.c.state == "waiting",
    postgresql_where=entries.c.state == "waiting",
)
Index(
    "ix_entries_due_at",
    entries.c.due_at,
    sqlite_where=entries.c.due_at.is_not(None),
    postgresql_where=entries.c.due_at.is_not(None),
)
Index("ix_entries_state", entries.c.source_id, entries.c.state)

raws = Table(
    "raws",
    metadata,
    Column("hash", Text, primary_key=True),
    words("url"),
    words("content_type"),
    Column("kept_at", Moment, nullable=False, index=True),
    Column("body", LargeBinary, nullable=False),  # zstd
)

imports = Table(
    "imports",
    metadata,
    Column("key", Text, primary_key=True),
    Column("position", BigInteger, nullable=False),
)
