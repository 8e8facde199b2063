"""Channels of every kind that feeds are written from, for tests of their rules."""

from datetime import timedelta

from dateline.model import Rights, Site
from dateline.publish.channels import Channel, list_card_items, list_story_items

SITE = Site(name="The Site & Co", address="https://site.example")
HOSTILE = "</title><script>alert(1)</script> &amp; & ]]> \x00\ud800 \u202e “x”"


def channel_of(*items) -> Channel:
    return Channel(
        title="News & more · <The Site>",
        home="https://site.example/",
        address="https://site.example/feeds/front.rss?q=a&b",
        description="All <b>of</b> it & more",
        language="en",
        author="The Site & Co",
        items=tuple(items),
    )


def items_of(make, *cards, rights=Rights.FULL):
    return list_card_items(SITE, cards, {"post": make.source(rights)})


def cases(make) -> dict[str, Channel]:
    pictured = make.card(
        1,
        picture_hash="abcdef01",
        picture_width=1200,
        picture_height=800,
        language="und",
        own_section="World",
    )
    edited = make.card(2, edited_at=make.now + timedelta(hours=1), headline="A < B & C")
    bare = make.card(3, headline="", lede="", section="", url="javascript:alert(1)", dated=False)
    hostile = make.card(4, headline=HOSTILE, lede=HOSTILE, source_name=HOSTILE, own_section=HOSTILE)
    moved = make.story(6, last_at=make.now + timedelta(hours=2))
    undated = make.story(7, lead=make.card(7, dated=False))
    return {
        "empty": channel_of(),
        "full": channel_of(*items_of(make, pictured, edited, bare, hostile)),
        "headlines": channel_of(*items_of(make, pictured, hostile, rights=Rights.HEADLINE)),
        "stories": channel_of(*list_story_items(SITE, [make.story(5), moved, undated], {})),
    }
