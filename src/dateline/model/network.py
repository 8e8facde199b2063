"""What came over the network: requests, replies, entries of feeds, and the outcome of a visit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dateline.model.base import EntryId, FeedId, SourceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One thing to ask for; `headers` carries validators, echoed verbatim."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    max_bytes: int = 10_000_000  # of the decoded body
    send: bytes | None = None  # what is posted; None: the page is only asked for


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


# The outcome of one visit: expected failures are values.


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
