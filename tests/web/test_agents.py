"""Which user agents are taken for a person's browser."""

import json
import lzma

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.web.agents import is_bot, name_family

PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0"
BROWSERS = (
    PHONE,
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/138.0.0.0",
    f"Mozilla/5.0 (Linux; Android 10; K) {CHROME} Mobile Safari/537.36",
    "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0",
    f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {CHROME} Safari/537.36",
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0",
    f"Mozilla/5.0 (Linux; U; Android 13; de-de; Note 9 Build/RP1A) {CHROME} Mobile Safari/537.36",
)


@pytest.mark.parametrize("agent", BROWSERS)
def test_browsers_are_no_bots(agent) -> None:
    assert not is_bot(agent)


@pytest.mark.parametrize(
    "agent", ["", "curl/8", "Mozilla/5.0", "Mozilla/5.0 (compatible; X/1.0)", PHONE + " Botty/1"]
)
def test_what_is_not_wholly_a_browser_is_a_bot(agent) -> None:
    assert is_bot(agent)


def test_published_bots_are_known(shared) -> None:
    with lzma.open(shared / "suites" / "bot_user_agents.jsonl.xz", "rt") as lines:
        agents = [json.loads(line)["ua"] for line in lines]
    assert len(agents) > 1000
    assert [agent for agent in agents if not is_bot(agent)] == []


@pytest.mark.parametrize(
    "device",
    ["X11; Linux x86_64; Watcher", "Windows NT 10.0; Win64; x64; Probe 3.0", "Macintosh; Uptime"],
)
def test_a_desktop_names_nothing_but_itself(device) -> None:
    assert is_bot(f"Mozilla/5.0 ({device}) {CHROME} Safari/537.36")


def test_a_family_is_coarse() -> None:
    assert name_family(PHONE) == "safari on a phone"
    assert name_family(BROWSERS[1]) == "firefox"
    assert name_family(BROWSERS[2]) == "edge"
    assert name_family(BROWSERS[3]) == "chrome on a phone"
    assert name_family("nothing") == "other"


@given(st.text())
def test_any_text_is_judged(agent) -> None:
    assert is_bot(agent)
    assert name_family(agent)
