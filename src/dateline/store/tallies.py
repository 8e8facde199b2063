"""The counts of stories, made anew from their articles whenever one of these moves or changes."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, delete, func, insert, select, update

from dateline.model import StoryId
from dateline.store.columns import Moment
from dateline.store.engine import Tx
from dateline.store.rows import in_batches
from dateline.store.tables import articles, sources, stories, story_facets

_FACETS = ("section", "language", "source")


def recount_stories(tx: Tx, ids: Collection[StoryId]) -> None:
    """Count the articles, outlets (distinct sources), origins and languages of stories anew."""
    for batch in in_batches(sorted(set(ids))):
        rows = [dict(row) for row in tx.conn.execute(_totals(batch)).mappings()]
        facets = {kind: _list_facet(tx, kind, batch) for kind in _FACETS}
        tx.conn.execute(delete(story_facets).where(story_facets.c.story_id.in_(batch)))
        for row in rows:
            story_id = row.pop("story_id")
            spoken = [name for name in facets["language"].get(story_id, ()) if name]
            row["languages"] = json.dumps(spoken)
            tx.conn.execute(update(stories).where(stories.c.id == story_id).values(row))
            _save_facets(tx, story_id, row["last_at"], facets)
        _empty(tx, set(batch) - set(facets["source"]))


def _totals(ids: list[StoryId]) -> Select[Any]:
    mine = articles.c.story_id
    return (
        select(
            mine,
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
    tx: Tx, story_id: StoryId, last_at: Any, facets: dict[str, dict[StoryId, list[str]]]
) -> None:
    rows = [
        {"story_id": story_id, "kind": kind, "value": value, "last_at": last_at}
        for kind in _FACETS
        for value in facets[kind].get(story_id, ())
        if value
    ]
    if rows:
        tx.conn.execute(insert(story_facets), rows)


def _empty(tx: Tx, ids: Collection[StoryId]) -> None:
    # A story that all its articles have left keeps its address.
    none = {"articles": 0, "outlets": 0, "origins": 0, "languages": "[]"}
    if ids:
        tx.conn.execute(update(stories).where(stories.c.id.in_(ids)).values(none))
