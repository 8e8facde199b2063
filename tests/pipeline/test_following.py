"""Feeds: what stood in one when it was new came out at a time that nobody knows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tests.pipeline.world import START, make_edges

from dateline.model import Card, Reply, Request, Route, Source
from dateline.pipeline.edges import Edges
from dateline.pipeline.following import claim_feeds, follow_feeds
from dateline.pipeline.manners import Manners
from dateline.pipeline.pages import claim_entries, read_entries
from dateline.store import Store
from dateline.store.cards import CardFilter, list_cards
from dateline.store.sources import save_sources
from dateline.work.pool import Pool

HOUR = timedelta(hours=1)


@dataclass
class Wire:
    """Answers every request with one feed; holds back none."""

    items: list[str] = field(default_factory=list)
    now: datetime = START

    def fetch(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Reply]]:
        told = "".join(self.items)
        body = f"<rss version='2.0'><channel><title>Post</title>{told}</channel></rss>".encode()
        for request in requests:
            headers = {"content-type": "application/rss+xml"}
            yield request, Reply(url=request.url, status=200, headers=headers, body=body)

    def slow_down(self, host: str, seconds: float) -> None:
        raise AssertionError((host, seconds))

    def add(self, name: str, date: str = "") -> None:
        at = f"<pubDate>{date}</pubDate>" if date else ""
        text = f"What the {name} did today was told at length by the people of the harbour. " * 3
        self.items.append(
            f"<item><guid>{name}</guid><link>https://post.example/{name}</link>"
            f"<title>News of the {name}</title><description>{text}</description>{at}</item>"
        )


def follow(store: Store, wire: Wire, now: datetime) -> dict[str, Card]:
    """Ask the feed once, read its entries, and return the cards by the names of the items."""
    with Pool(0) as pool:
        edges: Edges = replace(make_edges(store), web=wire, pool=pool, clock=lambda: now)
        follow_feeds(edges, claim_feeds(edges, now, 9))
        read_entries(edges, claim_entries(edges, now, 99), Manners())
    with store.read() as tx:
        return {card.url.rpartition("/")[2]: card for card in list_cards(tx, CardFilter())}


def test_only_what_comes_into_a_known_feed_is_new_by_its_first_sight(store: Store) -> None:
    wire, url = Wire(), "https://post.example/feed"
    with store.write(START) as tx:
        post = Source(key="post", name="Post", home="https://post.example/", feeds=(url,))
        save_sources(tx, [replace(post, route=Route.FEED)])
    wire.add("ferry")
    wire.add("bridge", "Mon, 02 Nov 2026 07:00:00 GMT")
    wire.add("comet", "Mon, 02 Nov 2099 07:00:00 GMT")
    cards = follow(store, wire, START)
    assert [cards[name].dated for name in ("ferry", "bridge", "comet")] == [False, True, False]
    wire.add("tower")
    wire.add("quay", "Mon, 02 Nov 2099 07:00:00 GMT")
    later = START + 3 * HOUR
    cards = follow(store, wire, later)
    names = list(cards)
    assert (sorted(names[:2]), names[2], sorted(names[3:])) == (
        ["quay", "tower"],
        "bridge",
        ["comet", "ferry"],
    )
    for name in ("tower", "quay"):
        card = cards[name]
        assert (card.at, card.dated, card.sighted, card.published_at) == (later, True, True, None)
    assert (cards["bridge"].sighted, cards["bridge"].published_at) == (False, START - HOUR)
    assert (cards["ferry"].sighted, cards["ferry"].published_at) == (False, None)
    assert cards["ferry"].first_seen == START
