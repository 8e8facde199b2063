"""What says that someone says: a cue with its speaker, as words of one sentence."""

from dataclasses import dataclass

from dateline.claims.foreign.phrases import Phrase
from dateline.model import Hedge

_LONGEST = 8  # words from a cue to what negates it, where they are shown as one


@dataclass(frozen=True, slots=True)
class Saying:
    """A cue of one sentence with its speaker."""

    cue: int  # word
    verb: int  # the finite verb: the auxiliary, or the cue itself
    clause: int
    hedge: Hedge
    takes: frozenset[str]
    source: Phrase | None
    first: bool  # the verb is the first word of its clause: it may stand behind its content
    of_noun: bool = False  # "die Behauptung, dass"
    base: int = -1  # the clause in which its own begins
    like: bool = False  # "wie X mitteilte": what is said stands in the other clauses
    final: bool = False  # in a subordinate clause, at its end
    negator: int = -1  # the word that negates the cue, in its clause
    told: Phrase | None = None

    @property
    def negated(self) -> bool:
        """Say whether it was not said."""
        return self.negator >= 0

    @property
    def cue_words(self) -> tuple[int, int]:
        """The words of the cue, with what negates it and all between: "hat nicht gesagt"."""
        first, last = sorted((self.cue, self.negator if self.negated else self.cue))
        is_apart = last - first > _LONGEST
        return (self.cue, self.cue + 1) if is_apart else (first, last + 1)
