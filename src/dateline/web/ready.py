"""The way in for requests that are answered from memory: before a task is made for them.

A server that speaks ASGI makes an object, a task and several calls for each request, which costs
more than to find the page. Here a plain GET whose answer is ready is written at once, when its
headers have been read; every other request goes the usual way and gets the same answer.
"""

from asyncio import Event, Protocol
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Literal
from typing import Protocol as Shape

from dateline.web.cache import Answer
from dateline.web.guard import HEADERS, LONGEST_ADDRESS, REFUSALS, REFUSED

_BODY = frozenset((b"content-length", b"expect", b"transfer-encoding"))  # announce a body


class Finder(Shape):
    """Who has answers ready: the outermost layer of the application."""

    def find_ready(self, path: str, query: bytes, headers: Mapping[bytes, bytes]) -> Answer | None:
        """Return a GET's answer, None where it has to be worked out."""


class _Answered:
    """Stands for a request that is over, where the server looks at the last one."""

    response_complete = True
    message_event = Event()


def find_protocol(finder: Finder) -> type[Protocol] | Literal["auto"]:
    """Return the protocol of a server whose application is `finder`, with nothing before it.

    "auto", the server's own choice, where httptools is not to be had.
    """
    return "auto" if find_spec("httptools") is None else _make_protocol(finder)


def _make_protocol(finder: Finder) -> type[Protocol]:
    from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

    class ReadyProtocol(HttpToolsProtocol):
        """HTTP/1.1 with answers that are ready before the application is asked."""

        def on_url(self, url: bytes) -> None:
            """Take a piece of an address; one that is too long is not read to its end."""
            super().on_url(url)
            if len(self.url) > LONGEST_ADDRESS:
                raise ValueError("the address is too long")

        def send_400_response(self, msg: str) -> None:
            """Answer what cannot be read with the security headers that every answer has."""
            status = 414 if len(self.url or b"") > LONGEST_ADDRESS else 400
            length = (b"content-length", b"%d" % len(REFUSALS[status]))
            pairs = (*self.server_state.default_headers, *REFUSED, *HEADERS, length)
            head = b"".join(name + b": " + value + b"\r\n" for name, value in pairs)
            self.transport.write(STATUS_LINE[status] + head + b"\r\n" + REFUSALS[status])
            self.transport.close()

        def on_headers_complete(self) -> None:
            """Answer at once what is ready, and give the rest to the application."""
            answer = self._find_ready()
            if answer is None:
                super().on_headers_complete()
                return
            start = STATUS_LINE[answer.status]
            for name, value in self.server_state.default_headers:
                start += name + b": " + value + b"\r\n"
            self.transport.writelines([start + answer.head, answer.body])
            self.cycle = _Answered  # type: ignore[assignment]  # all that is asked of the last one
            self.on_response_complete()

        def _find_ready(self) -> Answer | None:
            parser, url = self.parser, self.url
            is_plain = parser.get_method() == b"GET" and parser.get_http_version() == "1.1"
            if not is_plain or parser.should_upgrade() or not parser.should_keep_alive():
                return None
            if b"%" in url or b"#" in url or not url.isascii():
                return None  # has to be unquoted first, or is no path
            headers = dict(self.headers)
            if not _BODY.isdisjoint(headers) or not self._is_free():
                return None
            path, _, query = url.partition(b"?")
            return finder.find_ready(path.decode(), query, headers)

        def _is_free(self) -> bool:
            busy = self.cycle is not None and not self.cycle.response_complete
            return not (busy or self.pipeline or self.flow.write_paused or self.root_path)

    return ReadyProtocol
