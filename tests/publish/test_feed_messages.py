"""Every message of the W3C's feed validator is kept from us, and every rule that does so bites."""

import json
import tomllib
from pathlib import Path

import pytest
from tests.publish.feed_cases import cases
from tests.publish.feed_rules import find_atom_faults, find_rss_faults
from tests.publish.json_feed_rules import find_json_feed_faults

from dateline.publish.feeds import write_atom, write_json_feed, write_rss

MESSAGES = tomllib.loads(Path(__file__).with_name("feed_messages.toml").read_text("utf-8"))
GUIDE = (Path(__file__).parents[2] / "docs" / "feeds.md").read_text("utf-8")
# Rule, what stands in a good feed, and what makes a bad one of it.
RSS = [
    ("form", b'version="2.0"', b'version="0.92"'),
    ("form", b"encoding='utf-8'", b"encoding='iso-8859-1'"),
    ("form", b"mrss/", b"mrss"),
    ("known", b"<docs>", b"<ttl>5</ttl><docs>"),
    ("known", b"<guid ", b'<guid xml:base="/" '),
    ("known", b"<docs>", b"words <docs>"),
    ("once", b"<docs>", b"<generator>x</generator><docs>"),
    ("once", b"<pubDate>", b"<pubDate>Thu, 14 May 2026 11:59:00 GMT</pubDate><pubDate>"),
    ("blank", b"<link>https://site.example/<", b"<link><"),
    ("blank", b"<category>World<", b"<category><"),
    ("blank", b"<title>Headline 1<", b"<title> <"),
    ("blank", b"<language>en</language>", b""),
    ("self", b'rel="self"', b'rel="alternate"'),
    ("self", b"application/rss+xml", b"text/xml"),
    ("order", b"</item></channel>", b"</item><ttl>5</ttl></channel>"),
    ("order", b"<source ", b"<content:encoded/><source "),
    ("address", b"<link>https:", b"<link>"),
    ("address", b"?q=a&amp;b", b"?q=[a]"),
    ("address", b'href="https://post', b'href="//post'),
    ("guid", b'"true"', b'"yes"'),
    ("date", b" GMT", b" Europe"),
    ("date", b"<pubDate>Thu,", b"<pubDate>Fri,"),
    ("language", b'xml:lang="en"', b'xml:lang="und"'),
    ("plain", b"&#x26;", b"&amp;"),
    ("html", b"&lt;/p&gt;", b""),
    ("html", b"&#x3C;p", b'&#x3C;p style="x"'),
    ("html", b"&#x3C;p", b"&#x3C;script"),
    ("picture", b'width="1200"', b'width="0"'),
    ("type", b"image/webp", b"webp"),
    ("unique", b"/article/2<", b"/article/1<"),
    ("characters", b"Headline 1", "Headline \x92".encode()),
]
ATOM = [
    ("schema", b"2026-05-14T", b"2026-05-14 "),
    ("schema", b"<entry", b"<x/><entry"),
    ("schema", b"<author>", b"<author><uri/><uri/>"),
    ("form", b'<feed xmlns="', b'<feed xmlns:atom="http://www.w3.org/2005/Atom" xmlns="'),
    ("self", b"application/atom+xml", b"text/html"),
    ("alternate", b'rel="via"', b'rel="alternate" type="text/html"'),
    ("relation", b'rel="via"', b'rel="parent"'),
    ("type", b"image/webp", b"webp"),
    ("canonical", b"<id>https://site.example/<", b"<id>https://site.example<"),
    ("canonical", b"<id>https://site", b"<id>https://Site"),
    ("canonical", b"/article/1<", b"/article/%7e<"),
    ("address", b'href="https://post.example/1"', b'href="https://post.example/|"'),
    ("unique", b"/article/2<", b"/article/1<"),
    ("blank", b"<title>Headline 1<", b"<title> <"),
    ("blank", b'term="World"', b'term=""'),
    ("plain", b' type="html">News', b">News"),
    ("html", b"&lt;/p&gt;", b""),
    ("date", b"11:59:00Z", b"11:59:61Z"),
    ("order", b"<published>2026", b"<published>2027"),
    ("needed", b'<content type="html"', b'<content type="text"'),
    ("language", b'xml:lang="en"', b""),
    ("characters", b"Headline 1", "Headline \ufdd0".encode()),
]


def _spoil(body: bytes, old: bytes, new: bytes) -> bytes:
    assert old in body
    return body.replace(old, new)


@pytest.mark.parametrize(("rule", "old", "new"), RSS)
def test_every_rule_for_rss_bites(make, rule, old, new) -> None:
    body = write_rss(cases(make)["full"])
    assert find_rss_faults(body) == []
    assert f"{rule}:" in {each.split(" ")[0] for each in find_rss_faults(_spoil(body, old, new))}


@pytest.mark.parametrize(("rule", "old", "new"), ATOM)
def test_every_rule_for_atom_bites(make, rule, old, new) -> None:
    body = write_atom(cases(make)["full"])
    assert find_atom_faults(body) == []
    assert f"{rule}:" in {each.split(" ")[0] for each in find_atom_faults(_spoil(body, old, new))}


@pytest.mark.parametrize(
    ("rule", "name", "value"),
    [
        ("address", "feed_url", "/feeds/front.json"),
        ("address", "home_page_url", "https://site.example/[1]"),
        ("blank", "title", ""),
        ("language", "language", "und"),
    ],
)
def test_every_rule_for_a_json_feed_bites(make, rule, name, value) -> None:
    feed = json.loads(write_json_feed(cases(make)["full"]))
    assert find_json_feed_faults(feed) == []
    assert rule in {each.partition(":")[0] for each in find_json_feed_faults(feed | {name: value})}


@pytest.mark.parametrize(
    ("rule", "name", "value"),
    [
        ("unique", "id", "https://site.example/article/2"),
        ("address", "external_url", "post.example/1"),
        ("date", "date_published", "2026-05-14"),
        ("html", "content_html", "<p onclick='x'>one</p>"),
        ("needed", "content_html", ""),
        ("needed", "authors", [{}]),
        ("address", "authors", [{"name": "x", "url": "//post.example"}]),
    ],
)
def test_every_rule_for_an_item_of_a_json_feed_bites(make, rule, name, value) -> None:
    feed = json.loads(write_json_feed(cases(make)["full"]))
    feed["items"][0][name] = value
    assert rule in {each.partition(":")[0] for each in find_json_feed_faults(feed)}


def test_every_message_is_kept_from_us_by_a_rule_that_bites_or_cannot_be() -> None:
    groups = [*MESSAGES["kept"], *MESSAGES["served"], *MESSAGES["never"], *MESSAGES["listed"]]
    names = [name for group in groups for name in group["messages"]]
    assert len(set(names)) == len(names)
    bite = {rule for rule, _, _ in (*RSS, *ATOM)}
    assert {rule for group in MESSAGES["kept"] for rule in group["rules"]} == bite
    assert all(group["why"] for group in (*MESSAGES["never"], *MESSAGES["served"]))


def test_the_guide_has_the_whole_list() -> None:
    for group in MESSAGES["listed"]:
        for name in group["messages"]:
            assert f"`{name}`" in GUIDE
