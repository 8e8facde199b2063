"""The front page: which places there are, and which of the ranked stories stands where."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dateline.model import Card, Rights, Role, StoryCard, StoryId
from dateline.publish.origin_tree import name_family
from dateline.text import base_language, drop_addresses, has_words

STALE = timedelta(hours=4)
WORTH_TELLING = timedelta(minutes=10)  # by which a last report is later than the one shown
LOOKED_AT = 5  # newest members: a list has one more, which may be the lead however old it is
SHORTEST_HEADLINE = 15  # characters, beside addresses
FEWEST_WORDS = 2  # of letters: an address, an emoji or an exclamation leads no page
LEAD_REACH = 3  # the lead is the first story with a picture among so many

SECONDS = 3
UNDER = 2
RIVERS = 6
RIVER_STORIES = 5
MORE = 12
LATEST = 10
LATEST_SHORT = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class River:
    """The stories of one section, best first."""

    section: str
    stories: tuple[StoryCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage:
    """Everything that stands on the front page; no story stands there twice."""

    lead: StoryCard | None = None
    seconds: tuple[StoryCard, ...] = ()
    under: tuple[StoryCard, ...] = ()  # beneath the lead
    rivers: tuple[River, ...] = ()
    more: tuple[StoryCard, ...] = ()  # the next best, whatever their section
    latest: tuple[Card, ...] = ()

    @property
    def stories(self) -> tuple[tuple[str, StoryCard], ...]:
        """Each story with the name of its place, from top to bottom."""
        places = [("lead", self.lead)] if self.lead else []
        places += [("second", story) for story in self.seconds]
        places += [("under", story) for story in self.under]
        for river in self.rivers:
            places += [(f"river {river.section}", story) for story in river.stories]
        places += [("more", story) for story in self.more]
        return tuple((place, story) for place, story in places if story)

    def map_stories(self, change: Callable[[StoryCard], StoryCard]) -> "FrontPage":
        """Return the page with each story changed, each in its place."""
        rivers = [replace(each, stories=tuple(map(change, each.stories))) for each in self.rivers]
        return replace(
            self,
            lead=change(self.lead) if self.lead else None,
            seconds=tuple(map(change, self.seconds)),
            under=tuple(map(change, self.under)),
            rivers=tuple(rivers),
            more=tuple(map(change, self.more)),
        )


def lay_out_front(
    ranked: Sequence[StoryCard], latest: Sequence[Card], *, pinned: StoryId | None = None
) -> FrontPage:
    """Place ranked stories on the page; a place for which there is nothing stays empty.

    `pinned` is the story that the editor holds as the lead, with or without a picture.
    """
    if not ranked:
        return FrontPage(latest=tuple(latest[:LATEST]))
    able = [story for story in ranked if _says_something(story.lead)] or ranked
    near = [story for story in able[:LEAD_REACH] if _pictured(story)]
    held = [story for story in ranked if story.story_id == pinned]
    lead = [*held, *near, able[0]][0]
    rest = [story for story in ranked if story.story_id != lead.story_id]
    seconds, rest = rest[:SECONDS], rest[SECONDS:]
    # A lead without a picture is short, and pictures make the column beside it long: then two more
    # stories stand beneath the lead.
    uneven = not _pictured(lead) or sum(map(_pictured, seconds)) > 1
    under = rest[: 2 * UNDER if uneven else UNDER]
    rest = rest[len(under) :]
    rivers = _fill_rivers(rest)
    used = {story.story_id for river in rivers for story in river.stories}
    more = [story for story in rest if story.story_id not in used][:MORE]
    return FrontPage(
        lead=lead,
        seconds=tuple(seconds),
        under=tuple(under),
        rivers=rivers,
        more=tuple(more),
        latest=tuple(latest[: LATEST if _pictured(lead) else LATEST_SHORT]),
    )


def freshen(story: StoryCard) -> StoryCard:
    """Return a story as it is shown everywhere: with a newer headline where its own has grown old.

    The lead article of a story stays for ever, or nearly, and so do the words of its address. Where
    the newest report of its own in the lead's language is four hours younger, that one is shown, as
    the source's own words and with credit like any other; `earlier` is whose place it took.

    Looked at are the newest few articles, which a story has in a list as well: so a list and the
    story's page show the same. What was freshened stays as it is.
    """
    ordered = sorted(story.members, key=lambda card: (card.at, card.article_id), reverse=True)
    alike = (card for card in ordered[:LOOKED_AT] if _may_stand_for(card, story.lead))
    newest = next(alike, story.lead)
    is_old = not story.lead.dated or newest.at - story.lead.at >= STALE
    if not is_old or newest.article_id == story.lead.article_id:
        return story
    return replace(story, lead=newest, headline=newest.headline, earlier=story.lead)


def find_last_report(story: StoryCard) -> datetime | None:
    """Return when a story's last report came out, None where its shown one tells as much.

    Beside an outlet's name stands when that outlet had its words out, and nothing else.
    """
    is_later = story.last_at - story.lead.listed_at >= WORTH_TELLING
    return story.last_at if story.dated and is_later and not story.last_sighted else None


def _may_stand_for(card: Card, lead: Card) -> bool:
    is_own = card.role is not Role.CARRIES and not card.spans and card.dated and not card.gone
    if not is_own or base_language(card.language) != base_language(lead.language):
        return False
    return _says_something(card) and len(drop_addresses(card.headline)) >= SHORTEST_HEADLINE


def _says_something(card: Card) -> bool:
    return has_words(card.headline, FEWEST_WORDS)


def thin_latest(cards: Sequence[Card], *, limit: int = LATEST) -> list[Card]:
    """Return the newest articles, at most a third of one outlet's as long as others have some.

    `cards` are newest first, and so is what is returned; withdrawn articles are left out.
    """
    share: Counter[str] = Counter()
    kept: list[Card] = []
    spare: list[Card] = []
    for card in cards:
        if card.gone:
            continue
        outlet = name_family(card)
        share[outlet] += 1
        (kept if share[outlet] <= max(limit // 3, 1) else spare).append(card)
    chosen = kept[:limit] + spare[: max(limit - len(kept), 0)]
    return sorted(chosen, key=lambda card: (card.listed_at, card.article_id), reverse=True)


def _fill_rivers(stories: Iterable[StoryCard]) -> tuple[River, ...]:
    # A section's place follows from its best story; one story alone is no river.
    sections: dict[str, list[StoryCard]] = defaultdict(list)
    for story in stories:
        if story.lead.section:
            sections[story.lead.section].append(story)
    found = [
        River(section=section, stories=tuple(members[:RIVER_STORIES]))
        for section, members in sections.items()
        if len(members) > 1
    ]
    return tuple(found[:RIVERS])


def _pictured(story: StoryCard) -> bool:
    return bool(story.lead.picture_hash) and story.lead.rights is not Rights.HEADLINE
