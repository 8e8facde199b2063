"""robots.txt: RFC 9309's own examples, what no answer means, and files of the real web."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from protego import Protego
from tests.examples import examples

from dateline.fetch.robots import MOST_BYTES, Rules, read_rules
from dateline.model import NoReply, Reply

SUITE = Path(__file__).parents[3] / "shared" / "suites" / "robots_files.tar.xz"
SITE = "https://example.org"


def read(text: str | bytes, *, status: int = 200) -> Rules:
    body = text.encode() if isinstance(text, str) else text
    return read_rules(Reply(url=f"{SITE}/robots.txt", status=status, headers={}, body=body))


RULES = """
Sitemap: https://example.org/news.xml  # for everyone
User-agent: OtherBot
User-Agent: Dateline/0.1
Allow: /closed/open
Disallow: /closed
Crawl-delay: 7
sitemap: https://example.org/more.xml

User-agent: *
Disallow: /
"""


@pytest.mark.parametrize(
    ("path", "agent", "allowed"),
    [
        ("/", "Dateline", True),
        ("/closed/page", "Dateline", False),
        ("/closed/open/page", "Dateline", True),
        ("/closed/page", "dateline/2 (+https://example.org)", False),
        ("/", "OtherBot", True),
        ("/", "ThirdBot", False),
        ("/robots.txt", "ThirdBot", True),
    ],
)
def test_the_group_that_names_us_decides(path: str, agent: str, allowed: bool) -> None:
    assert read(RULES).allows(SITE + path, agent) is allowed


def test_delay_and_sitemaps() -> None:
    rules = read(RULES)
    assert rules.delay("Dateline") == 7
    assert rules.delay("ThirdBot") is None
    assert rules.sitemaps == ("https://example.org/news.xml", "https://example.org/more.xml")
    assert read("User-agent: *\nCrawl-delay: 86400").delay("Dateline") == 60
    assert read("User-agent: *\nCrawl-delay: nan\nCrawl-delay: soon").delay("Dateline") is None


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/fish", "/fish.html", True),
        ("/fish", "/Fish.asp", False),
        ("/fish*", "/fishheads", True),
        ("/*.php", "/folder/filename.php?parameters", True),
        ("/*.php$", "/filename.php", True),
        ("/*.php$", "/filename.php?parameters", False),
        ("/fish*.php", "/fishheads/catfish.php?parameters", True),
        ("/$", "/page", False),
        ("/a*b*c$", "/abcbc", True),
        ("/a*b$", "/ab/a", False),
        ("/caf%C3%A9", "/café", True),
        ("/café", "/caf%c3%a9/x", True),
        ("/a%2Fb", "/a/b", False),
        ("/%7Euser", "/~user/x", True),
        ("/a=b", "/a%3Db", True),
        ("/ab$c", "/ab$c", True),
        ("*", "/anything", True),
    ],
)
def test_patterns(pattern: str, path: str, matches: bool) -> None:
    rules = read(f"User-agent: *\nDisallow: {pattern}")
    assert rules.allows(SITE + path, "Dateline") is not matches


def test_the_longest_pattern_decides_and_allow_wins_a_tie() -> None:
    rules = read(
        "user-agent: *\nallow: /p\ndisallow: /\ndisallow: /pq*\nallow: /pqr\n"
        "allow: /x\ndisallow: /x"
    )
    assert rules.allows(f"{SITE}/page", "Dateline")
    assert not rules.allows(f"{SITE}/other", "Dateline")
    assert rules.allows(f"{SITE}/pqrs", "Dateline")
    assert rules.allows(f"{SITE}/x", "Dateline")


@pytest.mark.parametrize(
    ("status", "known", "allowed"),
    [
        (404, True, True),
        (403, True, True),
        (301, True, True),
        (500, False, False),
        (429, False, False),
    ],
)
def test_what_a_status_means(status: int, known: bool, allowed: bool) -> None:
    rules = read("User-agent: *\nDisallow: /", status=status)
    assert rules.known is known
    assert rules.allows(f"{SITE}/page", "Dateline") is allowed
    assert (str(status) in rules.reason) is not known


def test_no_reply_means_not_now_and_says_why() -> None:
    rules = read_rules(NoReply(url=f"{SITE}/robots.txt", reason="example.org: no connection"))
    assert not rules.known
    assert not rules.allows(f"{SITE}/page", "Dateline")
    assert "example.org: no connection" in rules.reason


def test_only_the_first_500_kib_are_read() -> None:
    body = b"User-agent: *\n" + b"# x\n" * (MOST_BYTES // 4) + b"Disallow: /\n"
    assert read(body).allows(f"{SITE}/page", "Dateline")
    near = b"User-agent: *\n" + b"# x\n" * (MOST_BYTES // 4 - 100) + b"Disallow: /\n"
    assert not read(near).allows(f"{SITE}/page", "Dateline")


@examples(60)
@given(body=st.binary(max_size=400), path=st.text(max_size=40), agent=st.text(max_size=20))
def test_never_raises(body: bytes, path: str, agent: str) -> None:
    rules = read(b"User-agent: *\nDisallow: " + body)
    assert rules.allows(f"{SITE}/{path}", agent) in (True, False)
    assert isinstance(rules.sitemaps, tuple)
    rules.delay(agent)


def real_files() -> Iterator[tuple[str, bytes]]:
    if not SUITE.is_file():
        pytest.skip(f"{SUITE} is not present")
    with tarfile.open(SUITE) as archive:
        for member in archive:
            if taken := archive.extractfile(member):
                yield member.name, taken.read()


@pytest.mark.suite
def test_real_files_agree_with_protego() -> None:
    different = set()
    for number, (name, body) in enumerate(real_files()):
        rules = read(body)
        assert rules.allows(SITE, "Dateline") in (True, False)
        if number % 4:
            continue  # protego takes its time
        peer = Protego.parse(body[:MOST_BYTES].decode("utf-8-sig", "replace"))
        for agent in ("Dateline", "GPTBot"):
            for _, line in rules._lines[:40:2]:
                url = SITE + line.replace("*", "news").replace("$", "")
                if line.startswith("/") and rules.allows(url, agent) != peer.can_fetch(url, agent):
                    different.add((name, agent, url))
    assert not different
