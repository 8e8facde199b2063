"""The cards of a story: its articles, and those of which a part belongs to it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, select, true

from dateline.model import ArticleId, Card, StoryId
from dateline.store.cards import load_cards, select_cards, to_card
from dateline.store.engine import Tx
from dateline.store.parts import list_parts, read_spans
from dateline.store.tables import articles, stories, story_parts

MOST = 6  # cards of a story in a list
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)


def load_members(tx: Tx, story_id: StoryId) -> list[Card]:
    """Return all cards of a story, the newest first; those of parts say which."""
    whole = select_cards().where(articles.c.story_id == story_id)
    members = [to_card(row) for row in tx.conn.execute(_newest_first(whole))]
    parts = _select_parts().where(story_parts.c.story_id == story_id)
    members += [to_part_card(row) for row in tx.conn.execute(parts)]
    return sort_cards(members)


def list_newest_members(tx: Tx, ids: Sequence[StoryId]) -> dict[StoryId, list[Card]]:
    """Return the newest few cards of each of some stories, the newest first."""
    found: dict[StoryId, list[Card]] = defaultdict(list)
    asked = {"ids": list(ids)}
    for row in tx.conn.execute(query_newest_members(tx.dialect), asked):
        found[StoryId(row.story_id)].append(to_card(row))
    for row in tx.conn.execute(query_newest_parts(), asked):
        found[StoryId(row.part_of)].append(to_part_card(row))
    return {story_id: sort_cards(cards)[:MOST] for story_id, cards in found.items()}


def list_seen_members(
    tx: Tx, since: datetime, published: datetime, limit: int
) -> dict[StoryId, list[Card]]:
    """Return the articles that were first seen after `since` and came out after `published`, by
    their stories: those seen last, at most `limit`. Withdrawn and undated ones are left out."""
    mine = articles.c.story_id.is_not(None), articles.c.gone_at.is_(None)
    seen = select_cards().where(articles.c.first_seen > since, articles.c.at > published, *mine)
    newest = seen.order_by(articles.c.first_seen.desc(), articles.c.id.desc()).limit(limit)
    cards = [to_card(row) for row in tx.conn.execute(newest)]
    found: dict[StoryId, list[Card]] = defaultdict(list)
    for card in cards:
        if card.story_id is not None:
            found[card.story_id].append(card)
    by_id = {card.article_id: card for card in cards}
    for article_id, parts in list_parts(tx, list(by_id)).items():
        card = by_id[article_id]
        for part in parts:
            found[part.story_id].append(replace(card, spans=part.spans))
    return {story_id: sort_cards(cards) for story_id, cards in found.items()}


def load_leads(tx: Tx, wanted: Sequence[tuple[StoryId, ArticleId]]) -> dict[StoryId, Card]:
    """Return the cards of stories' lead articles."""
    ids = list(dict.fromkeys(article_id for _, article_id in wanted))
    if not ids:
        return {}
    cards = {card.article_id: card for card in load_cards(tx, ids)}
    spans = {
        (part.story_id, article_id): part.spans
        for article_id, parts in list_parts(tx, ids).items()
        for part in parts
    }
    return {
        story_id: replace(cards[article_id], spans=spans.get((story_id, article_id), ()))
        for story_id, article_id in wanted
        if article_id in cards
    }


@cache  # to build it takes longer than to run it
def query_newest_members(dialect: str = "sqlite") -> Select[Any]:
    """Return the query for the newest few articles of each of the stories `ids`."""
    inner = articles.alias("member")
    few = (
        select(inner.c.id)
        .where(inner.c.story_id == stories.c.id)
        .order_by(inner.c.at.desc(), inner.c.id.desc())
        .limit(MOST)
        .correlate(stories)
    )
    if dialect == "postgresql":
        # It would go through all articles, and ask of each whether it is among the few of each
        # story: seconds, with a hundred thousand. SQLite has no LATERAL, and begins with the few.
        each = few.lateral("few")
        chosen = select(each.c.id).select_from(stories.join(each, true()))
        newest = chosen.where(stories.c.id.in_(_IDS)).subquery("newest")
        return _newest_first(select_cards().join(newest, newest.c.id == articles.c.id))
    query = select_cards().join(stories, and_(stories.c.id.in_(_IDS), articles.c.id.in_(few)))
    return _newest_first(query)


@cache
def query_newest_parts() -> Select[Any]:
    """Return the query for the newest few parts of each of the stories `ids`."""
    inner = story_parts.alias("part")
    few = (
        select(inner.c.article_id)
        .where(inner.c.story_id == story_parts.c.story_id)
        .order_by(inner.c.at.desc(), inner.c.article_id.desc())
        .limit(MOST)
        .correlate(story_parts)
    )
    mine = story_parts.c.story_id.in_(_IDS)
    return _select_parts().where(mine, story_parts.c.article_id.in_(few))


def to_part_card(row: Any) -> Card:
    """Return the card of a row of a part: it says which part."""
    return replace(to_card(row), spans=read_spans(row.spans))


def sort_cards(cards: Iterable[Card]) -> list[Card]:
    """Return cards, the newest first."""
    return sorted(cards, key=lambda card: (card.at, card.article_id), reverse=True)


def _select_parts() -> Select[Any]:
    part_of: ColumnElement[Any] = story_parts.c.story_id.label("part_of")
    query = select_cards().add_columns(part_of, story_parts.c.spans)
    return query.join(story_parts, story_parts.c.article_id == articles.c.id)


def _newest_first(query: Select[Any]) -> Select[Any]:
    return query.order_by(articles.c.at.desc(), articles.c.id.desc())
