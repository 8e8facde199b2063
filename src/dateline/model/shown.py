"""What readers are shown: cards of articles and stories, letters, and the site itself."""

from dataclasses import dataclass
from datetime import datetime

from dateline.model.articles import UNDATED_AT
from dateline.model.base import ArticleId, OriginId, Span, StoryId
from dateline.model.groups import Role
from dateline.model.network import Picture
from dateline.model.sources import Rights


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One article in a list."""

    article_id: ArticleId
    url: str  # at its source
    headline: str
    kicker: str
    lede: str
    language: str
    section: str  # where it is filed here
    source_key: str
    source_name: str
    rights: Rights
    at: datetime  # published; else first seen here
    first_seen: datetime
    dated: bool = True  # False: `at` says nothing of when it was news
    sighted: bool = (
        False  # its source gives no date: `at` is when it was first seen, as it came out
    )
    versions: int = 1
    gone: bool = False
    picture: Picture | None = None  # its url is the source's; `picture_hash` names our copy
    picture_hash: str = ""
    picture_width: int = 0  # of our largest copy, in pixels; 0 where there is none
    picture_height: int = 0
    story_id: StoryId | None = None
    origin_id: OriginId | None = None
    role: Role | None = None
    credits: tuple[str, ...] = ()  # names of the agencies
    taken_from: ArticleId | None = None  # its parent in the tree of its origin
    likeness: float = 1.0  # to its parent
    sureness: float = 1.0  # that it has the report from its parent, or is the first
    why: str = ""  # the evidence for that, in one line
    agency: str = ""  # key of the agency it credits for the report, see `OriginPlace.agency`
    family: str = ""  # of its source: several feeds of one publisher are one outlet
    spans: tuple[Span, ...] = ()  # in a story: the parts that belong to it; () is the whole
    gone_at: datetime | None = None
    edited_at: datetime | None = None  # when the newest of several versions was first seen
    own_section: str = ""  # what its outlet calls the section

    @property
    def listed_at(self) -> datetime:
        """The moment that orders lists of news: what is undated stands behind everything."""
        return self.at if self.dated else UNDATED_AT

    @property
    def published_at(self) -> datetime | None:
        """The date that its source gives, None where it gives none."""
        return self.at if self.dated and not self.sighted else None


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
    first_at: datetime  # of its dated reports; UNDATED_AT where it has none
    last_at: datetime
    earlier: Card | None = None  # its lead before a newer headline took its place
    first_sighted: bool = False  # `first_at` is when an article was first seen that has no date
    last_sighted: bool = False

    @property
    def dated(self) -> bool:
        """Whether any of its reports has a date."""
        return self.last_at > UNDATED_AT


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail to one reader."""

    key: str  # unique: a letter with this key is queued at most once
    to: str
    subject: str
    text: str
    html: str = ""
    leave_url: str = ""  # one-click unsubscribe (RFC 8058), "" for a confirmation mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The site itself, as the operator set it."""

    name: str = "Dateline"
    tagline: str = ""
    address: str = "http://127.0.0.1:8000"  # scheme, host and port, no slash at the end
    language: str = "en"
    languages: tuple[str, ...] = ()  # that the pages can be read in as well, under "/de"
    time_zone: str = "UTC"  # IANA name
    contact: str = ""  # mail address that readers and outlets can write to
    root: str = ""  # where what no language has of its own stands; "": at `address` itself
