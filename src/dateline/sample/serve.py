"""The server of the sample wire: every outlet a host of its own on one loopback port.

The replies are real: validators and 304, gzip, redirects, a feed that is gone, one that is broken,
one that is slow. `advance` moves from the first stage (the week as first seen) to the second
(edits, a correction, a withdrawal, changed feed ids, the reports of the last hours).
"""

import gzip
import hashlib
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from dateline.sample.catalog import write_catalog
from dateline.sample.reports import load_library
from dateline.sample.site import Answer, Sites
from dateline.sample.truth import Told, truth

_SLOW = 1.2  # seconds that the slow feed takes


@dataclass(slots=True, kw_only=True)
class SampleWire:
    """A context manager that serves the invented week on 127.0.0.1.

    `anchor` is the end of the week, in UTC; texts and dates are relative to it. `delays` False
    makes the slow feed fast. `port` 0 takes a free one.
    """

    anchor: datetime
    port: int = 0
    delays: bool = True
    stage: int = 1
    requests: list[tuple[str, str, int]] = field(default_factory=list)
    _server: ThreadingHTTPServer | None = None
    _sites: dict[int, Sites] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Self:
        """Start to serve."""
        wire = self

        class Handler(_Handler):
            @property
            def owner(self) -> SampleWire:
                return wire

        self._server = _Server(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop to serve."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def advance(self) -> None:
        """Move to the second stage."""
        self.stage = 2

    def catalog(self) -> str:
        """Return sources.toml for all outlets and agencies."""
        return write_catalog(load_library().outlets.values(), self.port)

    def truth(self) -> dict[str, Told]:
        """Return the truth about every report by its address on this server."""
        return truth(self.anchor, port=self.port)

    @property
    def stand_ins(self) -> Mapping[str, tuple[str, int]]:
        """Where each host is to be found, for resolvers that do not know *.localhost."""
        outlets = load_library().outlets.values()
        return {f"{o.slug}.localhost": ("127.0.0.1", self.port) for o in outlets}

    def answer(self, host: str, path: str) -> Answer:
        """Return what the outlet at `host` answers for `path` at the present stage."""
        with self._lock:
            sites = self._sites.get(self.stage)
            if sites is None:
                sites = self._sites[self.stage] = Sites(
                    anchor=self.anchor, stage=self.stage, port=self.port
                )
        reply = sites.answer(host, path)
        if reply.slow and self.delays:
            time.sleep(_SLOW)
        return reply


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that went away before its answer was ready."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30

    @property
    def owner(self) -> SampleWire:
        """The wire whose sites are served."""
        raise NotImplementedError

    def do_GET(self) -> None:
        self._serve(with_body=True)

    def do_HEAD(self) -> None:
        self._serve(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Keep quiet: the requests are kept in a list."""

    def _serve(self, *, with_body: bool) -> None:
        host = self.headers.get("Host", "").partition(":")[0].lower()
        reply = self.owner.answer(host, self.path)
        headers = _validators(reply)
        status = 304 if _is_known(dict(self.headers.items()), headers) else reply.status
        body = b"" if status == 304 else reply.body
        if body and reply.gzip and "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, mtime=0)
            headers["Content-Encoding"] = "gzip"
        self.owner.requests.append((host, self.path, status))
        self.send_response(status)
        if status != 304:
            headers |= {"Content-Type": reply.content_type, "Content-Length": str(len(body))}
        if reply.location:
            headers["Location"] = reply.location
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(body)


def _validators(reply: Answer) -> dict[str, str]:
    if reply.status != 200 or reply.no_validators:
        return {}
    headers = {"ETag": '"' + hashlib.blake2b(reply.body, digest_size=8).hexdigest() + '"'}
    if reply.changed:
        headers["Last-Modified"] = format_datetime(reply.changed, usegmt=True)
    return headers


def _is_known(asked: Mapping[str, str], have: Mapping[str, str]) -> bool:
    if "If-None-Match" in asked:
        return bool(have) and have["ETag"] in asked["If-None-Match"]
    since = asked.get("If-Modified-Since", "")
    return bool(since) and since == have.get("Last-Modified")
