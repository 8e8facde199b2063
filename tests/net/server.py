"""A small local server for the tests of `net`: what it answers is chosen by the path."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    answers: dict[str, Answer]

    def do_GET(self) -> None:
        self.server.asked.append((self.headers["Host"], self.path, dict(self.headers)))  # type: ignore[attr-defined]
        path = self.path.partition("?")[0]
        try:
            self.server.answers[path](self)  # type: ignore[attr-defined]
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.posted.append(self.rfile.read(length))  # type: ignore[attr-defined]
        self.do_GET()

    def send(self, body: bytes = b"", *, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in ({"content_length": str(len(body))} | headers).items():
            self.send_header(name.replace("_", "-").title(), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 128
    answers: dict[str, Answer]

    def __init__(self, answers: dict[str, Answer]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers = answers
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.posted: list[bytes] = []
        self.closing = threading.Event()

    def handle_error(self, *_: object) -> None:
        """Clients here break off on purpose."""

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def serve(answers: dict[str, Answer]) -> Iterator[Server]:
    server = Server(answers)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


def say(text: str, **headers: str) -> Answer:
    return lambda handler: handler.send(text.encode(), **headers)


def redirect(to: str, *, status: int = 302) -> Answer:
    return lambda handler: handler.send(status=status, location=to)


def packed(body: bytes, coding: str) -> Answer:
    return lambda handler: handler.send(body, content_encoding=coding)


def bomb(handler: Handler) -> None:
    """Send eighty million zeros, packed to half a hundredth of that."""
    handler.send(gzip.compress(b"\0" * 80_000_000, 1), content_encoding="gzip")


def drip(handler: Handler) -> None:
    """Send one byte of the body at a time, for ever (until the client goes away)."""
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    while not handler.server.closing.is_set():  # type: ignore[attr-defined]
        handler.wfile.write(b"x")
        time.sleep(0.02)
    handler.close_connection = True


def endless(handler: Handler) -> None:
    """Send a body without end, as fast as it is taken."""
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    while not handler.server.closing.is_set():  # type: ignore[attr-defined]
        handler.wfile.write(b"x" * 65536)
    handler.close_connection = True


def flood(handler: Handler) -> None:
    """Send headers without end."""
    handler.send_response(200)
    for number in range(5000):
        handler.send_header(f"X-Flood-{number}", "x" * 200)
    handler.end_headers()
    handler.close_connection = True


def nonsense(handler: Handler) -> None:
    """Speak something that is not HTTP."""
    handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
    handler.close_connection = True


def fall_silent(handler: Handler) -> None:
    """Promise more than is sent, and close."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100")
    handler.end_headers()
    handler.wfile.write(b"only this")
    handler.close_connection = True
