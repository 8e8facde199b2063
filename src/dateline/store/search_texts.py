"""What is shown of hits and what ranks them: cards, passages, how words stand in texts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select, text

from dateline.model import ArticleId, Card, Commonness, Hit, Rights, Standing
from dateline.store.cards import select_cards, to_card
from dateline.store.engine import Tx
from dateline.store.index import SPAN_BITS
from dateline.store.matching import (
    Cut,
    Matching,
    SearchQuery,
    Term,
    cut_terms,
    write_postgres,
    write_sqlite,
)
from dateline.store.rows import Row, in_batches
from dateline.store.search import Patience, find_hits
from dateline.store.search_postgres import write_span
from dateline.store.tables import articles, sources, versions
from dateline.store.tokens import list_tokens, mark_hits, write_lines
from dateline.text import excerpt

_SAMPLE = 2000  # articles in which it is counted how common a word is
_SINCE = text("SELECT search_id FROM articles ORDER BY search_id DESC LIMIT 1 OFFSET :sample")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One hit, with the passage around it in parts: words, and whether they are a hit.

    The passage is taken from what the source's rights allow to be shown.
    """

    card: Card
    snippet: tuple[tuple[str, bool], ...]


def search_cards(tx: Tx, wanted: SearchQuery, patience: Patience | None = None) -> list[Found]:
    """Return the newest articles whose newest version has all that is wanted; no input raises."""
    found = find_hits(tx, wanted, patience).hits
    loaded = load_found(tx, [hit.article_id for hit in found], wanted)
    return [loaded[hit.article_id] for hit in found if hit.article_id in loaded]


def load_found(tx: Tx, ids: Sequence[ArticleId], wanted: SearchQuery) -> dict[ArticleId, Found]:
    """Return the hits with these ids, as results show them."""
    marks = list_marks(wanted.terms)
    found = {}
    for batch in in_batches(ids):
        rows = tx.conn.execute(_query_cards(), {"ids": batch})
        for row in (row for row in rows if _is_within(row, wanted)):
            card = to_card(row)
            found[card.article_id] = Found(card=card, snippet=mark_hits(_shown(row), *marks))
    return found


def list_marks(terms: Sequence[Term]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the words that are marked as hits, and the beginnings of such words."""
    cut = cut_terms(terms)
    words = frozenset(token for tokens, _prefix in cut for token in tokens)
    return words, tuple(tokens[-1] for tokens, prefix in cut if prefix)


def find_in_titles(hits: Sequence[Hit], wanted: SearchQuery) -> dict[ArticleId, tuple[bool, ...]]:
    """Return which terms stand in the headlines of hits."""
    terms = [
        f" {' '.join(tokens)}" + ("" if prefix else " ")
        for tokens, prefix in cut_terms(wanted.terms)
    ]
    lines = write_lines([hit.title for hit in hits])
    return {
        hit.article_id: tuple([term in line for term in terms])
        for hit, line in zip(hits, lines, strict=True)
    }


def have_terms(text: str, terms: Sequence[Term]) -> bool:
    """Say whether a text has each term."""
    tokens = list_tokens(text)
    return all(_find_places(tokens, term) for term in cut_terms(terms))


def load_standings(
    tx: Tx, ids: Sequence[ArticleId], wanted: SearchQuery
) -> dict[ArticleId, Standing]:
    """Return how the terms stand in the newest versions of articles."""
    terms = cut_terms(wanted.terms)
    found = {}
    for batch in in_batches(ids):
        for row in tx.conn.execute(_query_texts(), {"ids": batch}):
            found[ArticleId(row.id)] = _measure(row, terms)
    return found


def count_common(tx: Tx, wanted: SearchQuery) -> Commonness:
    """Return in how many of the newest articles each term stands; about two thousand are asked.

    A word's beginning is taken to stand in a tenth of them; where it ends a phrase, the phrase is
    taken to stand in as many as the words before it.
    """
    whole = [_drop_begun(term) for term in cut_terms(wanted.terms)]
    asked = [term for term in dict.fromkeys(whole) if term is not None]
    count = _count_sqlite if tx.dialect == "sqlite" else _count_postgres
    total, having = count(tx, asked)
    common = tuple(total // 10 if one is None else having[one] for one in whole)
    return Commonness(articles=max(total, *common, 0), with_term=common)


def _drop_begun(term: Cut) -> Cut | None:
    tokens, prefix = term
    tokens = tokens[:-1] if prefix else tokens
    return (tokens, False) if tokens else None


def _count_sqlite(tx: Tx, terms: Sequence[Cut]) -> tuple[int, dict[Cut, int]]:
    since = tx.conn.execute(_SINCE, {"sample": _SAMPLE}).scalar()
    total = text("SELECT count(*) FROM (SELECT 1 FROM articles LIMIT :sample)")
    query = text("SELECT count(*) FROM search WHERE search MATCH :query AND rowid > :since")
    found = tx.conn.execute(total, {"sample": _SAMPLE}).scalar_one()
    since = -(2**63) if since is None else since
    asked = {term: {"query": write_sqlite(_only(term)), "since": since} for term in terms}
    return found, {term: tx.conn.execute(query, asked[term]).scalar_one() for term in terms}


def _count_postgres(tx: Tx, terms: Sequence[Cut]) -> tuple[int, dict[Cut, int]]:
    last = tx.conn.execute(text("SELECT max(search_id) FROM search")).scalar()
    if last is None:
        return 0, dict.fromkeys(terms, 0)
    tag, _start = write_span(SPAN_BITS[0], last)
    query = text("SELECT count(*) FROM search WHERE words @@ CAST(:query AS tsquery)")
    asked = {term: " & ".join([*write_postgres(_only(term)), tag]) for term in terms}
    found = {term: tx.conn.execute(query, {"query": asked[term]}).scalar_one() for term in terms}
    return tx.conn.execute(query, {"query": tag}).scalar_one(), found


def _only(term: Cut) -> Matching:
    return Matching(terms=(term,), tags=(), without_terms=(), without_tags=())


def _measure(row: Row, terms: Sequence[Cut]) -> Standing:
    title = list_tokens(f"{row.kicker} {row.headline}")
    body = list_tokens(f"{row.lede}\n{row.text}")
    places = [_find_places(body, term) for term in terms]
    return Standing(
        in_title=tuple(len(_find_places(title, term)) for term in terms),
        in_body=tuple(map(len, places)),
        words=len(body),
        closest=_find_closest(places) if len(terms) > 1 else 0,
    )


def _find_places(tokens: list[str], term: Cut) -> list[int]:
    """Return where a term begins among tokens."""
    wanted, prefix = term
    first, last = wanted[0], wanted[-1]
    if prefix and len(wanted) == 1:
        return _find_begun(tokens, first)
    starts = _find_all(tokens, first)
    if len(wanted) == 1 or not starts:
        return starts
    exact = list(wanted[:-1] if prefix else wanted)
    at_end = len(wanted) - 1
    return [
        at
        for at in starts
        if tokens[at : at + len(exact)] == exact
        and (not prefix or "".join(tokens[at + at_end : at + at_end + 1]).startswith(last))
    ]


def _find_all(tokens: list[str], wanted: str) -> list[int]:
    """Return where a token stands: by the list's own methods, several times as fast as a loop."""
    found, at = [], -1
    for _ in range(tokens.count(wanted)):
        at = tokens.index(wanted, at + 1)
        found.append(at)
    return found


def _find_begun(tokens: list[str], beginning: str) -> list[int]:
    """Return where tokens begin so: by the methods of strings, for the same reason."""
    text, wanted = f" {' '.join(tokens)}", f" {beginning}"
    found, place, last = [], 0, 0
    at = text.find(wanted)
    while at >= 0:
        place += text.count(" ", last, at)
        found.append(place)
        last, at = at, text.find(wanted, at + 1)
    return found


def _find_closest(places: Sequence[Sequence[int]]) -> int:
    """Return the words from the first to the last of the shortest run that has every term."""
    if not all(places):
        return 0
    merged = sorted((at, number) for number, found in enumerate(places) for at in found)
    last: dict[int, int] = {}
    best = 0
    for at, number in merged:
        last[number] = at
        if len(last) == len(places):
            length = at - min(last.values()) + 1
            best = min(best, length) if best else length
    return best


def _newest() -> Any:
    return and_(versions.c.article_id == articles.c.id, versions.c.number == articles.c.versions)


@cache  # to build it takes longer than to run it
def _query_texts() -> Select[Any]:
    own = [articles.c[name] for name in ("id", "kicker", "headline", "lede")]
    query = select(*own, versions.c.text).join(versions, _newest())
    return query.where(articles.c.id.in_(bindparam("ids", expanding=True)))


@cache
def _query_cards() -> Select[Any]:
    query = select_cards().join(versions, _newest())
    query = query.add_columns(articles.c.search_id, sources.c.excerpt_words, versions.c.text)
    return query.where(articles.c.id.in_(bindparam("ids", expanding=True)))


def _is_within(row: Row, wanted: SearchQuery) -> bool:
    since, until = wanted.since, wanted.until
    return (since is None or row.at >= since) and (until is None or row.at <= until)


def _shown(row: Row) -> str:
    if row.rights == Rights.HEADLINE:
        return str(row.headline)
    shown = row.text or row.lede
    return str(shown) if row.rights == Rights.FULL else excerpt(shown, row.excerpt_words)
