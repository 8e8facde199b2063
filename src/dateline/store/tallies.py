"""The counts of stories, made anew from their articles whenever one of these moves or changes.

A story is found by every article that stands in it, also in part; its section is only that of the
story that has the whole. Outlets, origins, languages and times are those of whole articles that
stand at their sources: a few paragraphs of an article about something else make a story neither
wider nor newer, nor does what was withdrawn. Where there are none, parts count that stand; then
withdrawn articles; then withdrawn parts. The number of articles is that of all that are listed.
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
    case,
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

# Of the articles of a story those of the lowest rank are its coverage.
WHOLE, PART, WHOLE_GONE, PART_GONE = range(4)
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

    articles: int = 0  # parts and withdrawn ones as well
    coverage: _Coverage = field(default_factory=_Coverage)
    facets: dict[str, Counter[str]] = field(
        default_factory=lambda: {"source": Counter(), "language": Counter(), "section": Counter()}
    )

    def add_facets(self, row: Row, key: str) -> None:
        for kind, value in (("source", key), ("language", row.language), ("section", row.section)):
            self.facets[kind][value] += row.rows

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
    names = ("story_id", "rank", "source_id", "language", "section")
    same = [member.c[name] for name in names]
    return select(
        *same,
        func.count().label("rows"),
        func.min(dated, type_=Moment).label("first_at"),
        func.max(dated, type_=Moment).label("last_at"),
    ).group_by(*same)


@cache
def query_origins() -> Select[Any]:
    """Return the query for the origins of each of the stories `ids` by rank, what counts last."""
    member = _members().subquery("member")
    same = (member.c.story_id, member.c.rank)
    origins = func.count(member.c.origin_id.distinct()).label("origins")
    return select(*same, origins).group_by(*same).order_by(member.c.rank.desc())


def _members() -> CompoundSelect[Any]:
    """Return one row an article that belongs; of a story those of the lowest rank count."""
    ids: BindParameter[Any] = bindparam("ids", expanding=True)
    names = ("at", "source_id", "origin_id", "language")
    own = [articles.c[name] for name in names]
    whole = select(articles.c.story_id, _rank_member(WHOLE, WHOLE_GONE), *own, articles.c.section)
    part = select(
        story_parts.c.story_id, _rank_member(PART, PART_GONE), *own, literal("").label("section")
    ).join(articles, articles.c.id == story_parts.c.article_id)
    return whole.where(articles.c.story_id.in_(ids)).union_all(
        part.where(story_parts.c.story_id.in_(ids))
    )


def _rank_member(standing: int, gone: int) -> Label[int]:
    ranks = [literal_column(str(rank), Integer) for rank in (standing, gone)]
    return case((articles.c.gone_at.is_(None), ranks[0]), else_=ranks[1]).label("rank")


def _count(tx: Tx, ids: Sequence[StoryId]) -> dict[StoryId, _Tally]:
    rows = tx.conn.execute(query_tallies(), {"ids": list(ids)}).all()
    names = dict(_name_sources(tx, {row.source_id for row in rows}))
    members: dict[StoryId, list[Row]] = defaultdict(list)
    for row in rows:
        members[StoryId(row.story_id)].append(row)
    tallies: dict[StoryId, _Tally] = {}
    for story_id, mine in members.items():
        tallies[story_id] = tally = _Tally(articles=sum(row.rows for row in mine))
        for row in [row for row in mine if row.rank in (WHOLE, PART)] or mine:
            tally.add_facets(row, names[row.source_id][0])
        best = min(row.rank for row in mine)
        for row in [row for row in mine if row.rank == best]:
            tally.coverage.add(row, names[row.source_id][1])
    return tallies


def _name_sources(tx: Tx, ids: Collection[int]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the key of each source, and the outlet as which it counts."""
    for batch in in_batches(sorted(ids)):
        columns = (sources.c.id, sources.c.key, sources.c.family)
        for row in tx.conn.execute(select(*columns).where(sources.c.id.in_(batch))):
            yield row.id, (row.key, f"family {row.family}" if row.family else f"source {row.key}")


def _count_origins(tx: Tx, ids: Sequence[StoryId]) -> dict[StoryId, int]:
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
