"""How far a statement is trusted: how often content and speaker were right of its kind.

Measured on German news (the shares of a benchmark, rounded down). Russian, Ukrainian, Greek, French
and Spanish were read by eye on news text, 36 to 88 statements each, and keep these numbers where
they held; `_OWN` has those that did not. Indirect statements beside their speaker are right in four
of five cases, which is below what is shown to readers, but for those of a speaker whom the text
names: 32 of 33 of those were right in Russian and Ukrainian.
"""

from collections.abc import Sequence

from dateline.claims.foreign.ascribed import Ascription
from dateline.claims.foreign.drafts import Range
from dateline.claims.foreign.saying import Saying
from dateline.model import Hedge, StatementKind

_NEAR = {StatementKind.DIRECT: 0.92, StatementKind.MIXED: 0.79, StatementKind.INDIRECT: 0.79}
_FAR = {StatementKind.DIRECT: 0.55, StatementKind.MIXED: 0.65, StatementKind.INDIRECT: 0.6}
_CLOSE = 1  # words between a speaker and the verb
_UNNAMED, _TURNED, _LIKE, _LOOSE = 0.35, 0.2, 0.62, 0.15
# Of indirect and mixed ones beside their speaker 5 of 10 were right in Greek; of phrases behind
# what is said 12 of 16 in French and Spanish: their sentence often says more than the source did.
_OWN = {"el": {StatementKind.MIXED: 0.6, StatementKind.INDIRECT: 0.6}}
_OWN_FOLLOWS = {"fr": 0.75, "es": 0.75}
_LEADS, _FOLLOWS, _WEAK, _WITHOUT_NAME = 0.94, 0.86, 0.7, 0.4


def trust_saying(
    saying: Saying, kind: StatementKind, pieces: Sequence[Range], language: str
) -> float:
    """Return the confidence of what a cue says."""
    source = saying.source
    if source is None:
        return _UNNAMED
    if pieces[0][0] < source.first < saying.verb and kind is not StatementKind.DIRECT:
        # What begins before a speaker who stands before the verb: right in "…, wie X mitteilte".
        return _LIKE if saying.like else _TURNED
    gap = max(source.first - saying.verb - 1, saying.verb - source.last)
    near = _OWN.get(language, {}).get(kind, _NEAR[kind])
    trust = near if gap <= _CLOSE else min(near, _FAR[kind])
    return trust - _LOOSE * (saying.hedge is Hedge.ESTIMATED)


def trust_ascription(one: Ascription, language: str) -> float:
    """Return the confidence of what is ascribed by a phrase."""
    if one.source is None:
        return _WITHOUT_NAME
    if one.weak:
        return _WEAK
    is_behind = one.source.first < one.cue[0]  # "X zufolge"
    if one.frame[0] == 0 or is_behind:
        return _LEADS
    return _OWN_FOLLOWS.get(language, _FOLLOWS)
