"""Whose headline a story carries: looked at again whenever articles join it."""

from collections import defaultdict
from collections.abc import Sequence

from dateline.model import ArticleId, Card, StoryId, StoryPlace
from dateline.store import Tx, standing
from dateline.store import cards as card_rows
from dateline.store import stories as story_rows
from dateline.stories.headline import choose_lead
from dateline.text import make_slug


def refresh_headlines(tx: Tx, places: Sequence[StoryPlace]) -> None:
    """Choose the lead article of each story that has new members, the present lead first."""
    joined: dict[StoryId, list[ArticleId]] = defaultdict(list)
    for place in places:
        joined[place.story_id].append(place.article_id)
    leads = standing.list_leads(tx, list(joined))
    wanted = [*leads.values(), *(place.article_id for place in places)]
    cards = {card.article_id: card for card in card_rows.load_cards(tx, wanted)}
    for story_id, members in joined.items():
        present = leads.get(story_id)
        ids = members if present is None else [present, *members]
        chosen = choose_lead([cards[id] for id in dict.fromkeys(ids)])
        if chosen.article_id != present:
            _set_lead(tx, story_id, chosen)


def _set_lead(tx: Tx, story_id: StoryId, card: Card) -> None:
    story_rows.set_story_lead(
        tx, story_id, card.article_id, card.headline, make_slug(card.headline)
    )
