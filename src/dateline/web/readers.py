"""How many readers an article has: estimated without knowing one of them.

A reader is a keyed hash of network (/24, or /48 for IPv6), browser family and language, under a key
that is random, of the day, and in memory only. Nothing of it is written or can be undone later.

Two numbers come of it. `reads` are readers: one a day for each article, at most five of one
network. `weight` is what orders the list: networks, each counted once for an article. A network
that reads far more than others is a crowd that one person may have made, so that its weight falls
with the square of what it reads, also for what it read before, and is nothing in the end: this is
what a flood from few networks meets. The measure grows with the number of networks seen.
"""

import hashlib
import secrets
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from dateline.web.filter import Filter

FULL = 100  # the weight of one network that reads as others do
READERS = 5  # of one network for one article
QUIET = 6  # reads a day that one network may have at full weight, on a small site
MUTE = 4  # times as many, and the network weighs nothing
MOST = 100  # times as many are counted at all
USUAL_NETWORKS = 10_000  # above twice as many a day QUIET doubles, and so on
LONGEST = 200_000  # networks watched in a day; further ones are not held against their crowd
PLACES = 2_000_000  # reads remembered in a day, to be taken back; further ones stay as they are
LAST_ARTICLE = 2**58


class Reader(NamedTuple):
    """What tells readers apart; never kept."""

    network: str  # "203.0.113.0/24": the address itself is forgotten before anything is counted
    browser: str  # its family
    language: str

    def describe(self) -> str:
        """Return the reader as it is hashed."""
        return f"{self.network}|{self.browser}|{self.language}"


class Change(NamedTuple):
    """What is added to the sums of one article in one hour."""

    hour: datetime
    article_id: int
    reads: int
    weight: int  # hundredths of a network; below 0 where a crowd was found out


@dataclass(slots=True)
class _Network:
    """What one network read today: articles and hours, each pair as one number."""

    reads: int = 0
    share: int = FULL
    places: "array[int]" = field(default_factory=lambda: array("Q"))


@dataclass(slots=True)
class Readers:
    """The readers of one day, in one process."""

    _day: date | None = None
    _key: bytes = b""
    _seen: Filter = field(default_factory=lambda: Filter(3))
    _networks: dict[bytes, _Network] = field(default_factory=dict)
    _places: int = 0

    def count(self, article_id: int, reader: Reader, now: datetime) -> list[Change]:
        """Count one read and return what changes; nothing where it counts no more."""
        if not 0 <= article_id < LAST_ARTICLE:
            return []
        self._begin(now.date())
        name = self._hash("network", reader.network)[:8]
        network = self._networks.get(name) or _Network()
        mark = self._hash("reader", f"{article_id}|{reader.describe()}")
        slot = self._find_slot(name, article_id)
        if self._seen.knows(mark) or slot is None or network.reads >= MOST * self._quiet():
            return []
        self._seen.add(mark)
        self._seen.add(slot[1])
        if name not in self._networks and len(self._networks) < LONGEST:
            self._networks[name] = network
        hour = now.replace(minute=0, second=0, microsecond=0)
        return list(self._weigh(network, hour, article_id, is_first=slot[0] == 0))

    def _begin(self, day: date) -> None:
        if self._day != day:
            self._day, self._key = day, secrets.token_bytes(32)
            self._seen, self._networks, self._places = Filter(), {}, 0

    def _hash(self, kind: str, text: str) -> bytes:
        data = f"{kind}|{text}".encode("utf-8", "replace")
        return hashlib.blake2b(data, key=self._key, digest_size=16).digest()

    def _find_slot(self, name: bytes, article_id: int) -> tuple[int, bytes] | None:
        for number in range(READERS):
            slot = self._hash("slot", f"{name.hex()}|{article_id}|{number}")
            if not self._seen.knows(slot):
                return number, slot
        return None

    def _quiet(self) -> int:
        return QUIET << max(0, (len(self._networks) // USUAL_NETWORKS).bit_length() - 1)

    def _weigh(
        self, network: _Network, hour: datetime, article_id: int, *, is_first: bool
    ) -> Iterator[Change]:
        network.reads += 1
        share = min(network.share, measure_share(network.reads, self._quiet()))
        fallen = share - network.share
        network.share = share
        if fallen:
            for place in network.places:
                yield Change(hour.replace(hour=place & 31), place >> 5, 0, fallen)
        if share == 0:
            self._places -= len(network.places)
            network.places = array("Q")
        elif is_first and self._places < PLACES:
            self._places += 1
            network.places.append(article_id << 5 | hour.hour)
        yield Change(hour, article_id, 1, share if is_first else 0)


def measure_share(reads: int, quiet: int) -> int:
    """Return what each article that a network read weighs, in hundredths of a network."""
    if reads <= quiet:
        return FULL
    return round(FULL * (quiet / reads) ** 2) if reads <= MUTE * quiet else 0
