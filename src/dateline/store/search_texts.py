"""What is shown of hits and what ranks them: cards, passages, how words stand in texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select, text

from dateline.model import ArticleId, Card, Commonness, Hit, Rights, Standing
from dateline.store.cards import select_cards, to_card
from dateline.store.engine import Tx
from dateline.store.histories import is_newest
from dateline.store.index import SPAN_BITS
from dateline.store.marks import Parts, mark_hits
from dateline.store.matching import (
    Matching,
    SearchQuery,
    cut_terms,
    list_spoken,
    write_postgres,
    write_sqlite,
)
from dateline.store.rows import Row, in_batches
from dateline.store.search import Patience, find_hits
from dateline.store.search_postgres import write_span
from dateline.store.tables import articles, sources, versions
from dateline.store.terms import Cut, Term, Text
from dateline.store.title_terms import find_title_terms
from dateline.text import excerpt

_SAMPLE = 2000  # articles in which it is counted how common a word is
_SINCE = text("SELECT search_id FROM articles ORDER BY search_id DESC LIMIT 1 OFFSET :sample")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One hit, with the passage around it in parts: words, and whether they are a hit.

    The passage is taken from what the source's rights allow to be shown.
    """

    card: Card
    snippet: Parts


def search_cards(tx: Tx, wanted: SearchQuery, patience: Patience | None = None) -> list[Found]:
    """Return the newest articles whose newest version has all that is wanted; no input raises."""
    found = find_hits(tx, wanted, patience).hits
    loaded = load_found(tx, [hit.article_id for hit in found], wanted)
    return [loaded[hit.article_id] for hit in found if hit.article_id in loaded]


def load_found(tx: Tx, ids: Sequence[ArticleId], wanted: SearchQuery) -> dict[ArticleId, Found]:
    """Return the hits with these ids, as results show them."""
    terms = cut_terms(wanted.terms)
    found = {}
    for batch in in_batches(ids):
        rows = tx.conn.execute(_query_cards(), {"ids": batch})
        for row in (row for row in rows if _is_within(row, wanted)):
            card = to_card(row)
            snippet = mark_hits(_shown(row), terms, card.language)
            found[card.article_id] = Found(card=card, snippet=snippet)
    return found


def list_marks(terms: Sequence[Term], language: str) -> tuple[tuple[Cut, ...], str]:
    """Return what is marked as hits in a text of a language: for `mark_all`."""
    return cut_terms(terms), language


def find_in_titles(hits: Sequence[Hit], wanted: SearchQuery) -> dict[ArticleId, tuple[bool, ...]]:
    """Return which terms stand in the headlines of hits."""
    found = find_title_terms([(hit.title, hit.language) for hit in hits], cut_terms(wanted.terms))
    return {hit.article_id: stand for hit, stand in zip(hits, found, strict=True)}


def have_terms(text: str, terms: Sequence[Term], language: str) -> bool:
    """Say whether a text has each term."""
    read = Text(text, language)
    return all(map(read.find, cut_terms(terms)))


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
    terms = [term for term in dict.fromkeys(whole) if term is not None]
    tongues = list_spoken(tx, wanted, terms)
    asked = {term: Matching(terms=(term,), languages=tongues) for term in terms}
    count = _count_sqlite if tx.dialect == "sqlite" else _count_postgres
    total, having = count(tx, asked)
    common = tuple(total // 10 if one is None else having[one] for one in whole)
    return Commonness(articles=max(total, *common, 0), with_term=common)


def _drop_begun(term: Cut) -> Cut | None:
    tokens = term.tokens[:-1] if term.prefix else term.tokens
    return Cut(tokens, word=term.word) if tokens else None


def _count_sqlite(tx: Tx, terms: Mapping[Cut, Matching]) -> tuple[int, dict[Cut, int]]:
    since = tx.conn.execute(_SINCE, {"sample": _SAMPLE}).scalar()
    total = text("SELECT count(*) FROM (SELECT 1 FROM articles LIMIT :sample)")
    query = text("SELECT count(*) FROM search WHERE search MATCH :query AND rowid > :since")
    found = tx.conn.execute(total, {"sample": _SAMPLE}).scalar_one()
    since = -(2**63) if since is None else since
    asked = {term: {"query": write_sqlite(one), "since": since} for term, one in terms.items()}
    return found, {term: tx.conn.execute(query, asked[term]).scalar_one() for term in terms}


def _count_postgres(tx: Tx, terms: Mapping[Cut, Matching]) -> tuple[int, dict[Cut, int]]:
    last = tx.conn.execute(text("SELECT max(search_id) FROM search")).scalar()
    if last is None:
        return 0, dict.fromkeys(terms, 0)
    tag, _start = write_span(SPAN_BITS[0], last)
    query = text("SELECT count(*) FROM search WHERE words @@ CAST(:query AS tsquery)")
    asked = {term: " & ".join([*write_postgres(one), tag]) for term, one in terms.items()}
    found = {term: tx.conn.execute(query, {"query": asked[term]}).scalar_one() for term in terms}
    return tx.conn.execute(query, {"query": tag}).scalar_one(), found


def _measure(row: Row, terms: Sequence[Cut]) -> Standing:
    title = Text(f"{row.kicker} {row.headline}", row.language)
    body = Text(f"{row.lede}\n{row.text}", row.language)
    places = [body.find(term) for term in terms]
    return Standing(
        in_title=tuple(len(title.find(term)) for term in terms),
        in_body=tuple(map(len, places)),
        words=len(body.tokens),
        closest=_find_closest(places) if len(terms) > 1 else 0,
    )


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


@cache  # to build it takes longer than to run it
def _query_texts() -> Select[Any]:
    own = [articles.c[name] for name in ("id", "kicker", "headline", "lede", "language")]
    query = select(*own, versions.c.text).join(versions, is_newest())
    return query.where(articles.c.id.in_(bindparam("ids", expanding=True)))


@cache
def _query_cards() -> Select[Any]:
    query = select_cards().join(versions, is_newest())
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
