"""Answers from memory before a task is made: the same bytes as the usual way gives."""

import asyncio
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.conftest import BROWSER, SITE
from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from dateline.store.editions import bump_generation
from dateline.web import WebOptions, make_app
from dateline.web.ready import find_protocol

ARTICLE = "/article/1-ferry-all-ashore-finally"
BR = "Accept-Encoding: br, gzip"


class Wire(asyncio.Transport):
    """A connection without a socket: keeps what the server writes."""

    def __init__(self) -> None:
        super().__init__({"peername": ("203.0.113.7", 4000), "sockname": ("127.0.0.1", 80)})
        self.sent = b""
        self.closed = False

    def write(self, data: bytes) -> None:
        self.sent += data

    def writelines(self, parts: list[bytes]) -> None:
        self.sent += b"".join(parts)

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass


@dataclass
class Server:
    """One connection to the site, as uvicorn makes it."""

    app: object
    protocol: type[HttpToolsProtocol]
    state: ServerState = field(default_factory=ServerState)

    def connect(self) -> tuple[HttpToolsProtocol, Wire]:
        self.state.default_headers = [(b"date", b"Thu, 14 May 2026 12:00:00 GMT")]
        config = Config(self.app, access_log=False, log_level="critical", lifespan="off")
        talk, wire = self.protocol(config, self.state, {}), Wire()
        talk.connection_made(wire)
        return talk, wire


async def ask(server: Server, *requests: bytes) -> list[tuple[bytes, bool]]:
    """Return the bytes of each answer on one connection, and whether it was there at once."""
    talk, wire = server.connect()
    answers = []
    for request in requests:
        wire.sent = b""
        talk.data_received(request)
        at_once = bool(wire.sent)
        while not wire.closed and not talk.cycle.response_complete:
            await asyncio.sleep(0.001)
        answers.append((wire.sent, at_once))
    talk.connection_lost(None)
    return answers


def write(path: str, *headers: str, method: str = "GET", version: str = "1.1") -> bytes:
    lines = [f"{method} {path} HTTP/{version}", "Host: site.example", *headers, "", ""]
    return "\r\n".join(lines).encode()


@pytest.fixture
def servers(sqlite_site, clock) -> tuple[Server, Server]:
    """One application behind our protocol and behind uvicorn's own."""
    app = make_app(sqlite_site, SITE, options=WebOptions(now=clock, generation_seconds=60))
    return Server(app, find_protocol(app)), Server(app, HttpToolsProtocol)


PATHS = (
    "/",
    "/latest",
    ARTICLE,
    "/de/",
    "/feeds/front.rss",
    "/article/1",
    "/nothing",
    "/search?q=a",
)
HEADERS = (
    BR,
    "Accept-Encoding: gzip",
    "If-None-Match: *",
    'If-None-Match: W/"a", "b"',
    "Connection: close",
    "Connection: keep-alive",
    "Range: bytes=0-5",
    "Expect: 100-continue",
    "Content-Length: 0",
    "Upgrade: websocket",
    f"Referer: https://site.example{ARTICLE}",
    f"User-Agent: {BROWSER}",
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from(PATHS),
    suffix=st.sampled_from(("", "?page=1", "?utm_source=x", "?q=%20", "#a", "%20")),
    method=st.sampled_from(("GET", "GET", "GET", "HEAD", "DELETE")),
    version=st.sampled_from(("1.1", "1.1", "1.0")),
    headers=st.lists(st.sampled_from(HEADERS), max_size=4),
)
def test_answers_are_those_of_the_usual_way(
    servers, path, suffix, method, version, headers
) -> None:
    request = write(path + suffix, *headers, method=method, version=version)

    async def compare() -> None:
        usual = [answer for answer, _ in await ask(servers[1], request)]
        ours = [answer for answer, _ in await ask(servers[0], request)]
        if not usual[0].startswith(b"HTTP/1.1 400 "):
            assert ours == usual
        else:  # what no application sees: ours has its headers, see below
            assert len(ours) == 1 and ours[0].startswith(b"HTTP/1.1 400 ")

    asyncio.run(compare())


def test_a_page_in_memory_is_answered_at_once(servers) -> None:
    async def look() -> None:
        page = write("/", BR)
        (first, slow), (second, fast), (third, also) = await ask(servers[0], page, page, page)
        assert (slow, fast, also) == (False, True, True)
        assert first == second == third
        mark = first.split(b"etag: ")[1].split(b"\r\n")[0].decode()
        unchanged = write("/", BR, f"If-None-Match: {mark}")
        ((answer, at_once),) = await ask(servers[0], unchanged)
        assert at_once
        assert answer.startswith(b"HTTP/1.1 304 ")
        assert answer.endswith(b"\r\n\r\n")
        assert servers[0].state.total_requests == 4

    asyncio.run(look())


def test_questions_sent_together_are_answered_in_their_order(servers) -> None:
    async def look() -> None:
        page, other = write("/", BR), write("/nothing", BR)
        ((one, _), (two, _)) = await ask(servers[0], page, other)
        talk, wire = servers[0].connect()
        talk.data_received(page + other + page + page)
        for _ in range(1000):
            await asyncio.sleep(0.001)
            if wire.sent == one + two + one + one:
                break
        assert wire.sent == one + two + one + one
        talk.connection_lost(None)

    asyncio.run(look())


def test_a_slow_reader_is_waited_for(servers) -> None:
    async def look() -> None:
        page = write("/", BR)
        await ask(servers[0], page)
        talk, wire = servers[0].connect()
        talk.pause_writing()
        talk.data_received(page)
        await asyncio.sleep(0.02)
        assert wire.sent == b""
        talk.resume_writing()
        while not talk.cycle.response_complete:
            await asyncio.sleep(0.001)
        assert wire.sent.startswith(b"HTTP/1.1 200 ")
        talk.connection_lost(None)

    asyncio.run(look())


def test_idle_connections_are_closed_and_all_are_at_the_end(servers) -> None:
    async def look() -> None:
        page = write("/", BR)
        await ask(servers[0], page)
        talk, wire = servers[0].connect()
        talk.timeout_keep_alive = 0.01
        talk.data_received(page)
        talk.data_received(page)
        assert not wire.closed
        await asyncio.sleep(0.05)
        assert wire.closed
        other, line = servers[0].connect()
        other.data_received(page)
        other.shutdown()
        assert line.closed
        for each in (talk, other):
            each.connection_lost(None)

    asyncio.run(look())


def test_a_step_between_articles_is_counted_and_answered(servers, sqlite_site, clock) -> None:
    async def look() -> None:
        path = "/article/3"
        page = write(path, f"User-Agent: {BROWSER}", f"Referer: https://site.example{ARTICLE}")
        answers = await ask(servers[0], page, page)
        assert [at_once for _, at_once in answers] == [False, False]
        plain = write(path, f"User-Agent: {BROWSER}")
        ((answer, at_once),) = await ask(servers[0], plain)
        assert at_once
        assert answer == answers[0][0]

    asyncio.run(look())
    assert sum(map(len, servers[0].app._follows._seen.values())) == 1


def test_what_has_changed_is_not_answered_from_memory(servers, sqlite_site, clock) -> None:
    app = make_app(sqlite_site, SITE, options=WebOptions(now=clock, generation_seconds=0.0))
    server = replace(servers[0], app=app, protocol=find_protocol(app))

    async def look() -> None:
        page = write("/", BR)
        answers = await ask(server, page, page)
        assert [at_once for _, at_once in answers] == [False, False]
        with sqlite_site.write(clock.now) as tx:
            bump_generation(tx)
        assert not (await ask(server, page))[0][1]

    asyncio.run(look())


def test_without_httptools_the_server_chooses(monkeypatch) -> None:
    monkeypatch.setattr("dateline.web.ready.find_spec", lambda _name: None)
    assert find_protocol(None) == "auto"


@pytest.mark.parametrize(
    ("request_bytes", "status", "told"),
    [
        (write("/" + "a" * 70_000), b"414", b"address is too long"),
        (write("/" + "a" * 20_000), b"414", b"address is too long"),
        (b"GET /?q=" + b"%41" * 9_000, b"414", b"address is too long"),
        (b"no request at all\r\n\r\n", b"400", b"no request that can be read"),
        (write("/", "Ho st: x"), b"400", b"no request that can be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_headers_of_every_answer(
    servers, request_bytes, status, told
) -> None:
    async def send() -> Wire:
        talk, wire = servers[0].connect()
        for at in range(0, len(request_bytes), 4_096):
            if not wire.closed:
                talk.data_received(request_bytes[at : at + 4_096])
        return wire

    wire = asyncio.run(send())
    head, _, body = wire.sent.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 " + status + b" ")
    assert told in body
    assert b"content-security-policy: default-src 'none'" in head
    assert b"x-content-type-options: nosniff" in head
    assert b"content-length: %d" % len(body) in head
    assert wire.closed


def test_an_address_as_long_as_may_be_is_read(servers) -> None:
    ((answer, _),) = asyncio.run(ask(servers[0], write("/" + "a" * 15_000)))
    assert answer.startswith(b"HTTP/1.1 404 ")
