"""What has been found of a statement, in tokens and places, before it is put into words."""

from dataclasses import dataclass, field

from dateline.claims.english.lines import Line, Subject
from dateline.model import Hedge, Span


@dataclass(slots=True)
class Find:
    """A statement in the making."""

    line: Line
    content: list[Span]
    source: Subject | None
    cue: tuple[int, int] | None  # tokens
    hedge: Hedge
    trust: float
    take: str  # the frame, or how a quotation was attached
    is_negated: bool = False
    told: tuple[int, int] | None = None  # tokens
    quotes: list[int] = field(default_factory=list)  # quotations that are content as a whole
    last: int = 0  # token behind all of it
