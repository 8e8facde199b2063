"""Whether a request comes from a page that a person has open."""

import json
import lzma

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.web.persons import find_reader, read_language

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
GOOD = {
    "user-agent": FIREFOX,
    "accept-language": "de-AT,de;q=0.8,en;q=0.5",
    "sec-fetch-site": "same-origin",
    "sec-fetch-mode": "cors",
    "sec-fetch-dest": "empty",
}


def test_a_reader_is_network_family_and_language() -> None:
    found = find_reader(GOOD, "203.0.113.9", secure=True)
    assert found == ("203.0.113.0/24", "firefox", "de")
    assert find_reader(GOOD, "2001:db8:1:2::3", secure=True) == find_reader(
        GOOD, "2001:db8:1:ffff::1", secure=True
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("user-agent", ""),
        ("user-agent", FIREFOX + " Botty/1"),
        ("accept-language", ""),
        ("accept-language", "*"),
        ("sec-purpose", "prefetch;prerender"),
        ("purpose", "prefetch"),
        ("x-moz", "prefetch"),
        ("x-purpose", "preview"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "none"),
        ("sec-fetch-mode", "navigate"),
        ("sec-fetch-dest", "document"),
        ("sec-ch-ua", '"HeadlessChrome";v="138", "Chromium";v="138"'),
    ],
)
def test_one_odd_header_is_enough(name, value) -> None:
    assert find_reader(GOOD | {name: value}, "203.0.113.9", secure=True) is None


def test_a_browser_that_tells_on_secure_sites_has_to() -> None:
    silent = {key: value for key, value in GOOD.items() if not key.startswith("sec-")}
    assert find_reader(silent, "203.0.113.9", secure=True) is None
    assert find_reader(silent, "203.0.113.9", secure=False) is not None
    half = silent | {"sec-fetch-dest": "empty"}
    assert find_reader(half, "203.0.113.9", secure=False) is None


def test_published_bots_are_no_readers_whatever_else_they_send(shared) -> None:
    with lzma.open(shared / "suites" / "bot_user_agents.jsonl.xz", "rt") as lines:
        agents = [json.loads(line)["ua"] for line in lines]
    readers = [a for a in agents if find_reader(GOOD | {"user-agent": a}, "1.2.3.4", secure=True)]
    assert readers == []


@given(st.dictionaries(st.sampled_from([*GOOD, "purpose", "sec-ch-ua"]), st.text()), st.text())
def test_any_headers_are_judged(headers, address) -> None:
    assert find_reader(headers, address, secure=True) is None
    assert len(read_language(headers.get("accept-language", ""))) <= 3
