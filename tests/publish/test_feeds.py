import json
import tarfile
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.examples import examples

from dateline.model import UNDATED_AT, Hedge, Rights, Site, Statement, StatementKind
from dateline.publish.channels import Channel, list_card_items, list_story_items, make_entry_item
from dateline.publish.feeds import write_atom, write_json_feed, write_rss

SITE = Site(name="The Site", address="https://site.example")
HOSTILE = "</title><script>alert(1)</script> & ]]> \x00\x0b\ud800 \u202e “x”"
WRITERS = (write_rss, write_atom, write_json_feed)


def make_channel(items) -> Channel:
    return Channel(
        title="News · The Site",
        home="https://site.example/",
        address="https://site.example/feeds/front.rss?q=a&b",
        description="All of it",
        language="en",
        items=tuple(items),
    )


def channel_of(make, *cards, rights=Rights.FULL) -> Channel:
    sources = {"post": make.source(rights, feeds=("https://post.example/feed",))}
    return make_channel(list_card_items(SITE, cards, sources))


@pytest.mark.parametrize("write", [write_rss, write_atom])
def test_feedparser_reads_back_what_was_written(make, write) -> None:
    channel = channel_of(make, make.card(1, language="el"), make.card(2, headline="A < B & C"))
    feed = feedparser.parse(write(channel))
    assert not feed.bozo
    assert feed.feed.title == "News · The Site"
    assert [e.link for e in feed.entries] == [
        "https://site.example/article/1-headline-1",
        "https://site.example/article/2-a-b-c",
    ]
    assert feed.entries[1].title.replace("&lt;", "<").replace("&amp;", "&") == "A < B & C"
    assert feed.entries[0].id == "https://site.example/article/1"
    assert feed.entries[0].published_parsed[:5] == (2026, 5, 14, 11, 59)
    assert feed.entries[0].author == "The Post"
    assert feed.entries[0].source.title == "The Post"
    assert "https://post.example/1" in feed.entries[0].content[0].value
    assert any(link.rel == "self" for link in feed.feed.links)


@pytest.mark.parametrize("write", WRITERS)
def test_an_empty_feed_is_a_feed(write) -> None:
    body = write(make_channel([]))
    assert body.startswith(b"{") or not feedparser.parse(body).bozo


@given(title=st.text(max_size=60), lede=st.text(max_size=60))
@examples(60)
def test_any_words_make_a_well_formed_feed(make, title: str, lede: str) -> None:
    card = make.card(1, headline=title, lede=lede, source_name=title, section=lede)
    channel = channel_of(make, card)
    etree.fromstring(write_rss(channel))
    etree.fromstring(write_atom(channel))
    json.loads(write_json_feed(channel))


@pytest.mark.parametrize("write", WRITERS)
def test_hostile_words_stay_words(make, write) -> None:
    channel = channel_of(make, make.card(1, headline=HOSTILE, lede=HOSTILE, source_name=HOSTILE))
    body = write(channel)
    assert b"<script" not in body
    html = channel.items[0].html
    assert "<script" not in html


@pytest.mark.parametrize("write", WRITERS)
def test_headline_rights_let_no_lede_into_a_feed(make, write) -> None:
    card = make.card(1, lede="unspeakable", picture_hash="abcdef01")
    body = write(channel_of(make, card, rights=Rights.HEADLINE))
    assert b"Headline 1" in body
    assert b"unspeakable" not in body
    assert b"abcdef01" not in body


@pytest.mark.parametrize("write", WRITERS)
def test_equal_items_make_equal_bytes(make, write) -> None:
    assert write(channel_of(make, make.card(1))) == write(channel_of(make, make.card(1)))


def test_the_source_line_stands_in_every_item(make) -> None:
    item = channel_of(make, make.card(1)).items[0]
    assert '<p>Source: <a href="https://post.example/1">The Post</a></p>' in item.html


def test_an_original_that_is_no_web_address_is_not_linked(make) -> None:
    channel = channel_of(make, make.card(1, url="javascript:alert(1)"))
    for write in WRITERS:
        assert b"javascript:" not in write(channel)


def test_what_was_only_seen_has_no_date_of_publication(make) -> None:
    seen = make.card(1, sighted=True)
    stories = [make.story(2, lead=seen, members=(seen,), last_sighted=True)]
    for items in (channel_of(make, seen).items, list_story_items(SITE, stories, {})):
        channel = make_channel(items)
        assert [item.published for item in channel.items] == [None]
        assert channel.updated == seen.at or channel.updated == make.now
        for write in WRITERS:
            body = write(channel).split(b"<item>")[-1]
            assert not any(name in body for name in (b"pubDate", b"<published>", b"date_published"))


def test_withdrawn_articles_are_not_fed(make) -> None:
    assert channel_of(make, make.card(1, gone=True)).items == ()


def test_a_storys_item_has_the_storys_address_and_the_time_of_the_words_it_shows(make) -> None:
    lead = make.card(9, at=make.now - timedelta(hours=3), source_name="The Lead")
    story = make.story(9, lead=lead, last_at=make.now)
    item = list_story_items(SITE, [story], {})[0]
    assert item.id == "https://site.example/story/9"
    assert item.url == "https://site.example/story/9-story-9"
    assert (item.source, item.published, item.updated) == ("The Lead", lead.at, story.last_at)
    rss, atom, feed = (write(make_channel([item])) for write in WRITERS)
    assert b"<pubDate>Thu, 14 May 2026 09:00:00 GMT</pubDate>" in rss
    entry = etree.fromstring(atom).find("{*}entry")
    assert entry.findtext("{*}published") == "2026-05-14T09:00:00Z"
    assert entry.findtext("{*}updated") == "2026-05-14T12:00:00Z"
    assert entry.findtext("{*}source/{*}updated") == "2026-05-14T09:00:00Z"
    (told,) = json.loads(feed)["items"]
    assert told["date_published"] == "2026-05-14T09:00:00Z"
    assert told["date_modified"] == "2026-05-14T12:00:00Z"


def test_a_storys_item_changed_when_its_words_did(make) -> None:
    edited = make.now + timedelta(hours=1)
    item = list_story_items(SITE, [make.story(9, lead=make.card(9, edited_at=edited))], {})[0]
    assert item.updated == edited


def test_json_feed_has_only_what_the_schema_knows(make, shared: Path) -> None:
    with tarfile.open(shared / "suites" / "jsonfeed_schemas.tar.xz") as tar:
        schema = json.load(tar.extractfile("src/schemas/json/feed.json"))
    card = make.card(1, picture_hash="abcdef01")
    feed = json.loads(write_json_feed(channel_of(make, card)))
    item = schema["definitions"]["item"]
    assert set(schema["required"]) <= set(feed) <= set(schema["properties"])
    assert set(item["required"]) <= set(feed["items"][0]) <= set(item["properties"])
    assert feed["version"] in schema["properties"]["version"]["anyOf"][0]["enum"]
    assert isinstance(feed["items"][0]["id"], str)
    assert set(feed["items"][0]["authors"][0]) <= {"name", "url", "avatar"}


def test_what_has_no_date_is_given_none(make) -> None:
    lead = make.card(3, dated=False)
    story = make.story(3, lead=lead, first_at=UNDATED_AT, last_at=UNDATED_AT)
    items = [
        *list_card_items(SITE, [make.card(1, dated=False, at=make.now)], {}),
        *list_story_items(SITE, [story], {}),
    ]
    rss, atom, feed = (write(make_channel(items)) for write in WRITERS)
    assert b"pubDate" not in rss and b"<published" not in atom and b"date_published" not in feed
    assert b"1970" not in rss + atom + feed
    assert atom.count(b"<updated>2026-05-14T12:00:00Z</updated>") == 5  # when it was seen here


def test_a_statements_item_has_the_time_of_the_carrier_whose_words_it_shows(make) -> None:
    carrier = make.card(2, at=make.now - timedelta(hours=1), source_name="The Carrier")
    told = SimpleNamespace(id=4, speaker="A. Mayor", first=SimpleNamespace(card=make.card(9)))
    statement = Statement(
        spans=((0, 9),),
        content="We go on.",
        kind=StatementKind.DIRECT,
        speaker="A. Mayor",
        source_span=None,
        cue="said",
        cue_span=None,
        hedge=Hedge.SAID,
        negated=False,
    )
    said = SimpleNamespace(statement=statement, language="en")
    wording = SimpleNamespace(content="We go on.", witness=SimpleNamespace(card=carrier, said=said))
    item = make_entry_item(SITE, SimpleNamespace(entry=told, shown=wording), None)
    assert (item.source, item.published) == ("The Carrier", carrier.at)
