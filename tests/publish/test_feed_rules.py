"""Every feed that is written keeps the rules of its form, whatever words stand in it."""

import json
import tarfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.publish.feed_cases import SITE, cases, channel_of, items_of
from tests.publish.feed_listed import find_listed
from tests.publish.feed_rules import find_atom_faults, find_rss_faults
from tests.publish.json_feed_rules import find_json_feed_faults
from tests.publish.json_schema import Schemas

from dateline.model import Hedge, Rights, Statement, StatementKind
from dateline.publish.channels import Channel, list_card_items, list_entry_items
from dateline.publish.feeds import write_atom, write_json_feed, write_rss


@pytest.fixture(scope="session")
def schemas(shared: Path) -> Schemas:
    with tarfile.open(shared / "suites" / "jsonfeed_schemas.tar.xz") as tar:
        names = ("feed", "feed-1")
        return Schemas({name: json.load(_open(tar, name)) for name in names})


def _open(tar: tarfile.TarFile, name: str):
    found = tar.extractfile(f"src/schemas/json/{name}.json")
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["empty", "full", "headlines", "stories"])
def test_every_form_keeps_its_rules(make, schemas, name) -> None:
    channel = cases(make)[name]
    assert find_faults(channel) == []
    assert schemas.find_faults(json.loads(write_json_feed(channel)), "feed") == []


def find_faults(channel: Channel) -> list[str]:
    return [
        *find_rss_faults(write_rss(channel)),
        *find_atom_faults(write_atom(channel)),
        *find_json_feed_faults(json.loads(write_json_feed(channel))),
    ]


# What goes wrong in feeds of the world: controls, marks of HTML, broken links, names of nothing.
ODD = st.sampled_from(
    [
        *("", " ", "\x00", "\x85", "\ufdd0", "\ufffe", "\U0001ffff", "\ud800", "\u200b", "\u00ad"),
        *("</b>", "<b>bold</b>", "<script>alert(1)</script>", "<br", "&amp;", "&lt;p&gt;", "&nbsp"),
        *("AT&T", "R&D1", "&#x26;", "&bogus;", "]]>", "<![CDATA[", "<!--", "<?php", "{0}", "%s"),
        *('<a href="/rel">', "<img src=x onerror=alert(1)>", "John <john@post.example>"),
        *("👩‍👩‍👧‍👦🏳️‍🌈", "\u202eevil\u202c", "עברית", "العربية", "caf\u00c3\u00a9", "Ω" * 3000),
    ]
)
WORDS = st.lists(ODD | st.text(max_size=20), max_size=4).map("".join)
ADDRESSES = st.sampled_from(
    [
        *(
            "",
            "/relative",
            "javascript:alert(1)",
            "mailto:a@post.example",
            "https://",
            "https:///x",
        ),
        *(
            "HTTPS://Post.Example",
            "https://post.example:443/a/../b",
            "https://zürich.example/ä?ö=ü#ß",
        ),
        *(
            "https://post.example/?a[1]=x|y&z={}^`",
            "https://post.example/%zz%7e#a#b",
            "//post.example/",
        ),
        *("https://post.example/a b\n\x00", "https://user:pw@post.example/"),
    ]
) | WORDS.map(lambda words: f"https://post.example/{words}")
ZONES = st.integers(-1439, 1439).map(lambda minutes: timezone(timedelta(minutes=minutes)))
DATES = st.datetimes(timezones=ZONES) | st.sampled_from(
    [datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]
)
TAGS = (
    st.sampled_from(["", "und", "en", "en_GB", "zh-Hant-TW", "x-klingon", "english", "de\n"])
    | WORDS
)


@st.composite
def odd_cards(draw, make):
    return make.card(
        article_id=draw(st.integers(1, 10**12)),
        url=draw(ADDRESSES),
        headline=draw(WORDS),
        lede=draw(WORDS),
        source_name=draw(WORDS),
        own_section=draw(WORDS),
        language=draw(TAGS),
        at=draw(DATES),
        first_seen=draw(DATES),
        edited_at=draw(st.none() | DATES),
        dated=draw(st.booleans()),
        picture_hash=draw(st.sampled_from(["", "abcdef01", "a b/ä"])),
        picture_width=draw(st.integers(0, 9)),
    )


@given(st.data())
@examples(100)
def test_whatever_comes_keeps_the_rules(make, data) -> None:
    found = data.draw(st.lists(odd_cards(make), max_size=3, unique_by=lambda x: x.article_id))
    given_source = make.source(
        data.draw(st.sampled_from(list(Rights))),
        home=data.draw(ADDRESSES),
        feeds=tuple(data.draw(st.lists(ADDRESSES, max_size=1))),
    )
    sources = data.draw(st.sampled_from([{}, {"post": given_source}]))
    channel = replace(
        channel_of(*list_card_items(SITE, found, sources)),
        title=f"{data.draw(WORDS)} · The Site",
        description=data.draw(WORDS),
    )
    assert find_faults(channel) == []


@given(st.data())
@examples(60)
def test_whatever_is_said_keeps_the_rules(make, data) -> None:
    def draw_entry(number: int) -> SimpleNamespace:
        card = data.draw(odd_cards(make))
        told = SimpleNamespace(id=number, speaker=data.draw(WORDS))
        words = data.draw(WORDS)
        statement = Statement(
            spans=((0, len(words)),),
            content=words,
            kind=data.draw(st.sampled_from(list(StatementKind))),
            speaker="",
            source_span=None,
            cue=data.draw(WORDS),
            cue_span=None,
            hedge=data.draw(st.sampled_from(list(Hedge))),
            negated=data.draw(st.booleans()),
        )
        said = SimpleNamespace(statement=statement, language=data.draw(TAGS))
        witness = SimpleNamespace(card=card, said=said)
        wording = SimpleNamespace(content=words, witness=witness)
        return SimpleNamespace(entry=told, shown=wording)

    entries = [draw_entry(number) for number in range(1, 4)]
    items = list_entry_items(SITE, entries, {"post": make.source()})
    assert len(items) <= len(entries)
    assert find_faults(channel_of(*items)) == []


def test_a_plain_feed_has_nothing_of_the_list(make) -> None:
    cards = [make.card(number, headline=f"Ships & ports, {number}") for number in (1, 2)]
    channel = channel_of(*items_of(make, *cards))
    for write in (write_rss, write_atom):
        assert find_listed(write(channel)) == set()
        assert find_listed(write(channel_of())) == set()


@pytest.mark.parametrize(
    ("name", "given_card", "forms"),
    [
        ("same-updated", {"at": datetime(2026, 5, 14, tzinfo=UTC)}, {"atom"}),
        ("broken-words", {"headline": "Caf\ufffd"}, {"rss", "atom"}),
        ("broken-words", {"headline": "Caf\u00c3\u00a9"}, {"rss", "atom"}),
        ("plain-words", {"headline": "</b> is no tag"}, {"rss"}),
        ("plain-words", {"source_name": "This &amp; That"}, {"atom"}),
        ("old-date", {"at": datetime(1985, 1, 1, tzinfo=UTC)}, {"rss", "atom"}),
        ("outlet-id", {"url": "https://post.example/%7e"}, {"atom"}),
    ],
)
def test_what_is_on_the_list_is_found(make, name, given_card, forms) -> None:
    cards = [make.card(number, **given_card) for number in (1, 2)]
    channel = channel_of(*list_card_items(SITE, cards, {}))
    assert (name in find_listed(write_rss(channel))) == ("rss" in forms)
    assert (name in find_listed(write_atom(channel))) == ("atom" in forms)


def test_an_edit_makes_the_entry_newer_and_not_the_article(make) -> None:
    edited = make.now + timedelta(hours=1)
    channel = channel_of(*items_of(make, make.card(1, edited_at=edited)))
    assert b"<updated>2026-05-14T13:00:00Z</updated>" in write_atom(channel)
    assert b"<published>2026-05-14T11:59:00Z</published>" in write_atom(channel)
    item = json.loads(write_json_feed(channel))["items"][0]
    assert item["date_modified"] == "2026-05-14T13:00:00Z"
