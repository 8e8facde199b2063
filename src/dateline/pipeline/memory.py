"""The memory of grouping: an index in the worker, derived from the store and nothing else.

An index is the newest snapshot, then every placing since in the order of article ids, and every
decision (a merge, a split, a join) at the point of that order where it was taken. Placings and
decisions of one kind are made by whoever holds the lease of that kind, one transaction each, so
that every worker that replays them ends with the same memory.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Generic, Literal, Protocol, TypeVar

from dateline.model import ArticleId, Decision, DecisionId, DecisionKind, Lead, StoryId
from dateline.store import Tx, standing
from dateline.store import decisions as decision_rows
from dateline.store import leads as lead_rows
from dateline.store import snapshots as snapshot_rows
from dateline.store.leads import Placed
from dateline.store.snapshots import Snapshot

WINDOW = timedelta(days=14)  # what the indexes remember, counted from the newest article
FORGET_EVERY = 500  # placings between two clearings of the index
# A snapshot is due when a fifth of all articles came since the last one, within these bounds: to
# replay the upper one takes some seconds, to write the state of a large window about as long.
SNAPSHOT_LEAST, SNAPSHOT_MOST = 2_000, 20_000
_ROWS = 1_000  # that are replayed at a time
_FIRST = (ArticleId(0), DecisionId(0))


class Index(Protocol):
    """What both indexes have in common."""

    def apply(self, decision: Decision) -> None:
        """Take over what was decided after the placings."""

    def forget_before(self, at: datetime) -> None:
        """Drop what is older."""

    def to_bytes(self) -> bytes:
        """Return the exact state."""


AnyIndex = TypeVar("AnyIndex", bound=Index)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind(Generic[AnyIndex]):
    """What tells the two memories apart."""

    name: Literal["origins", "stories"]
    made_by: str
    decided: tuple[DecisionKind, ...]  # that this index learns
    make: Callable[[], AnyIndex]
    load: Callable[[bytes], AnyIndex]
    replay: Callable[[AnyIndex, Placed], None]


@dataclass(slots=True, kw_only=True)
class Memory(Generic[AnyIndex]):
    """One index and how far it knows the store."""

    kind: Kind[AnyIndex]
    index: AnyIndex | None = None
    model: str = ""  # whose vectors it was told of
    upto: ArticleId = _FIRST[0]  # the article that the index knows last
    decided: DecisionId = _FIRST[1]  # the decision that it knows last
    known: int = 0  # articles that the index was told of
    saved: int = 0  # of these, in the newest snapshot
    newest: datetime | None = None
    waiting: list[Decision] = field(default_factory=list)  # read, and still ahead of the replay
    moves: dict[ArticleId, list[Decision]] = field(default_factory=dict)  # of these, by article

    def catch_up(self, tx: Tx, model: str = "") -> AnyIndex:
        """Return the index, in step with the store as this transaction sees it.

        Articles are placed in the order of their ids, which grow in the order of commits; so the
        articles behind `upto` that have a place are all that the index may have missed.
        """
        if self.index is None or model != self.model:
            self._restore(tx, model)
        index = self.index
        assert index is not None  # noqa: S101  # _restore has set it
        self._read_decisions(tx)
        self._apply_decisions(index)
        last = standing.last_placed_id(tx, self.kind.name)
        while self.upto < last:
            for row in lead_rows.leads_between(tx, self.upto, last, _ROWS, model=model):
                self.kind.replay(index, self._place_back(row))
                self.count(row.lead)
                self._apply_decisions(index)
        return index

    def count(self, lead: Lead) -> None:
        """Note one placing, and forget what is old at fixed counts: the same in every run."""
        self.upto = lead.article_id
        self.known += 1
        self.newest = max(self.newest, lead.at) if self.newest else lead.at
        if self.known % FORGET_EVERY == 0 and self.index is not None:
            self.index.forget_before(self.newest - WINDOW)

    def note(self, decision: Decision) -> None:
        """Note a decision that the index took itself."""
        self.decided = decision.id

    def drop(self) -> None:
        """Forget everything: the store is asked again before the next placing."""
        self.index, self.newest = None, None
        self.upto, self.decided = _FIRST
        self.known, self.saved = 0, 0
        self.waiting.clear()
        self.moves.clear()

    def snapshot(self, tx: Tx) -> None:
        """Save the state now and then, so that a new process need not replay everything."""
        due = min(max(SNAPSHOT_LEAST, self.known // 5), SNAPSHOT_MOST)
        if self.index is None or self.newest is None or self.known - self.saved < due:
            return
        saved = Snapshot(
            kind=self.kind.name,
            made_by=self._maker,
            upto=self.upto,
            note=f"{self.known} {self.decided} {self.newest.isoformat()}",
            body=self.index.to_bytes(),
        )
        snapshot_rows.save_snapshot(tx, saved)
        self.saved = self.known

    @property
    def _maker(self) -> str:
        # Vectors of two models are never compared, so each has snapshots of its own.
        return f"{self.kind.made_by} {self.model}".rstrip()

    def _restore(self, tx: Tx, model: str) -> None:
        self.drop()  # what the index knows and how far it is are always set together
        self.model = model
        saved = snapshot_rows.load_snapshot(tx, self.kind.name, self._maker)
        if saved is None or not self._take_over(saved):
            self.index = self.kind.make()

    def _take_over(self, saved: Snapshot) -> bool:
        """Go on from a snapshot; False where it is of an older form: the store is replayed."""
        try:
            known, decided, newest = saved.note.split(" ")
            self.known = self.saved = int(known)
            self.decided = DecisionId(int(decided))
            self.newest = datetime.fromisoformat(newest)
            self.index = self.kind.load(saved.body)
        except ValueError:
            self.drop()
            return False
        self.upto = saved.upto
        return True

    def _place_back(self, row: Placed) -> Placed:
        """Return an article with the story that it was placed in, before it was moved."""
        story_id = row.story_id
        for decision in reversed(self.moves.get(row.lead.article_id, ())):
            story_id = StoryId(decision.from_id) if decision.to_id == story_id else story_id
        return row if story_id == row.story_id else replace(row, story_id=story_id)

    def _read_decisions(self, tx: Tx) -> None:
        last = self.waiting[-1].id if self.waiting else self.decided
        while found := decision_rows.decisions_after(tx, last, self.kind.decided, _ROWS):
            self.waiting += found
            last = found[-1].id
        self.moves.clear()
        for decision in self.waiting:
            for article_id in decision.article_ids:
                self.moves.setdefault(article_id, []).append(decision)

    def _apply_decisions(self, index: AnyIndex) -> None:
        """Take over the decisions that were taken when the replay had come this far."""
        while self.waiting and self.waiting[0].after <= self.upto:
            decision = self.waiting.pop(0)
            index.apply(decision)
            self.decided = decision.id
