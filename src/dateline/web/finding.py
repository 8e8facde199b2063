"""Handler of the search: words, outlet, language and days, newest first unless asked otherwise."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from dateline.model import Card, Person
from dateline.publish.addresses import with_query
from dateline.publish.jsonld_pages import describe_search
from dateline.publish.shown import show_card, show_snippet
from dateline.store.people import find_people
from dateline.store.search import SearchQuery, search_cards
from dateline.text import squeeze
from dateline.web import words
from dateline.web.desk import Desk, Look
from dateline.web.drawing import Head, draw_page
from dateline.web.lists import read_place, write_place

PAGE = 30
LONGEST_WORDS = 200  # characters
SHORTEST_NAME = 3  # characters for which people are looked up
PEOPLE = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What a reader asked for, as it is shown again in the form."""

    words: str = ""
    source: str = ""
    language: str = ""
    since: str = ""  # days as they were written
    until: str = ""
    by_match: bool = False
    before: str = ""

    def is_empty(self) -> bool:
        """Whether there are no words to look for."""
        return not self.words

    def write_path(self, path: str = "/search", before: str = "") -> str:
        """Return the address of this search, or of another document of it."""
        sort = "match" if self.by_match else ""
        return with_query(
            path,
            q=self.words,
            source=self.source,
            lang=self.language,
            from_=self.since,
            to=self.until,
            sort=sort,
            before=before,
        )


def read_sought(query: QueryParams) -> Sought:
    """Return what a query asks for."""
    return Sought(
        words=squeeze(query.get("q", ""))[:LONGEST_WORDS],
        source=squeeze(query.get("source", ""))[:100],
        language=squeeze(query.get("lang", ""))[:40],
        since=squeeze(query.get("from", ""))[:20],
        until=squeeze(query.get("to", ""))[:20],
        by_match=query.get("sort", "") == "match",
        before=query.get("before", ""),
    )


def make_query(sought: Sought, zone: ZoneInfo, *, limit: int) -> SearchQuery:
    """Return the store's question; days that cannot be read are left out."""
    until = read_day(sought.until, zone)
    place = None if sought.by_match else read_place(sought.before)
    return SearchQuery(
        words=sought.words,
        source_key=sought.source,
        language=sought.language,
        since=read_day(sought.since, zone),
        until=until + timedelta(days=1) if until else None,
        newest=not sought.by_match,
        limit=limit,
        before=place,
    )


def read_day(text: str, zone: ZoneInfo) -> datetime | None:
    """Return the beginning of a day written like 2022-11-30, None where it is not."""
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  the zone is added below
    except ValueError:
        return None
    return datetime.combine(day, time(), zone) if 1900 <= day.year < 2200 else None


def show_search(desk: Desk, request: Request) -> Response:
    """The search form and what was found."""
    sought = read_sought(request.query_params)
    with desk.look() as look:
        found = _search(desk, look, sought)
        results = found[:PAGE]
        place = write_place(results[-1][0]) if len(found) > PAGE and not sought.by_match else ""
        head = Head(
            title=sought.words or desk.say.text(words.SEARCH),
            path=sought.write_path(),
            feeds="" if sought.is_empty() else "/feeds/search",
            hidden=not sought.is_empty(),
            record=describe_search(
                desk.site, sought.words or desk.say.text(words.SEARCH), sought.write_path()
            ),
        )
        return draw_page(
            desk,
            look,
            "search.html",
            head,
            sought=sought,
            people=_find_people(look, sought),
            results=results,
            earlier=sought.write_path(before=place) if place else "",
            bad_days=[
                day for day in (sought.since, sought.until) if day and not read_day(day, desk.zone)
            ],
        )


def _find_people(look: Look, sought: Sought) -> list[Person]:
    """Return who is called as the words say, on the first page of a search alone."""
    if sought.is_empty() or sought.before or len(sought.words) < SHORTEST_NAME:
        return []
    return find_people(look.tx, sought.words, PEOPLE)


def _search(desk: Desk, look: Look, sought: Sought) -> list[tuple[Card, list[tuple[str, bool]]]]:
    if sought.is_empty():
        return []
    found = search_cards(look.tx, make_query(sought, desk.zone, limit=PAGE + 1))
    terms = sought.words.split()
    results = []
    for each in found:
        card = show_card(each.card, look.frame.sources.get(each.card.source_key))
        results.append((card, show_snippet(card, each.snippet, terms)))
    return results
