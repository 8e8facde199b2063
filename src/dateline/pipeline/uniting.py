"""Two stories become one because a report of one is a translation of a report of the other.

A translation is strong evidence: the same report cannot tell of two things. It counts as much as it
weighs: of a small story it is a good part, but one report that strayed into a large story must not
glue that to another large one. A page that tells of everything, a live blog or a round-up, is no
evidence, and what was split, by a person or because it was clearly two, stays apart.
"""

from collections.abc import Sequence

from dateline.model import Card, Decision, DecisionKind, Link, OriginId, StoryId
from dateline.pipeline.deciding import merge
from dateline.store import Tx, standing
from dateline.store import cards as card_rows
from dateline.store import decisions as decision_rows
from dateline.store import leads as lead_rows
from dateline.store import merging as merging_rows
from dateline.store import parts as part_rows
from dateline.store.decisions import NewDecision
from dateline.stories.strands import MANY, tells_of_much

SHARED = 1 / 3  # of the reports of the smaller story, that must stand in the other as well


def unite_stories(tx: Tx, link: Link, *, by: str) -> Decision | None:
    """Merge the stories of a translation and its original, the younger into the older.

    The caller holds the placer's lease in this transaction, so that every index learns of it before
    it places the next article. None where they are one already, or stay two.
    """
    cards = card_rows.load_cards(tx, [link.article_id, link.other_id])
    stories = sorted({card.story_id for card in cards if card.story_id is not None})
    if len(stories) < 2 or _tell_of_much(tx, cards):
        return None
    into, gone = StoryId(stories[0]), StoryId(stories[1])
    if _is_held(tx, into, gone) or not _share_enough(tx, into, gone):
        return None
    new = NewDecision(
        kind=DecisionKind.MERGE,
        after=standing.last_placed_id(tx, "stories"),
        from_id=gone,
        to_id=into,
        by=by,
        score=link.likeness,
        why=f"a report of one is a translation of a report of the other: {link.why}",
    )
    return merge(tx, new)


def _tell_of_much(tx: Tx, cards: Sequence[Card]) -> bool:
    ids = [card.article_id for card in cards]
    parts = part_rows.list_parts(tx, ids)
    leads = lead_rows.load_leads(tx, ids)
    return any(map(tells_of_much, leads)) or any(len(told) >= MANY for told in parts.values())


def _is_held(tx: Tx, one: StoryId, other: StoryId) -> bool:
    """Tell whether somebody has split one of the stories, or what became of it, off the other."""
    for decision in decision_rows.list_story_decisions(tx, one):
        sides = {StoryId(decision.from_id), StoryId(decision.to_id)}
        now = {merging_rows.find_successor(tx, side) or side for side in sides}
        if decision.kind is DecisionKind.SPLIT and now == {one, other}:
            return True
    return False


def _share_enough(tx: Tx, one: StoryId, other: StoryId) -> bool:
    mine, its = _list_origins(tx, one), _list_origins(tx, other)
    return len(mine & its) >= SHARED * min(len(mine), len(its))


def _list_origins(tx: Tx, story_id: StoryId) -> set[OriginId]:
    whole, _ = merging_rows.list_members(tx, story_id)
    cards = card_rows.load_cards(tx, sorted(whole))
    return {card.origin_id for card in cards if card.origin_id is not None}
