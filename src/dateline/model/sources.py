"""What the operator wrote: the outlets and agencies that are followed."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from dateline.model.base import SourceId


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
    section: str = ""  # section of all its articles, whatever they are called there
    sections: tuple[tuple[str, str], ...] = ()  # its own names for sections, and where these belong
    kind: SourceKind = SourceKind.OUTLET
    rights: Rights = Rights.EXCERPT
    excerpt_words: int = 60
    route: Route = Route.AUTO
    interval: timedelta = timedelta(minutes=5)  # never ask one of its feeds more often
    paused: bool = False
    publisher: str = ""  # whose outlet it is, where the operator says so
    family: str = ""  # outlets of one publisher share it: the publisher's slug, else the domain
    id: SourceId = SourceId(0)
