"""Decisions: merges, splits and joins, recorded for ever in the order in which they hold."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import chain
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, insert, select

from dateline.model import ArticleId, Decision, DecisionId, DecisionKind, StoryId
from dateline.store.engine import Tx
from dateline.store.rows import Row, take_turn
from dateline.store.tables import decisions, stories

STORY_KINDS = (DecisionKind.MERGE, DecisionKind.SPLIT)
LOCK_STORIES, LOCK_ORIGINS = 0x73746F72696573, 0x6F726967696E73


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDecision:
    """What is about to be recorded; see `Decision`."""

    kind: DecisionKind
    after: ArticleId
    from_id: int
    to_id: int
    article_ids: tuple[ArticleId, ...] = ()
    by: str = ""
    score: float = 0.0
    why: str = ""


def save_decision(tx: Tx, new: NewDecision) -> Decision:
    """Record a decision and return it with its id.

    The ids of one kind grow in the order in which transactions commit, on PostgreSQL too.
    """
    take_turn(tx, LOCK_STORIES if new.kind in STORY_KINDS else LOCK_ORIGINS)
    row = {
        "kind": new.kind.value,
        "at": tx.now,
        "after": new.after,
        "from_id": new.from_id,
        "to_id": new.to_id,
        "article_ids": msgspec.json.encode(new.article_ids).decode(),
        "by": new.by,
        "score": new.score,
        "why": new.why,
    }
    query = insert(decisions).values(row).returning(decisions)
    return _to_decision(tx.conn.execute(query).one())


def decisions_after(
    tx: Tx, decision_id: DecisionId, kinds: Collection[DecisionKind], limit: int
) -> list[Decision]:
    """Return the decisions of some kinds with a higher id, in order of ids."""
    found = chain.from_iterable(
        tx.conn.execute(query_after(decision_id, kind).limit(limit)) for kind in set(kinds)
    )
    return sorted(map(_to_decision, found), key=lambda decision: decision.id)[:limit]


def list_story_decisions(tx: Tx, story_id: StoryId) -> list[Decision]:
    """Return what was decided about a story and about those merged into it, the first one first."""
    ids = list_merged(story_id)
    found = {
        row.id: _to_decision(row)
        for side in (decisions.c.from_id, decisions.c.to_id)
        for row in tx.conn.execute(query_about(side, ids))
    }
    return [found[key] for key in sorted(found)]


def query_after(decision_id: DecisionId, kind: DecisionKind) -> Select[Any]:
    """Return the query for the decisions of one kind with a higher id."""
    later = select(decisions).where(decisions.c.kind == kind.value, decisions.c.id > decision_id)
    return later.order_by(decisions.c.id)


def query_about(side: ColumnElement[Any], ids: Select[Any]) -> Select[Any]:
    """Return the query for the decisions about stories that stand on one side of them."""
    kinds = [kind.value for kind in STORY_KINDS]
    return select(decisions).where(decisions.c.kind.in_(kinds), side.in_(ids))


def list_merged(story_id: StoryId) -> Select[Any]:
    """Return the query for a story and all that were merged into it, over any number of steps."""
    tree = select(stories.c.id).where(stories.c.id == story_id).cte("tree", recursive=True)
    leaf = select(stories.c.id).where(stories.c.merged_into == tree.c.id)
    return select(tree.union(leaf).c.id)


def _to_decision(row: Row) -> Decision:
    return Decision(
        id=DecisionId(row.id),
        kind=DecisionKind(row.kind),
        at=row.at,
        after=ArticleId(row.after),
        from_id=row.from_id,
        to_id=row.to_id,
        article_ids=tuple(msgspec.json.decode(row.article_ids, type=list[ArticleId])),
        by=row.by,
        score=row.score,
        why=row.why,
    )
