"""Whose turn it is: how many exchanges with one host, how far apart, how many altogether."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_MANY_HOSTS = 4096


class Turns:
    """Hands out turns; requests of one host wait in line while those of others go on."""

    def __init__(self, *, per_host: int, total: int, min_gap: float) -> None:
        self._per_host = per_host
        self._min_gap = min_gap
        self._all = asyncio.Semaphore(total)
        self._hosts: dict[str, _Host] = {}

    def slow_down(self, host: str, gap: float) -> None:
        """Keep at least `gap` seconds between two exchanges with `host` from now on."""
        self._find(host).gap = max(gap, self._min_gap)

    @asynccontextmanager
    async def take(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn with `host` and hold it; the machine-wide place is taken last."""
        place = self._find(host)
        place.users += 1
        try:
            async with place.slots:
                await place.wait_gap()
                async with self._all:
                    yield
        finally:
            place.users -= 1

    def _find(self, host: str) -> "_Host":
        if host not in self._hosts:
            if len(self._hosts) >= _MANY_HOSTS:
                self._forget_idle()
            self._hosts[host] = _Host(self._per_host, self._min_gap)
        return self._hosts[host]

    def _forget_idle(self) -> None:
        now = asyncio.get_running_loop().time()
        self._hosts = {
            name: host
            for name, host in self._hosts.items()
            if host.users or host.next_at > now or host.gap > self._min_gap
        }


class _Host:
    """The line in front of one host."""

    def __init__(self, per_host: int, gap: float) -> None:
        self.slots = asyncio.Semaphore(per_host)
        self.gap = gap
        self.next_at = 0.0
        self.users = 0

    async def wait_gap(self) -> None:
        """Wait until the last beginning is `gap` seconds ago, and book this one."""
        now = asyncio.get_running_loop().time()
        start = max(now, self.next_at)
        self.next_at = start + self.gap
        if start > now:
            await asyncio.sleep(start - now)
