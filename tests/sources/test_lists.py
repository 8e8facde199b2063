"""Lists that others wrote: OPML good and bad, Kagi's JSON, plain addresses."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.errors import InputError
from dateline.model import Source
from dateline.sources.lists import read_list
from dateline.sources.opml import read_opml, write_opml

LISTS = Path(__file__).parents[3] / "shared" / "bench" / "feed_lists.tar.xz"

NESTED = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Mine</title></head><body>
<outline text="World"><outline text="Asia">
  <outline type="rss" text="The &amp; Times" xmlUrl="https://times.example/f.xml"
    htmlUrl="https://times.example/" language="en-GB"/></outline>
  <outline text="" xmlUrl="HTTPS://www.nameless.example/rss"/>
  <outline text="no address" xmlUrl="feed.xml"/>
</outline>
<outline text="Alone" xmlUrl="https://alone.example/rss" category="/Politics/Local"/>
</body></opml>"""


def test_outlines_give_sections_names_and_homes() -> None:
    times, nameless, alone = read_opml(NESTED)
    assert (times.key, times.name, times.section) == ("the-times", "The & Times", "Asia")
    assert (times.home, times.language) == ("https://times.example/", "en-GB")
    assert (nameless.name, nameless.section) == ("nameless.example", "World")
    assert nameless.feeds == ("https://www.nameless.example/rss",)
    assert nameless.home == "https://www.nameless.example/"
    assert (alone.name, alone.section) == ("Alone", "Local")


def test_a_document_that_is_not_well_formed_is_mended() -> None:
    (source,) = read_opml(
        b'<opml version="1.0"><body><outline text="The "Daily" & News" description="by '
        b'<a href="https://x.example/" target="_blank">us</a>&nbsp;all" '
        b'xmlUrl="https://daily.example/f?a=1&b=2" type="rss"/></body></opml>'
    )
    assert source.name == 'The "Daily" & News'
    assert source.feeds == ("https://daily.example/f?a=1&b=2",)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html><body>no</body></html>", "not OPML"),
        (b"<opml><body><outline", "well-formed"),
        (b'<!DOCTYPE opml [<!ENTITY a "b">]><opml><body>&a;</body></opml>', "entities"),
        (b'<!DOCTYPE opml [<!ENTITY % a SYSTEM "file:///x"> %a;]><opml/>', "entities"),
        (b"<opml>" + b"<outline>" * 1000 + b"</opml>", "deep"),
        (b"{", "JSON"),
        (b'{"a": 1}', "no section"),
        (b"[1]", "not a table"),
        (b"", "empty"),
        (b"# nothing\n", "empty"),
        (b"just words", "no web address"),
        (b"\xff\xfe\x00\x01", "well-formed"),
    ],
)
def test_what_is_no_list_is_refused_with_its_name(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read_list(data, name="mine.opml")
    assert str(caught.value).startswith("mine.opml: ")


def test_an_outer_document_is_never_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("https://secret.example/")
    data = f'<!DOCTYPE opml SYSTEM "{secret.as_uri()}"><opml><body/></opml>'.encode()
    assert read_opml(data) == ()


def test_kagis_form() -> None:
    data = b'{"Tech": {"source_language": "en", "feeds": ["https://a.example/f", "bad", 3]}}'
    (source,) = read_list(data, name="kite.json")
    assert (source.section, source.language, source.name) == ("Tech", "en", "a.example")


def test_plain_addresses_and_doubles() -> None:
    data = b"# mine\nhttps://a.example/1 note\n\nhttps://a.example/2\nHTTPS://a.example/1\n"
    first, second = read_list(data, name="list.txt")
    assert (first.key, second.key) == ("a-example", "a-example-2")
    assert second.feeds == ("https://a.example/2",)


TEXT = st.text(max_size=30)


@examples(50)
@given(rows=st.lists(st.tuples(TEXT, TEXT), max_size=5), title=TEXT)
def test_what_is_written_is_read_again(rows: list[tuple[str, str]], title: str) -> None:
    made = [
        Source(
            key="k",
            name=" ".join(name.split()) or "x",
            section=" ".join(section.split()),
            home="https://x.example/",
            feeds=(f"https://x.example/{number}",),
        )
        for number, (name, section) in enumerate(rows)
    ]
    again = read_opml(write_opml(made, title=title))
    assert sorted(source.feeds for source in again) == sorted(source.feeds for source in made)
    names = {source.feeds: source.name for source in again}
    for source in made:
        if source.name.isascii() and source.name.isprintable():
            assert names[source.feeds] == source.name


@examples(50)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", b"<opml><body>", b'{"a":{"feeds":'):
        try:
            read_list(start + data, name="x")
        except InputError as error:
            assert str(error).startswith("x: ")


@pytest.mark.suite
def test_published_lists_import_wholly() -> None:
    if not LISTS.is_file():
        pytest.skip(f"{LISTS} is not present")
    count = 0
    with tarfile.open(LISTS) as archive:
        for member in archive:
            if member.name.endswith((".opml", "kite_feeds.json")):
                taken = archive.extractfile(member)
                data = taken.read() if taken else b""
                found = read_list(data, name=member.name)
                named = set(data.split(b'xmlUrl="')[1:])
                assert len(found) >= 0.9 * len({row.split(b'"')[0] for row in named})
                assert len({source.key for source in found}) == len(found) > 0
                count += len(found)
    assert count > 10_000
