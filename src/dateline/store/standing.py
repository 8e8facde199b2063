"""How far the work stands: what is placed, what an import knows, how well sources are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import msgspec
from sqlalchemy import ColumnElement, and_, func, select

from dateline.model import ArticleId, SourceId, StoryId
from dateline.store.columns import unsquash
from dateline.store.engine import Tx
from dateline.store.histories import is_newest
from dateline.store.rows import in_batches, insert_into
from dateline.store.tables import articles, counters, leases, sources, stories, versions

_LATELY = 20  # articles a source that count as lately; as many before are compared with


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleMark:
    """By what an import tells an edit from a repetition."""

    article_id: ArticleId
    fingerprint: str
    headline: str


class _Scored(msgspec.Struct):
    score: float


def last_placed_id(tx: Tx, kind: Literal["origins", "stories"]) -> ArticleId:
    """Return the article that was placed last; those behind it have no place of that kind yet."""
    column = articles.c.origin_id if kind == "origins" else articles.c.story_id
    missing: ColumnElement[bool] = column.is_(None)
    if kind == "stories":
        missing = and_(missing, articles.c.origin_id.is_not(None))
    first = tx.conn.execute(select(func.min(articles.c.id)).where(missing)).scalar()
    if first is None and kind == "stories":
        unplaced = articles.c.origin_id.is_(None)
        first = tx.conn.execute(select(func.min(articles.c.id)).where(unplaced)).scalar()
    if first is not None:
        return ArticleId(first - 1)
    return ArticleId(tx.conn.execute(select(func.max(articles.c.id))).scalar() or 0)


def load_marks(tx: Tx, ids: Sequence[ArticleId]) -> dict[ArticleId, ArticleMark]:
    """Return the fingerprint and headline of the newest version of each article."""
    found: dict[ArticleId, ArticleMark] = {}
    for batch in in_batches(ids):
        columns = (articles.c.id, articles.c.fingerprint, versions.c.headline)
        query = select(*columns).join(versions, is_newest())
        for row in tx.conn.execute(query.where(articles.c.id.in_(batch))):
            mark = ArticleMark(
                article_id=ArticleId(row.id), fingerprint=row.fingerprint, headline=row.headline
            )
            found[mark.article_id] = mark
    return found


def list_leads(tx: Tx, ids: Sequence[StoryId]) -> dict[StoryId, ArticleId]:
    """Return the article whose headline each story carries."""
    found: dict[StoryId, ArticleId] = {}
    for batch in in_batches(ids):
        query = select(stories.c.id, stories.c.lead_id).where(stories.c.id.in_(batch))
        found.update({StoryId(row.id): ArticleId(row.lead_id) for row in tx.conn.execute(query)})
    return found


def list_scores(tx: Tx) -> dict[SourceId, tuple[float, float, int]]:
    """Return how well each source was read: mean score lately, before that, and of how many."""
    return {
        SourceId(source_id): _mean_scores(tx, source_id)
        for source_id in tx.conn.execute(select(sources.c.id)).scalars()
    }


def _mean_scores(tx: Tx, source_id: int) -> tuple[float, float, int]:
    query = select(versions.c.document).join(articles, is_newest())
    mine = query.where(articles.c.source_id == source_id)
    rows = tx.conn.execute(
        mine.order_by(articles.c.at.desc(), articles.c.id.desc()).limit(2 * _LATELY)
    )
    scores = [msgspec.json.decode(unsquash(row.document), type=_Scored).score for row in rows]
    lately, before = scores[:_LATELY], scores[_LATELY:]
    return _mean(lately), _mean(before or lately), len(scores)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 1.0


def is_free(tx: Tx, name: str, now: datetime) -> bool:
    """Say whether nobody holds the lease of this name."""
    query = select(leases.c.name).where(leases.c.name == name, leases.c.until > now)
    return tx.conn.execute(query).first() is None


def read_mark(tx: Tx, name: str) -> int:
    """Return the generation that work of this name has seen last, 0 where it has seen none."""
    query = select(counters.c.value).where(counters.c.name == name)
    return int(tx.conn.execute(query).scalar() or 0)


def save_mark(tx: Tx, name: str, generation: int) -> None:
    """Note the generation that work of this name has seen."""
    row = insert_into(tx, counters).values(name=name, value=generation)
    tx.conn.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": generation}))
