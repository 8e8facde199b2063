"""What articles without a headline are called, kept in place of one; see `dateline.calling`."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select, update

from dateline.calling import call_article
from dateline.model import ArticleId, Source, SourceId
from dateline.store.engine import Tx
from dateline.store.histories import is_newest
from dateline.store.index import index_again
from dateline.store.readings import reading_from_row
from dateline.store.rows import Row
from dateline.store.story_leads import renew_headline
from dateline.store.tables import articles, versions

_AT_ONCE = 200  # articles, with their texts


def call_again(tx: Tx, source_id: SourceId, source: Source) -> None:
    """Call the articles of a source that have no headline as it allows by now."""
    for rows in _list_nameless(tx, articles.c.source_id == source_id):
        standing = [row for row in rows if row.gone_at is None]
        named = {row.id: call_article(reading_from_row(row), source) for row in standing}
        _save(tx, {row.id: named[row.id] for row in standing if row.called != named[row.id]})


def name_again(tx: Tx, article_id: ArticleId, source: Source) -> None:
    """Call one article that has no headline as its source allows: it is back."""
    for rows in _list_nameless(tx, articles.c.id == article_id):
        _save(tx, {row.id: call_article(reading_from_row(row), source) for row in rows})


def forget_name(tx: Tx, article_id: ArticleId) -> None:
    """Take away the words by which an article without a headline is called: it was withdrawn."""
    for rows in _list_nameless(tx, articles.c.id == article_id):
        _save(tx, {row.id: "" for row in rows if row.called})


def _save(tx: Tx, names: dict[int, str]) -> None:
    for number, name in names.items():
        tx.conn.execute(update(articles).where(articles.c.id == number).values(headline=name))
        renew_headline(tx, ArticleId(number))
    index_again(tx, [ArticleId(number) for number in names])


def _list_nameless(tx: Tx, wanted: ColumnElement[bool]) -> Iterator[Sequence[Row]]:
    last = 0
    query = _select_nameless().where(wanted).order_by(articles.c.id).limit(_AT_ONCE)
    while rows := tx.conn.execute(query.where(articles.c.id > last)).all():
        yield rows
        last = rows[-1].id


def _select_nameless() -> Select[Any]:
    own = [articles.c.id, articles.c.gone_at, articles.c.headline.label("called")]
    read = [column for column in versions.c if column.name not in ("article_id", "number")]
    return select(*own, *read).join(versions, is_newest()).where(versions.c.headline == "")
