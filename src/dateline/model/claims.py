"""Who said what: statements, figures, dates and names, each a span of one stored text.

Every word of a statement or figure stands in the text that it was read from: its spans give its
words, always. All spans are of `Reading.text` (code points). Values are what one article says;
what several articles say together is in `model/ledger.py`.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from dateline.model.base import Span

# Confidence from which a statement is shown to readers: of these, nine in ten have both content and
# source right on English and German news (bench/attributions.py, bench/german_quotes.py).
SHOWN_FROM = 0.8


class StatementKind(StrEnum):
    """How words are given."""

    DIRECT = "direct"  # the content is quoted, all of it
    INDIRECT = "indirect"  # reported in the outlet's words
    MIXED = "mixed"  # reported, with quoted pieces inside


class Hedge(StrEnum):
    """What the cue says about how it was said; never whether it is true."""

    SAID = "said"  # neutral: said, told, added, wrote, asked
    CLAIMED = "claimed"  # claimed, alleged, insisted, accused
    DENIED = "denied"  # denied, disputed, dismissed as untrue
    WITHDRAWN = "withdrawn"  # took back what they had said themselves; retracted, recanted
    ESTIMATED = "estimated"  # estimated, expects, forecast, believes, thinks
    ANNOUNCED = "announced"  # announced, declared, promised, ordered
    CONFIRMED = "confirmed"  # confirmed, acknowledged, admitted, conceded
    WARNED = "warned"  # warned, threatened
    ACCORDING = "according to"  # according to, per, in the words of
    REPORTEDLY = "reportedly"  # reportedly, allegedly, "is said to", the conditional of French


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange:
    """Days, the first and the last, both included; equal for one day."""

    first: date
    last: date

    def __str__(self) -> str:
        """Return "2022-11-10", a whole month as "2022-03", a year as "2022", else "first/last"."""
        first, last = self.first, self.last
        if first == last:
            return first.isoformat()
        is_month = first.day == 1 and (last.replace(day=28) == first.replace(day=28))
        if is_month and _is_month_end(last):
            return f"{first:%Y-%m}"
        if (first.month, first.day, last.month, last.day, first.year) == (1, 1, 12, 31, last.year):
            return f"{first:%Y}"
        return f"{first.isoformat()}/{last.isoformat()}"


def _is_month_end(day: date) -> bool:
    return day == date.max or date.fromordinal(day.toordinal() + 1).day == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """A date as a text names it, resolved against when the article was published."""

    text: str
    span: Span
    range: DateRange | None  # None where it cannot be told ("recently")


class EntityKind(StrEnum):
    """What a name names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A person, organisation or place of one article, with everything it is called there."""

    kind: EntityKind
    name: str  # the fullest form that the article has: "Jens Stoltenberg"
    key: str  # what one name has in every article: "jens-stoltenberg"
    mentions: tuple[Span, ...]  # names, titles ("the head of NATO") and pronouns, in order
    role: str = ""  # of a person: "Secretary General of NATO", words of the text or joined of them
    country: str = ""  # of a place or an office: ISO 3166 alpha-2
    geoname: int = 0  # of a place: its GeoNames id
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Words that an article attributes to someone."""

    spans: tuple[Span, ...]  # of the content; a quote broken by "he said" has two
    content: str  # the text of the spans, joined by one space
    kind: StatementKind
    speaker: str  # as written: "the Secretary General"; "" where nobody is named
    source_span: Span | None
    cue: str  # "said"; "" where only typography or "Name:" marks it
    cue_span: Span | None
    hedge: Hedge = Hedge.SAID
    negated: bool = False  # "did not say", "declined to confirm"
    speaker_resolved: str = ""  # `Entity.name`, or the speaker as written: "the two officials"
    speaker_key: str = ""  # `Entity.key`, else a slug without article; what ledgers compare
    speaker_kind: EntityKind | None = None  # None: unnamed ("a spokesman", "two officials")
    role: str = ""  # "Japanese government spokesman"
    told_to: str = ""  # "AFP", "the press"
    told_to_span: Span | None = None
    said_on: DateRange | None = None
    place: str = ""
    inside: int | None = None  # index of the statement whose content holds this one (nested)
    confidence: float = 1.0  # 0..1: that content and source are right

    @property
    def pieces(self) -> tuple[str, ...]:
        """The words of each span: what `content` joins."""
        found, at = list[str](), 0
        for start, end in self.spans:
            found.append(self.content[at : at + end - start])
            at += end - start + 1
        return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number that an article gives, with what it counts and whose it is."""

    span: Span  # of the number with its unit: "about 20,000", "25 million euros"
    text: str = ""  # the words of the span
    before: str = ""  # words of its clause before it, behind the few that open its sentence
    behind: str = ""  # the same behind it
    value: float | None  # None for a range without a middle: see `low`, `high`
    low: float | None = None  # "at least 20", "10 to 12", "dozens"
    high: float | None = None
    approximate: bool = False  # about, some, nearly, dozens
    unit: str = ""  # "euro", "percent", "kilometre", "person"; "" for a bare count
    counts: str = ""  # words of the text: "foreign volunteers"
    counts_span: Span | None = None
    by: str = ""  # resolved speaker; "" is the article itself
    by_key: str = ""
    as_of: DateRange | None = None
    statement: int | None = None  # index of the innermost statement it stands in
    change: str = ""  # "up", "down" where the number is a change; "" else


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Everything that one article says someone said, counts, dates and names."""

    statements: tuple[Statement, ...] = ()  # in the order of the text
    figures: tuple[Figure, ...] = ()
    dates: tuple[DateMention, ...] = ()
    entities: tuple[Entity, ...] = ()
    level: str = ""  # how much is read in its language: "full", "quotes" (typography), "none"
    made_by: str = ""

    def of_kind(self, kind: EntityKind) -> tuple[Entity, ...]:
        """Return the entities of one kind."""
        return tuple(entity for entity in self.entities if entity.kind is kind)


NO_CLAIMS = Claims()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimClues:
    """What is known about an article beside its text, for reading its claims."""

    language: str = ""
    published: datetime | None = None
    offset_minutes: int | None = None  # of the outlet's clock from UTC, where the page says
    headline: str = ""
    outlet: str = ""
    agencies: tuple[str, ...] = ()  # names of the credits
