"""Page views as hourly sums; nothing about who looked is kept."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from dateline.model import ArticleId
from dateline.store.engine import Tx
from dateline.store.rows import insert_into
from dateline.store.tables import articles, views


def add_views(tx: Tx, hour: datetime, counts: Mapping[ArticleId, int]) -> None:
    """Add to the views of articles in one hour; views of unknown articles are dropped."""
    known = select(articles.c.id).where(articles.c.id.in_(list(counts)))
    whole = hour.replace(minute=0, second=0, microsecond=0)
    rows = [
        {"hour": whole, "article_id": found, "views": counts[ArticleId(found)]}
        for found in tx.conn.execute(known).scalars()
    ]
    if not rows:
        return
    insert = insert_into(tx, views)
    added = {"views": views.c.views + insert.excluded.views}
    key = ["hour", "article_id"]
    tx.conn.execute(insert.on_conflict_do_update(index_elements=key, set_=added), rows)


def sum_views(tx: Tx, since: datetime) -> list[tuple[ArticleId, datetime, int]]:
    """Return the views of each article in each hour from `since` on, by hour and article."""
    query = select(views).where(views.c.hour >= since).order_by(views.c.hour, views.c.article_id)
    return [(ArticleId(row.article_id), row.hour, row.views) for row in tx.conn.execute(query)]


def count_views(tx: Tx, article_id: ArticleId) -> int:
    """Return all views of one article."""
    query = select(func.coalesce(func.sum(views.c.views), 0))
    return int(tx.conn.execute(query.where(views.c.article_id == article_id)).scalar_one())
