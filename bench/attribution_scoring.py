"""The scorer of who said what: pairs what was found with what was marked by hand, and counts.

- A span set is the words (runs of letters and digits) that begin in it: marks, white space and a
  leading "that" of a content make no difference. Equal sets are *exact*.
- Two contents *overlap* if they share at least half of the words of the shorter one; two sources
  or cues overlap if they share a word.
- Each found attribution is paired with at most one by hand and the other way round, by content: the
  pairs that overlap, those first that share most of their joint words.
- Source and cue are right where the pair has them both and they overlap (or are exact); precision
  is over all found ones that have one, recall over all by hand that have one. The *whole* is right
  where content, source and cue are; what neither has is right.
- Kinds are told by typography: *direct* if all words of the content lie in quotation marks, *mixed*
  if some do, else *indirect*. The recall of a kind is over those by hand, whatever kind was found;
  its precision over those found, whatever kind was marked.
- *Right source* is the share of direct attributions by hand, with a source, that were paired with
  one whose source overlaps.
- *Shown*: of those found with at least some confidence, the share paired with one by hand, with a
  source that overlaps (or with none, where none was marked).
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_WORD = re.compile(r"[^\W_]+")
Spans = Sequence[tuple[int, int]]
Words = frozenset[int]


@dataclass(frozen=True)
class Attribution:
    """Who said what, as spans of a text; a confidence for what a system found."""

    content: tuple[tuple[int, int], ...]
    source: tuple[tuple[int, int], ...] = ()
    cue: tuple[tuple[int, int], ...] = ()
    confidence: float = 1.0


@dataclass
class Tally:
    """Right ones, found ones, those by hand."""

    right: int = 0
    found: int = 0
    known: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.known if self.known else 0.0

    @property
    def f1(self) -> float:
        total = self.found + self.known
        return 2 * self.right / total if total else 0.0


@dataclass
class KindTally:
    """Right ones of a kind, seen from both sides."""

    right_found: int = 0
    found: int = 0
    right_known: int = 0
    known: int = 0

    @property
    def precision(self) -> float:
        return self.right_found / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right_known / self.known if self.known else 0.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass
class Scores:
    """All counts of one system over some articles."""

    roles: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    kinds: dict[tuple[str, str], KindTally] = field(default_factory=lambda: defaultdict(KindTally))
    direct_known: int = 0
    direct_right: int = 0
    shown: list[tuple[float, bool, bool]] = field(default_factory=list)  # confidence, content, both

    def shown_from(self, confidence: float) -> tuple[float, float, float]:
        """Return precision (content and source), precision of content, share of all by hand."""
        chosen = [(content, both) for sure, content, both in self.shown if sure >= confidence]
        known = self.roles["content", "overlap"].known or 1
        if not chosen:
            return 0.0, 0.0, 0.0
        both = sum(pair[1] for pair in chosen)
        content = sum(pair[0] for pair in chosen)
        return both / len(chosen), content / len(chosen), both / known


@dataclass(frozen=True)
class _Marked:
    content: Words
    source: Words
    cue: Words
    kind: str
    confidence: float


class Scorer:
    """Counts article after article."""

    def __init__(self) -> None:
        self.scores = Scores()

    def add(
        self,
        text: str,
        quoted: Spans,
        found: Iterable[Attribution],
        known: Iterable[Attribution],
    ) -> list[tuple[int, int]]:
        """Count one article; return the pairs as (place in found, place in known)."""
        starts = [match.start() for match in _WORD.finditer(text)]
        in_quotes = _words_in(starts, quoted)
        ours = [_mark(text, starts, in_quotes, one) for one in found]
        theirs = [_mark(text, starts, in_quotes, one) for one in known]
        pairs = _pair(ours, theirs)
        self._count_roles(ours, theirs, pairs)
        self._count_kinds(ours, theirs, pairs)
        return pairs

    def _count_roles(
        self, ours: list[_Marked], theirs: list[_Marked], pairs: list[tuple[int, int]]
    ) -> None:
        for measure in ("overlap", "exact"):
            for role in ("content", "source", "cue", "whole"):
                tally = self.scores.roles[role, measure]
                tally.found += (
                    len(ours) if role == "whole" else sum(bool(getattr(o, role)) for o in ours)
                )
                tally.known += (
                    len(theirs) if role == "whole" else sum(bool(getattr(t, role)) for t in theirs)
                )
                tally.right += sum(_is_right(ours[o], theirs[t], role, measure) for o, t in pairs)

    def _count_kinds(
        self, ours: list[_Marked], theirs: list[_Marked], pairs: list[tuple[int, int]]
    ) -> None:
        by_ours, by_theirs = dict(pairs), {theirs_: ours_ for ours_, theirs_ in pairs}
        for number, one in enumerate(ours):
            other = by_ours.get(number)
            has_content = other is not None
            has_source = has_content and (
                bool(one.source & theirs[other].source) or one.source == theirs[other].source
            )
            self.scores.shown.append((one.confidence, has_content, has_source))
            for measure in ("overlap", "exact"):
                tally = self.scores.kinds[one.kind, measure]
                tally.found += 1
                tally.right_found += has_content and _is_right(
                    one, theirs[other], "content", measure
                )
        for number, one in enumerate(theirs):
            other = by_theirs.get(number)
            for measure in ("overlap", "exact"):
                tally = self.scores.kinds[one.kind, measure]
                tally.known += 1
                tally.right_known += other is not None and _is_right(
                    ours[other], one, "content", measure
                )
            if one.kind == "direct" and one.source:
                self.scores.direct_known += 1
                self.scores.direct_right += other is not None and bool(
                    ours[other].source & one.source
                )


def _words_in(starts: list[int], spans: Spans) -> Words:
    found: set[int] = set()
    for first, last in spans:
        found.update(starts[bisect_left(starts, first) : bisect_left(starts, last)])
    return frozenset(found)


def _mark(text: str, starts: list[int], in_quotes: Words, one: Attribution) -> _Marked:
    content = _words_in(starts, one.content)
    if content and text[min(content) :][:5].lower() == "that ":
        content -= {min(content)}
    inside = len(content & in_quotes)
    kind = "indirect" if not inside else "direct" if inside == len(content) else "mixed"
    return _Marked(
        content, _words_in(starts, one.source), _words_in(starts, one.cue), kind, one.confidence
    )


def _pair(ours: list[_Marked], theirs: list[_Marked]) -> list[tuple[int, int]]:
    likely = []
    for o, one in enumerate(ours):
        for t, other in enumerate(theirs):
            shared = len(one.content & other.content)
            if shared and 2 * shared >= min(len(one.content), len(other.content)):
                joint = len(one.content | other.content)
                tie = bool(one.cue & other.cue) + bool(one.source & other.source)
                likely.append((-shared / joint, -tie, o, t))
    used_ours: set[int] = set()
    used_theirs: set[int] = set()
    pairs = []
    for _, _, o, t in sorted(likely):
        if o not in used_ours and t not in used_theirs:
            used_ours.add(o)
            used_theirs.add(t)
            pairs.append((o, t))
    return pairs


def _is_right(one: _Marked, other: _Marked, role: str, measure: str) -> bool:
    if role == "whole":
        return all(
            _is_right(one, other, part, measure) or not (getattr(one, part) or getattr(other, part))
            for part in ("content", "source", "cue")
        )
    ours, theirs = getattr(one, role), getattr(other, role)
    if measure == "exact":
        return bool(ours) and ours == theirs
    return bool(ours & theirs)
