"""Reads from the page's script to the list: what counts, what does not, what is written."""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from dateline.model import ArticleId
from dateline.publish.day_counts import LEAST
from dateline.store.views import list_hours, list_jumps
from dateline.web.readers import Reader
from dateline.web.views import Views

HEADERS = {"accept_language": "en-GB,en;q=0.8", "sec_fetch_site": "same-origin"}
ONE = Reader("203.0.113.0/24", "firefox", "en")


def count_of(store, clock, views) -> dict[int, int]:
    views.flush(store, clock.now)
    with store.read() as tx:
        return {
            each.article_id: each.reads for each in list_hours(tx, clock.now - timedelta(days=1))
        }


def find_views(reader) -> Views:
    """The counter inside the application."""
    switch = reader.app.app.app.app
    route = next(route for route in switch.default.routes if route.path == "/seen")
    take = next(cell.cell_contents for cell in route.endpoint.__closure__ if _is_desk(cell))
    return take.views


def _is_desk(cell) -> bool:
    return hasattr(cell.cell_contents, "views")


def open_page(reader, article: str = "1", **headers: str) -> str:
    """The ticket that the page's script gets."""
    answer = reader.post("/seen/open", {"article": article}, **(HEADERS | headers))
    assert answer.status in (200, 204)
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    return answer.text


def hand_in(reader, ticket: str, article: str = "1", **headers: str) -> None:
    answer = reader.post("/seen", {"article": article, "ticket": ticket}, **(HEADERS | headers))
    assert (answer.status, answer.body) == (204, b"")


def read(reader, clock, article: str = "1", **headers: str) -> str:
    """Open a page and leave it open long enough."""
    ticket = open_page(reader, article, **headers)
    clock.now += timedelta(seconds=6)
    hand_in(reader, ticket, article, **headers)
    return ticket


def test_a_reader_is_counted_once_a_day(reader, sqlite_site, clock) -> None:
    other = replace(reader, address="2001:db8::1")
    for each in (reader, reader, other):
        read(each, clock)
    clock.now += timedelta(hours=1)
    read(reader, clock)
    assert count_of(sqlite_site, clock, find_views(reader)) == {1: 2}
    clock.now += timedelta(days=1)
    read(reader, clock)
    assert count_of(sqlite_site, clock, find_views(reader)) == {1: 1}


def test_254_hosts_of_one_network_move_an_article_by_five_at_most(
    reader, sqlite_site, clock
) -> None:
    for host in range(1, 255):
        each = replace(reader, address=f"198.51.100.{host}")
        language = f"{chr(97 + host % 26)}{chr(97 + host // 26)}"
        read(each, clock, accept_language=language)
    for number in range(100):
        each = replace(reader, address=f"2001:db8:7:{number:x}::1")
        read(each, clock, "2", accept_language=f"{chr(97 + number % 26)}x")
    assert count_of(sqlite_site, clock, find_views(reader)) == {1: 5, 2: 5}
    with sqlite_site.read() as tx:
        networks = [each.networks for each in list_hours(tx, clock.now - timedelta(days=1))]
    assert networks == [1.0, 1.0]


def test_one_address_with_very_many_hits_is_one_reader(clock, sqlite_site) -> None:
    views = Views()
    tickets = [views.open(1, ONE, clock.now) for _ in range(2_000)]
    clock.now += timedelta(seconds=5)
    counted = [views.count(1, ONE, ticket, clock.now) for ticket in tickets * 50]
    assert len(counted) == 100_000
    assert sum(counted) == 1
    assert views.flush(sqlite_site, clock.now) == 1


def test_a_ticket_that_is_handed_in_again_or_by_others_counts_nothing(
    reader, sqlite_site, clock
) -> None:
    ticket = read(reader, clock)
    hand_in(reader, ticket)
    for address in ("198.51.100.1", "2001:db8::1"):
        hand_in(replace(reader, address=address), ticket)
    hand_in(reader, ticket, accept_language="fr")
    hand_in(reader, ticket, "2")
    clock.now += timedelta(days=1)
    hand_in(reader, ticket)
    assert count_of(sqlite_site, clock, find_views(reader)) == {}
    clock.now -= timedelta(days=1)
    assert count_of(sqlite_site, clock, find_views(reader)) == {1: 1}


@pytest.mark.parametrize("ticket", ["", "x", "A" * 54, "A" * 4_000, "é", "\x00"])
def test_a_ticket_that_is_made_up_counts_nothing(reader, sqlite_site, clock, ticket) -> None:
    hand_in(reader, ticket)
    assert count_of(sqlite_site, clock, find_views(reader)) == {}


def test_a_page_that_was_left_at_once_counts_nothing(reader, sqlite_site, clock) -> None:
    ticket = open_page(reader)
    clock.now += timedelta(seconds=4)
    hand_in(reader, ticket)
    clock.now += timedelta(hours=3)
    hand_in(reader, ticket)
    assert count_of(sqlite_site, clock, find_views(reader)) == {}


def test_reads_make_the_most_popular_list(reader, sqlite_site, clock) -> None:
    assert "Most covered" in reader.get("/").text
    for number in range(LEAST):
        read(replace(reader, address=f"198.51.{number}.7"), clock, "2")
    find_views(reader).flush(sqlite_site, clock.now)
    clock.now += timedelta(minutes=2)  # the list is made anew once a minute
    page = reader.get("/popular?q=again").text  # another address: the page itself is kept
    assert "Alle an Land" in page.partition("Most covered")[0]


@pytest.mark.parametrize("article", ["", "x", "-1", "1 OR 1=1", "9" * 30, "99"])
def test_what_is_no_article_is_not_counted(reader, sqlite_site, clock, article) -> None:
    read(reader, clock, article)
    assert count_of(sqlite_site, clock, find_views(reader)) == {}


def test_bots_and_other_sites_are_not_counted(reader, sqlite_site, clock) -> None:
    bot = replace(reader, agent="Googlebot/2.1")
    assert open_page(bot) == ""
    assert open_page(reader, sec_fetch_site="cross-site") == ""
    assert open_page(reader, sec_purpose="prefetch") == ""
    ticket = open_page(reader)
    clock.now += timedelta(seconds=6)
    hand_in(bot, ticket)
    hand_in(reader, ticket, sec_fetch_site="cross-site")
    assert count_of(sqlite_site, clock, find_views(reader)) == {}


def test_no_page_holds_anything_of_its_reader(reader, clock) -> None:
    other = replace(reader, address="198.51.100.1", agent="curl/8")
    assert reader.get("/article/1?x=1").body == other.get("/article/1?x=2").body.replace(
        b"x=2", b"x=1"
    )


def test_reads_that_could_not_be_written_are_kept(sqlite_site, clock) -> None:
    views = Views()
    ticket = views.open(1, ONE, clock.now)
    clock.now += timedelta(seconds=6)
    assert views.count(1, ONE, ticket, clock.now)
    with pytest.raises(ValueError, match="time zone"):
        views.flush(sqlite_site, clock.now.replace(tzinfo=None))
    assert views.flush(sqlite_site, clock.now) == 1
    assert views.flush(sqlite_site, clock.now) == 0
    with sqlite_site.read() as tx:
        assert [each.article_id for each in list_hours(tx, clock.now - timedelta(days=1))] == [
            ArticleId(1)
        ]


def read_from_many(views: Views, clock, article_id: int, count: int, start: int = 0) -> None:
    readers = [Reader(f"10.{n // 256}.{n % 256}.0/24", "firefox", "en") for n in range(count)]
    readers = [each._replace(browser=f"{start}") for each in readers]
    tickets = [views.open(article_id, each, clock.now) for each in readers]
    clock.now += timedelta(seconds=5)
    for each, ticket in zip(readers, tickets, strict=True):
        assert views.count(article_id, each, ticket, clock.now)


def test_a_jump_is_recorded_told_and_its_place_held(reader, sqlite_site, clock, caplog) -> None:
    views = find_views(reader)
    read_from_many(views, clock, 3, 10)
    read_from_many(views, clock, 4, 300)
    with caplog.at_level(logging.WARNING):
        views.flush(sqlite_site, clock.now)
    assert "read in 300 networks" in caplog.text
    with sqlite_site.read() as tx:
        (jump,) = list_jumps(tx, clock.now - timedelta(days=1))
    assert (jump.article_id, jump.networks, jump.lifted) == (4, 300, False)
    caplog.clear()
    views.flush(sqlite_site, clock.now)
    assert caplog.text == ""
    read_from_many(views, clock, 5, 120, start=1)  # others are read as much: it was the hour
    views.flush(sqlite_site, clock.now)
    with sqlite_site.read() as tx:
        assert [each.lifted for each in list_jumps(tx, clock.now - timedelta(days=1))] == [True]


def test_reads_are_written_when_the_application_stops(reader, sqlite_site, clock) -> None:
    told: list[str] = []
    views = find_views(reader)
    ticket = views.open(1, ONE, clock.now)
    clock.now += timedelta(seconds=6)

    async def run() -> None:
        steps = iter(("lifespan.startup", "lifespan.shutdown"))

        async def receive():
            return {"type": next(steps)}

        async def send(message) -> None:
            told.append(message["type"])
            if message["type"] == "lifespan.startup.complete":
                views.count(1, ONE, ticket, clock.now)

        await reader.app({"type": "lifespan", "asgi": {"version": "3.0"}}, receive, send)

    asyncio.run(run())
    assert told == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    with sqlite_site.read() as tx:
        assert [each.reads for each in list_hours(tx, clock.now - timedelta(days=1))] == [1]
