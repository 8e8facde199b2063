"""The ledger: which statements of different articles are one, and what they are to each other.

An entry is everything that is connected by likeness (`likeness.compare`), and likeness is between
two statements alone, with their articles; so the entries are the same whatever came first and
wherever a batch ended. A statement that is like several entries makes them one: the lowest id
stays, the others lead there for ever. A speaker has one key in all articles, and only statements
of one key are ever compared: somebody who is named everywhere, somebody unnamed ("a spokesman")
inside one story.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from heapq import nsmallest

from dateline.claims.likeness import RULES, Match, Rules, Saying, compare, deny, withdraw
from dateline.model import (
    ArticleId,
    EntryMerge,
    LedgerId,
    LedgerLinkKind,
    LedgerPlace,
    Likeness,
    NewEntry,
    NewLink,
    Placing,
    Span,
    StatementId,
    StoryId,
)

MADE_BY = "ledger/1"
NEAR = timedelta(days=4)  # between articles of two stories that quote the same words
MOST = 200  # earlier wordings that a statement is compared with, those nearest in time
_RANK = {how: place for place, how in enumerate(Likeness)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """A statement as the ledger takes it: with its article and its stories."""

    id: StatementId
    article_id: ArticleId
    speaker_key: str
    named: bool  # an entity; False for "a spokesman"
    sure: bool = True  # whether readers are shown it
    at: datetime  # of the article; when it was seen first where it has no date
    stories: frozenset[StoryId]  # to which its place in the article belongs
    saying: Saying
    ledger_id: LedgerId | None = None


@dataclass(frozen=True, slots=True)
class _Hit:
    """Another statement that is one with a statement, or its denial or withdrawal."""

    other: Utterance
    match: Match | None  # None: see `turn`
    turn: LedgerLinkKind | None = None
    score: float = 0.0  # of the turn

    @property
    def order(self) -> tuple[int, float, StatementId]:
        """The surest first."""
        assert self.match is not None  # noqa: S101  # only matches are ordered
        return _RANK[self.match.how], -self.match.score, self.other.id


@dataclass(slots=True)
class _Found:
    """What has been found while statements are placed; ids are those that held then."""

    opened: list[NewEntry] = field(default_factory=list)
    places: list[LedgerPlace] = field(default_factory=list)
    merges: list[EntryMerge] = field(default_factory=list)
    links: list[NewLink] = field(default_factory=list)


@dataclass(slots=True)
class Ledger:
    """Some entries of the ledger, among which statements are placed.

    `next_id` is the lowest id that no entry has had.
    """

    next_id: int
    rules: Rules = RULES
    _known: dict[str, dict[object, Utterance]] = field(default_factory=lambda: defaultdict(dict))
    _home: dict[StatementId, LedgerId] = field(default_factory=dict)
    _into: dict[LedgerId, LedgerId] = field(default_factory=dict)

    def add(self, known: Iterable[Utterance]) -> None:
        """Let statements be known that have their entries already."""
        for utterance in known:
            if utterance.ledger_id is not None:
                self._keep(utterance, utterance.ledger_id)

    def place(self, fresh: Iterable[Utterance]) -> Placing:
        """Place statements one after the other; those that have their entry already keep it."""
        found = _Found()
        for utterance in fresh:
            self._place(utterance, found)
        return Placing(
            opened=tuple(found.opened),
            places=tuple(found.places),
            merges=tuple(found.merges),
            links=tuple(self._join(found.links)),
        )

    def _place(self, utterance: Utterance, found: _Found) -> None:
        hits = list(self._find_hits(utterance))
        same = sorted((hit for hit in hits if hit.match), key=lambda hit: hit.order)
        home = utterance.ledger_id
        if home is None:
            place = self._choose(utterance, same)
            home = place.ledger_id
            found.places.append(place)
            if not same:
                found.opened.append(NewEntry(id=home, speaker_key=utterance.speaker_key))
        found.merges += self._merge(home, same)
        self._keep(utterance, home)
        found.links += [
            self._direct(utterance, home, hit, hit.turn) for hit in hits if hit.turn is not None
        ]

    def find(self, ledger_id: LedgerId) -> LedgerId:
        """Return the entry that an id leads to now."""
        while ledger_id in self._into:
            ledger_id = self._into[ledger_id]
        return ledger_id

    def _find_hits(self, utterance: Utterance) -> Iterator[_Hit]:
        known = self._known[utterance.speaker_key].values()
        others = (other for other in known if other.id != utterance.id)
        for other in nsmallest(MOST, others, key=lambda one: (abs(one.at - utterance.at), one.id)):
            one_story = not utterance.stories.isdisjoint(other.stories)
            if not (one_story or _may_be_elsewhere(utterance, other)):
                continue
            saying, its = utterance.saying, other.saying
            if match := compare(saying, its, one_story=one_story, rules=self.rules):
                yield _Hit(other, match)
            elif not (one_story and _may_turn(utterance, other)):
                continue
            elif score := deny(saying, its, rules=self.rules):
                yield _Hit(other, None, LedgerLinkKind.DENIES, score)
            elif score := withdraw(saying, its, rules=self.rules):
                yield _Hit(other, None, LedgerLinkKind.WITHDRAWS, score)

    def _choose(self, utterance: Utterance, same: list[_Hit]) -> LedgerPlace:
        """Return the place of a statement: with the lowest id that it is like, or a new entry."""
        best = same[0].match if same else None
        if best:
            home = min(self.find(self._home[hit.other.id]) for hit in same)
        else:
            home, self.next_id = LedgerId(self.next_id), self.next_id + 1
        return LedgerPlace(
            statement_id=utterance.id,
            ledger_id=home,
            how=best.how if best else Likeness.OPENED,
            score=best.score if best else 1.0,
        )

    def _merge(self, home: LedgerId, same: list[_Hit]) -> Iterator[EntryMerge]:
        for hit in same:
            into, gone = sorted((self.find(home), self.find(self._home[hit.other.id])))
            if into == gone or hit.match is None:
                continue
            self._into[gone] = into
            yield EntryMerge(ledger_id=gone, into=into, how=hit.match.how, score=hit.match.score)

    def _keep(self, utterance: Utterance, home: LedgerId) -> None:
        """Remember a statement; of copies, with equal words in equal articles, one is enough."""
        self._home[utterance.id] = home
        saying = utterance.saying
        wording = (
            saying.line,
            saying.kind,
            saying.denied,
            saying.withheld,
            saying.withdrawn,
            utterance.sure,
            utterance.stories,
            utterance.at.date(),
            home,
            tuple(saying.terms.items()),
            utterance.article_id if saying.meaning else 0,
        )
        mine = self._known[utterance.speaker_key]
        if wording not in mine or utterance.id < mine[wording].id:
            mine[wording] = utterance

    def _direct(
        self, utterance: Utterance, home: LedgerId, hit: _Hit, kind: LedgerLinkKind
    ) -> NewLink:
        """Return a link from the entry that denies or takes back to the other."""
        its, saying = self._home[hit.other.id], utterance.saying
        is_mine = saying.withdrawn
        if kind is LedgerLinkKind.DENIES:  # who denies that it was not so does not say "not"
            by_cue = saying.denied != hit.other.saying.denied
            is_mine = saying.denied if by_cue else saying.is_negative
        entry_id, other_id = (home, its) if is_mine else (its, home)
        return NewLink(entry_id=entry_id, other_id=other_id, kind=kind, score=hit.score)

    def _join(self, links: Iterable[NewLink]) -> Iterator[NewLink]:
        found: dict[tuple[LedgerId, LedgerId, LedgerLinkKind], float] = {}
        for link in links:
            pair = self.find(link.entry_id), self.find(link.other_id), link.kind
            found[pair] = max(link.score, found.get(pair, 0.0))
        for (one, other, kind), score in sorted(found.items()):
            if one != other:
                yield NewLink(entry_id=one, other_id=other, kind=kind, score=score)


def match_places(
    before: Sequence[Sequence[Span]], after: Sequence[Sequence[Span]]
) -> dict[int, int]:
    """Return which statements of a new reading of one text are which of the reading before.

    By number: after -> before. Those are one whose contents begin, or end, at the same place.
    """
    starts = {spans[0][0]: number for number, spans in enumerate(before) if spans}
    ends = {spans[-1][1]: number for number, spans in enumerate(before) if spans}
    taken: dict[int, int] = {}  # before -> after
    for number, spans in enumerate(after):
        old = starts.get(spans[0][0], ends.get(spans[-1][1])) if spans else None
        if old is not None:
            taken.setdefault(old, number)
    return {number: old for old, number in taken.items()}


def _may_turn(one: Utterance, other: Utterance) -> bool:
    """Say whether one may deny or take back the other: surely read, of one person, reported apart.

    Two officials are not one person. In one article nothing comes later than the rest, and what
    looks contrary there stands inside something else.
    """
    both_named, both_sure = one.named and other.named, one.sure and other.sure
    return both_named and both_sure and one.article_id != other.article_id


def _may_be_elsewhere(one: Utterance, other: Utterance) -> bool:
    """Say whether two statements of two stories can be one: named speakers, in the same days."""
    return one.named and other.named and abs(one.at - other.at) <= NEAR
