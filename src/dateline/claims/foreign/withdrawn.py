"""What somebody takes back: "nahm seine Behauptung zurück, dass …", "retiró su acusación"."""

from dateline.claims.foreign.clauses import Sentence
from dateline.claims.foreign.lexicon import Lexicon
from dateline.claims.foreign.saying import Saying

_FAR = 8  # words between a verb and its noun
_OWNER = 2  # words between an owner and the noun: "sein früherer Vorwurf"


def own_clause(sentence: Sentence, lexicon: Lexicon, saying: Saying) -> int | None:
    """Return the word with which the clause begins that a speaker takes back.

    None where it is none of the speaker's own words, or where they did not take it back: "will
    seine Aussage nicht widerrufen", "wenn er … zurücknimmt".
    """
    if saying.source is None or saying.negated or saying.final or saying.like:
        return None
    words, own, clause = sentence.words, lexicon.own, sentence.clauses[saying.clause]
    if any(word.low in lexicon.small["modals"] for word in words[clause.first : clause.last]):
        return None
    first = min(saying.verb, saying.cue)
    for at in range(first + 1, min(len(words), max(saying.verb, saying.cue) + _FAR)):
        if words[at].low in own["nouns"] and _is_own(sentence, lexicon, at):
            return _link_behind(sentence, lexicon, at)
    return None


def _is_own(sentence: Sentence, lexicon: Lexicon, noun: int) -> bool:
    words, own = sentence.words, lexicon.own
    before = words[max(0, noun - _OWNER) : noun]
    behind = words[noun + 1 : noun + 2]
    is_before = any(word.low in own["before"] for word in before)
    return is_before or any(word.low in own["behind"] for word in behind)


def _link_behind(sentence: Sentence, lexicon: Lexicon, noun: int) -> int | None:
    """Return the first word of "dass …" behind a noun, or the word behind "selon laquelle"."""
    words, own = sentence.words, lexicon.own
    at = noun + 1
    while at < len(words) and (words[at].low in own["behind"] or words[at].low in own["verb_ends"]):
        at += 1
    for link in sorted(own["links"], key=len, reverse=True):
        parts = link.split("_")
        if [word.low for word in words[at : at + len(parts)]] == parts:
            kept = at + len(parts) - 1 if lexicon.has("keep_that") else at + len(parts)
            return kept if kept < len(words) else None
    return None
