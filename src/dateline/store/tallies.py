"""The counts of stories, made anew from their articles whenever one of these moves or changes."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, func, insert, select, update

from dateline.model import StoryId
from dateline.store.columns import Moment
from dateline.store.engine import Tx
from dateline.store.rows import in_batches
from dateline.store.tables import articles, sources, stories, story_facets

_FACETS = ("section", "language", "source")
_COUNTED = update(stories).where(stories.c.id == bindparam("counted_id"))


def recount_stories(tx: Tx, ids: Collection[StoryId]) -> None:
    """Count the articles, outlets (distinct sources), origins and languages of stories anew."""
    for batch in in_batches(sorted(set(ids))):
        facets = {kind: _list_facet(tx, kind, batch) for kind in _FACETS}
        spoken = facets["language"]
        rows = [
            dict(row) | {"languages": json.dumps(list(filter(None, spoken[row["counted_id"]])))}
            for row in tx.conn.execute(_totals(batch)).mappings()
        ]
        tx.conn.execute(delete(story_facets).where(story_facets.c.story_id.in_(batch)))
        if rows:
            tx.conn.execute(_COUNTED, rows)
        _save_facets(tx, {row["counted_id"]: row["last_at"] for row in rows}, facets)
        _empty(tx, set(batch) - {row["counted_id"] for row in rows})


def _totals(ids: list[StoryId]) -> Select[Any]:
    mine = articles.c.story_id
    return (
        select(
            mine.label("counted_id"),
            func.count().label("articles"),
            func.count(articles.c.source_id.distinct()).label("outlets"),
            func.count(articles.c.origin_id.distinct()).label("origins"),
            func.min(articles.c.at, type_=Moment).label("first_at"),
            func.max(articles.c.at, type_=Moment).label("last_at"),
        )
        .where(mine.in_(ids))
        .group_by(mine)
    )


def _list_facet(tx: Tx, kind: str, ids: list[StoryId]) -> dict[StoryId, list[str]]:
    column: Any = sources.c.key if kind == "source" else articles.c[kind]
    query = select(articles.c.story_id, column.label("value"))
    if kind == "source":
        query = query.join(sources, sources.c.id == articles.c.source_id)
    grouped = query.where(articles.c.story_id.in_(ids)).group_by(articles.c.story_id, column)
    found: dict[StoryId, list[str]] = {}
    for row in tx.conn.execute(grouped.order_by(func.count().desc(), column)):
        found.setdefault(StoryId(row.story_id), []).append(row.value)
    return found


def _save_facets(
    tx: Tx,
    last_at: Mapping[StoryId, datetime],
    facets: Mapping[str, Mapping[StoryId, Sequence[str]]],
) -> None:
    rows = [
        {"story_id": story_id, "kind": kind, "value": value, "last_at": last_at[story_id]}
        for kind, stories_of in facets.items()
        for story_id, values in stories_of.items()
        for value in values
        if value
    ]
    if rows:
        tx.conn.execute(insert(story_facets), rows)


def _empty(tx: Tx, ids: Collection[StoryId]) -> None:
    # A story that all its articles have left keeps its address.
    none = {"articles": 0, "outlets": 0, "origins": 0, "languages": "[]"}
    if ids:
        tx.conn.execute(update(stories).where(stories.c.id.in_(ids)).values(none))
