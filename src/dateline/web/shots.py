"""The picture that stands for a page where a link to it is shared: a drawn card, else its own."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from dateline.model import Card, Site, StoryCard
from dateline.publish.addresses import (
    article_card_path,
    picture_path,
    site_card_path,
    story_card_path,
)
from dateline.publish.coverage_words import say_coverage
from dateline.publish.drawn_card import HEIGHT, WIDTH, CardWords, can_draw
from dateline.publish.speaking import speak
from dateline.web.typefaces import find_typefaces


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """The picture that stands for a page where a link to it is shown."""

    path: str
    media_type: str
    width: int
    height: int
    alt: str


def word_site(site: Site) -> CardWords:
    """Return what stands on the site's own card: its name, its tagline, where it is."""
    above, large = (site.name, site.tagline) if site.tagline else ("", site.name)
    return CardWords(headline=large, source=urlsplit(site.address).netloc, tally="", site=above)


def word_story(site: Site, story: StoryCard) -> CardWords:
    """Return what stands on a story's card."""
    tally = say_coverage(speak(site.language), story.outlets, story.origins)
    return CardWords(
        headline=story.headline, source=story.lead.source_name, tally=tally, site=site.name
    )


def word_article(site: Site, card: Card, story: StoryCard | None) -> CardWords:
    """Return what stands on an article's card; the tally is its story's, where it is not alone."""
    shared = story if story and story.articles > 1 else None
    tally = ""
    if shared:
        tally = say_coverage(speak(site.language), shared.outlets, shared.origins)
    return CardWords(headline=card.headline, source=card.source_name, tally=tally, site=site.name)


def choose_site_shot(site: Site) -> Shot | None:
    """Return the picture that stands for the site: its card, None where it cannot be drawn."""
    told = word_site(site)
    return _show_drawn(told, site_card_path(told.mark()))


def choose_story_shot(site: Site, story: StoryCard) -> Shot | None:
    """Return the picture that stands for a story: its card, else its lead's picture."""
    told = word_story(site, story)
    return _choose(told, story_card_path(story.story_id, told.mark()), story.lead)


def choose_article_shot(site: Site, card: Card, story: StoryCard | None) -> Shot | None:
    """Return the picture that stands for an article: its card, else its picture."""
    told = word_article(site, card, story)
    return _choose(told, article_card_path(card.article_id, told.mark()), card)


def _choose(told: CardWords, path: str, card: Card) -> Shot | None:
    drawn = _show_drawn(told, path)
    if drawn or not card.picture_hash:
        return drawn
    return Shot(
        path=picture_path(card.picture_hash),
        media_type="image/webp",
        width=card.picture_width,
        height=card.picture_height,
        alt=card.picture.alt if card.picture else "",
    )


def _show_drawn(told: CardWords, path: str) -> Shot | None:
    if not can_draw(told, find_typefaces()):
        return None
    return Shot(path=path, media_type="image/png", width=WIDTH, height=HEIGHT, alt=told.describe())
