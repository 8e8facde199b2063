"""`Web`: the sync face of the network; an event loop in a thread of its own does the work."""

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, wait
from queue import SimpleQueue
from types import TracebackType
from typing import Self

import aiohttp

from dateline.model import NoReply, Reply, Request
from dateline.net.exchange import Client, exchange
from dateline.net.guard import GuardedResolver, Lookup, look_up, make_guard
from dateline.net.policy import NetPolicy
from dateline.net.turns import Turns

Answer = tuple[Request, Reply | NoReply]


class Web:
    """The one door out, a context manager: it keeps connections and politeness while it is open.

    `lookup` resolves a name to IP addresses; tests put their own in its place. Any thread may use
    it. Cookies are not kept, proxies of the environment are not used.
    """

    def __init__(self, policy: NetPolicy, *, lookup: Lookup = look_up) -> None:
        self.policy = policy
        self._resolver = GuardedResolver(lookup, allow_loopback=policy.allow_loopback)
        self._client: Client | None = None

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="dateline-net")
        self._thread.start()
        try:
            self._client = asyncio.run_coroutine_threadsafe(self._open(), self._loop).result()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._shut(), self._loop).result()
        self._stop()

    def get(self, request: Request) -> Reply | NoReply:
        """Return the reply to one request, or why there is none; network errors are not raised."""
        future = self._begin(request)
        wait([future])
        return _read_result(request, future)

    def fetch(self, requests: Iterable[Request]) -> Iterator[Answer]:
        """Yield each request with its reply or the reason why there is none, as they come in.

        `requests` is read lazily, in the caller's thread, at most `policy.ahead` in front of the
        replies. Closing the iterator cancels what is still under way.
        """
        done: SimpleQueue[tuple[Request, Future[Reply | NoReply]]] = SimpleQueue()
        under_way: set[Future[Reply | NoReply]] = set()
        todo = iter(requests)
        is_last = False
        try:
            while under_way or not is_last:
                may_take = not is_last and len(under_way) < self.policy.ahead
                if may_take:
                    is_last = not self._begin_next(todo, under_way, done.put)
                is_filling = may_take and not is_last and done.empty()
                if under_way and not is_filling:
                    request, future = done.get()
                    under_way.discard(future)
                    yield request, _read_result(request, future)
        finally:
            for future in under_way:
                future.cancel()

    def slow_down(self, host: str, gap: float) -> None:
        """Keep at least `gap` seconds between two exchanges with `host` (robots' Crawl-delay)."""
        client = self._open_client()
        self._loop.call_soon_threadsafe(client.turns.slow_down, host.lower(), gap)

    def _begin_next(
        self,
        todo: Iterator[Request],
        under_way: set[Future[Reply | NoReply]],
        put: Callable[[tuple[Request, Future[Reply | NoReply]]], None],
    ) -> bool:
        """Send the next request on its way; False where there is none."""
        request = next(todo, None)
        if request is None:
            return False
        future = self._begin(request)
        under_way.add(future)
        future.add_done_callback(lambda ended: put((request, ended)))
        return True

    def _begin(self, request: Request) -> "Future[Reply | NoReply]":
        return asyncio.run_coroutine_threadsafe(exchange(self._open_client(), request), self._loop)

    def _open_client(self) -> Client:
        if self._client is None:
            raise RuntimeError("Web is not open: use it as `with Web(policy) as web:`")
        return self._client

    async def _open(self) -> Client:
        policy = self.policy
        connector = aiohttp.TCPConnector(
            resolver=self._resolver,
            socket_factory=make_guard(allow_loopback=policy.allow_loopback),
            limit=0,  # `Turns` counts
            ttl_dns_cache=60,
        )
        session = aiohttp.ClientSession(
            connector=connector,
            headers={"User-Agent": policy.user_agent},
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=policy.connect_timeout),
            auto_decompress=False,
            max_line_size=policy.max_header_bytes,
            max_field_size=policy.max_header_bytes,
            max_headers=policy.max_headers,
        )
        turns = Turns(per_host=policy.per_host, total=policy.total, min_gap=policy.min_gap)
        return Client(session, turns, policy)

    async def _shut(self) -> None:
        """Cancel what is under way, close every connection."""
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        client, self._client = self._client, None
        if client:
            await client.session.close()
            await self._resolver.close()
            await asyncio.sleep(0)  # lets the transports of closed connections go

    def _stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def _read_result(request: Request, ended: "Future[Reply | NoReply]") -> Reply | NoReply:
    if ended.cancelled():
        return NoReply(url=request.url, reason=f"{request.url}: stopped before a reply came")
    return ended.result()
