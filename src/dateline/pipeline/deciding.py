"""Decisions about groups: each is carried out and recorded in one transaction, for ever.

A story's address outlives all of them: where a story was merged away, its address leads to the
one that has its articles. A person's decision is recorded behind the article that was placed last,
under the placer's own lease, so that every index learns it before it places the next one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from dateline.errors import GroupError
from dateline.model import ArticleId, Decision, DecisionKind, StoryId
from dateline.pipeline.headlines import choose_headline
from dateline.store import Tx, standing
from dateline.store import decisions as decision_rows
from dateline.store import editions as edition_rows
from dateline.store import leases as lease_rows
from dateline.store import merging as merging_rows
from dateline.store import stories as story_rows
from dateline.store.decisions import NewDecision

PERSON = "person"
LEASE: Final = "stories"  # the placer's


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who decides now, and why."""

    holder: str
    why: str = ""


def merge(tx: Tx, new: NewDecision) -> Decision | None:
    """Make one story of two: the address of `from_id` leads to `to_id` from now on.

    None where they are one already. The articles that move are recorded as well: so it is known
    for ever where each was placed at first.
    """
    moved, _ = merging_rows.list_members(tx, StoryId(new.from_id))
    if not merging_rows.merge_stories(tx, StoryId(new.from_id), StoryId(new.to_id)):
        return None
    choose_headline(tx, StoryId(new.to_id))
    return decision_rows.save_decision(tx, replace(new, article_ids=tuple(sorted(moved))))


def split(tx: Tx, new: NewDecision) -> Decision:
    """Make a story of its own, `to_id`, of some articles of `from_id`."""
    giver, taker = StoryId(new.from_id), StoryId(new.to_id)
    merging_rows.split_story(tx, giver, new.article_ids, taker)
    choose_headline(tx, giver)
    choose_headline(tx, taker)
    return decision_rows.save_decision(tx, new)


def take_floor(tx: Tx, person: Person) -> bool:
    """Take the placer's lease for this transaction; False where articles are being placed now."""
    return lease_rows.take_lease(tx, LEASE, person.holder, tx.now)


def merge_by_hand(tx: Tx, person: Person, gone: StoryId, into: StoryId) -> Decision:
    """Merge a story into another because a person says so; GroupError where that cannot be."""
    taker = merging_rows.find_successor(tx, into) or into
    new = NewDecision(
        kind=DecisionKind.MERGE,
        after=standing.last_placed_id(tx, LEASE),
        from_id=gone,
        to_id=taker,
        by=PERSON,
        why=person.why,
    )
    decision = merge(tx, new)
    if decision is None:
        raise GroupError(f"Story {gone} and story {into} are one already: nothing was merged.")
    edition_rows.bump_generation(tx)
    return decision


def split_by_hand(
    tx: Tx, person: Person, story_id: StoryId, article_ids: Sequence[ArticleId]
) -> Decision:
    """Make a story of its own of some articles; GroupError where that cannot be."""
    new = NewDecision(
        kind=DecisionKind.SPLIT,
        after=standing.last_placed_id(tx, LEASE),
        from_id=story_id,
        to_id=story_rows.next_story_id(tx),
        article_ids=tuple(sorted(set(article_ids))),
        by=PERSON,
        why=person.why,
    )
    edition_rows.bump_generation(tx)
    return split(tx, new)
