"""All stories one after the other, for who takes the whole store away."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select

from dateline.model import ArticleId, OriginId, Role, Span, StoryId
from dateline.store.engine import Tx
from dateline.store.parts import read_spans
from dateline.store.readings import names_from_json
from dateline.store.rows import Row
from dateline.store.tables import articles, sources, stories, story_parts

_STREAM = 2000  # articles at once; a story is never cut
_AT_ONCE = 500  # stories at once


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMember:
    """One article of a story, or a part of one."""

    article_id: ArticleId
    url: str
    source: str  # its name
    language: str
    at: datetime
    origin_id: OriginId | None = None
    role: Role | None = None
    taken_from_url: str | None = None  # of its parent in the tree of its origin
    agency: str = ""
    sureness: float = 1.0
    why: str = ""
    spans: tuple[Span, ...] = ()  # the parts that belong to the story; () is the whole
    withdrawn: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """One story with its articles, the earliest first; none where it was merged into another."""

    id: StoryId
    slug: str
    headline: str
    languages: tuple[str, ...]
    first_at: datetime
    last_at: datetime
    merged_into: StoryId | None = None
    outlets: int = 0
    origins: int = 0
    members: tuple[StoryMember, ...] = ()

    @property
    def article_urls(self) -> tuple[str, ...]:
        """The addresses of the members."""
        return tuple(member.url for member in self.members)


def iterate_stories(tx: Tx) -> Iterator[StoryRow]:
    """Yield all stories in order of their ids, a few thousand articles in memory at a time.

    Those that were merged away are among them, without members.
    """
    for rows in _iterate_batches(tx):
        members = _load_members(tx, [row.id for row in rows])
        for row in rows:
            yield _to_story_row(row, members.get(row.id, []))


def query_whole(ids: Sequence[int]) -> Select[Any]:
    """Return the query for the articles of some stories."""
    query, _ = _select_members()
    return query.add_columns(articles.c.story_id).where(articles.c.story_id.in_(ids))


def query_parts(ids: Sequence[int]) -> Select[Any]:
    """Return the query for the parts of articles in some stories."""
    query, joined = _select_members()
    joined = joined.join(story_parts, story_parts.c.article_id == articles.c.id)
    mine = query.add_columns(story_parts.c.story_id, story_parts.c.spans).select_from(joined)
    return mine.where(story_parts.c.story_id.in_(ids))


def _iterate_batches(tx: Tx) -> Iterator[list[Row]]:
    last = 0
    shown = or_(stories.c.articles > 0, stories.c.merged_into.is_not(None))
    query = select(stories).where(shown).order_by(stories.c.id).limit(_AT_ONCE)
    while rows := tx.conn.execute(query.where(stories.c.id > last)).all():
        yield from _cut(rows)
        last = rows[-1].id


def _cut(rows: Sequence[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += row.articles
        if size >= _STREAM:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _load_members(tx: Tx, ids: Sequence[int]) -> dict[int, list[StoryMember]]:
    found: dict[int, list[StoryMember]] = defaultdict(list)
    for row in tx.conn.execute(query_whole(ids)):
        found[row.story_id].append(_to_member(row, ()))
    for row in tx.conn.execute(query_parts(ids)):
        found[row.story_id].append(_to_member(row, read_spans(row.spans)))
    return {
        story_id: sorted(members, key=lambda member: (member.at, member.article_id))
        for story_id, members in found.items()
    }


def _select_members() -> tuple[Select[Any], Any]:
    parent = articles.alias("parent")
    names = ("id", "url", "language", "at", "gone_at", "origin_id", "role")
    more = ("origin_agency", "sureness", "origin_why")
    own = [articles.c[name] for name in (*names, *more)]
    joined = articles.join(sources, sources.c.id == articles.c.source_id).outerjoin(
        parent, parent.c.id == articles.c.taken_from
    )
    taken_from, source = parent.c.url.label("taken_from_url"), sources.c.name.label("source")
    return select(*own, taken_from, source).select_from(joined), joined


def _to_member(row: Row, spans: tuple[Span, ...]) -> StoryMember:
    return StoryMember(
        article_id=ArticleId(row.id),
        url=row.url,
        source=row.source,
        language=row.language,
        at=row.at,
        origin_id=None if row.origin_id is None else OriginId(row.origin_id),
        role=Role(row.role) if row.role else None,
        taken_from_url=row.taken_from_url,
        agency=row.origin_agency,
        sureness=1.0 if row.sureness is None else row.sureness,
        why=row.origin_why,
        spans=spans,
        withdrawn=row.gone_at,
    )


def _to_story_row(row: Row, members: list[StoryMember]) -> StoryRow:
    return StoryRow(
        id=StoryId(row.id),
        slug=row.slug,
        headline=row.headline,
        languages=names_from_json(row.languages),
        first_at=row.first_at,
        last_at=row.last_at,
        merged_into=None if row.merged_into is None else StoryId(row.merged_into),
        outlets=row.outlets,
        origins=row.origins,
        members=tuple(members),
    )
