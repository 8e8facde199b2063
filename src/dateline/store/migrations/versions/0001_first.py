"""The first schema."""

from alembic import op
from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    UniqueConstraint,
    text,
)

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = BigInteger().with_variant(Integer(), "sqlite")


def upgrade() -> None:
    """Make every table, and the index of words."""
    _make_pictures()
    _make_desk()
    _make_letters_and_readers()
    _make_editions_and_snapshots()
    _make_sources()
    _make_groups()
    _make_articles()
    _make_feeds()
    _make_entries()
    _make_links()
    _make_search()


def downgrade() -> None:
    """There is nothing before the first schema."""
    raise NotImplementedError("There is no schema before the first.")


def _words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _make_index(name: str, table: str, columns: list[str], where: str) -> None:
    only = text(where)
    op.create_index(name, table, columns, sqlite_where=only, postgresql_where=only)


def _make_pictures() -> None:
    op.create_table(
        "pictures",
        Column("url_key", LargeBinary(16), primary_key=True),
        Column("url", Text, nullable=False),
        _words("hash"),
        _words("content_type"),
        Column("width", Integer),
        Column("height", Integer),
        Column("body", LargeBinary),
        Column("attempts", Integer, nullable=False, server_default="0"),
        _words("problem"),
        _words("lease_holder"),
        Column("lease_until", BigInteger),
        Column("due_at", BigInteger),
    )
    op.create_index("ix_pictures_due_at", "pictures", ["due_at"])
    op.create_index("ix_pictures_hash", "pictures", ["hash"])


def _make_desk() -> None:
    op.create_table(
        "counters",
        Column("name", Text, primary_key=True),
        Column("value", BigInteger, nullable=False),
    )
    op.create_table(
        "imports",
        Column("key", Text, primary_key=True),
        Column("position", BigInteger, nullable=False),
    )
    op.create_table(
        "leases",
        Column("name", Text, primary_key=True),
        Column("holder", Text, nullable=False),
        Column("until", BigInteger, nullable=False),
    )
    op.create_table(
        "raws",
        Column("hash", Text, primary_key=True),
        _words("url"),
        _words("content_type"),
        Column("kept_at", BigInteger, nullable=False),
        Column("body", LargeBinary, nullable=False),
    )
    op.create_index("ix_raws_kept_at", "raws", ["kept_at"])


def _make_letters_and_readers() -> None:
    op.create_table(
        "letters",
        Column("id", ID, primary_key=True),
        Column("key", Text, nullable=False, unique=True),
        Column("document", LargeBinary),
        Column("queued_at", BigInteger, nullable=False),
        Column("state", Text, nullable=False),
        Column("attempts", Integer, nullable=False, server_default="0"),
        _words("problem"),
        Column("ended_at", BigInteger),
        _words("lease_holder"),
        Column("lease_until", BigInteger),
        Column("due_at", BigInteger),
    )
    op.create_index("ix_letters_due_at", "letters", ["due_at"])
    op.create_table(
        "readers",
        Column("id", ID, primary_key=True),
        Column("email", Text, nullable=False),
        Column("list", Text, nullable=False),
        _words("language"),
        Column("token", Text, nullable=False, unique=True),
        Column("asked_at", BigInteger, nullable=False),
        Column("confirmed_at", BigInteger),
        Column("last_sent_at", BigInteger),
        UniqueConstraint("list", "email"),
    )


def _make_editions_and_snapshots() -> None:
    op.create_table(
        "editions",
        Column("id", ID, primary_key=True),
        Column("kind", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("content", LargeBinary, nullable=False),
        Column("content_key", LargeBinary(16), nullable=False),
    )
    op.create_index("ix_editions_kind", "editions", ["kind", "id"])
    op.create_table(
        "snapshots",
        Column("kind", Text, primary_key=True),
        Column("made_by", Text, primary_key=True),
        Column("upto", BigInteger, nullable=False),
        Column("saved_at", BigInteger, nullable=False),
        Column("body", LargeBinary, nullable=False),
    )


def _make_sources() -> None:
    op.create_table(
        "sources",
        Column("id", ID, primary_key=True),
        Column("key", Text, nullable=False, unique=True),
        _words("name"),
        _words("home"),
        _words("language"),
        _words("country"),
        _words("section"),
        _words("kind"),
        _words("rights"),
        Column("excerpt_words", Integer, nullable=False),
        _words("route"),
        Column("interval", BigInteger, nullable=False),
        Column("paused", SmallInteger, nullable=False),
    )


def _make_articles() -> None:
    op.create_table(
        "articles",
        Column("id", ID, primary_key=True),
        Column("source_id", ID, ForeignKey("sources.id"), nullable=False),
        Column("url", Text, nullable=False),
        Column("first_seen", BigInteger, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("gone_at", BigInteger),
        Column("versions", Integer, nullable=False),
        Column("fingerprint", Text, nullable=False),
        _words("raw_hash"),
        _words("headline"),
        _words("kicker"),
        _words("lede"),
        _words("language"),
        _words("section"),
        _words("credits"),
        _words("picture"),
        Column("picture_key", LargeBinary(16)),
        Column("search_id", BigInteger, nullable=False),
        Column("origin_id", ID, ForeignKey("origins.id")),
        _words("role"),
        Column("taken_from", ID),
        Column("likeness", Float(53)),
        _words("origin_why"),
        _words("origin_made_by"),
        Column("story_id", ID, ForeignKey("stories.id")),
        Column("story_score", Float(53)),
        _words("story_made_by"),
    )
    op.create_index("ix_articles_at", "articles", ["at", "id"])
    op.create_index("ix_articles_fingerprint", "articles", ["source_id", "fingerprint"])
    op.create_index("ix_articles_language_at", "articles", ["language", "at", "id"])
    _make_index("ix_articles_no_origin", "articles", ["id"], "origin_id IS NULL")
    _make_index(
        "ix_articles_no_story", "articles", ["id"], "story_id IS NULL AND origin_id IS NOT NULL"
    )
    _make_index(
        "ix_articles_origin_at", "articles", ["origin_id", "at", "id"], "origin_id IS NOT NULL"
    )
    op.create_index("ix_articles_raw_hash", "articles", ["raw_hash"])
    op.create_index("ix_articles_search_id", "articles", ["search_id"])
    op.create_index("ix_articles_section_at", "articles", ["section", "at", "id"])
    op.create_index("ix_articles_source_at", "articles", ["source_id", "at", "id"])
    _make_index(
        "ix_articles_story_at",
        "articles",
        ["story_id", "at", "id", "source_id", "origin_id", "language", "section"],
        "story_id IS NOT NULL",
    )


def _make_feeds() -> None:
    op.create_table(
        "feeds",
        Column("id", ID, primary_key=True),
        Column("source_id", ID, ForeignKey("sources.id"), nullable=False),
        Column("url", Text, nullable=False),
        Column("url_key", LargeBinary(16), nullable=False),
        Column("place", Integer, nullable=False),
        Column("active", SmallInteger, nullable=False),
        _words("etag"),
        _words("last_modified"),
        _words("body_hash"),
        Column("checked_at", BigInteger),
        Column("succeeded_at", BigInteger),
        Column("failures", Integer, nullable=False, server_default="0"),
        _words("problem"),
        Column("permanent", SmallInteger, nullable=False, server_default="0"),
        Column("gone", SmallInteger, nullable=False, server_default="0"),
        Column("next_at", BigInteger),
        Column("interval", BigInteger, nullable=False),
        _words("why"),
        Column("entries_a_day", Float(53)),
        _words("lease_holder"),
        Column("lease_until", BigInteger),
        Column("due_at", BigInteger),
        UniqueConstraint("source_id", "url_key"),
    )
    op.create_index("ix_feeds_due_at", "feeds", ["due_at"])


def _make_groups() -> None:
    op.create_table(
        "origins",
        Column("id", ID, primary_key=True, autoincrement=False),
        Column("opened_at", BigInteger, nullable=False),
    )
    op.create_table(
        "stories",
        Column("id", ID, primary_key=True, autoincrement=False),
        _words("slug"),
        _words("headline"),
        Column("lead_id", ID, nullable=False),
        Column("articles", Integer, nullable=False),
        Column("outlets", Integer, nullable=False),
        Column("origins", Integer, nullable=False),
        Column("languages", Text, nullable=False, server_default="[]"),
        Column("first_at", BigInteger, nullable=False),
        Column("last_at", BigInteger, nullable=False),
    )
    op.create_index("ix_stories_last_at", "stories", ["last_at", "id"])
    op.create_table(
        "story_facets",
        Column("story_id", ID, ForeignKey("stories.id"), primary_key=True),
        Column("kind", Text, primary_key=True),
        Column("value", Text, primary_key=True),
        Column("last_at", BigInteger, nullable=False),
    )
    op.create_index(
        "ix_story_facets_value", "story_facets", ["kind", "value", "last_at", "story_id"]
    )


def _make_entries() -> None:
    op.create_table(
        "entries",
        Column("id", ID, primary_key=True),
        Column("source_id", ID, ForeignKey("sources.id"), nullable=False),
        Column("feed_id", ID, ForeignKey("feeds.id"), nullable=False),
        Column("guid_key", LargeBinary(16), nullable=False),
        Column("order_at", BigInteger, nullable=False),
        Column("updated_at", BigInteger),
        Column("document", LargeBinary, nullable=False),
        Column("content_key", LargeBinary(16), nullable=False),
        Column("seen_at", BigInteger, nullable=False),
        Column("state", Text, nullable=False),
        _words("problem"),
        Column("attempts", Integer, nullable=False, server_default="0"),
        Column("article_id", ID, ForeignKey("articles.id")),
        _words("page_etag"),
        _words("page_last_modified"),
        _words("lease_holder"),
        Column("lease_until", BigInteger),
        Column("due_at", BigInteger),
        UniqueConstraint("source_id", "guid_key"),
    )
    _make_index("ix_entries_due_at", "entries", ["due_at"], "due_at IS NOT NULL")
    op.create_index("ix_entries_state", "entries", ["source_id", "state"])
    _make_index(
        "ix_entries_waiting", "entries", ["order_at", "source_id", "guid_key"], "state = 'waiting'"
    )


def _make_links() -> None:
    op.create_table(
        "article_keys",
        Column("key", LargeBinary(16), primary_key=True),
        Column("kind", SmallInteger, primary_key=True, autoincrement=False),
        Column("article_id", ID, ForeignKey("articles.id"), primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "related",
        Column("article_id", ID, ForeignKey("articles.id"), primary_key=True),
        Column("other_id", ID, ForeignKey("articles.id"), primary_key=True),
        Column("score", Float(53), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "versions",
        Column("article_id", ID, ForeignKey("articles.id"), primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("seen_at", BigInteger, nullable=False),
        Column("fingerprint", Text, nullable=False),
        _words("raw_hash"),
        _words("headline"),
        _words("language"),
        Column("published_at", BigInteger),
        _words("text"),
        Column("document", LargeBinary, nullable=False),
    )
    op.create_table(
        "views",
        Column("hour", BigInteger, primary_key=True),
        Column("article_id", ID, ForeignKey("articles.id"), primary_key=True),
        Column("views", Integer, nullable=False),
        sqlite_with_rowid=False,
    )


def _make_search() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search USING fts5("
            "title, body, tags, content='', contentless_delete=1, tokenize='ascii')"
        )
        return
    op.execute(
        "CREATE TABLE search (search_id BIGINT NOT NULL, article_id BIGINT PRIMARY KEY, "
        "words TSVECTOR NOT NULL)"
    )
    op.execute("CREATE INDEX ix_search_words ON search USING gin (words)")
    op.execute("CREATE INDEX ix_search_search_id ON search (search_id)")
