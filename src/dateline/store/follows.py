"""From which article readers went on to which: sums by the day, nothing about who did."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from dateline.model import ArticleId
from dateline.store.columns import RowId
from dateline.store.engine import Tx
from dateline.store.rows import in_batches, insert_into
from dateline.store.tables import articles, follows

Step = tuple[ArticleId, ArticleId]  # from one article to another
MOST = 24  # articles that readers went on to, of one


def add_follows(tx: Tx, day: datetime, counts: Mapping[Step, int]) -> None:
    """Add to the networks of a day that went from one article to another.

    Steps from or to unknown articles are dropped.
    """
    whole = day.replace(hour=0, minute=0, second=0, microsecond=0)
    wanted = sorted({article_id for step in counts for article_id in step})
    known = set[int]()
    for batch in in_batches(wanted):
        known |= set(
            tx.conn.execute(select(articles.c.id).where(articles.c.id.in_(batch))).scalars()
        )
    rows = [
        {"from_id": one, "day": whole, "to_id": other, "networks": count}
        for (one, other), count in sorted(counts.items())
        if one in known and other in known
    ]
    if not rows:
        return
    insert = insert_into(tx, follows)
    added = {"networks": follows.c.networks + insert.excluded.networks}
    key = ["from_id", "day", "to_id"]
    tx.conn.execute(insert.on_conflict_do_update(index_elements=key, set_=added), rows)


def list_followed(tx: Tx, article_id: ArticleId) -> dict[ArticleId, int]:
    """Return to which articles readers went on from one, most first, and how many networks did."""
    rows = tx.conn.execute(query_followed(), {"article_id": article_id})
    return {ArticleId(row.to_id): int(row.total) for row in rows}


@cache  # to build it takes longer than to run it
def query_followed() -> Select[Any]:
    """Return the query behind `list_followed`."""
    total = func.sum(follows.c.networks).label("total")
    mine = follows.c.from_id == bindparam("article_id", type_=RowId)
    query = select(follows.c.to_id, total).where(mine).group_by(follows.c.to_id)
    return query.order_by(total.desc(), follows.c.to_id).limit(MOST)
