"""Where an article belongs: its origin, its stories, what it is related to, who decided so."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from dateline.model.base import ArticleId, DecisionId, OriginId, SourceId, Span, StoryId


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
    credits: tuple[str, ...] = ()  # keys of the agencies and outlets named
    agency: str = ""  # key of the agency, where the source itself is one
    family: str = ""  # of the source: several feeds of one publisher are one outlet
    dated: bool = True  # False where `at` is only when it was first seen
    vector: bytes = b""  # of its headline and lede, see `pipeline.edges.Encoder`; b"" without one
    origin_id: OriginId | None = None  # None while it has none


class Role(StrEnum):
    """What an article is inside its origin."""

    FIRST = "first"  # the earliest known carrier of the report
    CARRIES = "carries"  # the same report, from another


class LinkKind(StrEnum):
    """What one article has of another."""

    COPY = "copy"  # the whole report, verbatim, cut, merged or edited: one origin
    TRANSLATION = "translation"  # the same report in another language: one origin
    PARTIAL = "partial"  # some passages of it inside a longer report of its own: two origins
    QUOTES = "quotes"  # the same quotations of a speech or document: two origins


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What one article has of another, with the evidence."""

    article_id: ArticleId
    other_id: ArticleId
    kind: LinkKind
    likeness: float  # 0..1: share of the smaller text's passages that stand in the other
    why: str  # "91 % of its passages stand in …; both name AFP"


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginPlace:
    """Where `origins` puts one article: its place in the tree of the report it carries."""

    article_id: ArticleId
    origin_id: OriginId
    role: Role
    opened: bool = False  # a new origin begins with this article
    taken_from: ArticleId | None = None  # its parent in the tree; None at the root
    agency: str = ""  # key of the agency it credits for the report, where that is not its parent
    likeness: float = 1.0  # 0..1, to its parent
    sureness: float = 1.0  # 0..1: that it has the report from its parent, or is the first
    why: str = ""  # the evidence in one line, for readers
    links: tuple[Link, ...] = ()  # to earlier articles of any origin
    revised: tuple["OriginPlace", ...] = ()  # members whose place in the tree this one has changed
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another article near to this one."""

    article_id: ArticleId
    score: float  # cosine, 0..1


class Kin(StrEnum):
    """How the story of an article is that of another."""

    WHOLE = "whole"  # both stand in one story
    PART = "part"  # a part of one of them belongs to the story of the other
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An article that may be offered beside another, as far as the choice needs to know it."""

    article_id: ArticleId
    headline: str
    language: str
    outlet: str  # the family of its source, else its key: several feeds of one publisher are one
    at: datetime  # published; where it is undated, first seen
    dated: bool = True
    lede: str = ""
    story_id: StoryId | None = None
    origin_id: OriginId | None = None
    kin: Kin = Kin.NONE
    score: float = 0.0  # `Related.score`; 0 where the two were never held against each other
    followed: int = 0  # networks that went on to it from the other
    shared: tuple[tuple[str, int], ...] = ()  # keys of telling names that both have; how often here


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A name of an article that few others have: whoever shares it may be about the same."""

    key: str
    name: str  # as the article has it
    weight: float  # 0..1: how rare it is, and how much of the article is about it
    person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPart:
    """A part of an article that belongs to another story than the article as a whole."""

    article_id: ArticleId
    story_id: StoryId
    spans: tuple[Span, ...]  # of the article's text
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPlace:
    """Where `stories` puts one article."""

    article_id: ArticleId
    story_id: StoryId
    opened: bool = False  # a new story begins with this article
    follows: bool = False  # a copy: it stands where the report that it carries stands
    score: float = 0.0  # of the best story, also where it was not good enough
    related: tuple[Related, ...] = ()
    parts: tuple[StoryPart, ...] = ()  # of this or earlier articles, newly found to belong too
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMerge:
    """Two stories that are found to be one."""

    story_id: StoryId  # which ends; its address leads to the other
    into: StoryId
    score: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySplit:
    """A story that is found to be two."""

    story_id: StoryId  # which keeps its address and the rest of its articles
    article_ids: tuple[ArticleId, ...]  # that become a story of their own, ascending
    score: float  # how near the two are, as a share of what one story asks
    why: str


class DecisionKind(StrEnum):
    """What was decided about groups after their articles had been placed."""

    MERGE = "merge"  # all of a story belongs to another; its address leads there
    SPLIT = "split"  # some articles of a story are a story of their own
    JOIN = "join"  # all of an origin belongs to another: a translation was recognised


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A merge or split, kept for ever: who decided what, when and why.

    A person's decision is sticky: no later step undoes it.
    """

    id: DecisionId
    kind: DecisionKind
    at: datetime
    after: ArticleId  # the article that was placed last before it
    from_id: int  # the story or origin that ends (merge, join) or gives (split)
    to_id: int  # the story or origin that takes
    article_ids: tuple[ArticleId, ...] = ()  # that move, of a merge or a split
    by: str = ""  # "person", or the step that decided: "stories/5"
    score: float = 0.0
    why: str = ""

    @property
    def by_person(self) -> bool:
        """Whether a person decided."""
        return self.by == "person"
