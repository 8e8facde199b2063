"""Do two articles carry one report?

Candidates share sampled passages (`sketches`); what decides is how many of the shorter article's
passages stand in the longer one. A short item inside a much longer text is not the same report: a
round-up would else make one report of all that it sums up.

Roles follow the order of arrival: an article that comes later but is dated earlier carries, it does
not become the first. Translations are not joined.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import msgspec
import numpy as np

from dateline.model import ArticleId, Lead, OriginId, OriginPlace, Role
from dateline.origins.passages import U32, read_passages
from dateline.origins.sketches import Sketches, sample

MADE_BY = "origins/1"
VERSION = 1

_CANDIDATES = 12  # articles that are compared in full
_SHARED_SAMPLES = 2  # passages of the sample that a candidate must share


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The numbers that decide; measured in bench/duplicates.py."""

    of_shorter: float = 0.5  # share of the shorter article's passages that stand in the longer
    of_longer: float = 0.2  # and the share of the longer's that this must be
    fewest: int = 8  # passages that must be shared


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    position: int
    likeness: float


@dataclass(slots=True, eq=False)
class _Memory:
    """Articles by position, in the order of arrival; a forgotten one stays as a gap for a while."""

    article_ids: list[int] = field(default_factory=list)
    origin_ids: list[int] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)  # seconds since 1970
    passages: list[U32] = field(default_factory=list)
    alive: list[bool] = field(default_factory=list)
    sketches: Sketches = field(default_factory=Sketches)

    def add(self, article_id: int, origin_id: int, moment: float, passages: U32) -> None:
        self.article_ids.append(article_id)
        self.origin_ids.append(origin_id)
        self.moments.append(moment)
        self.passages.append(passages)
        self.alive.append(True)
        self.sketches.add(len(self.alive) - 1, sample(passages))

    def keep_alive_only(self) -> "_Memory":
        """Return a memory without the gaps."""
        kept = _Memory()
        for position, alive in enumerate(self.alive):
            if alive:
                kept.add(
                    self.article_ids[position],
                    self.origin_ids[position],
                    self.moments[position],
                    self.passages[position],
                )
        return kept


class Duplicates:
    """The memory of the reports of a window, and the one place that decides about them.

    The same leads in the same order give the same places, in every process; `replay` leaves the
    same memory behind as `place` did, and so does a round trip through bytes.
    """

    def __init__(self, rules: Rules | None = None) -> None:
        self._rules = rules or Rules()
        self._memory = _Memory()

    def place(self, lead: Lead, *, new_id: OriginId) -> OriginPlace:
        """Decide which report the article carries, and remember it; it opens `new_id` or joins."""
        passages = read_passages(lead.text)
        match = self._find(passages)
        memory = self._memory
        if match is None:
            origin_id, taken_from = new_id, None
        else:
            origin_id = OriginId(memory.origin_ids[match.position])
            taken_from = ArticleId(memory.article_ids[match.position])
        self._remember(lead, origin_id, passages)
        return OriginPlace(
            article_id=lead.article_id,
            origin_id=origin_id,
            role=Role.CARRIES if match else Role.FIRST,
            opened=match is None,
            taken_from=taken_from,
            likeness=round(match.likeness, 4) if match else 1.0,
            why=_explain(match),
            made_by=MADE_BY,
        )

    def replay(self, lead: Lead, origin_id: OriginId) -> None:
        """Remember an article whose origin was decided before."""
        self._remember(lead, origin_id, read_passages(lead.text))

    def forget_before(self, at: datetime) -> None:
        """Forget articles that are older than `at`; room is made once a quarter is forgotten."""
        memory, moment = self._memory, at.timestamp()
        memory.alive = [
            alive and then >= moment
            for alive, then in zip(memory.alive, memory.moments, strict=True)
        ]
        if memory.alive.count(False) * 4 > len(memory.alive):
            self._memory = memory.keep_alive_only()

    def to_bytes(self) -> bytes:
        """Return the exact state; what `from_bytes` reads goes on as this would have."""
        memory = self._memory
        state: dict[str, Any] = {
            "version": VERSION,
            "article_ids": np.array(memory.article_ids, dtype=np.int64).tobytes(),
            "origin_ids": np.array(memory.origin_ids, dtype=np.int64).tobytes(),
            "moments": np.array(memory.moments, dtype=np.float64).tobytes(),
            "alive": np.array(memory.alive, dtype=np.uint8).tobytes(),
            "lengths": np.array([len(p) for p in memory.passages], dtype=np.int64).tobytes(),
            "passages": b"".join(p.tobytes() for p in memory.passages),
        }
        return msgspec.msgpack.encode(state)

    @classmethod
    def from_bytes(cls, data: bytes, rules: Rules | None = None) -> "Duplicates":
        """Read a state that `to_bytes` has written; `ValueError` where it is of another kind."""
        state = msgspec.msgpack.decode(data)
        if not isinstance(state, dict) or state.get("version") != VERSION:
            raise ValueError(
                f"this state of the origins is not of version {VERSION}: drop it, replay the store"
            )
        found = cls(rules)
        ends = np.cumsum(np.frombuffer(state["lengths"], dtype=np.int64))
        passages = np.split(np.frombuffer(state["passages"], dtype=np.uint32), ends[:-1])
        rows = zip(
            np.frombuffer(state["article_ids"], dtype=np.int64).tolist(),
            np.frombuffer(state["origin_ids"], dtype=np.int64).tolist(),
            np.frombuffer(state["moments"], dtype=np.float64).tolist(),
            passages,
            strict=False,  # split makes one empty part of nothing
        )
        for row in rows:
            found._memory.add(*row)
        alive = np.frombuffer(state["alive"], dtype=np.uint8)
        found._memory.alive = [bool(a) for a in alive]
        return found

    def _remember(self, lead: Lead, origin_id: OriginId, passages: U32) -> None:
        self._memory.add(lead.article_id, origin_id, lead.at.timestamp(), passages)

    def _find(self, passages: U32) -> _Match | None:
        """Return the earlier article that is most like this one, if any carries the same report."""
        if len(passages) < self._rules.fewest:
            return None
        memory = self._memory
        positions, shared = memory.sketches.find(sample(passages))
        positions = positions[shared >= _SHARED_SAMPLES]
        order = np.argsort(-shared[shared >= _SHARED_SAMPLES], kind="stable")
        alive = [p for p in positions[order].tolist() if memory.alive[p]][:_CANDIDATES]
        matches = [match for p in alive if (match := self._compare(passages, p))]
        return max(matches, key=lambda match: (match.likeness, -match.position), default=None)

    def _compare(self, passages: U32, position: int) -> _Match | None:
        other = self._memory.passages[position]
        shared = len(np.intersect1d(passages, other, assume_unique=True))
        shorter, longer = sorted((len(passages), len(other)))
        rules = self._rules
        if shared < max(rules.fewest, rules.of_shorter * shorter, rules.of_longer * longer):
            return None
        return _Match(position=position, likeness=shared / shorter)


def _explain(match: _Match | None) -> str:
    if match is None:
        return "no earlier article carries these passages"
    return f"{match.likeness:.0%} of the shorter text's passages stand in both".replace("%", " %")
