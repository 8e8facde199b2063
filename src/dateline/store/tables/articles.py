"""Articles, their versions, and the groups they belong to.

The row of an article carries what a card shows, so that a list is one indexed read; its text and
the rest of its reading stand in `versions`, all of which are kept.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
)

from dateline.store.columns import Flag, Key, Moment, RowId, Words
from dateline.store.tables.base import metadata, words

origins = Table(
    "origins",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    Column("opened_at", Moment, nullable=False),
)

stories = Table(
    "stories",
    metadata,
    Column("id", RowId, primary_key=True, autoincrement=False),
    words("slug"),
    words("headline"),
    Column("lead_id", RowId, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("outlets", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("languages", Text, nullable=False, server_default="[]"),  # JSON, most frequent first
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("merged_into", RowId),  # the story that has all its articles now
)
_merged = stories.c.merged_into.is_not(None)
Index("ix_stories_last_at", stories.c.last_at, stories.c.id)
Index(
    "ix_stories_merged_into",
    stories.c.merged_into,
    sqlite_where=_merged,
    postgresql_where=_merged,
)

# What stories are listed by: one row a section, language and source that a story has.
story_facets = Table(
    "story_facets",
    metadata,
    Column("story_id", RowId, ForeignKey("stories.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("value", Words, primary_key=True),
    Column("last_at", Moment, nullable=False),  # of the story
)
Index(
    "ix_story_facets_value",
    story_facets.c.kind,
    story_facets.c.value,
    story_facets.c.last_at,
    story_facets.c.story_id,
)

articles = Table(
    "articles",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("source_id", RowId, ForeignKey("sources.id"), nullable=False),
    Column("url", Words, nullable=False),
    Column("first_seen", Moment, nullable=False),
    Column("at", Moment, nullable=False),
    Column("gone_at", Moment),
    Column("versions", Integer, nullable=False),  # number of the newest
    Column("fingerprint", Text, nullable=False),
    Column("raw_hash", Text, nullable=False, server_default=""),
    words("headline"),
    words("kicker"),
    words("lede"),
    words("language"),
    words("section"),
    words("credits"),  # JSON: names
    words("picture"),  # JSON: the lead picture
    Column("picture_key", Key),
    Column("search_id", BigInteger, nullable=False),
    Column("origin_id", RowId, ForeignKey("origins.id")),
    words("role"),
    Column("taken_from", RowId),
    Column("likeness", Float(53)),
    words("origin_why"),
    words("origin_made_by"),
    Column("story_id", RowId, ForeignKey("stories.id")),
    Column("story_score", Float(53)),
    words("story_made_by"),
    Column("sureness", Float(53)),
    words("origin_agency"),  # key of the agency that it credits for the report
    Column("edited_at", Moment),  # when the newest of several versions was seen
    Column("follows", SmallInteger, nullable=False, server_default="0"),  # 1: placed as a copy
    words("own_section"),  # what the outlet calls it; `section` is where it is filed here
    words("filed_by"),
    Column("sighted", Flag, nullable=False, server_default="0"),  # `at` is when it was first seen
)
_edited = articles.c.edited_at.is_not(None)
_in_origin = articles.c.origin_id.is_not(None)
_in_story = articles.c.story_id.is_not(None)
_no_origin = articles.c.origin_id.is_(None)
_no_story = articles.c.story_id.is_(None) & _in_origin
Index("ix_articles_at", articles.c.at, articles.c.id)
Index("ix_articles_source_at", articles.c.source_id, articles.c.at, articles.c.id)
Index("ix_articles_section_at", articles.c.section, articles.c.at, articles.c.id)
Index("ix_articles_language_at", articles.c.language, articles.c.at, articles.c.id)
Index("ix_articles_fingerprint", articles.c.source_id, articles.c.fingerprint)
Index("ix_articles_raw_hash", articles.c.raw_hash)
Index(
    "ix_articles_found",  # wide, so that hits are counted and grouped without touching the rows
    articles.c.search_id,
    articles.c.id,
    articles.c.story_id,
    articles.c.source_id,
    articles.c.language,
    articles.c.section,
)
Index(
    "ix_articles_edited_at",
    articles.c.edited_at,
    articles.c.id,
    sqlite_where=_edited,
    postgresql_where=_edited,
)
Index(
    "ix_articles_story_at",  # wide, so that a story is counted without touching the rows
    articles.c.story_id,
    articles.c.at,
    articles.c.id,
    articles.c.source_id,
    articles.c.origin_id,
    articles.c.language,
    articles.c.section,
    articles.c.gone_at,
    sqlite_where=_in_story,
    postgresql_where=_in_story,
)
Index(
    "ix_articles_origin_at",
    articles.c.origin_id,
    articles.c.at,
    articles.c.id,
    sqlite_where=_in_origin,
    postgresql_where=_in_origin,
)
Index(
    "ix_articles_first_seen",
    articles.c.first_seen,
    articles.c.id,
    sqlite_where=_in_story,
    postgresql_where=_in_story,
)
Index("ix_articles_no_origin", articles.c.id, sqlite_where=_no_origin, postgresql_where=_no_origin)
Index("ix_articles_no_story", articles.c.id, sqlite_where=_no_story, postgresql_where=_no_story)

versions = Table(
    "versions",
    metadata,
    Column("article_id", RowId, ForeignKey("articles.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("seen_at", Moment, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("raw_hash", Text, nullable=False, server_default=""),
    words("headline"),
    words("language"),
    Column("published_at", Moment),
    words("text"),
    Column("document", LargeBinary, nullable=False),  # the rest of the Reading, JSON, zstd
)

# Every name by which an article is known: guids, addresses as given, canonical addresses.
article_keys = Table(
    "article_keys",
    metadata,
    Column("key", Key, primary_key=True),
    Column("kind", SmallInteger, primary_key=True, autoincrement=False),
    Column("article_id", RowId, ForeignKey("articles.id"), primary_key=True),
    sqlite_with_rowid=False,
)

related = Table(
    "related",
    metadata,
    Column("article_id", RowId, ForeignKey("articles.id"), primary_key=True),
    Column("other_id", RowId, ForeignKey("articles.id"), primary_key=True),
    Column("score", Float(53), nullable=False),
    sqlite_with_rowid=False,
)
