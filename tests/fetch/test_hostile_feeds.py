"""Feeds made to hurt: bombs, endless nesting, endless strings. Each ends soon, with a value."""

import lzma
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.fetch.feeds import read_feed
from dateline.fetch.sitemap import read_news_sitemap
from dateline.model import Broken, Fetched

SUITES = Path(__file__).parents[3] / "shared" / "suites"
URL = "https://example.org/feed"
HEAD = b"<rss><channel><title>x</title>"
MANY = 50_000


def read_suite(name: str) -> Iterator[tuple[str, bytes]]:
    path = SUITES / f"{name}.tar.xz"
    if not path.exists():
        pytest.skip(f"{path.name} is not present in ../shared/suites")
    with lzma.open(path) as packed, tarfile.open(fileobj=packed) as tar:
        for member in tar:
            file = tar.extractfile(member) if member.isfile() else None
            if file:
                yield member.name, file.read()


def read(body: bytes) -> Fetched | Broken:
    feed = read_feed(body, url=URL, content_type="")
    assert isinstance(feed, Fetched | Broken)
    return feed


@pytest.mark.suite
def test_xml_bombs_are_not_expanded_and_read_nothing_from_outside() -> None:
    for name, body in read_suite("xml_bombs"):
        assert len(repr(read(body))) < 5000, name


@pytest.mark.parametrize("where", ["title", "description", "guid"])
def test_entities_of_the_document_are_never_expanded(where: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("TREASURE")
    subset = f'<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "{secret.as_uri()}">'
    body = f"<!DOCTYPE rss [{subset}]><rss><channel><item><link>https://e.org/</link><{where}>"
    feed = read(f"{body}x &b; &c;</{where}></item></channel></rss>".encode())
    assert isinstance(feed, Fetched)
    assert "TREASURE" not in repr(feed) and "ha" not in repr(feed.entries).split("url=")[0]
    assert len(feed.entries) == 1
    assert any("document type" in note for note in feed.notes)


@pytest.mark.suite
def test_json_suite_never_crashes_the_reader() -> None:
    for _, body in read_suite("json_test_suite"):
        read(body)
        read(b'{"version":"https://jsonfeed.org/version/1.1","items":[{"id":1,"x":' + body + b"}]}")


@pytest.mark.heavy
@pytest.mark.parametrize(
    "body",
    [
        b'{"items":[' + b"[" * MANY,
        b'{"items":["' + b'\\"' * MANY,
        b'{"items":' + b'"\\' * MANY,
        b'{"items":[{"id":' + b"9" * MANY + b"}]}",
        HEAD + b"<item>" * MANY,
        HEAD + b"<item><title>a</title></item><item><description>" + b"<b>" * MANY,
        HEAD + b"&x;" + b"<![CDATA[" * MANY,
        HEAD + b"&x;" + b"<!--" * MANY,
        HEAD + b"&" * MANY,
        HEAD + b"<item><title>" + b"<a " * MANY,
        HEAD + b"<item><title><![CDATA[" + b"<script><a " * MANY + b"]]></title></item>",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><content>' + b"&lt;b>" * MANY,
        b"<!DOCTYPE a [" + b"\"'<!--" * MANY,
        b"<?" * MANY,
        b"<" * MANY,
        b"\0" * MANY,
        b" " * MANY * 10,
        HEAD + b"<item " + b" ".join(b'a%d="x"' % n for n in range(MANY)) + b"><title>q",
        HEAD + b"<item><pubDate>" + b" 1" * MANY + b"</pubDate><author>" + b"a@" * MANY,
        b"<foo>" + b"<item>" * MANY,
    ],
    ids=range(20),
)
def test_endless_things_end(body: bytes) -> None:
    began = time.process_time()  # a busy machine spends other time
    read(body)
    read_news_sitemap(body, url=URL)
    assert time.process_time() - began < 20  # quadratic would be minutes


def test_deep_json_is_refused_before_it_is_built() -> None:
    deep = read(b'{"items":[' + b"[" * 200 + b"]" * 200 + b"]}")
    assert isinstance(deep, Broken) and "nested" in deep.reason


@examples(80)
@given(
    st.binary(max_size=400),
    st.sampled_from(
        [
            b"",
            b"<rss><channel><item>",
            b'{"items":[{"id":"',
            b"<feed><entry><content>",
            b"\xff\xfe<\0",
        ]
    ),
    st.sampled_from(["", "text/xml; charset=punycode", "x; charset=utf-16", "x; charset=nonsense"]),
)
def test_any_bytes_give_a_value(tail: bytes, head: bytes, content_type: str) -> None:
    feed = read_feed(head + tail, url=URL, content_type=content_type)
    assert isinstance(feed, Fetched | Broken)
    if isinstance(feed, Fetched):
        assert all(entry.guid for entry in feed.entries)
        assert len({entry.guid for entry in feed.entries}) == len(feed.entries)
        assert all(e.url == "" or e.url.startswith(("http://", "https://")) for e in feed.entries)
    read_news_sitemap(head + tail, url=URL)
