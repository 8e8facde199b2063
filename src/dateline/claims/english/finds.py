"""What has been found of a statement, in tokens and places, before it is put into words."""

from dataclasses import dataclass, field

from dateline.claims.english.lexicon import Frame
from dateline.claims.english.lines import Line, Sheet, Subject
from dateline.model import Hedge, Span


@dataclass(slots=True)
class Scene:
    """A line that is being read, with where attributions like "…, she said" begin in it."""

    sheet: Sheet
    line: Line
    edges: set[int] = field(default_factory=set)  # first tokens of "she said", behind what was said

    def ends_at(self, token: int) -> bool:
        """Say whether what was said must end before a token: "…, she said" follows."""
        return token + 1 in self.edges


@dataclass(slots=True)
class Content:
    """What was said: places in the text, and how it was found."""

    spans: list[Span]
    frame: Frame
    cue_last: int  # behind the last token of the cue, with its preposition
    told: tuple[int, int] | None = None
    quotes: tuple[int, ...] = ()
    is_before: bool = False


@dataclass(slots=True)
class Find:
    """A statement in the making."""

    line: Line
    content: list[Span]
    source: Subject | None
    cue: tuple[int, int] | None  # tokens
    hedge: Hedge
    trust: float
    take: str  # the frame, or how it was found
    is_negated: bool = False
    told: tuple[int, int] | None = None  # tokens
    quotes: list[int] = field(default_factory=list)  # quotations that are content as a whole
    last: int = 0  # token behind all of it
