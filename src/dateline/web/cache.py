"""The page cache: the outermost layer, so that most readers are served from memory.

A page is kept under its normalised address and the store's generation: when what readers see
changes, all pages change their key at once and the old ones fall out. Each page is compressed once
for each encoding that is asked for, and has a strong ETag for each; 304 where nothing changed.
Requests for a page that is being made wait for it instead of making it as well. HEAD is answered
here from the page itself. Anything but GET and HEAD passes through.
"""

import asyncio
import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import brotli  # type: ignore[import-untyped]  # it ships no types
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.web.negotiation import choose_encoding, normalise_query, read_marks, read_seconds

_SHORTEST = 600  # bytes; compressing less is not worth it
_OVERHEAD = 1_000  # bytes that a kept page takes beside its body
_PACKED = (
    "text/",
    "application/json",
    "application/xml",
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "image/svg+xml",
)
_LASTING = ("/picture/", "/static/")  # never change: they outlive the generations
Headers = list[tuple[bytes, bytes]]
Key = tuple[int, str, str]  # generation, path, query


@dataclass(slots=True)
class Page:
    """One answer, with its body in each encoding that was asked for."""

    status: int
    headers: Headers
    body: bytes
    kept_until: float = 0.0  # on the clock of the event loop; 0: not kept
    counted: int = 0  # bytes of it that the cache has counted
    failure: Exception | None = None
    packed: dict[str, bytes] = field(default_factory=dict)
    mark: str = ""

    def __post_init__(self) -> None:
        self.mark = hashlib.blake2b(self.body, digest_size=12).hexdigest()

    @property
    def size(self) -> int:
        """Bytes that the page takes in memory, about."""
        return len(self.body) + sum(map(len, self.packed.values())) + _OVERHEAD

    @property
    def is_packable(self) -> bool:
        """Whether the body is worth compressing."""
        return len(self.body) >= _SHORTEST and self.find_header(b"content-type").startswith(_PACKED)

    def find_header(self, name: bytes) -> str:
        """Return a header's value, "" where the answer has none."""
        return next((value.decode("latin-1") for each, value in self.headers if each == name), "")

    def pack(self, encoding: str) -> bytes:
        """Return the body in an encoding, made at its first use."""
        if encoding == "identity":
            return self.body
        if encoding not in self.packed:
            self.packed[encoding] = _compress(self.body, encoding)
        return self.packed[encoding]


class PageCache:
    """An ASGI layer that keeps public answers and serves them again."""

    def __init__(
        self, app: ASGIApp, read_generation: Callable[[], Awaitable[int]], *, limit: int
    ) -> None:
        self.app = app
        self.limit = limit
        self.bytes = 0
        self._read_generation = read_generation
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._making: dict[Key, asyncio.Lock] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or have the page made and keep it."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        query = normalise_query(scope["query_string"])
        path = scope["path"]
        generation = 0 if path.startswith(_LASTING) else await self._read_generation()
        key = (generation, path, query)
        page = self._find(key) or await self._make(key, scope, receive)
        await self._answer(page, key, scope, send)
        if page.failure:
            failure, page.failure = page.failure, None
            raise failure  # after the reader has the page that says so: the server logs it

    def _find(self, key: Key) -> Page | None:
        page = self._pages.get(key)
        if page is None or page.kept_until < asyncio.get_running_loop().time():
            return None
        self._pages.move_to_end(key)
        return page

    async def _make(self, key: Key, scope: Scope, receive: Receive) -> Page:
        lock = self._making.setdefault(key, asyncio.Lock())
        try:
            async with lock:
                return self._find(key) or await self._ask(key, scope, receive)
        finally:
            self._making.pop(key, None)

    async def _ask(self, key: Key, scope: Scope, receive: Receive) -> Page:
        status = 500
        headers: Headers = []
        chunks: list[bytes] = []
        failure: Exception | None = None

        async def gather(message: Message) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status, headers = message["status"], list(message.get("headers", ()))
            else:
                chunks.append(message.get("body", b""))

        inner = dict(scope, method="GET", query_string=key[2].encode())
        try:
            await self.app(inner, receive, gather)
        except Exception as error:
            failure = error
            if not headers:
                raise
        page = Page(status, headers, b"".join(chunks), failure=failure)
        self._keep(key, page)
        return page

    def _keep(self, key: Key, page: Page) -> None:
        seconds = read_seconds(page.find_header(b"cache-control"))
        if page.status not in (200, 301, 410) or not seconds or page.size > self.limit // 8:
            return
        page.kept_until = asyncio.get_running_loop().time() + seconds
        old = self._pages.pop(key, None)
        self.bytes -= old.counted if old else 0
        self._pages[key] = page
        self._count(page)

    def _count(self, page: Page) -> None:
        self.bytes += page.size - page.counted
        page.counted = page.size
        while self.bytes > self.limit and self._pages:
            _key, oldest = self._pages.popitem(last=False)
            self.bytes -= oldest.counted

    async def _pack(self, page: Page, key: Key, encoding: str) -> bytes:
        if encoding == "identity" or encoding in page.packed:
            return page.pack(encoding)
        body = await run_in_threadpool(page.pack, encoding)
        if self._pages.get(key) is page:
            self._count(page)
        return body

    async def _answer(self, page: Page, key: Key, scope: Scope, send: Send) -> None:
        asked = dict(scope["headers"])
        encoding = "identity"
        headers = [pair for pair in page.headers if pair[0] != b"content-length"]
        if page.is_packable:
            headers.append((b"vary", b"accept-encoding"))
            encoding = choose_encoding(asked.get(b"accept-encoding", b"").decode("latin-1"))
        if page.status == 200:
            mark = f'"{page.mark}"' if encoding == "identity" else f'"{page.mark}-{encoding}"'
            headers.append((b"etag", mark.encode()))
            marks = read_marks(asked.get(b"if-none-match", b"").decode("latin-1"))
            if mark in marks or "*" in marks:
                await _send(send, 304, headers, b"")
                return
        body = await self._pack(page, key, encoding)
        headers.append((b"content-length", str(len(body)).encode()))
        if encoding != "identity":
            headers.append((b"content-encoding", encoding.encode()))
        await _send(send, page.status, headers, b"" if scope["method"] == "HEAD" else body)


def _compress(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(body, quality=5))
    return gzip.compress(body, compresslevel=6, mtime=0)


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
