"""How often one network may ask for something; nothing that names it is kept longer than a day.

A network is known by a keyed hash of its prefix (/24, or /48 for IPv6) under a random key that is
made anew each day and never leaves memory.
"""

import hashlib
import ipaddress
import secrets
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock

LONGEST = 200_000  # networks counted within an hour; beyond it all are refused


@dataclass(slots=True)
class NetworkKey:
    """The daily random key under which networks are told apart."""

    _day: date | None = None
    _key: bytes = b""

    def hash_network(self, address: str, now: datetime) -> bytes:
        """Return a hash of the address's network that is equal only within one day."""
        if self._day != now.date():
            self._day, self._key = now.date(), secrets.token_bytes(32)
        prefix = read_prefix(address).encode()
        return hashlib.blake2b(prefix, key=self._key, digest_size=12).digest()


@dataclass(slots=True)
class Throttle:
    """Counts requests of each network within the hour."""

    limit: int
    _networks: NetworkKey = field(default_factory=NetworkKey)
    _hour: datetime | None = None
    _counts: Counter[bytes] = field(default_factory=Counter)
    _lock: Lock = field(default_factory=Lock)

    def allow(self, address: str, now: datetime) -> bool:
        """Count one request from `address` and say whether it is within the limit."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        with self._lock:
            if self._hour != hour:
                self._hour, self._counts = hour, Counter()
            network = self._networks.hash_network(address, now)
            if len(self._counts) >= LONGEST and network not in self._counts:
                return False
            self._counts[network] += 1
            return self._counts[network] <= self.limit


def read_prefix(address: str) -> str:
    """Return the network that an address belongs to: its /24, or /48 for IPv6."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return str(ipaddress.ip_network((found, 48), strict=False))
        found = found.ipv4_mapped
    return str(ipaddress.ip_network((found, 24), strict=False))
