"""Stories looked at again: one that has turned out to be two is split, two that are one are merged.

Each is a recorded decision, saved with the batch that found it; the index knows it from then on. A
report takes its copies and translations along: an origin stands where its earliest article stands.
"""

from collections.abc import Collection, Sequence

from dateline.model import ArticleId, DecisionKind, StoryId, StoryMerge, StorySplit
from dateline.pipeline.deciding import merge, split
from dateline.pipeline.memory import Memory
from dateline.store import Tx
from dateline.store import cards as card_rows
from dateline.store import merging as merging_rows
from dateline.store import stories as story_rows
from dateline.store.decisions import NewDecision
from dateline.stories.placing import MADE_BY, Placer


def revise_stories(tx: Tx, memory: Memory[Placer], index: Placer) -> None:
    """Split and merge the stories that the articles placed lately have shown to be two, or one."""
    found = index.find_splits()
    while found:
        touched = [story for each in found for story in _save_split(tx, memory, index, each)]
        found = index.find_splits(touched) if touched else ()
    _save_merges(tx, memory, index.find_merges())


def _save_split(
    tx: Tx, memory: Memory[Placer], index: Placer, found: StorySplit
) -> tuple[StoryId, ...]:
    """Save one split and tell the index; return the two stories, none where all would stay."""
    moved = _take_along(tx, found)
    if not moved:
        return ()
    new = NewDecision(
        kind=DecisionKind.SPLIT,
        after=memory.upto,
        from_id=found.story_id,
        to_id=story_rows.next_story_id(tx),
        article_ids=moved,
        by=MADE_BY,
        score=found.score,
        why=found.why,
    )
    decision = split(tx, new)
    index.apply(decision)
    memory.note(decision)
    return found.story_id, StoryId(decision.to_id)


def _take_along(tx: Tx, found: StorySplit) -> tuple[ArticleId, ...]:
    """Return the articles whose origin begins, in this story, with a report that leaves it."""
    whole, _ = merging_rows.list_members(tx, found.story_id)
    leaving = whole & set(found.article_ids)
    cards = sorted(card_rows.load_cards(tx, sorted(whole)), key=lambda card: card.article_id)
    heads = {card.origin_id: card.article_id for card in reversed(cards)}
    heads.pop(None, None)
    moved = [c.article_id for c in cards if heads.get(c.origin_id, c.article_id) in leaving]
    return tuple(moved) if _leaves_some(moved, whole) else ()


def _leaves_some(moved: Sequence[ArticleId], whole: Collection[ArticleId]) -> bool:
    return 0 < len(moved) < len(whole)


def _save_merges(tx: Tx, memory: Memory[Placer], merges: Sequence[StoryMerge]) -> None:
    """Save what the index has found to be one; it knows already."""
    for found in merges:
        decision = merge(
            tx,
            NewDecision(
                kind=DecisionKind.MERGE,
                after=memory.upto,
                from_id=found.story_id,
                to_id=found.into,
                by=MADE_BY,
                score=found.score,
                why=found.why,
            ),
        )
        if decision is not None:
            memory.note(decision)
