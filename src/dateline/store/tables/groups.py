"""What is said of articles and their groups: links, parts, decisions, vectors.

An article's own place (its origin and its story) stands in its row, see `tables/articles.py`.
"""

from sqlalchemy import Column, Float, ForeignKey, Index, LargeBinary, Table, Text

from dateline.store.columns import Moment, RowId, Words
from dateline.store.tables.base import metadata, words

# What one article has of another, of any origin.
origin_links = Table(
    "origin_links",
    metadata,
    Column("article_id", RowId, ForeignKey("articles.id"), primary_key=True),
    Column("other_id", RowId, ForeignKey("articles.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("likeness", Float(53), nullable=False),
    words("why"),
    sqlite_with_rowid=False,
)
Index("ix_origin_links_other", origin_links.c.other_id, origin_links.c.article_id)

# Parts of articles that belong to another story than the article as a whole.
story_parts = Table(
    "story_parts",
    metadata,
    Column("article_id", RowId, ForeignKey("articles.id"), primary_key=True),
    Column("story_id", RowId, ForeignKey("stories.id"), primary_key=True),
    Column("spans", Words, nullable=False),  # JSON: pairs of offsets into the article's text
    Column("score", Float(53), nullable=False),
    words("made_by"),
    Column("at", Moment, nullable=False),  # of the article
    sqlite_with_rowid=False,
)
Index("ix_story_parts_at", story_parts.c.story_id, story_parts.c.at, story_parts.c.article_id)

# Merges, splits and joins, for ever. Its ids are of stories or of origins, as the kind says.
decisions = Table(
    "decisions",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("after", RowId, nullable=False),
    Column("from_id", RowId, nullable=False),
    Column("to_id", RowId, nullable=False),
    Column("article_ids", Text, nullable=False, server_default="[]"),  # JSON
    words("by"),
    Column("score", Float(53), nullable=False),
    words("why"),
)
Index("ix_decisions_kind", decisions.c.kind, decisions.c.id)
Index("ix_decisions_from", decisions.c.kind, decisions.c.from_id)
Index("ix_decisions_to", decisions.c.kind, decisions.c.to_id)

vectors = Table(
    "vectors",
    metadata,
    Column("article_id", RowId, ForeignKey("articles.id"), primary_key=True),
    Column("model", Words, primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)
