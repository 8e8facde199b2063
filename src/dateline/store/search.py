"""The search: newest first, or the best among recent hits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import TextClause, and_, text

from dateline.model import ArticleId, Card, Rights
from dateline.store.cards import select_cards, to_card
from dateline.store.engine import Tx
from dateline.store.index import language_tag, make_search_id, source_tag
from dateline.store.rows import Row
from dateline.store.sources import find_source_id
from dateline.store.tables import articles, sources, versions
from dateline.store.tokens import mark_hits, parse_query
from dateline.text import excerpt

_RECENT = 1000  # hits that are ranked, the newest ones
_FIRST, _LAST = -(2**63), 2**63 - 1

_NEWEST = {
    "sqlite": text(
        "SELECT rowid AS search_id FROM search WHERE search MATCH :query "
        "AND rowid >= :low AND rowid < :high ORDER BY rowid DESC LIMIT :limit"
    ),
    "postgresql": text(
        "SELECT search_id FROM search WHERE words @@ CAST(:query AS tsquery) "
        "AND search_id >= :low AND search_id < :high ORDER BY search_id DESC LIMIT :limit"
    ),
}
_BEST = {
    "sqlite": text(
        "SELECT search_id FROM (SELECT rowid AS search_id, bm25(search, 4.0, 1.0, 0.0) AS score "
        "FROM search WHERE search MATCH :query AND rowid >= :low AND rowid < :high "
        "ORDER BY rowid DESC LIMIT :recent) ORDER BY score, search_id DESC LIMIT :limit"
    ),
    "postgresql": text(
        "SELECT search_id FROM (SELECT search_id, words FROM search "
        "WHERE words @@ CAST(:query AS tsquery) AND search_id >= :low AND search_id < :high "
        "ORDER BY search_id DESC LIMIT :recent) AS recent "
        "ORDER BY ts_rank(words, CAST(:query AS tsquery), 1) DESC, search_id DESC LIMIT :limit"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What a reader looks for; all words must stand in an article, "quoted ones" together.

    `before` is the moment and id of the last card on the page above (only where `newest`).
    """

    words: str
    source_key: str = ""
    language: str = ""
    since: datetime | None = None
    until: datetime | None = None
    newest: bool = True
    limit: int = 20
    before: tuple[datetime, ArticleId] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One hit, with the passage around it in parts: words, and whether they are a hit.

    The passage is taken from what the source's rights allow to be shown.
    """

    card: Card
    snippet: tuple[tuple[str, bool], ...]


def search_cards(tx: Tx, wanted: SearchQuery) -> list[Found]:
    """Return the articles whose newest version has all the words; no input raises.

    By default the newest come first (to the minute); with `newest` false, the best of the newest
    thousand.
    """
    terms = parse_query(wanted.words)
    tags = _list_tags(tx, wanted)
    if not terms or tags is None:
        return []
    ids = list(tx.conn.execute(_query(tx, wanted), _bind(tx, wanted, terms, tags)).scalars())
    hits = {token for term in terms for token in term}
    rows = {
        row.search_id: row
        for row in tx.conn.execute(_cards(wanted).where(articles.c.search_id.in_(ids)))
    }
    return [
        Found(card=to_card(rows[found]), snippet=mark_hits(_shown(rows[found]), hits))
        for found in ids
        if found in rows
    ]


def _list_tags(tx: Tx, wanted: SearchQuery) -> list[str] | None:
    tags: list[str] = []
    if wanted.source_key:
        source_id = find_source_id(tx, wanted.source_key)
        if source_id is None:
            return None
        tags.append(source_tag(source_id))
    if wanted.language:
        tags.append(language_tag(wanted.language))
    return tags


def _query(tx: Tx, wanted: SearchQuery) -> TextClause:
    return (_NEWEST if wanted.newest else _BEST)[tx.dialect]


def _bind(tx: Tx, wanted: SearchQuery, terms: list[list[str]], tags: list[str]) -> dict[str, Any]:
    match = _match_sqlite(terms, tags) if tx.dialect == "sqlite" else _match_postgres(terms, tags)
    low = _FIRST if wanted.since is None else make_search_id(wanted.since, ArticleId(0))
    high = _LAST
    if wanted.until is not None:  # to the end of that minute; the cards are filtered exactly
        high = make_search_id(wanted.until, ArticleId(-1)) + 1
    if wanted.before is not None and wanted.newest:
        high = min(high, make_search_id(*wanted.before))
    bound = {"query": match, "low": low, "high": high, "limit": wanted.limit}
    return bound if wanted.newest else bound | {"recent": _RECENT}


def _match_sqlite(terms: list[list[str]], tags: list[str]) -> str:
    # Tokens hold letters and digits only; quoted, none of them is an operator.
    phrases = " AND ".join(f'"{" ".join(term)}"' for term in terms)
    tagged = "".join(f' AND tags : "{tag}"' for tag in tags)
    return f"{{title body}} : ({phrases}){tagged}"


def _match_postgres(terms: list[list[str]], tags: list[str]) -> str:
    phrases = ["(" + " <-> ".join(f"'{token}'" for token in term) + ")" for term in terms]
    return " & ".join([*phrases, *(f"'{tag}:'" for tag in tags)])


def _cards(wanted: SearchQuery) -> Any:
    newest = and_(versions.c.article_id == articles.c.id, versions.c.number == articles.c.versions)
    query = select_cards().join(versions, newest)
    query = query.add_columns(articles.c.search_id, sources.c.excerpt_words, versions.c.text)
    if wanted.since is not None:
        query = query.where(articles.c.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(articles.c.at <= wanted.until)
    return query


def _shown(row: Row) -> str:
    if row.rights == Rights.HEADLINE:
        return str(row.headline)
    text = row.text or row.lede
    return text if row.rights == Rights.FULL else excerpt(text, row.excerpt_words)
