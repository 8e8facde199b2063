"""The tables, one schema for both databases: incoming, articles, groups, claims, outgoing."""

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
from dateline.store.tables.claims import (
    addresses,
    claim_marks,
    entities,
    figures,
    ledger,
    ledger_links,
    names,
    statements,
)
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
    "addresses",
    "article_keys",
    "articles",
    "claim_marks",
    "counters",
    "decisions",
    "editions",
    "entities",
    "entries",
    "feeds",
    "figures",
    "imports",
    "leases",
    "ledger",
    "ledger_links",
    "letters",
    "metadata",
    "names",
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
    "statements",
    "stories",
    "story_facets",
    "story_parts",
    "vectors",
    "versions",
    "views",
]
