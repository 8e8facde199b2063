"""Handlers of what is popular: the two lists, and the published counts of each day."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from dateline.model import ArticleId
from dateline.publish.addresses import article_path, popular_day_path
from dateline.publish.day_counts import LEAST, DayCounts, count_day, write_csv, write_json
from dateline.publish.jsonld_pages import describe_list, list_stories
from dateline.publish.popular import rank_covered
from dateline.store.cards import load_cards
from dateline.store.views import list_days, list_hours
from dateline.web import popular_words, words
from dateline.web.desk import Desk, Look
from dateline.web.drawing import Head, draw_data, draw_page

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LISTED = 100  # articles on the page of a day
COVERED = 20
RECENT = 7  # days that the page of what is popular links to


def show_popular(desk: Desk, request: Request) -> Response:
    """What is read most, and what is covered most."""
    with desk.look() as look:
        shared = [story for story in look.frame.ranked if story.outlets > 1]
        covered = [look.show_lead(story) for story in rank_covered(shared)[:COVERED]]
        held = {
            article_id: popular_words.say_held(desk.say, jump, desk.zone)
            for article_id, jump in look.frame.held.items()
        }
        title = desk.say.text(words.POPULAR)
        record = describe_list(desk.pages, title, "/popular", list_stories(desk.pages, covered))
        head = Head(
            title=title,
            path="/popular",
            record=record,
            feeds="/feeds/popular/covered",
            more_feeds=((desk.say.text(words.MOST_READ), "/feeds/popular/read"),),
        )
        values = {"covered": covered, "held": held, "days": _list_recent(look)}
        return draw_page(desk, look, "popular.html", head, **values)


def show_day(desk: Desk, request: Request) -> Response:
    """How often each article was read on one day."""
    with desk.look() as look:
        counts = _read_day(look, request)
        told = counts.articles[:LISTED]
        cards = look.show(load_cards(look.tx, [each.article_id for each in told]))
        shown = {card.article_id: card for card in cards if not card.gone}
        rows = [(each, shown.get(each.article_id)) for each in told]
        path = popular_day_path(counts.day)
        head = Head(title=popular_words.say_reads_of(desk.say, counts.day), path=path)
        values = {"rows": rows, "counts": counts, "least": LEAST}
        return draw_page(desk, look, "popular_day.html", head, **values)


def show_day_json(desk: Desk, request: Request) -> Response:
    """The counts of one day for programs."""
    with desk.look() as look:
        body = write_json(_read_day(look, request), _make_link(desk))
    return draw_data(desk, body, "application/json")


def show_day_csv(desk: Desk, request: Request) -> Response:
    """The counts of one day for tables."""
    with desk.look() as look:
        body = write_csv(_read_day(look, request), _make_link(desk))
    return draw_data(desk, body, "text/csv; charset=utf-8")


def _make_link(desk: Desk) -> Callable[[ArticleId], str]:
    def link(article_id: ArticleId) -> str:
        return desk.site.address + article_path(article_id, "")

    return link


def _read_day(look: Look, request: Request) -> DayCounts:
    text = request.path_params["day"]
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    # A day that is not over would be told twice; in two steps, one learns what came between.
    if day is None or not date.min < day < look.now.astimezone(UTC).date():
        raise HTTPException(404)
    begin = datetime.combine(day, time(), UTC)
    hours = list_hours(look.tx, begin, begin + timedelta(days=1))
    if not hours:
        raise HTTPException(404)
    return count_day(day, hours)


def _list_recent(look: Look) -> list[date]:
    span = list_days(look.tx)
    if span is None:
        return []
    today = look.now.astimezone(UTC).date()
    days = (today - timedelta(days=back) for back in range(1, RECENT + 1))
    return [day for day in days if span[0].date() <= day <= span[1].date()]
