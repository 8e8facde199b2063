"""Letters: what is new, to whom, and when. Pure: who sends them and who remembers is elsewhere.

A letter is written in the language of the `site` it is given, and its links lead to pages in it
(see `addresses.speak_site`). It says nothing of its own about the news: its headlines and its
subject are a source's own words with the source's name beside them, the rest is the interface's.
It holds no picture from afar and nothing that tells us whether it was read.

A letter's key names the reader and the letter that it follows, never what is in it: a run that
was killed between queueing and remembering makes the same key again, and nothing is doubled.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import blake2b
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from dateline.model import Card, Letter, Site, StoryCard
from dateline.publish import letter_words as words
from dateline.publish.addresses import card_path, original_link, story_path
from dateline.publish.coverage_words import SOURCE_LINE, say_coverage, say_headline
from dateline.publish.front import freshen
from dateline.publish.letter_page import Item, Page, write_html, write_text
from dateline.publish.speaking import speak
from dateline.text import squeeze

_MOST_STORIES = 20
_MOST_CARDS = 20
_MOST_NEWS = 3  # new articles named under a story that goes on
_LONGEST_HEADLINE = 150  # code points, in a subject
_FIRST_LETTER = timedelta(days=1)  # how far back a reader's first daily letter looks


class Reader(Protocol):
    """What letters need to know of a confirmed reader."""

    @property
    def email(self) -> str:
        """Where the letter goes."""

    @property
    def token(self) -> str:
        """The secret that names the reader."""

    @property
    def confirmed_at(self) -> datetime | None:
        """When the reader confirmed; None: not yet, and nothing is sent."""

    @property
    def last_sent_at(self) -> datetime | None:
        """When the last letter of this list was made."""


SomeReader = TypeVar("SomeReader", bound=Reader)


def due_daily(
    readers: Iterable[SomeReader], now: datetime, *, site: Site, hour: int
) -> list[SomeReader]:
    """Return whom to write the daily letter: those not written since today's `hour` at the site.

    Who confirms after that hour gets the first letter the next day.
    """
    since = _last_hour(now, site, hour)
    return [
        reader
        for reader in readers
        if reader.confirmed_at is not None
        and reader.confirmed_at <= since
        and (reader.last_sent_at is None or reader.last_sent_at < since)
    ]


def next_daily(now: datetime, *, site: Site, hour: int) -> datetime:
    """Return the next moment, in UTC, at which `due_daily` finds readers again."""
    zone = ZoneInfo(site.time_zone)
    day = now.astimezone(zone).date()
    moments = (_at_hour(day + timedelta(days=more), hour, zone) for more in range(3))
    return next(moment for moment in moments if moment > now)


def compose_confirmation(
    site: Site, email: str, confirm_url: str, *, now: datetime, story: StoryCard | None = None
) -> Letter:
    """Return the letter that asks whether it was really the reader who subscribed.

    At most one an hour has the same key, so that one who asks again later gets it again.
    """
    say = speak(site.language)
    asked = words.ASKED_DAILY if story is None else words.ASKED_STORY
    intro = [say.text(asked).format(site=site.name)]
    if story is not None:
        story = freshen(story)
        named = {
            "headline": say_headline(say, story.headline),
            "outlet": squeeze(story.lead.source_name),
        }
        intro.append(say.text(words.STORY_FROM).format(**named))
    intro.append(say.text(words.PLEASE_CONFIRM))
    title = say.text(words.CONFIRM_TITLE).format(site.name)
    page = replace(
        _start_page(site, title),
        intro=tuple(intro),
        action=(say.text(words.CONFIRM_BUTTON), confirm_url),
    )
    key = f"confirm/{_mark(email + confirm_url)}/{now.astimezone(UTC):%Y-%m-%dT%H}"
    return _make_letter(key, email, title, page)


def compose_daily(
    site: Site, stories: Sequence[StoryCard], reader: Reader, *, leave_url: str, now: datetime
) -> Letter | None:
    """Return the daily letter with the stories, in their order, that have news for the reader.

    Each carries its lead's headline. New is what was first seen since the reader's last letter (in
    the last day, for the first). None where nothing is new: then no letter is written.
    """
    since = reader.last_sent_at or now - _FIRST_LETTER
    found = [(story, _find_new(story.members, since)) for story in map(freshen, stories)]
    items = [_describe_story(site, story, new, since) for story, new in found if new]
    if not items:
        return None
    say = speak(site.language)
    day = say.calendar.date(now.astimezone(ZoneInfo(site.time_zone)).date())
    page = replace(
        _start_page(site, site.name),
        intro=(words.count_stories(say, day, len(items[:_MOST_STORIES])),),
        items=tuple(items[:_MOST_STORIES]),
        foot=(say.text(words.WHY_DAILY).format(site.name),),
        leave=(say.text(words.LEAVE_DAILY), leave_url),
    )
    subject = _write_subject(items[0].news[0] if items[0].news else items[0])
    return _make_letter(f"daily/{_name_state(reader)}", reader.email, subject, page)


def compose_story_update(
    site: Site, story: StoryCard, new: Sequence[Card], reader: Reader, *, leave_url: str
) -> Letter | None:
    """Return the letter on a followed story with the `new` articles, in their order.

    None where there is none. What is new is for the caller to find, from `reader.last_sent_at`
    (or `confirmed_at` before the first letter), which must not change until the letter is queued.
    """
    cards = [card for card in new if not card.gone]
    if not cards:
        return None
    # Under the headline that the reader knows: what is new stands below it.
    added = {card.article_id for card in new}
    known = [card for card in story.members if card.article_id not in added]
    story = freshen(replace(story, members=tuple(known)))
    say = speak(site.language)
    items = tuple(_describe_card(site, card) for card in cards[:_MOST_CARDS])
    all_of_it = say.text(words.IN_ALL).format(say_coverage(say, story.outlets, story.origins))
    page = replace(
        _start_page(site, say_headline(speak(site.language), story.lead.headline)),
        title_language=story.lead.language,
        intro=(
            say.text(SOURCE_LINE).format(squeeze(story.lead.source_name)),
            f"{words.count_new(say, len(cards))} {all_of_it}",
        ),
        items=items,
        action=(say.text(words.WHOLE_STORY), site.address + story_path(story)),
        foot=(say.text(words.WHY_STORY).format(site.name),),
        leave=(say.text(words.LEAVE_STORY), leave_url),
    )
    key = f"story/{story.story_id}/{_name_state(reader)}"
    subject = _write_subject(items[0])
    return _make_letter(key, reader.email, subject, page)


def _start_page(site: Site, title: str) -> Page:
    """Return a letter's page with what stands in every one."""
    say = speak(site.language)
    return Page(
        language=say.tag,
        direction=say.direction,
        source_line=say.text(SOURCE_LINE),
        title=title,
        site=(site.name, site.address),
    )


def _find_new(cards: Iterable[Card], since: datetime) -> list[Card]:
    # The first sight of what is undated tells nothing of when it was news.
    return [card for card in cards if card.first_seen > since and card.dated and not card.gone]


def _describe_story(site: Site, story: StoryCard, new: Sequence[Card], since: datetime) -> Item:
    others = [card for card in new if card.article_id != story.lead.article_id]
    goes_on = story.first_at <= since
    return Item(
        headline=say_headline(speak(site.language), story.lead.headline),
        language=story.lead.language,
        link=site.address + story_path(story),
        source_name=squeeze(story.lead.source_name),
        source_link=original_link(story.lead.url),
        note=say_coverage(speak(site.language), story.outlets, story.origins),
        news=tuple(_describe_card(site, card) for card in others[:_MOST_NEWS]) if goes_on else (),
    )


def _describe_card(site: Site, card: Card) -> Item:
    return Item(
        headline=say_headline(speak(site.language), card.headline),
        language=card.language,
        link=site.address + card_path(card),
        source_name=squeeze(card.source_name),
        source_link=original_link(card.url),
    )


def _write_subject(item: Item) -> str:
    headline = item.headline
    if len(headline) > _LONGEST_HEADLINE:
        cut = headline.rfind(" ", 0, _LONGEST_HEADLINE)
        headline = headline[: cut if cut > 0 else _LONGEST_HEADLINE] + " …"
    return f"{headline} ({item.source_name})"


def _make_letter(key: str, to: str, subject: str, page: Page) -> Letter:
    return Letter(
        key=key,
        to=to,
        subject=subject,
        text=write_text(page),
        html=write_html(page),
        leave_url=page.leave[1] if page.leave else "",
    )


def _mark(secret: str) -> str:
    # Keys are seen in logs and in message ids: there a token must not be read from them.
    return blake2b(secret.encode("utf-8", "replace"), digest_size=12).hexdigest()


def _name_state(reader: Reader) -> str:
    follows = reader.last_sent_at or reader.confirmed_at
    state = f"{follows.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}" if follows else "first"
    return f"{_mark(reader.token)}/{state}"


def _last_hour(now: datetime, site: Site, hour: int) -> datetime:
    zone = ZoneInfo(site.time_zone)
    day = now.astimezone(zone).date()
    today = _at_hour(day, hour, zone)
    return today if today <= now else _at_hour(day - timedelta(days=1), hour, zone)


def _at_hour(day: date, hour: int, zone: ZoneInfo) -> datetime:
    # By way of UTC: where the clocks skip the hour that day, this is the moment after the gap.
    return datetime.combine(day, time(hour), zone).astimezone(UTC)
