"""The tables, one schema for both databases: incoming, articles and their groups, outgoing."""

from dateline.store.tables.articles import (
    article_keys,
    articles,
    origins,
    related,
    stories,
    story_facets,
    versions,
)
from dateline.store.tables.base import metadata
from dateline.store.tables.groups import decisions, origin_links, story_parts, vectors
from dateline.store.tables.incoming import entries, feeds, imports, raws, sources
from dateline.store.tables.outgoing import (
    counters,
    editions,
    leases,
    letters,
    pictures,
    reader_tokens,
    readers,
    snapshot_pieces,
    snapshots,
    views,
)

__all__ = [
    "article_keys",
    "articles",
    "counters",
    "decisions",
    "editions",
    "entries",
    "feeds",
    "imports",
    "leases",
    "letters",
    "metadata",
    "origin_links",
    "origins",
    "pictures",
    "raws",
    "reader_tokens",
    "readers",
    "related",
    "snapshot_pieces",
    "snapshots",
    "sources",
    "stories",
    "story_facets",
    "story_parts",
    "vectors",
    "versions",
    "views",
]
