"""What a page says, and the article that is kept of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from dateline.model.base import ArticleId, OriginId, SafeHtml, Span, StoryId
from dateline.model.claims import NO_CLAIMS, Claims
from dateline.model.network import Entry, Picture
from dateline.model.sources import Source


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
    offset_minutes: int | None = None  # of the outlet's clock from UTC, where its dates say


# In the order of lists, the moment of what has no date and came from a file: behind everything.
UNDATED_AT = datetime(1970, 1, 1, tzinfo=UTC)
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
    claims: Claims = NO_CLAIMS  # who said what; read apart from the rest where there is a store


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
class ArticleKeys:
    """What an incoming article is known by, for the ladder of identity."""

    guid: str  # of the feed entry, "" where there is none
    url: str
    canonical: str
    fingerprint: str
    at: datetime


class KnownBy(StrEnum):
    """Which rung of the ladder of identity held."""

    GUID = "guid"
    URL = "url"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownArticle:
    """A stored article of the same source that shares one of the keys."""

    article_id: ArticleId
    known_by: KnownBy
    fingerprint: str  # of its newest version
    headline: str
    at: datetime
    url: str = ""  # as given by the feed; tells a reused GUID from an edit


PICTURE_WIDTHS = (320, 640, 960)  # pixels; what stands beside the largest copy of a picture
_WORTH = 1.2  # times as wide the largest copy has to be for a smaller one to be worth its bytes


def list_widths(width: int) -> tuple[int, ...]:
    """Return the widths of the smaller copies of a picture whose largest copy is `width` wide."""
    return tuple(each for each in PICTURE_WIDTHS if each * _WORTH <= width)


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallPicture:
    """A smaller copy of a picture, for narrow places and small screens."""

    width: int
    body: bytes  # of the same type as the largest copy's


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPicture:
    """Our own copy of a picture, re-encoded, without the file's metadata."""

    body: bytes
    content_type: str  # "image/webp"
    width: int
    height: int
    hash: str  # of the body, its name in addresses
    smaller: tuple[SmallPicture, ...] = ()  # narrowest first
