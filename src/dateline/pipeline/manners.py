"""Manners: what each site's robots.txt allows (RFC 9309), asked for once and kept for a while."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from dateline.fetch.robots import Rules, read_rules
from dateline.model import Request
from dateline.pipeline.edges import Edges
from dateline.urls import read_host, read_origin

KEPT = timedelta(hours=12)  # RFC 9309 allows a day
KEPT_FAILED = timedelta(minutes=30)
MOST_SITES = 5_000


class Manners:
    """The rules of the sites that were visited lately; one for each worker."""

    def __init__(self) -> None:
        self._rules: dict[str, tuple[Rules, datetime]] = {}

    def list_refusals(self, edges: Edges, urls: Sequence[str]) -> dict[str, str]:
        """Return the addresses that must not be fetched, each with the reason."""
        origins = {url: read_origin(url) for url in urls}
        self._learn(edges, {origin for origin in origins.values() if origin})
        refusals: dict[str, str] = {}
        for url, origin in origins.items():
            if not origin:
                refusals[url] = f"{url} is no web address"
            elif not (rules := self._rules[origin][0]).allows(url, edges.agent):
                refusals[url] = rules.reason or f"robots.txt of {origin} does not allow the page"
        return refusals

    def _learn(self, edges: Edges, origins: Collection[str]) -> None:
        now = edges.clock()
        if len(self._rules) > MOST_SITES:
            self._rules.clear()
        missing = [
            origin
            for origin in sorted(origins)
            if origin not in self._rules or self._rules[origin][1] <= now
        ]
        asked = {f"{origin}/robots.txt": origin for origin in missing}
        requests = (Request(url=url, max_bytes=2_000_000) for url in asked)
        for request, reply in edges.web.fetch(requests):
            rules = read_rules(reply)
            if delay := rules.delay(edges.agent):
                edges.web.slow_down(read_host(request.url), delay)
            kept = KEPT if rules.known else KEPT_FAILED
            self._rules[asked[request.url]] = (rules, now + kept)
