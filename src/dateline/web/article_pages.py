"""Handlers of one article: its page, its versions, what was taken from where."""

import json

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dateline.model import Article, ArticleId, Card
from dateline.origins.align import align
from dateline.publish.addresses import card_path, versions_path
from dateline.publish.annotations import describe_annotations
from dateline.publish.coverage_words import say_headline
from dateline.publish.jsonld import Ties, describe_article
from dateline.publish.shown import Shown, show_text
from dateline.publish.story_page import list_carriers
from dateline.publish.version_page import (
    ShownChanges,
    list_corrections,
    show_changes,
    view_versions,
)
from dateline.store.articles import load_article
from dateline.store.cards import CardFilter, list_cards, load_cards
from dateline.store.histories import load_newest_versions, load_version
from dateline.store.stories import load_story
from dateline.text import make_slug
from dateline.web import article_words
from dateline.web.desk import Desk, Look
from dateline.web.drawing import Head, draw_data, draw_page, name_section, send_on
from dateline.web.negotiation import read_path_reference
from dateline.web.offering import list_offered
from dateline.web.saying import hear_article
from dateline.web.shots import choose_article_shot
from dateline.web.tracing import Trace, list_parts_of, trace_article

CARRIERS = 300  # of one report that are looked at
LISTED_VERSIONS = 30  # the newest; each is compared with the one before


def show_article(desk: Desk, request: Request) -> Response:
    """One article, as far as its source allows."""
    with desk.look() as look:
        article, card, slug = _find_article(look, request)
        if slug != make_slug(card.headline):
            return send_on(desk, card_path(card))
        gone = article.gone_at is not None
        shown = show_text(article.version.reading, article.source, gone=gone)
        response = _draw_article(desk, look, article, card, shown)
        response.status_code = 410 if gone else 200
        return response


def show_versions(desk: Desk, request: Request) -> Response:
    """The versions of one article, each with what changed; a withdrawn one keeps its times."""
    with desk.look() as look:
        article, card, slug = _find_article(look, request)
        if slug != make_slug(card.headline):
            return send_on(desk, versions_path(card))
        gone = article.gone_at is not None
        kept = load_newest_versions(look.tx, article.id, LISTED_VERSIONS)
        head = Head(
            title=desk.say.text(article_words.VERSIONS_OF).format(
                say_headline(desk.say, card.headline)
            ),
            path=versions_path(card),
            language=card.language,
            hidden=True,
        )
        response = draw_page(
            desk,
            look,
            "versions.html",
            head,
            article=article,
            card=card,
            views=view_versions(kept, article.source, gone=gone),
            older=article.versions - len(kept),
        )
        response.status_code = 410 if gone else 200
        return response


def show_annotations(desk: Desk, request: Request) -> Response:
    """Who said what in one article, as data."""
    with desk.look() as look:
        article, card, slug = _find_article(look, request)
        if slug != make_slug(card.headline):
            return send_on(desk, f"{card_path(card)}/statements.json")
        gone = article.gone_at is not None
        shown = show_text(article.version.reading, article.source, gone=gone)
        said = hear_article(look, article, shown).said
        record = describe_annotations(desk.site, article, card, said, look.person_path)
        body = json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
        return draw_data(desk, body, "application/ld+json; charset=utf-8")


def _find_article(look: Look, request: Request) -> tuple[Article, Card, str]:
    """Return the article asked for, its card as it may be shown, and the words of the address."""
    number, slug = read_path_reference(request)
    article = load_article(look.tx, ArticleId(number))
    cards = look.show(load_cards(look.tx, [ArticleId(number)]))
    if article is None or not cards:
        raise HTTPException(404)
    return article, cards[0], slug


def _draw_article(desk: Desk, look: Look, article: Article, card: Card, shown: Shown) -> Response:
    trace = trace_article(look, article, card, shown, align)
    changed = _find_changes(look, article)
    ties = _tie(look, article, trace, changed)
    record = describe_article(desk.pages, article, card, shown, ties)
    head = Head(
        title=say_headline(desk.say, card.headline),
        path=card_path(card),
        description=shown.summary,
        shot=None if shown.withdrawn else choose_article_shot(desk.site, card, ties.story),
        kind="article",
        language=card.language,
        record=None if shown.withdrawn else record,
        trail=name_section(desk.say, card.section),
        hidden=shown.withdrawn,
    )
    return draw_page(
        desk,
        look,
        "article.html",
        head,
        article=article,
        reading=article.version.reading,
        heard=hear_article(look, article, shown),
        card=card,
        shown=shown,
        turned=changed.summary if changed else None,
        trace=trace,
        parts_of=list_parts_of(look, article, shown),
        most_carriers=CARRIERS - 1,  # beside the article itself
        story=ties.story,
        carriers=_find_carriers(look, card),
        offered=list_offered(look, card, (desk.site.language, desk.say.tag)),
    )


def _find_changes(look: Look, article: Article) -> ShownChanges | None:
    """Return what is different from what was first seen; None where there was one version only."""
    first = load_version(look.tx, article.id, 1) if article.versions > 1 else None
    if first is None:
        return None
    gone = article.gone_at is not None
    return show_changes(first.reading, article.version.reading, article.source, gone=gone)


def _tie(look: Look, article: Article, trace: Trace, changed: ShownChanges | None) -> Ties:
    """Return what the article's structured data names beside the article itself."""
    story = load_story(look.tx, article.story_id) if article.story_id else None
    shares = trace.passages.shares if trace.passages else ()
    parent = trace.parent.article_id if trace.parent else None
    noted = changed is not None and changed.summary.noted
    kept = load_newest_versions(look.tx, article.id, LISTED_VERSIONS) if noted else ()
    return Ties(
        story=look.show_lead(story) if story and story.articles > 1 else None,
        parent=trace.parent,
        cited=[each.card for each in shares if each.card.article_id != parent],
        corrections=list_corrections(kept, article.source),
    )


def _find_carriers(look: Look, card: Card) -> tuple[Card, ...]:
    if card.origin_id is None:
        return ()
    found = list_cards(look.tx, CardFilter(origin_id=card.origin_id, limit=CARRIERS))
    return list_carriers(card, look.show(found))
