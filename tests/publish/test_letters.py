"""Letters: only what is new, in the sources' own words, to whom it is due, and never twice."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.model import ArticleId, Card, Rights, Site, StoryCard, StoryId
from dateline.publish.letters import (
    compose_confirmation,
    compose_daily,
    compose_story_update,
    due_daily,
    next_daily,
)

NOW = datetime(2026, 11, 3, 6, 30, tzinfo=UTC)
SITE = Site(name="Harbour News", address="https://news.example", time_zone="Europe/Rome")
LEAVE = "https://news.example/leave/secret"
LINK = re.compile(r'(?:href|src|background|url)\s*[=(]\s*"?([^" >)]*)')


@dataclass(frozen=True, kw_only=True)
class Reader:
    email: str = "reader@example.net"
    token: str = "secret"
    confirmed_at: datetime | None = NOW - timedelta(days=9)
    last_sent_at: datetime | None = NOW - timedelta(days=1)


def make_card(number, headline="Ferry rescued off the cape", *, hours=1, outlet="News Beast"):
    return Card(
        article_id=ArticleId(number),
        url=f"https://beast.example/{number}",
        headline=headline,
        kicker="",
        lede="The lede stays at home",
        language="en",
        section="world",
        source_key="beast",
        source_name=outlet,
        rights=Rights.EXCERPT,
        at=NOW - timedelta(hours=hours),
        first_seen=NOW - timedelta(hours=hours),
    )


def make_story(*cards, number=7):
    return StoryCard(
        story_id=StoryId(number),
        slug="ferry-rescued",
        headline=cards[0].headline,
        lead=cards[0],
        members=cards,
        articles=len(cards),
        outlets=len(cards),
        origins=1,
        languages=("en",),
        first_at=min(card.first_seen for card in cards),
        last_at=max(card.first_seen for card in cards),
    )


def daily(*stories, reader=Reader(), now=NOW):
    return compose_daily(SITE, stories, reader, leave_url=LEAVE, now=now)


class Reading(HTMLParser):
    """What an HTML letter is made of."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.text = [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += attributes

    def handle_data(self, data):
        self.text += data


def test_the_daily_letter_has_each_new_story_with_source_link_and_counts():
    card = make_card(1)
    letter = daily(make_story(card, make_card(2, "Second report", outlet="The Quay")))
    assert letter.to == "reader@example.net"
    assert letter.subject == "Ferry rescued off the cape (News Beast)"
    assert letter.leave_url == LEAVE
    for part in (letter.text, unescape(letter.html)):
        assert "Ferry rescued off the cape" in part
        assert "Source: " in part and "News Beast" in part
        assert "2 outlets, 1 origin" in part
        assert "https://news.example/story/7-ferry-rescued" in part
        assert LEAVE in part
        assert "3 November 2026. 1 story with something new." in part
        assert "lede stays at home" not in part


def test_what_the_reader_had_is_left_out():
    old = make_story(make_card(1, "Old story", hours=30), number=1)
    new = make_story(make_card(2, "New story", hours=2), number=2)
    letter = daily(old, new)
    assert "Old story" not in letter.text and "New story" in letter.text
    assert daily(old) is None
    assert daily() is None


def test_a_story_that_goes_on_names_what_is_new_and_the_subject_is_new():
    story = make_story(
        make_card(1, "The beginning", hours=50), make_card(2, "The turn", outlet="The Quay")
    )
    letter = daily(story)
    assert letter.subject == "The turn (The Quay)"
    assert letter.text.index("The beginning") < letter.text.index("The turn")


def test_a_withdrawn_report_is_not_news():
    assert daily(make_story(replace(make_card(1), gone=True))) is None


def test_the_first_letter_looks_back_one_day():
    fresh = Reader(last_sent_at=None)
    assert daily(make_story(make_card(1, hours=23)), reader=fresh)
    assert daily(make_story(make_card(1, hours=25)), reader=fresh) is None


def test_a_run_that_was_killed_makes_the_same_key_again():
    story = make_story(make_card(1))
    first = daily(story)
    more = daily(story, make_story(make_card(9), number=9), now=NOW + timedelta(minutes=5))
    assert more.key == first.key
    assert daily(story, reader=Reader(last_sent_at=NOW - timedelta(hours=5))).key != first.key
    assert daily(story, reader=Reader(token="other")).key != first.key


def test_keys_tell_no_secret():
    assert "secret" not in daily(make_story(make_card(1))).key
    letter = compose_confirmation(SITE, "a@b.de", "https://news.example/confirm/secret", now=NOW)
    assert "secret" not in letter.key and "a@b.de" not in letter.key


def test_a_story_update_has_the_new_reports_only():
    story = make_story(make_card(1, "The beginning", hours=50), make_card(2, "The turn"))
    letter = compose_story_update(SITE, story, [story.members[1]], Reader(), leave_url=LEAVE)
    assert letter.subject == "The turn (News Beast)"
    assert "1 new report." in letter.text
    assert "https://news.example/story/7-ferry-rescued" in letter.text
    again = compose_story_update(SITE, story, list(story.members), Reader(), leave_url=LEAVE)
    assert again.key == letter.key
    gone = [replace(make_card(3), gone=True)]
    assert compose_story_update(SITE, story, gone, Reader(), leave_url=LEAVE) is None
    other = replace(story, story_id=StoryId(8))
    update = compose_story_update(SITE, other, [story.members[1]], Reader(), leave_url=LEAVE)
    assert update.key != letter.key


def test_a_confirmation_says_what_is_asked_and_promises_nothing_else():
    link = "https://news.example/confirm/abc"
    letter = compose_confirmation(SITE, "a@b.de", link, now=NOW)
    assert letter.subject == "Confirm your subscription to Harbour News"
    assert letter.leave_url == ""
    assert link in letter.text and link in letter.html
    assert "the daily letter" in letter.text
    followed = compose_confirmation(SITE, "a@b.de", link, now=NOW, story=make_story(make_card(1)))
    assert "Ferry rescued off the cape (Source: News Beast)" in followed.text


def test_a_confirmation_can_be_asked_for_again_an_hour_later():
    def key(minutes):
        moment = NOW + timedelta(minutes=minutes)
        return compose_confirmation(SITE, "a@b.de", "https://x.example/c", now=moment).key

    assert key(0) == key(20) != key(60)


def test_a_long_headline_is_cut_at_a_word_in_the_subject_only():
    headline = "word " * 100
    letter = daily(make_story(make_card(1, headline)))
    assert letter.subject.endswith("word … (News Beast)") and len(letter.subject) < 180
    assert headline.strip() in letter.text


hostile = st.text(max_size=120) | st.sampled_from(
    ['<img src="https://spy.example/a.gif">', '"><script>alert(1)</script>', "a\r\nBcc: x@y.de"]
)


@given(headline=hostile, outlet=hostile, language=hostile)
@examples(150)
def test_hostile_words_are_only_words(headline, outlet, language):
    card = replace(make_card(1, headline, outlet=outlet), language=language)
    letter = daily(make_story(card))
    tame = daily(make_story(replace(make_card(1, "tame"), language="en" if language else "")))
    found, expected = Reading(letter.html), Reading(tame.html)
    assert found.tags == expected.tags
    assert [name for name, _ in found.attributes] == [name for name, _ in expected.attributes]
    assert not re.search(r"[\r\n\u2028\u202e]", letter.subject)


def test_nothing_is_loaded_from_afar_and_all_links_are_web_addresses():
    card = replace(make_card(1), url="javascript:alert(1)", language="en")
    letter = daily(make_story(card, make_card(2)))
    links = LINK.findall(letter.html)
    assert links and all(link.startswith("https://") for link in links)
    assert not {"img", "script", "link", "iframe", "style"} & set(Reading(letter.html).tags)


def test_the_html_can_be_read_aloud_in_the_right_languages():
    card = replace(make_card(1, "Fähre gerettet"), language="de")
    letter = daily(make_story(card))
    assert letter.html.startswith('<!DOCTYPE html><html lang="en" dir="ltr">')
    assert 'lang="de" dir="auto"' in letter.html
    assert [tag for tag in Reading(letter.html).tags if tag in ("h1", "h2")] == ["h1", "h2"]


def test_due_are_those_not_written_since_todays_hour():
    # Seven in Rome is 06:00 UTC in November; now is half past.
    yesterday = Reader()
    today = Reader(last_sent_at=NOW - timedelta(minutes=20))
    first = Reader(last_sent_at=None)
    late = Reader(last_sent_at=None, confirmed_at=NOW - timedelta(minutes=10))
    unconfirmed = Reader(confirmed_at=None)
    readers = [yesterday, today, first, late, unconfirmed]
    assert due_daily(readers, NOW, site=SITE, hour=7) == [yesterday, first]
    early = NOW - timedelta(hours=1)
    assert (
        due_daily([Reader(last_sent_at=early - timedelta(hours=2))], early, site=SITE, hour=7) == []
    )


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        (datetime(2026, 11, 3, 5, 59, tzinfo=UTC), datetime(2026, 11, 3, 6, tzinfo=UTC)),
        (datetime(2026, 11, 3, 6, 0, tzinfo=UTC), datetime(2026, 11, 4, 6, tzinfo=UTC)),
        # The clocks go forward on 29 March 2026: seven in Rome is five UTC from then on.
        (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 5, tzinfo=UTC)),
    ],
)
def test_the_next_daily_letter(now, moment):
    assert next_daily(now, site=SITE, hour=7) == moment


@given(
    hours=st.integers(0, 24 * 400),
    hour=st.integers(0, 23),
    zone=st.sampled_from(["UTC", "Europe/Rome", "Asia/Kolkata", "America/St_Johns"]),
)
@examples(100)
def test_one_is_due_exactly_once_a_day(hours, hour, zone):
    site = replace(SITE, time_zone=zone)
    start = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    reader = Reader(confirmed_at=start - timedelta(days=9), last_sent_at=start)
    assert due_daily([reader], start, site=site, hour=hour) == []
    moment = next_daily(start, site=site, hour=hour)
    assert start < moment <= start + timedelta(hours=25)
    assert due_daily([reader], moment, site=site, hour=hour) == [reader]
    just_before = moment - timedelta(seconds=1)
    if just_before > start:
        assert due_daily([reader], just_before, site=site, hour=hour) == []


def test_a_headline_stands_beside_the_outlet_whose_it_is():
    old = make_card(1, "Ferry adrift off the cape", hours=30, outlet="The Quay")
    new = make_card(2, "Ferry towed into port at last", hours=2)
    letter = daily(make_story(old, new))
    assert letter.subject == "Ferry towed into port at last (News Beast)"
    assert "The Quay" not in letter.text
    update = compose_story_update(SITE, make_story(old, new), [new], Reader(), leave_url=LEAVE)
    assert update.text.index("adrift") < update.text.index("The Quay") < update.text.index("towed")
