"""Where an article belongs: its origin, its story, what it is related to."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dateline.model.base import ArticleId, OriginId, SourceId, StoryId


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
    """Where `origins` puts one article."""

    article_id: ArticleId
    origin_id: OriginId
    role: Role
    opened: bool = False  # a new origin begins with this article
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
    """Where `stories` puts one article."""

    article_id: ArticleId
    story_id: StoryId
    opened: bool = False  # a new story begins with this article
    score: float = 0.0  # of the best story, also where it was not good enough
    related: tuple[Related, ...] = ()
    made_by: str = ""
