"""Reads as sums by the hour, and hours in which they jumped; nothing about who read is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from dateline.model import ArticleId, HourReads, Jump
from dateline.store.columns import from_json, to_json
from dateline.store.engine import Tx
from dateline.store.rows import Row, in_batches, insert_into
from dateline.store.tables import articles, jumps, stories, views

_WEIGHT = 100  # of one network, in the table


def add_views(
    tx: Tx,
    hour: datetime,
    counts: Mapping[ArticleId, int],
    weights: Mapping[ArticleId, int] | None = None,
) -> None:
    """Add to the reads of articles in one hour; those of unknown articles are dropped.

    `weights` are in hundredths of a network, below 0 where something is taken back; without them
    every read is that of a network of its own.
    """
    changes = {each: (count, count * _WEIGHT) for each, count in counts.items()}
    if weights is not None:
        both = counts.keys() | weights.keys()
        changes = {each: (counts.get(each, 0), weights.get(each, 0)) for each in both}
    whole = hour.replace(minute=0, second=0, microsecond=0)
    for batch in in_batches(sorted(changes)):
        known = select(articles.c.id).where(articles.c.id.in_(batch))
        rows = [
            dict(zip(("views", "weight"), changes[ArticleId(found)], strict=True))
            | {"hour": whole, "article_id": found}
            for found in tx.conn.execute(known).scalars()
        ]
        _add(tx, rows)


def _add(tx: Tx, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    insert = insert_into(tx, views)
    added = {
        "views": views.c.views + insert.excluded.views,
        "weight": views.c.weight + insert.excluded.weight,
    }
    key = ["hour", "article_id"]
    tx.conn.execute(insert.on_conflict_do_update(index_elements=key, set_=added), rows)


def list_hours(tx: Tx, since: datetime, until: datetime | None = None) -> list[HourReads]:
    """Return reads and networks of each article in each hour from `since` on and before `until`."""
    query = select(views).where(views.c.hour >= since)
    if until is not None:
        query = query.where(views.c.hour < until)
    ordered = query.order_by(views.c.hour, views.c.article_id)
    return [_to_hour(row) for row in tx.conn.execute(ordered)]


def list_top_hours(tx: Tx, since: datetime, most: int) -> list[HourReads]:
    """Return the hours from `since` on of the articles that were read in most networks."""
    total = func.sum(views.c.weight).desc()
    top = select(views.c.article_id).where(views.c.hour >= since).group_by(views.c.article_id)
    best = top.order_by(total, views.c.article_id.desc()).limit(most)
    query = select(views).where(views.c.hour >= since, views.c.article_id.in_(best))
    return [_to_hour(row) for row in tx.conn.execute(query)]


def list_days(tx: Tx) -> tuple[datetime, datetime] | None:
    """Return the first and the last hour of which there are reads, None where there are none."""
    first, last = tx.conn.execute(select(func.min(views.c.hour), func.max(views.c.hour))).one()
    return None if first is None else (first, last)


def count_coverage(tx: Tx, ids: Iterable[ArticleId]) -> dict[ArticleId, int]:
    """Return how many independent origins the story of each article has; 1 where it has none.

    Several origins of one outlet are one voice.
    """
    found: dict[ArticleId, int] = {}
    for batch in in_batches(sorted(set(ids))):
        query = select(articles.c.id, stories.c.origins, stories.c.outlets)
        joined = query.outerjoin(stories, stories.c.id == articles.c.story_id)
        for row in tx.conn.execute(joined.where(articles.c.id.in_(batch))):
            least = min(row.origins or 0, row.outlets or 0)
            found[ArticleId(row.id)] = max(least, 1)
    return found


def save_jumps(tx: Tx, since: datetime, found: Iterable[Jump]) -> list[Jump]:
    """Keep the jumps of the hours from `since` on as they are seen now; return those that are new.

    One that was kept and is found no more is lifted, and stays in the record.
    """
    fresh = {(each.hour, each.article_id): each for each in found}
    old = {(each.hour, each.article_id): each for each in list_jumps(tx, since)}
    gone = {place: replace(each, lifted=True) for place, each in old.items() if place not in fresh}
    changed = [each for place, each in (fresh | gone).items() if each != old.get(place)]
    rows = [
        {
            "hour": each.hour,
            "article_id": each.article_id,
            "document": to_json(each).decode(),
            "found_at": tx.now,
        }
        for each in changed
    ]
    if rows:
        insert = insert_into(tx, jumps)
        key, set_ = ["hour", "article_id"], {"document": insert.excluded.document}
        tx.conn.execute(insert.on_conflict_do_update(index_elements=key, set_=set_), rows)
    return [each for place, each in fresh.items() if place not in old or old[place].lifted]


def list_jumps(tx: Tx, since: datetime) -> list[Jump]:
    """Return the jumps of the hours from `since` on, lifted ones too, by hour and article."""
    query = select(jumps.c.document).where(jumps.c.hour >= since)
    ordered = query.order_by(jumps.c.hour, jumps.c.article_id)
    return [from_json(text, Jump) for text in tx.conn.execute(ordered).scalars()]


def _to_hour(row: Row) -> HourReads:
    return HourReads(
        article_id=ArticleId(row.article_id),
        hour=row.hour,
        reads=row.views,
        networks=max(row.weight, 0) / _WEIGHT,
    )
