"""All statements and figures one article after the other, for who takes the whole store away."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from dateline.model import Article, ArticleId, Figure, SavedStatement
from dateline.store.articles import iterate_articles
from dateline.store.claims import query_figures
from dateline.store.columns import from_json
from dateline.store.engine import Tx
from dateline.store.statements import is_shown, query_statements, to_statement
from dateline.store.tables import articles, statements

_AT_ONCE = 100  # articles


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedArticle:
    """An article with what its newest version says, in the order of its text."""

    article: Article
    statements: tuple[SavedStatement, ...]
    figures: tuple[Figure, ...]


def iterate_claims(tx: Tx) -> Iterator[ClaimedArticle]:
    """Yield the articles that say something, in order of their ids; withdrawn ones are left out."""
    every = (article for article in iterate_articles(tx) if article.gone_at is None)
    while batch := list(islice(every, _AT_ONCE)):
        yield from filter(None, _load(tx, batch))


def _load(tx: Tx, batch: Sequence[Article]) -> Iterator[ClaimedArticle | None]:
    ids = [article.id for article in batch]
    said, counted = _load_statements(tx, ids), _load_figures(tx, ids)
    for article in batch:
        mine, its = said.get(article.id, ()), counted.get(article.id, ())
        claimed = ClaimedArticle(article=article, statements=tuple(mine), figures=tuple(its))
        yield claimed if mine or its else None


def _load_statements(tx: Tx, ids: Sequence[ArticleId]) -> dict[ArticleId, list[SavedStatement]]:
    found: dict[ArticleId, list[SavedStatement]] = defaultdict(list)
    query = query_statements().where(is_shown(statements), articles.c.id.in_(ids))
    for row in tx.conn.execute(query.order_by(statements.c.number)):
        found[ArticleId(row.article_id)].append(to_statement(row))
    return found


def _load_figures(tx: Tx, ids: Sequence[ArticleId]) -> dict[ArticleId, list[Figure]]:
    found: dict[ArticleId, list[Figure]] = defaultdict(list)
    for row in tx.conn.execute(query_figures(ids)):
        found[ArticleId(row.article_id)].append(from_json(row.document, Figure))
    return found
