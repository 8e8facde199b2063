"""How much was read: sums by the hour, and what looked odd about them."""

from dataclasses import dataclass
from datetime import datetime

from dateline.model.base import ArticleId


@dataclass(frozen=True, slots=True, kw_only=True)
class HourReads:
    """The reads of one article within one hour."""

    article_id: ArticleId
    hour: datetime
    reads: int  # readers, estimated; at most five a day of one network
    networks: float  # networks that it was read in, those of a crowd weighed down


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """An hour in which an article was read so much more than explained that its place is held."""

    article_id: ArticleId
    hour: datetime
    networks: int  # that it was read in
    explained: int  # of them by its hours before, other articles and its story's coverage
    before: float  # networks an hour until then: what the hour counts for while it is held
    own: int  # the most in one of its hours before
    usual: int  # in this hour, of the articles that are read most
    origins: int  # independent ones of its story
    lifted: bool = False  # what came later explained it
