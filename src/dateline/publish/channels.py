"""A feed before it is written: a channel of items, the same for RSS, Atom and JSON Feed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape

from dateline.model import Card, Site, Source, Statement, StoryCard
from dateline.publish.addresses import card_path, entry_path, picture_path, story_path
from dateline.publish.coverage_words import SOURCE_LINE, say_coverage
from dateline.publish.ledger_page import Entry
from dateline.publish.manner_words import say_manner, say_stance, say_words
from dateline.publish.shown import show_card
from dateline.publish.speaking import Speaker, find_language, speak
from dateline.publish.xml import clean_line, clean_text
from dateline.urls import encode_web_url, read_host


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One article or story in a feed; only what its source allows to be shown."""

    id: str  # never changes: the page's address without its words
    url: str  # the page on this site
    original: str  # the article at its source
    title: str
    summary: str  # plain text, "" where only the headline may be shown
    language: str
    source: str  # the outlet's name
    source_url: str
    published: datetime | None  # None: nobody knows
    seen: datetime  # here; the date of the entry where the news has none
    edited: datetime | None = None  # its newest version first seen, or its story's last report
    picture: str = ""
    picture_size: tuple[int, int] = (0, 0)  # (0, 0): not known
    tags: tuple[str, ...] = ()
    note: str = ""  # the site's own words: "7 outlets, 2 origins"
    source_line: str = SOURCE_LINE  # in the site's language, with a place for the outlet

    @property
    def updated(self) -> datetime:
        """When it last changed: the newest of its dates, when it was seen where it has none."""
        return max(each for each in (self.published or self.seen, self.edited) if each)

    @property
    def html(self) -> str:
        """The summary as HTML, with the source line that stands wherever text is shown."""
        body = f"<p>{escape(self.summary)}</p>\n" if self.summary else ""
        name = escape(self.source)
        if self.original:
            name = f'<a href="{escape(self.original)}">{name}</a>'
        line = escape(self.source_line).format(name)
        note = f"\n<p>{escape(self.note)}</p>" if self.note else ""
        return f"{body}<p>{line}</p>{note}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One feed: what it is of, where it stands, and its items, newest or best first."""

    title: str
    home: str  # the page that it is the feed of
    address: str  # its own
    description: str
    language: str
    author: str = ""  # the site's name; "": its own title
    items: tuple[Item, ...] = ()

    @property
    def updated(self) -> datetime | None:
        """The date of the newest item, None where there is none."""
        return max((item.updated for item in self.items), default=None)


def list_card_items(
    site: Site, cards: Iterable[Card], sources: Mapping[str, Source]
) -> tuple[Item, ...]:
    """Return an item for each article that was not withdrawn; `sources` by key."""
    return tuple(
        make_card_item(site, card, sources.get(card.source_key)) for card in cards if not card.gone
    )


def list_story_items(
    site: Site, stories: Iterable[StoryCard], sources: Mapping[str, Source]
) -> tuple[Item, ...]:
    """Return an item for each story: its lead article's words, its own address."""
    return tuple(
        make_story_item(site, story, sources.get(story.lead.source_key))
        for story in stories
        if not story.lead.gone
    )


def make_card_item(site: Site, card: Card, source: Source | None) -> Item:
    """Return one article as an item; a source that is not known allows only the headline."""
    shown = show_card(card, source)
    original = encode_web_url(card.url) or ""
    section = clean_line(card.own_section)
    return Item(
        id=f"{site.address}/article/{card.article_id}",
        url=f"{site.address}{card_path(card)}",
        original=original,
        title=clean_line(card.headline),
        summary=clean_text(shown.lede),
        language=card.language,
        source=clean_line(card.source_name) or read_host(card.url) or card.source_key,
        source_url=_feed_of(source) or original,
        published=card.published_at,
        seen=card.first_seen,
        edited=card.edited_at,
        picture=f"{site.address}{picture_path(shown.picture_hash)}" if shown.picture_hash else "",
        picture_size=(shown.picture_width, shown.picture_height),
        tags=(section,) if section else (),
        source_line=speak(site.language).text(SOURCE_LINE),
    )


def make_story_item(site: Site, story: StoryCard, source: Source | None) -> Item:
    """Return one story as an item: its lead article's words and date, changed by each report."""
    item = make_card_item(site, story.lead, source)
    changes = [at for at in (item.edited, story.last_at if story.dated else None) if at]
    return replace(
        item,
        id=f"{site.address}/story/{story.story_id}",
        url=f"{site.address}{story_path(story)}",
        edited=max(changes, default=None),
        note=say_coverage(speak(site.language), story.outlets, story.origins),
    )


def list_entry_items(
    site: Site, entries: Iterable[Entry], sources: Mapping[str, Source]
) -> tuple[Item, ...]:
    """Return an item for each statement whose words may be shown, in one carrier's words."""
    return tuple(
        make_entry_item(site, entry, sources.get(entry.shown.witness.card.source_key))
        for entry in entries
        if clean_line(entry.shown.content)
    )


def make_entry_item(site: Site, entry: Entry, source: Source | None) -> Item:
    """Return one statement as an item: its speaker, its words and the date of their carrier.

    Direct speech stands in quotation marks, those of its own language where we know them; how the
    words are given is said beside them.
    """
    item = make_card_item(site, entry.shown.witness.card, source)
    told, said = entry.entry, entry.shown.witness.said
    say, statement = speak(site.language), said.statement
    words = clean_line(say_words(_find_speaker(said.language, say), statement))
    words = clean_line(f"{say_stance(say, statement)} {words}")
    speaker = _name_speaker(statement, told.speaker)
    address = f"{site.address}{entry_path(told.id)}"
    return replace(
        item,
        id=address,
        url=address,
        title=f"{speaker}: {words}" if speaker else words,
        summary=words,
        note=clean_line(say_manner(say, statement)),
        edited=None,
        picture="",
    )


def _name_speaker(statement: Statement, speaker: str) -> str:
    """Return a speaker's name, with the source's word for it where it was not said.

    "Ann Vale (declined to confirm)": of a title, that may be all that is read.
    """
    name, cue = clean_line(speaker), clean_line(statement.cue)
    return f"{name} ({cue})".strip() if statement.negated and cue else name


def _find_speaker(language: str, other: Speaker) -> Speaker:
    """Return who speaks a language, `other` where nobody does."""
    base = language.casefold().partition("-")[0]
    return speak(language) if find_language(language).partition("-")[0] == base else other


def _feed_of(source: Source | None) -> str:
    if source is None:
        return ""
    return encode_web_url(source.feeds[0] if source.feeds else source.home) or ""
