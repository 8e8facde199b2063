"""The nouns of Dateline: frozen values that flow from the sources to the edition.

Layer 0: only the standard library. Facts flow one way::

    Source, Feed ─► Visit, Entry ─► Reading ─► Article, Version ─► Origin ─► Story ─► Edition

All moments are timezone-aware and in UTC. Offsets into a text are Unicode code points.
An id of 0 means "not stored yet". Values are never changed: use `dataclasses.replace`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

SourceId = NewType("SourceId", int)
FeedId = NewType("FeedId", int)
EntryId = NewType("EntryId", int)
ArticleId = NewType("ArticleId", int)
OriginId = NewType("OriginId", int)
StoryId = NewType("StoryId", int)

Span = tuple[int, int]  # start and end in code points of the text it belongs to


class SafeHtml(str):
    """HTML that may be printed unescaped.

    Made only by `extract.cleaning.clean_html`, and by the store when it reads back what that
    function made (`tests/test_tidy.py` checks both).
    """

    __slots__ = ()

    def __html__(self) -> str:
        """Tell the template engine that this text is already safe."""
        return str(self)


# --- what the operator wrote -------------------------------------------------------------------


class Rights(StrEnum):
    """How much of a source's text may be shown."""

    HEADLINE = "headline"
    EXCERPT = "excerpt"
    FULL = "full"


class Route(StrEnum):
    """Where the text of a source's articles is taken from."""

    AUTO = "auto"  # the page; the feed's own text where that scores better or the page is closed
    PAGE = "page"
    FEED = "feed"


class SourceKind(StrEnum):
    """What a source is: an outlet publishes, an agency writes for others."""

    OUTLET = "outlet"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One outlet or agency that is followed."""

    key: str  # unique slug, part of the outlet page's address: "news-beast"
    name: str
    home: str  # address of the home page, "" where unknown (imports)
    feeds: tuple[str, ...] = ()
    language: str = ""  # BCP 47, "" where unknown; a prior for detection
    country: str = ""  # ISO 3166-1 alpha-2
    section: str = ""  # default section of its articles
    kind: SourceKind = SourceKind.OUTLET
    rights: Rights = Rights.EXCERPT
    excerpt_words: int = 60
    route: Route = Route.AUTO
    interval: timedelta = timedelta(minutes=5)  # never ask one of its feeds more often
    paused: bool = False
    id: SourceId = SourceId(0)


# --- what came over the network ----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing to ask for; `headers` carries validators, echoed verbatim."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    max_bytes: int = 10_000_000  # of the decoded body


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a server answered, after redirects; header names are lower case."""

    url: str  # the address that answered
    status: int
    headers: Mapping[str, str]
    body: bytes
    redirects: tuple[tuple[int, str], ...] = ()  # (status, address that was left)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoReply:
    """A request that brought no reply: refused by our own rules, or failed on the way."""

    url: str
    reason: str  # one sentence for the operator
    permanent: bool = False  # True where asking again cannot help (forbidden address, bad URL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What is known about asking one feed: validators, failures, when to ask next."""

    feed_id: FeedId
    source_id: SourceId
    url: str
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""  # of the last body, so an unchanged one is not parsed again
    checked_at: datetime | None = None
    succeeded_at: datetime | None = None
    failures: int = 0  # in a row
    problem: str = ""  # why the last visit failed, "" where it did not
    permanent: bool = False  # the problem needs a person
    gone: bool = False  # 410: no longer asked
    next_at: datetime | None = None  # None: at once
    interval: timedelta = timedelta(minutes=30)
    why: str = ""  # why this interval, one sentence for the operator
    entries_a_day: float | None = None  # expected rate, from the feed's own dates


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as a page or a feed describes it; `alt` and `credit` never a placeholder."""

    url: str
    alt: str = ""
    credit: str = ""
    caption: str = ""
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed, as the feed says it; text fields are raw and untrusted."""

    guid: str  # the feed's id, or the link, or a hash of the content: never ""
    url: str = ""
    title: str = ""  # plain text
    summary: str = ""  # HTML as received
    content: str = ""  # HTML as received, "" where the feed has only a summary
    author: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    categories: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    credited: str = ""  # RSS <source>, Atom <source><title>: whom the feed credits
    credited_url: str = ""
    id: EntryId = EntryId(0)
    source_id: SourceId = SourceId(0)


# --- the outcome of one visit: expected failures are values -------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A feed with entries (perhaps none); `notes` says what was dropped or odd."""

    entries: tuple[Entry, ...]
    title: str = ""
    language: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unchanged:
    """304, or the same body as last time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """410: the source says that it will not come back."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """429 or 503: ask again at `retry_at`."""

    reason: str
    retry_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """Any other failure; `permanent` where only a person can mend it."""

    reason: str
    permanent: bool = False


Outcome = Fetched | Unchanged | Gone | Busy | Broken


# --- what a page says --------------------------------------------------------------------------


class Precision(StrEnum):
    """How exactly a date is known."""

    SECOND = "second"
    DAY = "day"
    NONE = "none"  # undatable


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A moment with the evidence it rests on; `at` is None where the article is undatable."""

    at: datetime | None
    evidence: str  # "json-ld datePublished", "feed pubDate", "first seen", …
    precision: Precision = Precision.SECOND
    claimed: str = ""  # what was written, where it was not believed ("2099-01-01", clamped)


UNDATABLE = Dated(at=None, evidence="undatable", precision=Precision.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """An agency or outlet that the article names as where a report came from."""

    name: str  # canonical: "AFP"
    key: str  # slug of the name: "afp"
    how: str  # "byline", "dateline", "source line", "in text", "feed source", "json-ld"
    span: Span | None = None  # in the article's text, where it stands there


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What `reading.read` takes: one article as HTML or as text, and what else is known of it."""

    url: str = ""
    html: str | bytes | None = None
    text: str | None = None  # given: it is the article's text, unchanged
    title: str = ""
    published: datetime | None = None
    source: str = ""  # the outlet's name
    language: str = ""  # a prior, not a verdict
    entry: Entry | None = None  # what the feed said of it
    content_type: str = ""  # of the reply, for its charset
    seen_at: datetime | None = None  # dates later than this are clamped


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a careful reader takes from one article; no store is involved."""

    url: str
    canonical: str  # the page's own canonical URL, or `url` cleaned of tracking
    headline: str
    kicker: str = ""  # "War in Ukraine", where the headline names a running story first
    byline: tuple[str, ...] = ()
    language: str = ""  # BCP 47, "und" where it cannot be told
    published: Dated = UNDATABLE
    modified: Dated | None = None
    source: str = ""
    section: str = ""
    lede: str = ""  # the page's own description, or the first paragraph
    text: str = ""  # paragraphs joined by "\n\n"
    html: SafeHtml = SafeHtml("")
    credits: tuple[Credit, ...] = ()
    pictures: tuple[Picture, ...] = ()  # lead picture first
    keywords: tuple[str, ...] = ()
    free: bool | None = None  # isAccessibleForFree, where the page says
    score: float = 1.0  # 0..1: how well the text agrees with the feed's own and with a full page
    taken_from: str = ""  # "trafilatura", "resiliparse", "feed content", "feed summary", "given"
    notes: tuple[str, ...] = ()  # what is odd, for the operator
    made_by: str = ""  # "read/1"


# --- what is stored ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One state of an article at its source; number 1 is the first that was seen."""

    number: int
    seen_at: datetime
    reading: Reading
    fingerprint: str  # of the text, see `text.fingerprint`
    raw_hash: str = ""  # the kept raw reply it was made from


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of one source, with its newest version."""

    id: ArticleId
    source: Source
    url: str  # as given by the feed or the import, verbatim
    first_seen: datetime
    version: Version  # the newest
    versions: int = 1
    gone_at: datetime | None = None  # withdrawn at the source; kept as a tombstone
    origin_id: OriginId | None = None
    story_id: StoryId | None = None

    @property
    def at(self) -> datetime:
        """The moment that orders the article: published where known, else first seen."""
        return self.version.reading.published.at or self.first_seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """What grouping needs of an article: its words and when it came."""

    article_id: ArticleId
    source_id: SourceId
    url: str
    language: str
    headline: str
    text: str
    at: datetime  # see `Article.at`
    credits: tuple[str, ...] = ()  # keys of the agencies named
    agency: str = ""  # key of the agency, where the source itself is one


class Role(StrEnum):
    """What an article is inside its origin."""

    FIRST = "first"  # the earliest known carrier of the report
    CARRIES = "carries"  # the same report, later


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginPlace:
    """Where `origins` puts one article; `origin_id` None opens a new origin."""

    article_id: ArticleId
    origin_id: OriginId | None
    role: Role
    taken_from: ArticleId | None = None  # the member it resembles most, earlier in time
    likeness: float = 1.0  # 0..1: share of the smaller text's shingles found in the other
    why: str = ""  # "91 % of its passages stand in …"
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another article near to this one."""

    article_id: ArticleId
    score: float  # cosine, 0..1


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPlace:
    """Where `stories` puts one article; `story_id` None opens a new story."""

    article_id: ArticleId
    story_id: StoryId | None
    score: float  # of the best story, also where it was not good enough
    related: tuple[Related, ...] = ()
    made_by: str = ""


# --- what readers are shown ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One article in a list."""

    article_id: ArticleId
    url: str  # at its source
    headline: str
    kicker: str
    lede: str
    language: str
    section: str
    source_key: str
    source_name: str
    rights: Rights
    at: datetime
    first_seen: datetime
    versions: int = 1
    gone: bool = False
    picture: Picture | None = None  # its url is the source's; `picture_hash` names our copy
    picture_hash: str = ""
    story_id: StoryId | None = None
    origin_id: OriginId | None = None
    role: Role | None = None
    credits: tuple[str, ...] = ()  # names of the agencies


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCard:
    """One story in a list: a lead article and the counts behind it."""

    story_id: StoryId
    slug: str
    headline: str  # the lead article's own words
    lead: Card
    members: tuple[Card, ...]  # newest first, at most a handful, the lead among them
    articles: int
    outlets: int
    origins: int
    languages: tuple[str, ...]
    first_at: datetime
    last_at: datetime
