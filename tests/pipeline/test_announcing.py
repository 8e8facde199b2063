"""Announcing: each change once, after it was taken, and never what was there before."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest
from tests.pipeline.world import START, add_articles, make_edges

from dateline.model import NoReply, Reply, Request, Site
from dateline.pipeline import announcing
from dateline.pipeline.announcing import announce, find_due, is_key
from dateline.pipeline.edges import Edges
from dateline.store import Store
from dateline.store.tables import articles

SITE = Site(address="https://news.example")
KEY = "0123456789abcdef"
NOW = START + timedelta(days=30)


@dataclass
class Service:
    """Takes what is announced, or does not."""

    status: int = 200
    told: list[dict] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def fetch(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Reply | NoReply]]:
        for request in requests:
            self.requests.append(request)
            if not self.status:
                yield request, NoReply(url=request.url, reason="no connection")
                continue
            self.told.append(json.loads(request.send or b""))
            yield request, Reply(url=request.url, status=self.status, headers={}, body=b"")

    def slow_down(self, host: str, seconds: float) -> None:
        """Not asked for."""


@dataclass
class World:
    store: Store
    service: Service
    now: object = NOW
    said: list[str] = field(default_factory=list)

    def edges(self, after: timedelta) -> Edges:
        return replace(
            make_edges(self.store),
            web=self.service,
            clock=lambda: NOW + after,
            report=self.said.append,
        )

    def announce(self, after: timedelta) -> int:
        if not find_due(self.store, NOW + after):
            return 0
        return announce(self.edges(after), SITE, KEY)


@pytest.fixture
def world(sqlite_store: Store) -> World:
    add_articles(sqlite_store, 3)
    found = World(store=sqlite_store, service=Service())
    found.announce(timedelta(0))
    return found


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def test_what_was_there_before_is_not_announced(world: World) -> None:
    assert world.service.requests == []
    assert world.announce(minutes(10)) == 0
    assert world.service.requests == []


def test_what_is_new_is_announced_once(world: World) -> None:
    add_articles(world.store, 2, first=3)
    assert world.announce(minutes(10)) == 2
    (told,) = world.service.told
    assert told["host"] == "news.example"
    assert told["key"] == KEY
    assert told["keyLocation"] == f"https://news.example/{KEY}.txt"
    assert [url.split("-")[0] for url in told["urlList"]] == [
        "https://news.example/article/4",
        "https://news.example/article/5",
    ]
    (request,) = world.service.requests
    assert request.url == announcing.SERVICE
    assert request.headers["Content-Type"].startswith("application/json")
    assert world.announce(minutes(20)) == 0


def test_an_edit_is_announced(world: World) -> None:
    with world.store.write(NOW) as tx:
        edit = articles.update().where(articles.c.id == 1).values(edited_at=NOW + minutes(1))
        tx.conn.execute(edit)
    assert world.announce(minutes(10)) == 1
    assert world.announce(minutes(20)) == 0


def test_not_more_often_than_every_five_minutes(world: World) -> None:
    add_articles(world.store, 1, first=3)
    assert world.announce(minutes(2)) == 0
    assert world.announce(minutes(6)) == 1


@pytest.mark.parametrize("status", [0, 403, 429, 500])
def test_what_failed_is_announced_an_hour_later(world: World, status: int) -> None:
    add_articles(world.store, 1, first=3)
    world.service.status = status
    assert world.announce(minutes(10)) == 0
    assert len(world.said) == 1 and "could not be announced" in world.said[0]
    world.service.status = 202
    assert world.announce(minutes(30)) == 0
    assert world.announce(minutes(80)) == 1


def test_a_long_list_goes_in_pieces(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(announcing, "BATCH", 2)
    add_articles(world.store, 5, first=3)
    taken = [world.announce(minutes(10 * at)) for at in range(1, 5)]
    assert taken == [2, 2, 1, 0]


def test_what_a_key_is() -> None:
    assert is_key("a1B2-c3D4")
    assert not any(map(is_key, ("short", "x" * 129, "with space", "ключ-ключ", "a/../b12345")))
