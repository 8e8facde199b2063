"""What several articles say together: one statement, everyone who carries it, rival figures.

A ledger entry is one thing that one speaker is reported to have said. It has one witness an
article; its speaker, its words and its stories are those of its witnesses, so that nothing of it
has to be rewritten when stories are merged or split. Its id is for ever.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from dateline.model.base import ArticleId, LedgerId, StatementId, StoryId
from dateline.model.claims import DateRange, EntityKind, Figure, Statement
from dateline.model.shown import Card

_SAME_NIGHT = timedelta(days=1)  # what is dated a day apart may be one evening in two time zones


class Likeness(StrEnum):
    """By what a statement belongs to its ledger entry."""

    OPENED = "opened"  # the entry begins with it
    SAME = "same"  # the same words
    PART = "part"  # a piece of a longer quotation, or the longer one
    NEAR = "near"  # other words for the same, in one story
    TRANSLATION = "translation"  # the same in another language, as far as a model can tell


class LedgerLinkKind(StrEnum):
    """What one entry is to another of the same speaker."""

    DENIES = "denies"  # the speaker denies what stands in the other
    WITHDRAWS = "withdraws"  # the speaker takes back what stands in the other


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedStatement:
    """A statement of one version of an article, as it is kept."""

    id: StatementId
    article_id: ArticleId
    version: int
    number: int  # its place among the statements of the version, from 0
    language: str  # of the version
    statement: Statement
    ledger_id: LedgerId | None = None  # None: not placed yet, or nobody is named
    how: Likeness | None = None
    likeness: float = 0.0  # 0..1, to what it was found to be like


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """One article that carries a ledger entry."""

    card: Card
    said: SavedStatement  # of the newest version that has it
    current: bool = True  # False: only an earlier version carried it
    # Where its language is not that of the first witness: how sure a model is, 0..1, that it says
    # the same. 0 where the language is the same.
    translation: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLink:
    """A relation between two entries of one speaker."""

    entry_id: LedgerId
    other_id: LedgerId
    kind: LedgerLinkKind
    score: float  # 0..1: how well the contents match
    later: bool = True  # whether `entry_id` came out after the other
    at: datetime | None = None  # when `entry_id` came out, where that is known

    def is_to(self, entry_id: LedgerId) -> bool:
        """Say whether it is an entry's words that are denied or taken back."""
        return self.other_id == entry_id

    def is_from(self, entry_id: LedgerId) -> bool:
        """Say whether an entry denies or takes back another's words."""
        return self.entry_id == entry_id


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """One thing that one speaker is reported to have said, with everyone who carries it."""

    id: LedgerId
    speaker_key: str
    speaker: str  # the name that most articles use
    speaker_kind: EntityKind | None
    role: str  # of the speaker, as the first witness that gives one has it
    witnesses: tuple[Witness, ...]  # the first one first; undated ones at the end
    links: tuple[LedgerLink, ...] = ()  # from and to this entry

    @property
    def first(self) -> Witness:
        """Who had it first, as far as is known."""
        return self.witnesses[0]

    @property
    def first_at(self) -> datetime:
        """When the first witness came out; UNDATED_AT where none is dated."""
        return self.first.card.listed_at

    @property
    def outlets(self) -> int:
        """How many outlets carry it; several feeds of one publisher are one."""
        cards = [witness.card for witness in self.witnesses]
        return len({card.family or f"source {card.source_key}" for card in cards})

    @property
    def origins(self) -> int:
        """From how many reports they have it: copies of one report are one origin."""
        cards = [witness.card for witness in self.witnesses]
        return len({card.origin_id or f"article {card.article_id}" for card in cards})

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it is carried, in the order of the witnesses."""
        return tuple(dict.fromkeys(witness.said.language for witness in self.witnesses))

    @property
    def stories(self) -> tuple[StoryId, ...]:
        """The stories of its witnesses, the first one first."""
        ids = [witness.card.story_id for witness in self.witnesses]
        return tuple(dict.fromkeys(story_id for story_id in ids if story_id is not None))

    @property
    def wordings(self) -> tuple[tuple[str, tuple[Witness, ...]], ...]:
        """Each wording with who carries it, in the order of the witnesses."""
        found: dict[str, list[Witness]] = {}
        for witness in self.witnesses:
            found.setdefault(witness.said.statement.content, []).append(witness)
        return tuple((content, tuple(carriers)) for content, carriers in found.items())

    @property
    def said_on(self) -> tuple[DateRange, ...]:
        """The days on which it is reported to have been said, the first one first."""
        days = {witness.said.statement.said_on for witness in self.witnesses} - {None}
        return tuple(sorted((day for day in days if day), key=lambda day: (day.first, day.last)))

    @property
    def repeated_on(self) -> tuple[DateRange, ...]:
        """The later days among them on which the speaker said it again.

        Of two days that touch each other nobody can tell whether they are one evening.
        """
        days, found = list(self.said_on), list[DateRange]()
        for day in days[1:]:
            last = found[-1].last if found else days[0].last
            if day.first > last + _SAME_NIGHT:
                found.append(day)
        return tuple(found)

    @property
    def denied_by(self) -> tuple[LedgerLink, ...]:
        """The entries in which the speaker later denied it."""
        return self._find_later(LedgerLinkKind.DENIES, LedgerLink.is_to)

    @property
    def withdrawn_by(self) -> tuple[LedgerLink, ...]:
        """The entries in which the speaker later took it back."""
        return self._find_later(LedgerLinkKind.WITHDRAWS, LedgerLink.is_to)

    @property
    def denies(self) -> tuple[LedgerLink, ...]:
        """The earlier entries that this one denies."""
        return self._find_later(LedgerLinkKind.DENIES, LedgerLink.is_from)

    @property
    def withdraws(self) -> tuple[LedgerLink, ...]:
        """The earlier entries that this one takes back."""
        return self._find_later(LedgerLinkKind.WITHDRAWS, LedgerLink.is_from)

    def _find_later(
        self, kind: LedgerLinkKind, has: Callable[[LedgerLink, LedgerId], bool]
    ) -> tuple[LedgerLink, ...]:
        """Return the links of a kind whose later entry came out after the other."""
        return tuple(x for x in self.links if x.later and x.kind is kind and has(x, self.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry that begins."""

    id: LedgerId
    speaker_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerPlace:
    """Where a statement belongs."""

    statement_id: StatementId
    ledger_id: LedgerId
    how: Likeness
    score: float  # 0..1, to what it was found to be like


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryMerge:
    """Two entries that a statement has shown to be one."""

    ledger_id: LedgerId  # which ends; its address leads to the other
    into: LedgerId
    how: Likeness
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLink:
    """An entry in which the speaker denies, or takes back, what stands in another."""

    entry_id: LedgerId
    other_id: LedgerId
    kind: LedgerLinkKind
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """What came of placing some statements, to be saved in this order."""

    opened: tuple[NewEntry, ...] = ()
    places: tuple[LedgerPlace, ...] = ()
    merges: tuple[EntryMerge, ...] = ()  # `into` may end in a later one
    links: tuple[NewLink, ...] = ()  # with the ids that hold after the merges


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFigure:
    """A figure of the newest version of an article, with the article's card."""

    card: Card
    version: int
    number: int
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone, or something, that is reported to have said something, or is named."""

    key: str
    name: str  # the form that most mentions use
    kind: EntityKind | None
    names: tuple[str, ...] = ()  # all forms, the most used first
    mentions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A person, organisation or place of a story."""

    key: str
    name: str
    kind: EntityKind | None
    role: str = ""
    articles: int = 0  # of the story that name it
    statements: int = 0  # of the story whose speaker it is
