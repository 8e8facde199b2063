"""Which addresses are asked at all, before any name is resolved."""

from __future__ import annotations

import pytest

from dateline.net.policy import NetPolicy
from dateline.net.targets import Refusal, Target, find_target

PUBLIC = NetPolicy(user_agent="test")
LOCAL = NetPolicy(
    user_agent="test",
    allow_loopback=True,
    stand_ins={
        "news.example": ("127.0.0.1", 8001),
        "[::1]": ("127.0.0.1", 1),
        "::1": ("::1", 8002),
    },
)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "",
        "//example.org/",
        "http://",
        "http://localhost/",
        "http://a.localhost/",
        "http://metadata/",
        "http://metadata.google.internal/",
        "http://printer.local/",
        "http://service.test:8080/",
        "http://example.org:22/",
        "http://example.org:6667/",
        "http://example.org:0/",
        "http://[::1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://①②⑦.⓪.⓪.①/",
        "http://user:pw@10.0.0.1/",
        "http://127.0.0.1./",
    ],
)
def test_refused(url: str) -> None:
    found = find_target(url, PUBLIC)
    assert isinstance(found, Refusal)
    assert found.reason


def test_a_public_address_loses_user_and_fragment() -> None:
    found = find_target(" HTTPS://me:secret@Example.ORG:443/a?b#c ", PUBLIC)
    assert isinstance(found, Target)
    assert found.url == found.ask == "https://example.org/a?b"
    assert (found.host, found.host_header, found.port) == ("example.org", "example.org", 443)


def test_a_redirect_is_joined_to_where_it_came_from() -> None:
    found = find_target("../x", PUBLIC, base="https://example.org/a/b/")
    assert isinstance(found, Target)
    assert found.url == "https://example.org/a/x"


def test_a_stand_in_is_asked_in_plain_http_under_the_name_of_the_original() -> None:
    found = find_target("https://news.example/a?b", LOCAL)
    assert isinstance(found, Target)
    assert found.ask == "http://127.0.0.1:8001/a?b"
    assert found.url == "https://news.example/a?b"
    assert found.host_header == "news.example"
    inner = find_target("http://[::1]:9000/", LOCAL)
    assert isinstance(inner, Target)
    assert inner.ask == "http://[::1]:8002/"


def test_stand_ins_need_loopback_and_never_stand_for_forbidden_addresses() -> None:
    everyone = {"*": ("127.0.0.1", 8001)}
    closed = NetPolicy(user_agent="test", stand_ins={"news.example": ("127.0.0.1", 8001)})
    assert isinstance(find_target("https://news.example/", closed), Refusal)
    open_to_all = NetPolicy(user_agent="test", allow_loopback=True, stand_ins=everyone)
    assert isinstance(find_target("https://any.example/", open_to_all), Target)
    assert isinstance(find_target("http://169.254.169.254/", open_to_all), Refusal)
    own = find_target("http://localhost:9000/", open_to_all)
    assert isinstance(own, Target)
    assert own.ask == "http://localhost:9000/"
