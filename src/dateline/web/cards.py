"""Handlers of the drawn cards: the site's, a story's, an article's."""

import re
from functools import lru_cache

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dateline.model import ArticleId, StoryId
from dateline.publish.drawn_card import CardWords, draw_card
from dateline.store.cards import load_cards
from dateline.store.stories import load_story
from dateline.web.desk import Desk
from dateline.web.drawing import draw_data
from dateline.web.reading_pages import find_story
from dateline.web.shots import word_article, word_site, word_story
from dateline.web.typefaces import find_typefaces

_NUMBER = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)
_KEPT = 200  # cards in memory, of about 15 kB each
_AGE = "public, max-age=3600"


def show_site_card(desk: Desk, request: Request) -> Response:
    """The site's own card, for pages that have none."""
    return _answer(desk, word_site(desk.site))


def show_story_card(desk: Desk, request: Request) -> Response:
    """The card of a story."""
    with desk.look() as look:
        story = find_story(look.tx, StoryId(_read_number(request)))
        if story is None or story.lead.gone:
            raise HTTPException(404)
        told = word_story(desk.site, look.show_lead(story))
    return _answer(desk, told)


def show_article_card(desk: Desk, request: Request) -> Response:
    """The card of an article."""
    with desk.look() as look:
        cards = look.show(load_cards(look.tx, [ArticleId(_read_number(request))]))
        if not cards or cards[0].gone:
            raise HTTPException(404)
        story_id = cards[0].story_id
        story = load_story(look.tx, story_id) if story_id else None
        told = word_article(desk.site, cards[0], story)
    return _answer(desk, told)


def _read_number(request: Request) -> int:
    number = request.path_params["number"]
    if not _NUMBER.fullmatch(number):
        raise HTTPException(404)
    return int(number)


def _answer(desk: Desk, told: CardWords) -> Response:
    body = _draw(told)
    if body is None:
        raise HTTPException(404)
    response = draw_data(desk, body, "image/png")
    response.headers["cache-control"] = _AGE
    return response


@lru_cache(maxsize=_KEPT)
def _draw(told: CardWords) -> bytes | None:
    return draw_card(told, find_typefaces())
