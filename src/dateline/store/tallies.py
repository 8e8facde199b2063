"""The counts of stories, made anew from their articles whenever one of these moves or changes.

A story is found by every article that stands in it, also in part; its section is only that of the
story that has the whole. Outlets, origins, languages and times are those of whole articles: a few
paragraphs of an article about something else make a story neither wider nor newer. Where parts are
all that is left of a story, they count.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Integer,
    Label,
    Select,
    bindparam,
    delete,
    func,
    insert,
    literal,
    literal_column,
    select,
    update,
)

from dateline.model import UNDATED_AT, StoryId
from dateline.store.columns import Moment
from dateline.store.engine import Tx
from dateline.store.rows import Row, in_batches
from dateline.store.tables import articles, sources, stories, story_facets, story_parts

_COUNTED = update(stories).where(stories.c.id == bindparam("counted_id"))


@dataclass(slots=True, kw_only=True)
class _Coverage:
    """What makes a story wide and new."""

    families: set[str] = field(default_factory=set)
    languages: Counter[str] = field(default_factory=Counter)
    times: list[datetime] = field(default_factory=list)

    def add(self, row: Row, family: str) -> None:
        self.families.add(family)
        self.languages[row.language] += row.rows
        self.times += [at for at in (row.first_at, row.last_at) if at is not None]


@dataclass(slots=True, kw_only=True)
class _Tally:
    """What is counted of one story."""

    articles: int = 0
    wholes: _Coverage = field(default_factory=_Coverage)
    parts: _Coverage = field(default_factory=_Coverage)
    facets: dict[str, Counter[str]] = field(
        default_factory=lambda: {"source": Counter(), "language": Counter(), "section": Counter()}
    )

    def add(self, row: Row, key: str, family: str) -> None:
        self.articles += row.rows
        (self.wholes if row.whole else self.parts).add(row, family)
        for kind, value in (("source", key), ("language", row.language), ("section", row.section)):
            self.facets[kind][value] += row.rows

    @property
    def coverage(self) -> _Coverage:
        """Its whole articles, or its parts where it has none."""
        return self.wholes if self.wholes.families else self.parts

    @property
    def last_at(self) -> datetime:
        """When its newest dated article came out."""
        return max(self.coverage.times, default=UNDATED_AT)

    def list_facet(self, kind: str) -> list[str]:
        """Return the values that are not empty, the most frequent first."""
        return _rank(self.facets[kind])

    def to_row(self, story_id: StoryId, origins: int) -> dict[str, Any]:
        return {
            "counted_id": story_id,
            "articles": self.articles,
            "outlets": len(self.coverage.families),
            "origins": origins,
            "languages": json.dumps(_rank(self.coverage.languages)),
            "first_at": min(self.coverage.times, default=UNDATED_AT),
            "last_at": self.last_at,
        }


def _rank(counted: Counter[str]) -> list[str]:
    ranked = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [value for value, _ in ranked if value]


def recount_stories(tx: Tx, ids: Collection[StoryId]) -> None:
    """Count the articles, outlets, origins, languages and times of stories anew.

    Several sources of one family are one outlet; a source without one is an outlet of its own.
    """
    for batch in in_batches(sorted(set(ids))):
        tallies = _count(tx, batch)
        origins = _count_origins(tx, batch)
        rows = [tally.to_row(story_id, origins[story_id]) for story_id, tally in tallies.items()]
        if rows:
            tx.conn.execute(_COUNTED, rows)
        _save_facets(tx, batch, tallies)
        _empty(tx, set(batch) - set(tallies))


def list_stories_of(tx: Tx, keys: Iterable[str]) -> set[StoryId]:
    """Return the stories to which articles of these sources belong."""
    found: set[StoryId] = set()
    for batch in in_batches(keys):
        has_it = (story_facets.c.kind == "source") & story_facets.c.value.in_(batch)
        query = select(story_facets.c.story_id).where(has_it)
        found.update(StoryId(story_id) for story_id in tx.conn.execute(query).scalars())
    return found


@cache
def query_tallies() -> Select[Any]:
    """Return the query for what is counted of the stories `ids`, but for the origins."""
    member = _members().subquery("member")
    dated = func.nullif(member.c.at, literal(UNDATED_AT, Moment))
    names = ("story_id", "whole", "source_id", "language", "section")
    same = [member.c[name] for name in names]
    return select(
        *same,
        func.count().label("rows"),
        func.min(dated, type_=Moment).label("first_at"),
        func.max(dated, type_=Moment).label("last_at"),
    ).group_by(*same)


@cache
def query_origins() -> Select[Any]:
    """Return the query for the origins of each of the stories `ids`: of parts, of wholes."""
    member = _members().subquery("member")
    same = (member.c.story_id, member.c.whole)
    origins = func.count(member.c.origin_id.distinct()).label("origins")
    return select(*same, origins).group_by(*same).order_by(*same)


def _members() -> CompoundSelect[Any]:
    """Return one row an article that belongs, whole (1) or in part (0)."""
    ids: BindParameter[Any] = bindparam("ids", expanding=True)
    names = ("at", "source_id", "origin_id", "language")
    own = [articles.c[name] for name in names]
    whole = select(articles.c.story_id, _mark(1), *own, articles.c.section)
    part = select(story_parts.c.story_id, _mark(0), *own, literal("").label("section")).join(
        articles, articles.c.id == story_parts.c.article_id
    )
    return whole.where(articles.c.story_id.in_(ids)).union_all(
        part.where(story_parts.c.story_id.in_(ids))
    )


def _mark(value: int) -> Label[int]:
    return literal_column(str(value), Integer).label("whole")


def _count(tx: Tx, ids: Sequence[StoryId]) -> dict[StoryId, _Tally]:
    rows = tx.conn.execute(query_tallies(), {"ids": list(ids)}).all()
    names = dict(_name_sources(tx, {row.source_id for row in rows}))
    tallies: dict[StoryId, _Tally] = defaultdict(_Tally)
    for row in rows:
        tallies[StoryId(row.story_id)].add(row, *names[row.source_id])
    return dict(tallies)


def _name_sources(tx: Tx, ids: Collection[int]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the key of each source, and the outlet as which it counts."""
    for batch in in_batches(sorted(ids)):
        columns = (sources.c.id, sources.c.key, sources.c.family)
        for row in tx.conn.execute(select(*columns).where(sources.c.id.in_(batch))):
            yield row.id, (row.key, f"family {row.family}" if row.family else f"source {row.key}")


def _count_origins(tx: Tx, ids: Sequence[StoryId]) -> dict[StoryId, int]:
    # Wholes come after parts, and stand instead of them.
    rows = tx.conn.execute(query_origins(), {"ids": list(ids)})
    return {StoryId(row.story_id): row.origins for row in rows}


def _save_facets(tx: Tx, ids: Collection[StoryId], tallies: Mapping[StoryId, _Tally]) -> None:
    rows = [
        {"story_id": story_id, "kind": kind, "value": value, "last_at": tally.last_at}
        for story_id, tally in tallies.items()
        for kind in tally.facets
        for value in tally.list_facet(kind)
    ]
    tx.conn.execute(delete(story_facets).where(story_facets.c.story_id.in_(ids)))
    if rows:
        tx.conn.execute(insert(story_facets), rows)


def _empty(tx: Tx, ids: Collection[StoryId]) -> None:
    # A story that all its articles have left keeps its address.
    none = {"articles": 0, "outlets": 0, "origins": 0, "languages": "[]"}
    if ids:
        tx.conn.execute(update(stories).where(stories.c.id.in_(ids)).values(none))
