"""Ids, spans, how a task in a pool ended, the one type of HTML that may be printed unescaped."""

from dataclasses import dataclass
from typing import Generic, NewType, TypeVar

R = TypeVar("R")

SourceId = NewType("SourceId", int)
FeedId = NewType("FeedId", int)
EntryId = NewType("EntryId", int)
ArticleId = NewType("ArticleId", int)
OriginId = NewType("OriginId", int)
StoryId = NewType("StoryId", int)
DecisionId = NewType("DecisionId", int)
StatementId = NewType("StatementId", int)
LedgerId = NewType("LedgerId", int)

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


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """What a function returned that ran in a pool."""

    value: R


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a function in a pool returned nothing: one line for the operator."""

    reason: str
