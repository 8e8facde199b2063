"""The rows of statements: how they are read and written."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select

from dateline.model import (
    ArticleId,
    LedgerId,
    Likeness,
    SavedStatement,
    Span,
    Statement,
    StatementId,
)
from dateline.store.columns import from_json
from dateline.store.rows import Row
from dateline.store.tables import articles, statements, versions


def query_statements() -> Select[Any]:
    """Return the query for statements with the language of their versions, joined to articles."""
    of_version = and_(
        versions.c.article_id == statements.c.article_id, versions.c.number == statements.c.version
    )
    joined = statements.join(versions, of_version).join(
        articles, articles.c.id == statements.c.article_id
    )
    return select(statements, versions.c.language).select_from(joined)


def to_statement(row: Row) -> SavedStatement:
    """Return the statement of a row of `query_statements`."""
    return SavedStatement(
        id=StatementId(row.id),
        article_id=ArticleId(row.article_id),
        version=row.version,
        number=row.number,
        language=row.language,
        statement=from_json(row.document, Statement),
        ledger_id=None if row.ledger_id is None else LedgerId(row.ledger_id),
        how=Likeness(row.how) if row.how else None,
        likeness=row.likeness,
    )


def is_shown(table: Any) -> ColumnElement[bool]:
    """Return the condition that a row is of the newest version of an article that still stands."""
    return and_(table.c.version == articles.c.versions, articles.c.gone_at.is_(None))


def is_inside(span: Span, parts: tuple[Span, ...]) -> bool:
    """Say whether a span touches one of the parts; () is the whole article."""
    return not parts or any(span[0] < end and start < span[1] for start, end in parts)
