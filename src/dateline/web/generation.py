"""Which generation of the store readers see: asked at most once a second, not for every page."""

import asyncio
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool

from dateline.store import Store
from dateline.store.editions import read_generation


class Generation:
    """The generation of which pages are made, at most `seconds` old; 0 asks the store each time.

    Where someone renews the frame of all pages, that is the frame's (`find_seen`): the next one is
    seen once its frame is there. A page that is kept under a generation is made of it, or of a
    later one.
    """

    def __init__(
        self, store: Store, seconds: float, find_seen: Callable[[], int | None] = lambda: None
    ) -> None:
        self._store = store
        self._seconds = seconds
        self._seen = find_seen
        self._known = -1
        self._until = -1.0
        self._asking = False

    @property
    def known(self) -> int | None:
        """The generation, None where the store has to be asked for it."""
        seen = self._find_seen()
        if seen is not None:
            return seen
        is_fresh = asyncio.get_running_loop().time() < self._until
        return self._known if is_fresh and self._known >= 0 else None

    async def read(self) -> int:
        """Return the generation; while one request asks, the others go on with the last one."""
        known = self.known
        if known is not None:
            return known
        if self._known >= 0 and self._asking and self._seconds > 0:
            return self._known
        now = asyncio.get_running_loop().time()
        self._asking = True
        try:
            self._known = await run_in_threadpool(self._ask)
        finally:
            self._asking = False
        self._until = now + self._seconds
        return self._known

    def _find_seen(self) -> int | None:
        seen = self._seen()
        if seen is not None:
            # Where the renewal is stuck, this is what others go on with while the first one asks.
            self._known, self._until = seen, -1.0
        return seen

    def _ask(self) -> int:
        with self._store.read() as tx:
            return read_generation(tx)
