"""What a search finds, as far as it is needed to count, group and rank hits."""

from dataclasses import dataclass
from datetime import datetime

from dateline.model.base import ArticleId, StoryId


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that was found."""

    search_id: int  # newer ones are higher
    article_id: ArticleId
    story_id: StoryId | None
    source_key: str
    language: str
    section: str
    at: datetime  # the minute it is listed at; UNDATED_AT where it has no date
    title: str = ""  # kicker and headline


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the terms of a search stand in an article, in their order."""

    in_title: tuple[int, ...]  # how often
    in_body: tuple[int, ...]
    words: int  # of the body
    closest: int  # words of the shortest passage that has all terms; 0 where none does


@dataclass(frozen=True, slots=True, kw_only=True)
class Commonness:
    """How many of the newest articles have each term of a search."""

    articles: int
    with_term: tuple[int, ...]
