"""Every feed that is written keeps the rules of its form, whatever words stand in it."""

import json
import tarfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples
from tests.publish.feed_rules import find_atom_faults, find_rss_faults
from tests.publish.json_schema import Schemas

from dateline.model import Rights, Site
from dateline.publish.channels import Channel, list_card_items, list_story_items
from dateline.publish.feeds import write_atom, write_json_feed, write_rss

SITE = Site(name="The Site & Co", address="https://site.example")
HOSTILE = "</title><script>alert(1)</script> &amp; & ]]> \x00\ud800 \u202e “x”"


@pytest.fixture(scope="session")
def schemas(shared: Path) -> Schemas:
    with tarfile.open(shared / "suites" / "jsonfeed_schemas.tar.xz") as tar:
        names = ("feed", "feed-1")
        return Schemas({name: json.load(_open(tar, name)) for name in names})


def _open(tar: tarfile.TarFile, name: str):
    found = tar.extractfile(f"src/schemas/json/{name}.json")
    assert found is not None
    return found


def channel_of(*items) -> Channel:
    return Channel(
        title="News & more · <The Site>",
        home="https://site.example/",
        address="https://site.example/feeds/front.rss?q=a&b",
        description="All <b>of</b> it & more",
        language="en",
        items=tuple(items),
    )


def items_of(make, *cards, rights=Rights.FULL):
    return list_card_items(SITE, cards, {"post": make.source(rights)})


def cases(make) -> dict[str, Channel]:
    pictured = make.card(
        1, picture_hash="abcdef01", picture_width=1200, picture_height=800, language="und"
    )
    edited = make.card(2, edited_at=make.now + timedelta(hours=1), headline="A < B & C")
    bare = make.card(3, headline="", lede="", section="", url="javascript:alert(1)", dated=False)
    hostile = make.card(4, headline=HOSTILE, lede=HOSTILE, source_name=HOSTILE, section=HOSTILE)
    return {
        "empty": channel_of(),
        "full": channel_of(*items_of(make, pictured, edited, bare, hostile)),
        "headlines": channel_of(*items_of(make, pictured, hostile, rights=Rights.HEADLINE)),
        "stories": channel_of(*list_story_items(SITE, [make.story(5), make.story(6)], {})),
    }


@pytest.mark.parametrize("name", ["empty", "full", "headlines", "stories"])
def test_every_form_keeps_its_rules(make, schemas, name) -> None:
    channel = cases(make)[name]
    assert find_rss_faults(write_rss(channel)) == []
    assert find_atom_faults(write_atom(channel)) == []
    assert schemas.find_faults(json.loads(write_json_feed(channel)), "feed") == []


WORDS = st.text(max_size=40)


@given(WORDS, WORDS, WORDS)
@examples(60)
def test_any_words_keep_the_rules(make, title: str, lede: str, name: str) -> None:
    card = make.card(1, headline=title, lede=lede, section=name, source_name="The Post")
    channel = channel_of(*items_of(make, card))
    assert find_rss_faults(write_rss(channel)) == []
    assert find_atom_faults(write_atom(channel)) == []


def test_an_edit_makes_the_entry_newer_and_not_the_article(make) -> None:
    edited = make.now + timedelta(hours=1)
    channel = channel_of(*items_of(make, make.card(1, edited_at=edited)))
    assert b"<updated>2026-05-14T13:00:00Z</updated>" in write_atom(channel)
    assert b"<published>2026-05-14T11:59:00Z</published>" in write_atom(channel)
    item = json.loads(write_json_feed(channel))["items"][0]
    assert item["date_modified"] == "2026-05-14T13:00:00Z"


def test_the_rules_find_what_is_broken(make, schemas) -> None:
    channel = cases(make)["full"]
    rss, atom = write_rss(channel), write_atom(channel)
    assert find_rss_faults(rss.replace(b"&#x26;", b"&amp;"))
    assert find_rss_faults(rss.replace(b"<link>https:", b"<link>"))
    assert find_rss_faults(rss.replace(b"GMT", b"Europe"))
    assert find_atom_faults(atom.replace(b"<updated>2026-05-14T", b"<updated>2026-05-14 "))
    assert find_atom_faults(atom.replace(b"<entry", b"<item").replace(b"</entry", b"</item"))
    feed = json.loads(write_json_feed(channel))
    feed["items"][0]["content"] = feed["items"][0].pop("content_html")
    assert schemas.find_faults(feed, "feed")
