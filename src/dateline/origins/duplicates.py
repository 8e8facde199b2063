"""Do two articles carry one report, and who has it from whom?

Candidates share chosen passages (`sketches`); how much of each stands in the other decides
(`likeness`): a copy, cut, merged or edited, is of the same origin; a paragraph of another's report
inside a longer one of its own, or the quotations of one speech, are a link between two origins. In
an origin the members form a tree by time and evidence (`tree`), so an article that arrives late can
turn out to be the first; what changes for others is told as `revised`.

Across languages nothing is found here: `translations` does, and its joins are learned by `apply`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

import msgspec
import numpy as np

from dateline.model import (
    ArticleId,
    Decision,
    DecisionKind,
    Lead,
    Link,
    LinkKind,
    OriginId,
    OriginPlace,
)
from dateline.origins.likeness import Likeness, Rules, Text, judge, measure, prepare
from dateline.origins.memory import Entry, Memory, SavedMemory
from dateline.origins.passages import U32, read_words
from dateline.origins.planting import Seedling, plant
from dateline.origins.sketches import SavedSketches, Sketches, choose

MADE_BY = "origins/2"
VERSION = 2

_CANDIDATES = 12  # articles that are compared in full
_LEAST_WEIGHT = 0.12  # of a candidate: see `Sketches.find`
_MOST_LINKS = 6
_OWN_LINKS = 2  # where more of one outlet's articles share a stretch, it is boilerplate


@dataclass(frozen=True, slots=True, kw_only=True)
class _Match:
    position: int
    origin_id: int
    kind: LinkKind
    likeness: Likeness


class _Kind(msgspec.Struct, kw_only=True):
    """What all versions of the state have in common."""

    version: int = 0


class _State(_Kind, kw_only=True):
    memory: SavedMemory
    sketches: SavedSketches


class Duplicates:
    """The memory of the reports of a window, and the one place that decides about them.

    The same leads in the same order give the same places, in every process; `replay` leaves the
    same memory behind as `place` did, and so does a round trip through bytes.
    """

    def __init__(self, rules: Rules | None = None) -> None:
        self._rules = rules or Rules()
        self._memory = Memory()
        self._sketches = Sketches()

    def place(self, lead: Lead, *, new_id: OriginId) -> OriginPlace:
        """Decide which report the article carries, and remember it; it opens `new_id` or joins.

        `revised` are the places of members that this article has changed, at most some dozens.
        """
        text = prepare(read_words(lead.text))
        chosen = _choose(text)
        matches = list(self._compare(lead, text, self._find(chosen)))
        copies = [match for match in matches if match.kind is LinkKind.COPY]
        best = max(copies, key=_rank, default=None)
        origin_id = OriginId(best.origin_id) if best else new_id
        likenesses = _list_likenesses(copies, origin_id)
        position = self._remember(lead, origin_id, text, chosen)
        seedling = Seedling(position=position, text=text, likenesses=likenesses)
        place, *revised = plant(self._memory, seedling, MADE_BY)
        return replace(
            place,
            opened=best is None,
            links=self._link(lead, matches, origin_id),
            revised=tuple(revised),
        )

    def replay(self, lead: Lead, place: OriginPlace) -> None:
        """Remember an article that was placed before, in the origin that was decided."""
        text = prepare(read_words(lead.text))
        chosen = _choose(text)
        candidates = [
            p for p in self._find(chosen) if self._memory.row(p)["origin_id"] == place.origin_id
        ]
        matches = list(self._compare(lead, text, candidates))
        likenesses = _list_likenesses(
            [match for match in matches if match.kind is LinkKind.COPY], place.origin_id
        )
        if not likenesses and place.taken_from is not None:
            parent = self._memory.find_article(place.taken_from)
            if parent is not None and self._memory.row(parent)["origin_id"] == place.origin_id:
                likenesses = {parent: place.likeness}
        position = self._remember(lead, place.origin_id, text, chosen)
        plant(self._memory, Seedling(position=position, text=text, likenesses=likenesses), MADE_BY)

    def apply(self, decision: Decision) -> None:
        """Learn a JOIN: all of the origin `from_id` belongs to `to_id` from now on."""
        if decision.kind is not DecisionKind.JOIN:
            return
        for position in self._memory.move(decision.from_id, decision.to_id):
            row = self._memory.row(position)
            if not row["parent_id"]:
                row["fixed"] = True  # it hangs in the other tree, where the join has put it

    def forget_before(self, at: datetime) -> None:
        """Forget articles that are older than `at`; room is made by some thousand at once."""
        self._sketches.living -= self._memory.drop_before(at.timestamp())

    def to_bytes(self) -> bytes:
        """Return the exact state; what `from_bytes` reads goes on as this would have."""
        state = _State(version=VERSION, memory=self._memory.dump(), sketches=self._sketches.dump())
        return msgspec.msgpack.encode(state)

    @classmethod
    def from_bytes(cls, data: bytes, rules: Rules | None = None) -> "Duplicates":
        """Read a state that `to_bytes` has written; `ValueError` where it is of another kind."""
        if msgspec.msgpack.decode(data, type=_Kind).version != VERSION:
            raise ValueError(
                f"this state of the origins is not of version {VERSION}: drop it, replay the store"
            )
        state = msgspec.msgpack.decode(data, type=_State)
        found = cls(rules)
        found._memory = Memory.load(state.memory)
        found._sketches = Sketches.load(state.sketches)
        return found

    def _remember(self, lead: Lead, origin_id: OriginId, text: Text, chosen: U32) -> int:
        entry = Entry(
            article_id=lead.article_id,
            origin_id=origin_id,
            at=lead.at.timestamp(),
            dated=lead.dated,
            family=_name_family(lead),
            agency=lead.agency,
            credits=lead.credits,
            words=text.words,
            chosen=len(chosen),
        )
        position = self._memory.add(entry)
        self._sketches.add(position, chosen)
        return position

    def _find(self, chosen: U32) -> list[int]:
        """Return the positions of the articles that are worth comparing, the likest first."""
        weights = self._sketches.find(chosen)
        if not weights:
            return []
        enough = [(-w, -position) for position, w in weights.items() if w >= _LEAST_WEIGHT]
        found = (-position for _, position in sorted(enough))
        return list(islice(filter(self._memory.is_alive, found), _CANDIDATES))

    def _compare(self, lead: Lead, text: Text, positions: Iterable[int]) -> Iterator[_Match]:
        """Yield what the article has of each of these."""
        moment = lead.at.timestamp()
        for position in positions:
            likeness = measure(text, self._memory.read_words(position))
            if not (likeness.words or likeness.quoted):  # as most, however many are remembered
                continue
            row = self._memory.row(position)
            kind = judge(
                likeness,
                self._rules,
                one_is_later=moment >= row["at"],
                same_house=self._is_own(lead, position),
            )
            if kind:
                yield _Match(
                    position=position,
                    origin_id=int(row["origin_id"]),
                    kind=kind,
                    likeness=likeness,
                )

    def _link(self, lead: Lead, matches: Sequence[_Match], origin_id: OriginId) -> tuple[Link, ...]:
        """Return one link to each other origin with which the article shares a part."""
        best: dict[int, _Match] = {}
        for match in sorted(matches, key=_rank, reverse=True):
            if match.origin_id != origin_id:
                best.setdefault(match.origin_id, match)
        own = [match for match in best.values() if self._is_own(lead, match.position)]
        if len(own) > _OWN_LINKS:
            best = {key: match for key, match in best.items() if match not in own}
        chosen = list(best.values())[:_MOST_LINKS]
        return tuple(_write_link(lead, match, self._memory) for match in chosen)

    def _is_own(self, lead: Lead, position: int) -> bool:
        place = self._memory.row(position)["family"]
        family: str = self._memory.read_names(position)[place]
        return family == _name_family(lead)


def _choose(text: Text) -> U32:
    if not len(text.quoted):
        return choose(text.own)
    return np.concatenate([choose(text.own), choose(text.quoted)])


def _rank(match: _Match) -> tuple[bool, float, int, int]:
    likeness = match.likeness
    shared = likeness.shorter if match.kind is not LinkKind.QUOTES else 0.0
    return match.kind is LinkKind.COPY, shared, likeness.quoted, -match.position


def _list_likenesses(copies: Sequence[_Match], origin_id: int) -> dict[int, float]:
    return {m.position: m.likeness.shorter for m in copies if m.origin_id == origin_id}


def _name_family(lead: Lead) -> str:
    return lead.family or f"source {lead.source_id}"


def _write_link(lead: Lead, match: _Match, memory: Memory) -> Link:
    likeness = match.likeness
    if match.kind is LinkKind.QUOTES:
        kind, share = LinkKind.QUOTES, min(1.0, likeness.quoted_share)
        why = f"{likeness.quoted} words of the same quotations stand in both"
    else:
        kind, share = LinkKind.PARTIAL, likeness.shorter
        why = f"{likeness.words} words stand in both, {likeness.stretch} of them in a row"
    return Link(
        article_id=lead.article_id,
        other_id=ArticleId(int(memory.row(match.position)["article_id"])),
        kind=kind,
        likeness=round(share, 4),
        why=why,
    )
