import asyncio
import json
import lzma
from dataclasses import replace
from datetime import timedelta

import pytest

from dateline.model import ArticleId
from dateline.store.views import sum_views
from dateline.web.agents import is_bot
from dateline.web.throttle import NetworkKey, Throttle, read_prefix
from dateline.web.views import Views

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0"
BROWSERS = (
    PHONE,
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/138.0.0.0",
    f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36",
    "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
)


def count_of(store, clock, views) -> dict[int, int]:
    views.flush(store, clock.now)
    with store.read() as tx:
        return {
            found: count for found, _hour, count in sum_views(tx, clock.now - timedelta(days=1))
        }


def find_views(reader) -> Views:
    """The counter inside the application."""
    switch = reader.app.app.app
    route = next(route for route in switch.default.routes if route.path == "/seen")
    take = next(cell.cell_contents for cell in route.endpoint.__closure__ if _is_desk(cell))
    return take.views


def _is_desk(cell) -> bool:
    return hasattr(cell.cell_contents, "views")


def test_a_read_is_counted_once_an_hour_for_a_network(reader, sqlite_site, clock) -> None:
    same_network = replace(reader, address="203.0.113.200")
    other = replace(reader, address="2001:db8::1")
    for each in (reader, reader, same_network, other):
        assert each.post("/seen", {"article": "1"}).status == 204
    views = find_views(reader)
    assert count_of(sqlite_site, clock, views) == {1: 2}
    clock.now += timedelta(hours=1)
    reader.post("/seen", {"article": "1"})
    views.flush(sqlite_site, clock.now)
    with sqlite_site.read() as tx:
        assert sum(count for *_rest, count in sum_views(tx, clock.now - timedelta(days=1))) == 3


def test_reads_make_the_most_popular_list(reader, sqlite_site, clock) -> None:
    assert "Most covered" in reader.get("/").text
    reader.post("/seen", {"article": "2"})
    find_views(reader).flush(sqlite_site, clock.now)
    clock.now += timedelta(minutes=2)  # the list is made anew once a minute
    page = reader.get("/popular?q=again").text  # another address: the page itself is kept
    assert "Alle an Land" in page.partition("Most covered")[0]


@pytest.mark.parametrize("article", ["", "x", "-1", "1 OR 1=1", "9" * 30, "99"])
def test_what_is_no_article_is_not_counted(reader, sqlite_site, clock, article) -> None:
    assert reader.post("/seen", {"article": article}).status == 204
    assert count_of(sqlite_site, clock, find_views(reader)) == {}


def test_bots_and_other_sites_are_not_counted(reader, sqlite_site, clock) -> None:
    replace(reader, agent="Googlebot/2.1").post("/seen", {"article": "1"})
    reader.post("/seen", {"article": "1"}, sec_fetch_site="cross-site")
    assert count_of(sqlite_site, clock, find_views(reader)) == {}


def test_reads_that_could_not_be_written_are_kept(sqlite_site, clock) -> None:
    views = Views()
    views.count(1, "203.0.113.7", clock.now)
    with pytest.raises(ValueError, match="time zone"):
        views.flush(sqlite_site, clock.now.replace(tzinfo=None))
    assert views.flush(sqlite_site, clock.now) == 1
    assert views.flush(sqlite_site, clock.now) == 0
    with sqlite_site.read() as tx:
        assert [found for found, *_rest in sum_views(tx, clock.now - timedelta(days=1))] == [
            ArticleId(1)
        ]


@pytest.mark.parametrize("agent", BROWSERS)
def test_browsers_are_no_bots(agent) -> None:
    assert not is_bot(agent)


@pytest.mark.parametrize(
    "agent", ["", "curl/8", "Mozilla/5.0", "Mozilla/5.0 (compatible; X/1.0)", PHONE + " Botty/1"]
)
def test_what_is_not_wholly_a_browser_is_a_bot(agent) -> None:
    assert is_bot(agent)


def test_published_bots_are_known(shared) -> None:
    with lzma.open(shared / "suites" / "bot_user_agents.jsonl.xz", "rt") as lines:
        agents = [json.loads(line)["ua"] for line in lines]
    missed = [agent for agent in agents if not is_bot(agent)]
    assert len(missed) <= len(agents) * 0.005, missed


@pytest.mark.parametrize(
    ("address", "prefix"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("fe80::1%eth0", "fe80::/48"),
        ("unix", "unknown"),
    ],
)
def test_a_network_is_the_addresss_prefix(address, prefix) -> None:
    assert read_prefix(address) == prefix


def test_a_network_cannot_be_followed_from_day_to_day(clock) -> None:
    key = NetworkKey()
    today = key.hash_network("203.0.113.7", clock.now)
    assert key.hash_network("203.0.113.9", clock.now) == today
    assert key.hash_network("203.0.113.7", clock.now + timedelta(days=1)) != today


def test_the_throttle_forgets_after_the_hour(clock) -> None:
    throttle = Throttle(1)
    assert throttle.allow("203.0.113.7", clock.now)
    assert not throttle.allow("203.0.113.8", clock.now)
    assert throttle.allow("198.51.100.1", clock.now)
    assert throttle.allow("203.0.113.7", clock.now + timedelta(hours=1))


def test_reads_are_written_when_the_application_stops(reader, sqlite_site, clock) -> None:
    told: list[str] = []

    async def run() -> None:
        steps = iter(("lifespan.startup", "lifespan.shutdown"))

        async def receive():
            return {"type": next(steps)}

        async def send(message) -> None:
            told.append(message["type"])
            if message["type"] == "lifespan.startup.complete":
                find_views(reader).count(1, "203.0.113.7", clock.now)

        await reader.app({"type": "lifespan", "asgi": {"version": "3.0"}}, receive, send)

    asyncio.run(run())
    assert told == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    with sqlite_site.read() as tx:
        assert [count for *_rest, count in sum_views(tx, clock.now - timedelta(days=1))] == [1]
