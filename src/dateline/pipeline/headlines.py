"""Whose headline a story carries: looked at again whenever its articles change.

One in the site's language is preferred: readers of the site can read it. A withdrawn article keeps
the lead only where no other stands.
"""

from collections import defaultdict
from collections.abc import Sequence

from dateline.model import ArticleId, Card, StoryId, StoryPlace
from dateline.pipeline.edges import Edges
from dateline.store import NewVersion, Store, Tx, standing, story_leads
from dateline.store import articles as article_rows
from dateline.store import cards as card_rows
from dateline.store import editions as edition_rows
from dateline.store import members as member_rows
from dateline.store import origins as origin_rows
from dateline.store import stories as story_rows
from dateline.stories.headline import choose_lead

NAME = "headlines"
RULES = 1  # by which stories were looked at that were stored before
_AT_ONCE = 200  # stories in one transaction


def refresh_headlines(tx: Tx, places: Sequence[StoryPlace]) -> None:
    """Choose the lead article of each story that has new members, the present lead first."""
    joined: dict[StoryId, list[ArticleId]] = defaultdict(list)
    for place in places:
        joined[place.story_id].append(place.article_id)
    leads = standing.list_leads(tx, list(joined))
    present = member_rows.load_leads(tx, list(leads.items()))
    new = {c.article_id: c for c in card_rows.load_cards(tx, [p.article_id for p in places])}
    for story_id, members in joined.items():
        cards = {id: new[id] for id in members}
        if story_id in present:
            lead = present[story_id]
            cards = {lead.article_id: cards.get(lead.article_id, lead)} | cards
        chosen = choose_lead(_list_leading(list(cards.values())), tx.language)
        if chosen.article_id != leads.get(story_id):
            story_leads.set_story_lead(tx, story_id, chosen.article_id)


def choose_headline(tx: Tx, story_id: StoryId) -> None:
    """Choose the lead article anew among all that a story has, after a merge or a split.

    The present one stays unless another is clearly better, it is no longer a member, or it was
    withdrawn. A part of an article leads only where no whole one stands.
    """
    story = story_rows.load_story(tx, story_id)
    if story is None:
        return
    present = standing.list_leads(tx, [story_id]).get(story_id, ArticleId(0))
    own = [card for card in story.members if card.story_id == story_id]
    leading = _list_leading(own)
    if all(card.gone for card in leading):
        leading = [card for card in story.members if not card.gone] or own
    if not leading:
        return
    oldest_first = sorted(leading, key=lambda card: (card.at, card.article_id))
    chosen = choose_lead(oldest_first, tx.language, incumbent=present)
    if chosen.article_id != present:
        story_leads.set_story_lead(tx, story_id, chosen.article_id)


def save_edit(tx: Tx, article_id: ArticleId, new: NewVersion) -> None:
    """Store an edit of an article; one that was withdrawn is back with it, and may lead again."""
    was_gone = any(card.gone for card in card_rows.load_cards(tx, [article_id]))
    article_rows.save_version(tx, article_id, new)
    if was_gone:
        renew_leads(tx, article_id)


def renew_leads(tx: Tx, article_id: ArticleId) -> None:
    """Choose the leads anew of all stories that have an article, or a part of it.

    To be called where it was withdrawn, or is back.
    """
    for story_id in sorted(origin_rows.stories_of_articles(tx, [article_id])):
        choose_headline(tx, story_id)


def find_unlooked(store: Store) -> list[str]:
    """Return the one task where stories of before were not yet looked at by these rules."""
    with store.read() as tx:
        return [NAME] if standing.read_mark(tx, NAME) < RULES else []


def mend_leads(edges: Edges) -> int:
    """Choose the leads anew of stories that were stored with a withdrawn one; return how many."""
    last, seen = StoryId(0), 0
    while True:
        with edges.store.write(edges.clock()) as tx:
            found = story_leads.list_withdrawn(tx, last, _AT_ONCE)
            for story_id in found:
                choose_headline(tx, story_id)
            if found:
                edition_rows.bump_generation(tx)
                last, seen = found[-1], seen + len(found)
                continue
            standing.save_mark(tx, NAME, RULES)
            return seen


def _list_leading(cards: Sequence[Card]) -> list[Card]:
    """Return the cards that may lead: those that stand, all where none does."""
    return [card for card in cards if not card.gone] or list(cards)
