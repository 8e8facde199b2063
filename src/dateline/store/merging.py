"""Merging, splitting and joining of groups: what a decision does to the store.

Each is a part of the caller's transaction, which also records the decision (`decisions.py`). What
is done already is not done again. Counts are right afterwards.
"""

from collections.abc import Collection, Iterable

from sqlalchemy import and_, delete, or_, select, update

from dateline.errors import GroupError
from dateline.model import UNDATED_AT, ArticleId, Link, OriginId, Role, Span, StoryId, StoryPart
from dateline.store.decisions import LOCK_ORIGINS, LOCK_STORIES
from dateline.store.engine import Tx
from dateline.store.links import save_links
from dateline.store.origins import stories_of_articles
from dateline.store.parts import SavedPart, drop_parts, list_parts_of_story, save_parts
from dateline.store.readers import move_readers, name_story_list
from dateline.store.rows import in_batches, take_turn
from dateline.store.stories import open_stories
from dateline.store.story_leads import set_story_lead
from dateline.store.successors import find_successor, follow_merges, list_known_stories
from dateline.store.tables import articles, stories, story_parts
from dateline.store.tallies import recount_stories

__all__ = ["find_successor", "join_origins", "list_members", "merge_stories", "split_story"]

_NAMED = 5  # articles that an error names


def merge_stories(tx: Tx, from_id: StoryId, into: StoryId) -> bool:
    """Move all of a story into another, to which its address leads from now on.

    Who follows it follows the other. False where they are one already. GroupError where one does
    not exist, or the first was merged into a third.
    """
    take_turn(tx, LOCK_STORIES)
    _check_exist(tx, [from_id, into])
    end_of = follow_merges(tx, [from_id, into])
    taker = end_of[into]
    if end_of[from_id] == taker:
        return False
    if end_of[from_id] != from_id:
        raise GroupError(
            f"Story {from_id} was merged into story {end_of[from_id]} before: "
            f"merge story {end_of[from_id]} instead."
        )
    list_known_stories(tx, [from_id, taker], hold=True)
    tx.conn.execute(update(articles).where(articles.c.story_id == from_id).values(story_id=taker))
    _merge_parts(tx, from_id, taker)
    tx.conn.execute(update(stories).where(stories.c.id == from_id).values(merged_into=taker))
    move_readers(tx, name_story_list(from_id), name_story_list(taker))
    recount_stories(tx, [from_id, taker])
    return True


def split_story(
    tx: Tx, story_id: StoryId, article_ids: Collection[ArticleId], new_id: StoryId
) -> bool:
    """Move articles of a story, or the parts of them that belong to it, into a new story.

    False where that was done before. GroupError where the story does not exist or was merged,
    does not have one of the articles, or would keep none.
    """
    take_turn(tx, LOCK_STORIES)
    wanted = set(article_ids)
    if new_id in list_known_stories(tx, [story_id, new_id], hold=True):
        _check_was_split(tx, wanted, new_id)
        return False
    _check_split(tx, story_id, wanted)
    whole, _ = list_members(tx, story_id)
    parts = [
        saved for saved in list_parts_of_story(tx, story_id) if saved.part.article_id in wanted
    ]
    open_stories(tx, [(new_id, _find_first(tx, (wanted & whole) or wanted))])
    for batch in in_batches(sorted(wanted & whole)):
        tx.conn.execute(update(articles).where(articles.c.id.in_(batch)).values(story_id=new_id))
    drop_parts(tx, [(saved.part.article_id, story_id) for saved in parts])
    save_parts(tx, [_move_part(saved, new_id) for saved in parts])
    _renew_lead(tx, story_id)
    recount_stories(tx, [story_id, new_id])
    return True


def join_origins(tx: Tx, from_id: OriginId, into: OriginId, link: Link) -> bool:
    """Move all of an origin into another: the root of one tree hangs below a member of the other.

    `link` says which: its article is of the tree that is hung up. False where the first origin
    has no articles (any more).
    """
    take_turn(tx, LOCK_ORIGINS)
    mine = articles.c.origin_id == from_id
    ids = [ArticleId(one) for one in tx.conn.execute(select(articles.c.id).where(mine)).scalars()]
    if not ids or from_id == into:
        return False
    _hang_up(tx, link)
    tx.conn.execute(update(articles).where(mine).values(origin_id=into))
    save_links(tx, [link])
    recount_stories(tx, stories_of_articles(tx, ids))
    return True


def _check_exist(tx: Tx, ids: Collection[StoryId]) -> None:
    missing = sorted(set(ids) - list_known_stories(tx, ids))
    if missing:
        raise GroupError(f"There is no story {missing[0]}: its number stands in its address.")


def _check_split(tx: Tx, story_id: StoryId, wanted: set[ArticleId]) -> None:
    _check_exist(tx, [story_id])
    successor = find_successor(tx, story_id)
    if successor is not None:
        raise GroupError(f"Story {story_id} was merged into story {successor}: split that one.")
    whole, parts = list_members(tx, story_id)
    if not wanted:
        raise GroupError(f"No article of story {story_id} was named: say which are to leave it.")
    strange = wanted - whole - parts
    if strange:
        raise GroupError(
            f"Story {story_id} does not have {_name_articles(strange)}: nothing was split."
        )
    if wanted >= whole | parts:
        raise GroupError(
            f"All articles of story {story_id} would leave it; at least one must stay: "
            "name fewer, nothing was split."
        )


def _check_was_split(tx: Tx, wanted: set[ArticleId], new_id: StoryId) -> None:
    whole, parts = list_members(tx, new_id)
    if not wanted or not wanted <= whole | parts:
        raise GroupError(f"There is a story {new_id} already: a split needs a new number.")


def _name_articles(ids: Collection[ArticleId]) -> str:
    named = ", ".join(map(str, sorted(ids)[:_NAMED]))
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return f"the article{'s' if len(ids) > 1 else ''} {named}{more}"


def list_members(tx: Tx, story_id: StoryId) -> tuple[set[ArticleId], set[ArticleId]]:
    """Return the articles that belong to a story as a whole, and those by a part."""
    whole = select(articles.c.id).where(articles.c.story_id == story_id)
    parts = select(story_parts.c.article_id).where(story_parts.c.story_id == story_id)
    return (
        {ArticleId(found) for found in tx.conn.execute(whole).scalars()},
        {ArticleId(found) for found in tx.conn.execute(parts).scalars()},
    )


def _merge_parts(tx: Tx, from_id: StoryId, taker: StoryId) -> None:
    given = list_parts_of_story(tx, from_id)
    own = {saved.part.article_id: saved.part for saved in list_parts_of_story(tx, taker)}
    drop_parts(tx, [(saved.part.article_id, from_id) for saved in given])
    save_parts(tx, [_unite(_move_part(saved, taker), own) for saved in given])
    here = select(articles.c.id).where(articles.c.story_id == taker)
    doubled = and_(story_parts.c.story_id == taker, story_parts.c.article_id.in_(here))
    tx.conn.execute(delete(story_parts).where(doubled))


def _move_part(saved: SavedPart, story_id: StoryId) -> SavedPart:
    part = saved.part
    moved = StoryPart(
        article_id=part.article_id, story_id=story_id, spans=part.spans, score=part.score
    )
    return SavedPart(part=moved, made_by=saved.made_by)


def _unite(saved: SavedPart, own: dict[ArticleId, StoryPart]) -> SavedPart:
    part, other = saved.part, own.get(saved.part.article_id)
    if other is None:
        return saved
    both = StoryPart(
        article_id=part.article_id,
        story_id=part.story_id,
        spans=_join_spans([*part.spans, *other.spans]),
        score=max(part.score, other.score),
    )
    return SavedPart(part=both, made_by=saved.made_by)


def _join_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _find_first(tx: Tx, ids: Collection[ArticleId]) -> ArticleId:
    """Return the earliest of some articles."""
    found = [
        (row.at <= UNDATED_AT, row.at, ArticleId(row.id))
        for batch in in_batches(sorted(ids))
        for row in tx.conn.execute(
            select(articles.c.id, articles.c.at).where(articles.c.id.in_(batch))
        )
    ]
    return min(found)[2]


def _renew_lead(tx: Tx, story_id: StoryId) -> None:
    """Where the lead article has left a story, let the earliest that stayed lead."""
    whole, parts = list_members(tx, story_id)
    lead = tx.conn.execute(select(stories.c.lead_id).where(stories.c.id == story_id)).scalar_one()
    if lead in whole | parts:
        return
    set_story_lead(tx, story_id, _find_first(tx, whole or parts))


def _hang_up(tx: Tx, link: Link) -> None:
    own = select(articles.c.origin_id).where(articles.c.id == link.article_id)
    tree = tx.conn.execute(own).scalar()
    is_root = or_(articles.c.role == Role.FIRST.value, articles.c.id == link.article_id)
    root = and_(articles.c.origin_id == tree, articles.c.taken_from.is_(None), is_root)
    values = {
        "taken_from": link.other_id,
        "role": Role.CARRIES.value,
        "likeness": link.likeness,
        "sureness": link.likeness,
        "origin_why": link.why,
    }
    tx.conn.execute(update(articles).where(root).values(values))
