"""From which article readers went on to which: counted without telling readers apart.

A browser names the page that a link was followed on (`Referer`), within one site with its path; so
a step from article to article is seen in one request, and nothing links two requests of a reader.
In memory are, for the day, the steps with the keyed hashes of the networks that took them
(`throttle.NetworkKey`); written are sums alone, and of a step only once ten networks have taken it
within the day. The layer stands outside the page cache; what a cache before the site answers is not
seen. Who commands ten networks can make a step: it moves one place in one list, a little.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from urllib.parse import urlsplit

from starlette.types import Receive, Scope, Send

from dateline.model import ArticleId
from dateline.store import Store
from dateline.store.follows import Step, add_follows
from dateline.web.agents import is_bot
from dateline.web.cache import Answer, PageCache
from dateline.web.options import WebOptions
from dateline.web.throttle import NetworkKey

FEWEST = 10  # networks that take a step within a day before anything is written of it
LONGEST = 200_000  # (step, network) pairs remembered within a day; beyond it none is counted
OF_NETWORK = 60  # steps of one network that count within a day
_LONGEST_REFERER = 2_000
_ARTICLE = re.compile(r"(?:/[a-z]{2,3}(?:-[A-Za-z]{2,4})?)?/article/(\d{1,15})(?:-[^/]*)?")


@dataclass(slots=True)
class Follows:
    """The steps of this process within the day."""

    _networks: NetworkKey = field(default_factory=NetworkKey)
    _day: date | None = None
    _seen: dict[Step, set[bytes]] = field(default_factory=dict)
    _of_network: Counter[bytes] = field(default_factory=Counter)
    _pairs: int = 0
    _written: Counter[Step] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def count(self, step: Step, address: str, now: datetime) -> bool:
        """Count one step, unless this network has taken it today."""
        with self._lock:
            if self._day != now.date():
                self._day, self._seen = now.date(), {}
                self._of_network, self._written, self._pairs = Counter(), Counter(), 0
            network = self._networks.hash_network(address, now)
            takers = self._seen.get(step, set())
            much = self._pairs >= LONGEST or self._of_network[network] >= OF_NETWORK
            if much or network in takers:
                return False
            self._seen.setdefault(step, takers).add(network)
            self._of_network[network] += 1
            self._pairs += 1
            return True

    def flush(self, store: Store, now: datetime) -> int:
        """Write what enough networks have done; return how many steps have grown."""
        with self._lock:
            if self._day != now.date():
                return 0
            grown = {
                step: len(takers) - self._written[step]
                for step, takers in self._seen.items()
                if len(takers) >= FEWEST and len(takers) > self._written[step]
            }
        if not grown:
            return 0
        with store.write(now) as tx:
            add_follows(tx, now, grown)
        with self._lock:
            if self._day == now.date():
                self._written.update(grown)
        return len(grown)


class FollowLayer:
    """An ASGI layer that counts steps from article to article, and passes every request on."""

    def __init__(self, app: PageCache, follows: Follows, host: str, options: WebOptions) -> None:
        self.app = app
        self._follows = follows
        self._host = host
        self._options = options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        if scope["type"] == "http" and scope["method"] == "GET" and self._options.count_reads:
            step = read_step(scope, self._host)
            client = scope.get("client")
            if step and client:
                self._follows.count(step, client[0], self._options.now())
        await self.app(scope, receive, send)

    def find_ready(self, path: str, query: bytes, headers: Mapping[bytes, bytes]) -> Answer | None:
        """Return a GET's answer from memory; None: to be worked out, or a step to be counted."""
        if b"referer" in headers and _ARTICLE.fullmatch(path):
            return None
        return self.app.find_ready(path, query, headers)


def read_step(scope: Scope, host: str) -> Step | None:
    """Return the step that a request is, None where it is none, or not a reader's."""
    there = _ARTICLE.fullmatch(scope["path"])
    if there is None:
        return None
    headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
    referer = headers.get(b"referer", "")
    if not referer or len(referer) > _LONGEST_REFERER or not _is_reader(headers):
        return None
    try:
        came = urlsplit(referer)
    except ValueError:
        return None
    here = _ARTICLE.fullmatch(came.path)
    if here is None or came.netloc != host or here[1] == there[1]:
        return None
    return ArticleId(int(here[1])), ArticleId(int(there[1]))


def _is_reader(headers: dict[bytes, str]) -> bool:
    ahead = headers.get(b"sec-purpose") or headers.get(b"purpose") or headers.get(b"x-moz", "")
    opened = headers.get(b"sec-fetch-mode", "navigate") == "navigate"
    return not ahead and opened and not is_bot(headers.get(b"user-agent", ""))
