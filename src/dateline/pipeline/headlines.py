"""Whose headline a story carries: looked at again whenever its articles change.

One in the site's language is preferred: readers of the site can read it.
"""

from collections import defaultdict
from collections.abc import Sequence

from dateline.model import ArticleId, StoryId, StoryPlace
from dateline.store import Tx, standing, story_leads
from dateline.store import cards as card_rows
from dateline.store import stories as story_rows
from dateline.stories.headline import choose_lead


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
        chosen = choose_lead([cards[id] for id in dict.fromkeys(ids)], tx.language)
        if chosen.article_id != present:
            story_leads.set_story_lead(tx, story_id, chosen.article_id)


def choose_headline(tx: Tx, story_id: StoryId) -> None:
    """Choose the lead article anew among all that a story has, after a merge or a split.

    The present one stays unless another is clearly better, or it is no longer a member; parts of
    articles carry no headline.
    """
    story = story_rows.load_story(tx, story_id)
    if story is None:
        return
    present = standing.list_leads(tx, [story_id]).get(story_id, ArticleId(0))
    own = [card for card in story.members if card.story_id == story_id]
    oldest_first = sorted(own, key=lambda card: (card.at, card.article_id))
    if not oldest_first:
        return
    chosen = choose_lead(oldest_first, tx.language, incumbent=present)
    if chosen.article_id != present:
        story_leads.set_story_lead(tx, story_id, chosen.article_id)
