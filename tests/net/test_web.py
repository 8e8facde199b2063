"""The door out against a local server that does what servers on the web do."""

from __future__ import annotations

import json
import lzma
import socket
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dateline.model import NoReply, Reply, Request
from dateline.net import NetPolicy, Web, guard

from . import server as local

SUITE = Path(__file__).parents[3] / "shared" / "suites" / "ssrf_urls.jsonl.xz"
pytestmark = pytest.mark.flow
AGENT = "Dateline-test/1 (+mailto:test@example.org)"


def policy(**changes: object) -> NetPolicy:
    values = {"allow_loopback": True, "min_gap": 0.0, "total_timeout": 10.0} | changes
    return NetPolicy(user_agent=AGENT, **values)  # type: ignore[arg-type]


def ask(web: Web, url: str, **changes: object) -> Reply | NoReply:
    return web.get(Request(url=url, **changes))  # type: ignore[arg-type]


def refused(reply: Reply | NoReply, *words: str) -> NoReply:
    assert isinstance(reply, NoReply), reply
    assert all(word in reply.reason for word in words), reply.reason
    return reply


def got(reply: Reply | NoReply) -> Reply:
    assert isinstance(reply, Reply), reply
    return reply


def test_a_reply_and_what_was_asked() -> None:
    hello = local.say("hello", etag='W/"x"', set_cookie="a=b")
    with local.serve({"/a": hello}) as server, Web(policy()) as web:
        reply = got(ask(web, server.url("/a?q=1#f"), headers={"If-None-Match": 'W/"x"'}))
        ask(web, server.url("/a"))
    assert (reply.status, reply.body, reply.url) == (200, b"hello", server.url("/a?q=1"))
    assert reply.headers["etag"] == 'W/"x"'
    assert "set-cookie" not in reply.headers
    _, path, headers = server.asked[0]
    assert path == "/a?q=1"
    assert headers["If-None-Match"] == 'W/"x"'
    assert headers["User-Agent"] == AGENT
    assert headers["Accept-Encoding"] == "gzip, deflate, br, zstd"
    assert "Cookie" not in server.asked[1][2]


def test_statuses_are_replies() -> None:
    answers = {f"/{n}": local.say("" if n == 304 else "x", status=n) for n in (304, 404, 410, 500)}  # type: ignore[arg-type]
    with local.serve(answers) as server, Web(policy()) as web:
        for status in (304, 404, 410, 500):
            assert got(ask(web, server.url(f"/{status}"))).status == status


def test_redirects_are_followed_and_told() -> None:
    answers = {
        "/a": local.redirect("/b?x=é", status=301),
        "/b": local.redirect("c", status=307),
        "/c": local.say("end"),
    }
    with local.serve(answers) as server, Web(policy()) as web:
        reply = got(ask(web, server.url("/a")))
    assert reply.body == b"end"
    assert reply.url == server.url("/c")
    assert reply.redirects == ((301, server.url("/a")), (307, server.url("/b?x=%C3%A9")))


@pytest.mark.parametrize(
    "place",
    [
        "http://169.254.169.254/latest/",
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "http://[::]/",
        "http://printer.local/",
        "//192.168.0.1/",
        "gopher://127.0.0.1/",
        "http://127.0.0.1:22/",
    ],
)
def test_a_redirect_to_a_forbidden_place_is_refused(place: str) -> None:
    with local.serve({"/": local.redirect(place)}) as server, Web(policy()) as web:
        reply = refused(ask(web, server.url("/")), "redirects to what we refuse")
    assert reply.permanent


def test_redirects_have_an_end() -> None:
    with local.serve({"/": local.redirect("/")}) as server, Web(policy()) as web:
        refused(ask(web, server.url("/")), "127.0.0.1", "more than 5 redirects")
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (local.bomb, "bomb"),
        (local.drip, "no complete reply within 1 seconds"),
        (local.endless, "larger than 1,000,000 bytes"),
        (local.say("x" * 1_000_001), "says that it has 1,000,001 bytes"),
        (local.flood, "malformed"),
        (local.nonsense, "malformed"),
        (local.fall_silent, "malformed"),
        (local.packed(b"plain", "gzip"), "cannot be read"),
        (local.packed(b"plain", "exi"), "did not ask for"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_passes_a_budget_or_breaks_the_rules(answer: local.Answer, words: str) -> None:
    begun = time.monotonic()
    answers = {"/": answer, "/ok": local.say("fine")}
    with local.serve(answers) as server, Web(policy(total_timeout=1.0)) as web:
        most = 100_000_000 if words == "bomb" else 1_000_000
        refused(ask(web, server.url("/"), max_bytes=most), "127.0.0.1", words)
        assert got(ask(web, server.url("/ok"))).body == b"fine"
    assert time.monotonic() - begun < 30  # some of these answers never end by themselves


def test_no_server_no_name_no_tls() -> None:
    def lookup(host: str) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with local.serve({"/": local.say("x")}) as server:
        port = server.port
        with Web(policy(), lookup=lookup) as web:
            refused(ask(web, "http://news.example.org/"), "news.example.org", "resolved")
            secure = ask(web, f"https://127.0.0.1:{port}/")
            assert not refused(secure, "127.0.0.1", "no secure connection").permanent
    with Web(policy()) as web:
        refused(ask(web, f"http://127.0.0.1:{port}/"), "127.0.0.1", "no connection")


def test_every_address_of_a_name_is_checked() -> None:
    answers = {"one.example.org": ["10.0.0.1"], "two.example.org": ["8.8.8.8", "127.0.0.1"]}
    with Web(policy(), lookup=answers.__getitem__) as web:
        for host in answers:
            assert refused(ask(web, f"http://{host}/"), host, "refused").permanent


def test_a_name_that_changes_between_check_and_use_gains_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A resolver that lies to the resolving guard is still stopped at the socket."""
    monkeypatch.setattr(guard, "_list_public", lambda lookup, host: list(lookup(host)))
    made: list[object] = []
    monkeypatch.setattr(guard, "_open_socket", lambda *kind: made.append(kind))
    with Web(policy(allow_loopback=False), lookup=lambda host: ["127.0.0.1"]) as web:
        refused(ask(web, "http://rebind.example.org/"), "127.0.0.1 is loopback")
    assert not made


def test_the_address_that_was_checked_is_the_one_that_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []
    connected: list[str] = []

    def lookup(host: str) -> list[str]:
        asked.append(host)
        return ["8.8.8.8"] if len(asked) == 1 else ["127.0.0.1"]

    def record(addr_info: tuple[Any, ...]) -> socket.socket:
        connected.append(addr_info[4][0])
        raise OSError("this test has no network")

    monkeypatch.setattr("dateline.net.web.make_guard", lambda **_: record)
    with Web(policy(), lookup=lookup) as web:
        refused(ask(web, "http://rebind.example.org/"), "rebind.example.org", "no connection")
    assert asked == ["rebind.example.org"]
    assert connected == ["8.8.8.8"]


def test_localhost_names_need_no_resolver() -> None:
    with local.serve({"/": local.say("x")}) as server, Web(policy(), lookup=fail) as web:
        reply = got(ask(web, f"http://outlet.localhost:{server.port}/"))
        assert reply.url == f"http://outlet.localhost:{server.port}/"
    assert server.asked[0][0] == f"outlet.localhost:{server.port}"


def fail(host: str) -> list[str]:
    raise AssertionError(f"{host} was looked up")


@pytest.mark.suite
def test_ssrf_urls_reach_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    if not SUITE.is_file():
        pytest.skip(f"{SUITE} is not present")
    with lzma.open(SUITE, "rt") as lines:
        urls = [json.loads(line)["url"] for line in lines]
    made: list[object] = []
    monkeypatch.setattr(guard, "_open_socket", lambda *kind: made.append(kind))
    # Every name that is looked up at all leads to the metadata service.
    with Web(policy(allow_loopback=False), lookup=lambda host: ["169.254.169.254"]) as web:
        replies = list(web.fetch(Request(url=url) for url in urls))
    assert len(replies) == len(urls)
    assert [reply for _, reply in replies if not isinstance(reply, NoReply)] == []
    assert not made


def test_many_hosts_at_once_through_a_stand_in() -> None:
    with local.serve({"/": local.say("x")}) as server:
        everyone = policy(stand_ins={"*": ("127.0.0.1", server.port)}, total=50)
        with Web(everyone) as web:
            urls = [f"https://outlet-{n}.example/" for n in range(300)]
            replies = [reply for _, reply in web.fetch(Request(url=url) for url in urls)]
    assert sorted(got(reply).url for reply in replies) == sorted(urls)
    assert {host for host, _, _ in server.asked} == {f"outlet-{n}.example" for n in range(300)}


def test_a_slow_host_does_not_hold_up_the_others() -> None:
    release = threading.Event()

    def wait(handler: local.Handler) -> None:
        release.wait(8)
        handler.send(b"late")

    with local.serve({"/slow": wait, "/": local.say("x")}) as server:
        everyone = policy(stand_ins={"*": ("127.0.0.1", server.port)}, per_host=2, total=8)
        with Web(everyone) as web:
            slow = [Request(url=f"http://slow.example/slow?{n}") for n in range(20)]
            quick = [Request(url=f"http://quick-{n}.example/") for n in range(20)]
            come = web.fetch(slow + quick)
            first = [next(come)[0] for _ in range(20)]
            assert first and all("quick" in request.url for request in first)
            release.set()
            assert len(list(come)) == 20


def test_the_limits_for_one_host_hold() -> None:
    lock, now, most = threading.Lock(), [0], [0]
    begun: list[float] = []

    def count(handler: local.Handler) -> None:
        with lock:
            begun.append(time.monotonic())
            now[0] += 1
            most[0] = max(most[0], now[0])
        time.sleep(0.03)
        with lock:
            now[0] -= 1
        handler.send(b"x")

    with local.serve({"/": count}) as server:
        with Web(policy(per_host=3)) as web:
            list(web.fetch(Request(url=server.url(f"/?{n}")) for n in range(12)))
        assert most[0] == 3
        begun.clear()
        start = time.monotonic()
        with Web(policy(per_host=3)) as web:
            web.slow_down("127.0.0.1", 0.1)
            list(web.fetch(Request(url=server.url(f"/?{n}")) for n in range(4)))
    assert max(begun) - start > 0.3  # seen here, a single gap may shrink: threads start late


def test_requests_are_read_lazily_and_closing_cancels_the_rest() -> None:
    taken: list[int] = []

    def requests(url: str) -> Iterator[Request]:
        for number in range(1000):
            taken.append(number)
            yield Request(url=f"{url}?{number}")

    with local.serve({"/": local.say("x")}) as server, Web(policy(ahead=5, per_host=1)) as web:
        come = web.fetch(requests(server.url("/")))
        next(come)
        come.close()
        asked = len(server.asked)
        time.sleep(0.2)
        assert len(server.asked) <= asked + 1
    assert len(taken) <= 7


def test_a_fault_of_the_caller_is_raised_to_the_caller() -> None:
    def requests(url: str) -> Iterable[Request]:
        yield Request(url=url)
        raise LookupError("the caller's own")

    with local.serve({"/": local.say("x")}) as server, Web(policy()) as web:
        come = web.fetch(requests(server.url("/")))
        with pytest.raises(LookupError, match="the caller's own"):
            list(come)


def test_a_closed_door_says_so() -> None:
    web = Web(policy())
    with pytest.raises(RuntimeError, match="with Web"):
        web.get(Request(url="http://127.0.0.1/"))
    with web:
        pass
    with pytest.raises(RuntimeError, match="with Web"):
        web.get(Request(url="http://127.0.0.1/"))


def test_what_is_posted_is_posted_once_and_never_sent_on() -> None:
    answers: dict[str, local.Answer] = {
        "/take": lambda h: h.send(b"taken"),
        "/move": lambda h: h.send(status=307, location="/take"),
    }
    with local.serve(answers) as server, Web(policy()) as web:
        taken = web.get(Request(url=server.url("/take"), send=b'{"a": 1}'))
        moved = web.get(Request(url=server.url("/move"), send=b"once"))
    assert isinstance(taken, Reply) and taken.body == b"taken"
    assert isinstance(moved, NoReply) and moved.permanent
    assert server.posted == [b'{"a": 1}', b"once"]
