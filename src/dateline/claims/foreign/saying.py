"""What says that someone says: a cue with its speaker, as words of one sentence."""

from dataclasses import dataclass

from dateline.claims.foreign.phrases import Phrase
from dateline.model import Hedge


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
    negated: bool = False
    told: Phrase | None = None
