"""The search: newest first, or the best among recent hits; by words and by who speaks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import TextClause, and_, bindparam, text

from dateline.model import ArticleId, Card, Rights
from dateline.store.cards import select_cards, to_card
from dateline.store.columns import shorten
from dateline.store.engine import Tx
from dateline.store.index import language_tag, make_search_id, source_tag
from dateline.store.people import find_people
from dateline.store.rows import Row
from dateline.store.sources import find_source_id
from dateline.store.tables import articles, sources, versions
from dateline.store.tokens import mark_hits, parse_query
from dateline.text import excerpt, make_slug

_RECENT = 1000  # hits that are ranked, the newest ones
_FIRST, _LAST = -(2**63), 2**63 - 1

_NEWEST = {
    "sqlite": "SELECT rowid AS search_id FROM search WHERE search MATCH :query "
    "AND rowid >= :low AND rowid < :high {said} ORDER BY rowid DESC LIMIT :limit",
    "postgresql": "SELECT search_id FROM search WHERE words @@ CAST(:query AS tsquery) "
    "AND search_id >= :low AND search_id < :high {said} ORDER BY search_id DESC LIMIT :limit",
}
_BEST = {
    "sqlite": "SELECT search_id FROM (SELECT rowid AS search_id, "
    "bm25(search, 4.0, 1.0, 0.0) AS score "
    "FROM search WHERE search MATCH :query AND rowid >= :low AND rowid < :high {said} "
    "ORDER BY rowid DESC LIMIT :recent) ORDER BY score, search_id DESC LIMIT :limit",
    "postgresql": "SELECT search_id FROM (SELECT search_id, words FROM search "
    "WHERE words @@ CAST(:query AS tsquery) AND search_id >= :low AND search_id < :high {said} "
    "ORDER BY search_id DESC LIMIT :recent) AS recent "
    "ORDER BY ts_rank(words, CAST(:query AS tsquery), 1) DESC, search_id DESC LIMIT :limit",
}
# Articles in which somebody is reported to have said something, in the version that stands.
_SAID = (
    "SELECT a.search_id FROM articles AS a JOIN statements AS s "
    "ON s.article_id = a.id AND s.version = a.versions "
    "WHERE a.gone_at IS NULL AND s.speaker_key IN :speakers"
)
_AND_SAID = {
    "sqlite": f"AND rowid IN ({_SAID})",
    "postgresql": f"AND search_id IN ({_SAID})",
}
_ONLY_SAID = (
    f"{_SAID} AND (:source_id = 0 OR a.source_id = :source_id) "
    "AND (:language = '' OR a.language = :language) "
    "AND a.search_id >= :low AND a.search_id < :high "
    "GROUP BY a.search_id ORDER BY a.search_id DESC LIMIT :limit"
)
_SAID_BY = re.compile(r'(?<!\S)said-by:(?:"([^"]*)"|(\S+))')
_NAMESAKES = 20  # keys that one name may stand for


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What a reader looks for; all words must stand in an article, "quoted ones" together.

    `said-by:Name` or `said-by:"Full Name"` among the words keeps to articles in which somebody of
    that name (or that key) is reported to have said something.
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
    words, names = split_speakers(wanted.words)
    terms, tags = parse_query(words), _list_tags(tx, wanted)
    speakers = _list_speakers(tx, names)
    if tags is None or not (terms or names):
        return []
    bound = _bind(tx, wanted, terms, tags) | ({"speakers": speakers} if names else {})
    ids = list(tx.conn.execute(_query(tx, wanted, terms, names), bound).scalars())
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


def split_speakers(words: str) -> tuple[str, list[str]]:
    """Return what a reader typed without its speakers, and these: "a said-by:b" -> "a", ["b"]."""
    words = words[:1000]
    names = [match[1] or match[2] or "" for match in _SAID_BY.finditer(words)]
    return _SAID_BY.sub(" ", words), names


def _list_speakers(tx: Tx, names: Sequence[str]) -> list[str]:
    """Return the keys of everybody who is called so."""
    found: dict[str, None] = {}
    for name in names:
        found[shorten(make_slug(name)) or "-"] = None
        found |= {person.key: None for person in find_people(tx, name, _NAMESAKES)}
    return list(found)


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


def _query(
    tx: Tx, wanted: SearchQuery, terms: Sequence[list[str]], names: Sequence[str]
) -> TextClause:
    template = (_NEWEST if wanted.newest else _BEST)[tx.dialect] if terms else _ONLY_SAID
    query = text(template.format(said=_AND_SAID[tx.dialect] if names else ""))
    return query.bindparams(bindparam("speakers", expanding=True)) if names else query


def _bind(tx: Tx, wanted: SearchQuery, terms: list[list[str]], tags: list[str]) -> dict[str, Any]:
    low = _FIRST if wanted.since is None else make_search_id(wanted.since, ArticleId(0))
    high = _LAST
    if wanted.until is not None:  # to the end of that minute; the cards are filtered exactly
        high = make_search_id(wanted.until, ArticleId(-1)) + 1
    if wanted.before is not None and wanted.newest:
        high = min(high, make_search_id(*wanted.before))
    bound: dict[str, Any] = {"low": low, "high": high, "limit": wanted.limit}
    if not terms:
        source_id = find_source_id(tx, wanted.source_key) if wanted.source_key else 0
        return bound | {"source_id": source_id, "language": wanted.language}
    match = _match_sqlite(terms, tags) if tx.dialect == "sqlite" else _match_postgres(terms, tags)
    bound["query"] = match
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
