"""What is told without a cue: reported speech that goes on, and hearsay."""

from dataclasses import dataclass

from dateline.claims.foreign.clauses import Clause, Sentence
from dateline.claims.foreign.contents import Contents
from dateline.claims.foreign.drafts import Range
from dateline.claims.foreign.lexicon import Lexicon
from dateline.model import Hedge


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that is told as someone's words."""

    words: Range
    hedge: Hedge
    continues: bool  # the speaker before goes on
    cue: int | None
    confidence: float


class FreeFinder:
    """Finds reported speech without a cue in one sentence."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon, contents: Contents) -> None:
        self.sentence, self.lexicon, self.contents = sentence, lexicon, contents
        self.words, self.small, self.free = sentence.words, lexicon.small, lexicon.free

    def find(self, *, is_near: bool) -> Told | None:
        """Return the sentence if its verb is in a form of telling.

        `is_near`: someone has just spoken.
        """
        everything = (0, len(self.words))
        main = [clause for clause in self.sentence.clauses if self._is_main(clause)]
        if self.free["strong"]:
            if any(self._has(clause, "strong") for clause in main):
                return Told(everything, Hedge.SAID, True, None, 0.6 if is_near else 0.4)
            if (
                is_near
                and any(self._has(clause, "weak") for clause in main)
                and not self._is_stated(main)
            ):
                return Told(everything, Hedge.SAID, True, None, 0.4)
        cue = self._hearsay(main)
        if cue is not None:
            return Told(everything, Hedge.REPORTEDLY, False, cue, 0.3)
        return None

    def _is_main(self, clause: Clause) -> bool:
        low = self.words[clause.first].low
        if clause.mark and low in self.small["relative"]:
            return False
        return low not in self.small["subordinate"] and low not in self.small["that"]

    def _has(self, clause: Clause, forms: str) -> bool:
        return any(
            word.low in self.free[forms] and not word.is_high
            for word in self.words[clause.first : clause.last]
        )

    def _is_stated(self, main: list[Clause]) -> bool:
        """Say whether a main clause has a verb in the form of fact."""
        return any(
            word.low in self.free["stated"]
            for clause in main
            for word in self.words[clause.first : clause.last]
        )

    def _hearsay(self, main: list[Clause]) -> int | None:
        """Return the verb that says that it is only said: "soll … haben", "aurait été"."""
        verbs, ends = self.free["hearsay"], self.free["hearsay_ends"]
        places = (place for clause in main for place in range(clause.first, clause.last))
        found = (one for one in places if self.words[one].low in verbs and self._ends(one, ends))
        return next(found, None)

    def _ends(self, place: int, ends: frozenset[str]) -> bool:
        if not ends:
            return True
        if self.lexicon.has("verb_second"):
            rest = self.words[place + 1 :]
            return any(
                word.low in ends
                and before.low[-1:] in "nt"
                and not before.is_high
                and earlier.low not in self.small["to"]
                for earlier, before, word in zip(rest, rest[1:], rest[2:], strict=False)
            )
        following = [word.low for word in self.words[place + 1 : place + 4]]
        return any(low.endswith(tuple(ends)) for low in following)
