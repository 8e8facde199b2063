"""Origins across languages: a report and its translations are one origin.

Looked at after the stories, because two articles that tell of one thing in two languages stand in
one story, or near to each other: few pairs are left to compare in full. Each new article that is
the first of its origin is compared with those of other origins in its story, and with those that it
is related to; after a merge of stories their articles are compared once more. What has been looked
at is a mark in the store, moved in the same transaction as the joins that were found. Where a
translation stands in another story than its original, the two stories become one (`uniting`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import numpy as np

from dateline.model import (
    ArticleId,
    Card,
    DecisionId,
    DecisionKind,
    Lead,
    Link,
    OriginId,
    Role,
    StoryId,
)
from dateline.origins.translations import MADE_BY, compare
from dateline.pipeline import sentences
from dateline.pipeline.edges import Edges
from dateline.pipeline.grouping import name_model
from dateline.pipeline.meaning import unpack
from dateline.pipeline.taking import take_work
from dateline.pipeline.uniting import unite_stories
from dateline.store import Tx, standing
from dateline.store import cards as card_rows
from dateline.store import decisions as decision_rows
from dateline.store import editions as edition_rows
from dateline.store import leads as lead_rows
from dateline.store import leases as lease_rows
from dateline.store import merging as merging_rows
from dateline.store import stories as story_rows
from dateline.store import vectors as vector_rows
from dateline.store.cards import CardFilter
from dateline.store.decisions import NewDecision

LEASE, MERGED = "translations", "translations after merges"  # names of marks as well
BATCH = 50  # articles, or merges, that are looked at in one transaction
NEAR = timedelta(days=3)  # between a report and its translation
MOST = 5  # articles that one is compared with in full
RELATED = 12  # articles near to one, of any story, that are considered
MOST_CARRIERS = 1_000  # of one report, among which the first is looked for
WIDEST = 200  # members of a story that are considered, the newest


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is looked at next: articles behind one mark, merges behind another."""

    after: ArticleId
    upto: ArticleId
    merges: tuple[StoryId, ...]  # stories that took others in
    decided: DecisionId


def claim_look(edges: Edges, now: datetime) -> list[Look]:
    """Return what has not been looked at, held by this worker; nothing where there is none."""
    return take_work(edges, LEASE, now, _find_looks)


def join_translations(edges: Edges, looks: Sequence[Look]) -> int:
    """Compare the articles of each look, and join the origins of translations; return how many."""
    joined = 0
    for look in looks:
        with edges.store.read() as tx:
            pairs = list(_find_pairs(tx, look, name_model(edges)))
        encode = partial(sentences.HERE.encode, edges.encoder) if edges.encoder else None
        found = [compare(one, other, encode) for one, other in pairs]
        joined += _save(edges, look, [link for link in found if link is not None])
    return joined


def _find_looks(tx: Tx) -> list[Look]:
    after = ArticleId(standing.read_mark(tx, LEASE))
    last = standing.last_placed_id(tx, "stories")
    decided = DecisionId(standing.read_mark(tx, MERGED))
    merges = decision_rows.decisions_after(tx, decided, (DecisionKind.MERGE,), BATCH)
    if last <= after and not merges:
        return []
    look = Look(
        after=after,
        upto=max(after, min(last, ArticleId(after + BATCH))),
        merges=tuple(dict.fromkeys(StoryId(merge.to_id) for merge in merges)),
        decided=merges[-1].id if merges else decided,
    )
    return [look]


def _find_pairs(tx: Tx, look: Look, model: str) -> Iterator[tuple[Lead, Lead]]:
    """Yield the articles that are worth comparing in full, each pair once."""
    rows = lead_rows.leads_between(tx, look.after, look.upto, BATCH)
    merged = {merging_rows.find_successor(tx, story_id) or story_id for story_id in look.merges}
    stories = {row.story_id for row in rows if row.story_id is not None} | merged
    fresh = {row.lead.article_id for row in rows}
    pairs: dict[tuple[ArticleId, ArticleId], None] = {}
    for story_id in sorted(stories):
        firsts = _list_firsts(tx, story_id)
        asked = [card for card in firsts if story_id in merged or card.article_id in fresh]
        pairs |= dict.fromkeys(_choose_pairs(tx, asked, firsts, model))
    for card in card_rows.load_cards(tx, sorted(fresh)):
        pairs |= dict.fromkeys(_choose_pairs(tx, *_list_related(tx, card), model))
    ids = sorted({article_id for pair in pairs for article_id in pair})
    leads = {lead.article_id: lead for lead in lead_rows.load_leads(tx, ids, model=model)}
    for one, other in pairs:
        yield leads[one], leads[other]


def _list_firsts(tx: Tx, story_id: StoryId) -> list[Card]:
    """Return the articles of a story that begin an origin, where it has several languages."""
    story = story_rows.load_story(tx, story_id)
    if story is None or len(story.languages) < 2:
        return []
    return [card for card in story.members[:WIDEST] if card.role is Role.FIRST]


def _list_related(tx: Tx, card: Card) -> tuple[list[Card], list[Card]]:
    """Return an article, and those near to it in other stories, where they begin an origin."""
    if card.role is not Role.FIRST:
        return [], []
    near = [other for other, _ in story_rows.list_related(tx, card.article_id, RELATED)]
    return [card], [other for other in near if other.role is Role.FIRST]


def _choose_pairs(
    tx: Tx, asked: Sequence[Card], others: Sequence[Card], model: str
) -> Iterator[tuple[ArticleId, ArticleId]]:
    """Yield for each article the likest few of other languages, as (earlier id, later id)."""
    ids = [card.article_id for card in others]
    vectors = vector_rows.load_vectors(tx, model, ids) if model and asked else {}
    for card in asked:
        near = [other for other in others if _may_be_one(card, other)]
        likest = sorted(near, key=_by_likeness(card, vectors), reverse=True)[:MOST]
        for other in likest:
            low, high = sorted((card.article_id, other.article_id))
            yield low, high


def _may_be_one(one: Card, other: Card) -> bool:
    apart = one.language.partition("-")[0] != other.language.partition("-")[0]
    return apart and one.origin_id != other.origin_id and abs(one.at - other.at) <= NEAR


def _by_likeness(card: Card, vectors: dict[ArticleId, bytes]) -> Callable[[Card], float]:
    """Return what orders articles by likeness to one; by nearness in time without vectors."""
    mine = vectors.get(card.article_id)
    own = unpack(mine) if mine else None

    def judge(other: Card) -> float:
        its = vectors.get(other.article_id)
        if own is None or not its:
            return -1 - abs((card.at - other.at).total_seconds())
        return float(np.dot(own, unpack(its)))

    return judge


def _save(edges: Edges, look: Look, links: Sequence[Link]) -> int:
    """Join the origins of what was found, and move the marks, in one transaction."""
    with edges.store.write(edges.clock()) as tx:
        lease_rows.hold_lease(tx, LEASE, edges.holder, tx.now)
        if links and not _take_floor(tx, edges.holder):
            return 0  # articles are being placed: the same look is taken again
        joined = sum(_join_all(tx, link) for link in links)
        standing.save_mark(tx, LEASE, look.upto)
        standing.save_mark(tx, MERGED, look.decided)
        if joined:
            edition_rows.bump_generation(tx)
    return joined


def _take_floor(tx: Tx, holder: str) -> bool:
    """Take the leases of both placers, for what is decided about origins and about stories."""
    return all(lease_rows.take_lease(tx, name, holder, tx.now) for name in ("origins", "stories"))


def _join_all(tx: Tx, link: Link) -> int:
    joined = join_link(tx, link)
    if joined:
        unite_stories(tx, link, by=MADE_BY)
    return joined


def join_link(tx: Tx, link: Link) -> int:
    """Join the origin of a translation to that of its original; 0 where they are one already."""
    ids = [link.article_id, link.other_id]
    origins = {card.article_id: card.origin_id for card in card_rows.load_cards(tx, ids)}
    gone, into = origins.get(link.article_id), origins.get(link.other_id)
    if gone is None or into is None or gone == into:
        return 0
    gone, into, link = _find_direction(tx, link, (OriginId(gone), OriginId(into)))
    merging_rows.join_origins(tx, gone, into, link)
    new = NewDecision(
        kind=DecisionKind.JOIN,
        after=standing.last_placed_id(tx, "origins"),
        from_id=gone,
        to_id=into,
        by=MADE_BY,
        score=link.likeness,
        why=link.why,
    )
    decision_rows.save_decision(tx, new)
    return 1


def _find_direction(
    tx: Tx, link: Link, origins: tuple[OriginId, OriginId]
) -> tuple[OriginId, OriginId, Link]:
    """Return which origin ends, which takes, and the link between them.

    Who of two carriers translated whom says nothing about their reports: where one of them only
    carries, the origin that was first somewhere is the one that takes.
    """
    gone, into = origins
    first, other = _find_root(tx, gone), _find_root(tx, into)
    both_wrote = (first.article_id, other.article_id) == (link.article_id, link.other_id)
    if both_wrote or first.at >= other.at:
        return gone, into, link
    said, _, _ = link.why.partition("; ")
    turned = replace(link, article_id=link.other_id, other_id=link.article_id, why=said)
    return into, gone, turned


def _find_root(tx: Tx, origin_id: OriginId) -> Card:
    """Return the article that a report begins with, as far as is known."""
    cards = card_rows.list_cards(tx, CardFilter(origin_id=origin_id, limit=MOST_CARRIERS))
    roots = [card for card in cards if card.role is Role.FIRST] or cards
    return min(roots, key=lambda card: (card.at, card.article_id))
