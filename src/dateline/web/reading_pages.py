"""Handlers of what is read: an article's page and a story's page."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dateline.model import Article, ArticleId, Card, StoryCard, StoryId
from dateline.publish.addresses import card_path, read_reference, story_path, with_query
from dateline.publish.jsonld import describe_article
from dateline.publish.shown import Shown, show_text
from dateline.publish.story_page import (
    LONGEST,
    group_days,
    group_reports,
    keep_independent,
    list_carriers,
)
from dateline.store.articles import load_article
from dateline.store.cards import CardFilter, list_cards, load_cards
from dateline.store.stories import list_related, load_story
from dateline.text import make_slug
from dateline.web.desk import Desk, Look
from dateline.web.drawing import Head, draw_page, send_on

CARRIERS = 60  # of one report, on an article's page
RELATED = 6


def show_article(desk: Desk, request: Request) -> Response:
    """One article, as far as its source allows."""
    number, slug = _read_reference(request)
    with desk.look() as look:
        article = load_article(look.tx, ArticleId(number))
        cards = look.show(load_cards(look.tx, [ArticleId(number)]))
        if article is None or not cards:
            raise HTTPException(404)
        card = cards[0]
        if slug != make_slug(card.headline):
            return send_on(desk, card_path(card))
        gone = article.gone_at is not None
        shown = show_text(article.version.reading, article.source, gone=gone)
        response = _draw_article(desk, look, article, card, shown)
        response.status_code = 410 if gone else 200
        return response


def _draw_article(desk: Desk, look: Look, article: Article, card: Card, shown: Shown) -> Response:
    record = None if shown.withdrawn else describe_article(desk.site, article, card, shown)
    head = Head(
        title=card.headline,
        path=card_path(card),
        description=shown.summary,
        picture=card.picture_hash,
        kind="article",
        language=card.language,
        record=record,
        hidden=shown.withdrawn,
    )
    story = load_story(look.tx, article.story_id) if article.story_id else None
    related = list_related(look.tx, article.id, RELATED * 2)
    nearest = keep_independent(card, related, limit=RELATED)
    return draw_page(
        desk,
        look,
        "article.html",
        head,
        article=article,
        reading=article.version.reading,
        card=card,
        shown=shown,
        story=look.show_story(story) if story and story.articles > 1 else None,
        carriers=_find_carriers(look, card),
        related=look.show(nearest),
    )


def _find_carriers(look: Look, card: Card) -> tuple[Card, ...]:
    if card.origin_id is None:
        return ()
    found = list_cards(look.tx, CardFilter(origin_id=card.origin_id, limit=CARRIERS))
    return list_carriers(card, look.show(found))


def show_story(desk: Desk, request: Request) -> Response:
    """One story: its reports by day, and who carried each."""
    number, slug = _read_reference(request)
    with desk.look() as look:
        found = load_story(look.tx, StoryId(number))
        if found is None:
            raise HTTPException(404)
        if slug != found.slug:
            return send_on(desk, story_path(found))
        story = look.show_story(found)
        language = request.query_params.get("lang", "")
        return _draw_story(desk, look, story, language if language in story.languages else "")


def _draw_story(desk: Desk, look: Look, story: StoryCard, language: str) -> Response:
    path = story_path(story)
    members = [card for card in story.members if not language or card.language == language]
    reports = group_reports(members)
    head = Head(
        title=story.headline,
        path=with_query(path, lang=language),
        description=story.lead.lede,
        feeds=f"/feeds/story/{story.story_id}",
        picture=story.lead.picture_hash,
        kind="article",
        language=story.lead.language,
    )
    return draw_page(
        desk,
        look,
        "story.html",
        head,
        story=story,
        path=path,
        language=language,
        days=group_days(reports, desk.zone),
        reports=len(reports),
        longest=LONGEST,
    )


def _read_reference(request: Request) -> tuple[int, str]:
    found = read_reference(request.path_params["reference"])
    if found is None:
        raise HTTPException(404)
    return found
