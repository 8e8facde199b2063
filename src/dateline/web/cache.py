"""The page cache: the outermost layer, so that most readers are served from memory.

A page is kept under its normalised address and the store's generation: when what readers see
changes, all pages change their key at once and the old ones fall out. Each page is compressed once
for each encoding that is asked for, and has a strong ETag for each; 304 where nothing changed. What
needs no work is found without waiting (`find_ready`), for a server that can use it. Requests for a
page that is being made wait for it instead of making it as well. HEAD is answered here from the
page itself. Anything but GET and HEAD passes through.
"""

import asyncio
import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

import brotli  # type: ignore[import-untyped]  # it ships no types
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.web.generation import Generation
from dateline.web.negotiation import (
    IDENTITY,
    choose_encoding,
    normalise_query,
    read_marks,
    read_seconds,
)

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


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes over the wire: status, headers, body; and the headers as they are written."""

    status: int
    headers: Headers
    body: bytes
    head: bytes  # the headers' lines and the empty line that ends them


@dataclass(frozen=True, slots=True)
class Form:
    """A page in one encoding: whole, and as what is told to those who have it."""

    mark: str  # its entity tag, "" where the page has none
    whole: Answer
    unchanged: Answer


@dataclass(slots=True)
class Page:
    """One answer, with its body in each encoding that was asked for."""

    status: int
    headers: Headers
    body: bytes
    kept_until: float = 0.0  # on the clock of the event loop; 0: not kept
    counted: int = 0  # bytes of it that the cache has counted
    failure: Exception | None = None
    is_packable: bool = False  # whether the body is worth compressing
    forms: dict[str, Form] = field(default_factory=dict)
    _mark: str = ""

    def __post_init__(self) -> None:
        kind = self.find_header(b"content-type")
        self.is_packable = len(self.body) >= _SHORTEST and kind.startswith(_PACKED)
        self._mark = hashlib.blake2b(self.body, digest_size=12).hexdigest()

    @property
    def size(self) -> int:
        """Bytes that the page takes in memory, about."""
        packed = sum(len(form.whole.body) for name, form in self.forms.items() if name != IDENTITY)
        return len(self.body) + packed + _OVERHEAD * (1 + len(self.forms))

    def find_header(self, name: bytes) -> str:
        """Return a header's value, "" where the answer has none."""
        return next((value.decode("latin-1") for each, value in self.headers if each == name), "")

    def choose_encoding(self, accepted: bytes) -> str:
        """Return the encoding in which the page is given to one who accepts these."""
        return choose_encoding(accepted.decode("latin-1")) if self.is_packable else IDENTITY

    def make_form(self, encoding: str) -> Form:
        """Return the page in an encoding, made at its first use."""
        form = self.forms.get(encoding)
        if form is None:
            form = self.forms[encoding] = self._make_form(encoding)
        return form

    def _make_form(self, encoding: str) -> Form:
        is_packed = encoding != IDENTITY
        body = _compress(self.body, encoding) if is_packed else self.body
        headers = [pair for pair in self.headers if pair[0] != b"content-length"]
        if self.is_packable:
            headers.append((b"vary", b"accept-encoding"))
        mark = ""
        if self.status == 200:
            mark = f'"{self._mark}-{encoding}"' if is_packed else f'"{self._mark}"'
            headers.append((b"etag", mark.encode()))
        whole = [*headers, (b"content-length", str(len(body)).encode())]
        if is_packed:
            whole.append((b"content-encoding", encoding.encode()))
        return Form(mark, _write(self.status, whole, body), _write(304, headers, b""))


class PageCache:
    """An ASGI layer that keeps public answers and serves them again."""

    def __init__(self, app: ASGIApp, generation: Generation, *, limit: int) -> None:
        self.app = app
        self.limit = limit
        self.bytes = 0
        self._generation = generation
        self._pages: OrderedDict[Key, Page] = OrderedDict()
        self._making: dict[Key, asyncio.Lock] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or have the page made and keep it."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        query = normalise_query(scope["query_string"])
        path = scope["path"]
        generation = 0 if path.startswith(_LASTING) else await self._generation.read()
        key = (generation, path, query)
        page = self._find(key) or await self._make(key, scope, receive)
        await self._answer(page, key, scope, send)
        if page.failure:
            failure, page.failure = page.failure, None
            raise failure  # after the reader has the page that says so: the server logs it

    def find_ready(self, path: str, query: bytes, headers: Mapping[bytes, bytes]) -> Answer | None:
        """Return the answer to a GET that is in memory as it must be sent; None: to be worked out.

        The answer is the one that the same request through the application would have.
        """
        generation = 0 if path.startswith(_LASTING) else self._generation.known
        if generation is None:
            return None
        page = self._find((generation, path, normalise_query(query)))
        if page is None:
            return None
        form = page.forms.get(page.choose_encoding(headers.get(b"accept-encoding", b"")))
        return _choose(form, headers) if form else None

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

    async def _answer(self, page: Page, key: Key, scope: Scope, send: Send) -> None:
        asked = dict(scope["headers"])
        encoding = page.choose_encoding(asked.get(b"accept-encoding", b""))
        form = page.forms.get(encoding)
        if form is None:
            # To compress takes milliseconds in which others are answered.
            make = partial(page.make_form, encoding)
            form = await run_in_threadpool(make) if encoding != IDENTITY else make()
            if self._pages.get(key) is page:
                self._count(page)
        answer = _choose(form, asked)
        await send(
            {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
        )
        body = b"" if scope["method"] == "HEAD" else answer.body
        await send({"type": "http.response.body", "body": body})


def _choose(form: Form, asked: Mapping[bytes, bytes]) -> Answer:
    condition = asked.get(b"if-none-match")
    if condition and form.mark:
        marks = read_marks(condition.decode("latin-1"))
        if form.mark in marks or "*" in marks:
            return form.unchanged
    return form.whole


def _write(status: int, headers: Headers, body: bytes) -> Answer:
    lines = [name + b": " + value + b"\r\n" for name, value in headers]
    return Answer(status, headers, body, b"".join([*lines, b"\r\n"]))


def _compress(body: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return bytes(brotli.compress(body, quality=5))
    return gzip.compress(body, compresslevel=6, mtime=0)
