"""What an article's page offers beside it: the choice of `publish/related.py`, as it is shown."""

from collections.abc import Collection
from dataclasses import dataclass

from dateline.model import ArticleId, Card, Telling
from dateline.publish.nearness import find_telling
from dateline.publish.related import Offer, Reason, choose_related
from dateline.store import Tx
from dateline.store.cards import load_cards
from dateline.store.neighbours import (
    count_articles,
    count_mentions,
    list_entities,
    list_neighbours,
    list_sources_named,
    to_neighbour,
)
from dateline.text import base_language
from dateline.web.desk import Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """An article that is offered, as it may be shown."""

    card: Card
    offer: Offer
    foreign: bool  # in another language than the page: it is marked with it

    @property
    def old(self) -> bool:
        """Whether its whole date stands beside it."""
        return self.offer.reason is Reason.BACKGROUND


def list_offered(look: Look, card: Card, languages: Collection[str]) -> tuple[Offered, ...]:
    """Return what to offer beside an article; `languages` are those of the site."""
    offers = {offer.article_id: offer for offer in find_offers(look.tx, card, languages)}
    own = base_language(card.language)
    return tuple(
        Offered(
            card=other,
            offer=offers[other.article_id],
            foreign=base_language(other.language) != own,
        )
        for other in look.show(load_cards(look.tx, list[ArticleId](offers)))
    )


def find_offers(tx: Tx, card: Card, languages: Collection[str]) -> tuple[Offer, ...]:
    """Return which articles to offer beside one, in order."""
    telling, page = find_names(tx, card), to_neighbour(card)
    return choose_related(page, list_neighbours(tx, page, telling), telling, languages)


def find_names(tx: Tx, card: Card) -> tuple[Telling, ...]:
    """Return the names of an article by which others are looked for."""
    entities = list_entities(tx, card.article_id)
    mentions = count_mentions(tx, {entity.key for entity in entities})
    named = list_sources_named(tx, [entity.name for entity in entities])
    reporters = (card.source_name, *card.credits, *named)
    return find_telling(entities, card.headline, mentions, count_articles(tx), reporters)
