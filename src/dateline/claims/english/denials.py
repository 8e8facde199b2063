"""What is denied: a clause or what others say, not what somebody is not given.

"Denied the government had dropped its plan" has a clause, "denied his party the victory" has two
things, and "denied an application" is an office's answer.
"""

from dateline.claims.english.lexicon import word_set
from dateline.claims.english.lines import Line
from dateline.claims.english.phrases import phrase_after

_REPORTED, _GRANTED = word_set("reported_nouns"), word_set("granted")
_THOUGHTS = word_set("thought_nouns")
_THEM = frozenset(("him", "them", "us", "me"))
_VERBS = frozenset("VXMYE")
_THINGS = "DKLH#Z"
_ENDS = "VXMYB,;:"
_MAYBE = frozenset("LA")  # words of no closed class, and bare verbs, that may be one
_BETWEEN = frozenset("LREGWKAT#DHZ'.")
_FAR = 6  # tokens between a noun and its "that": "reports in the local press that"
_LONGEST = 7  # tokens before a noun: "persistent unconfirmed media reports"


def is_denied_clause(line: Line, first: int) -> bool:
    """Say whether a clause without "that" begins here: its subject, then a finite verb."""
    if line.low[first] in _THEM:
        return False
    if line.low[first] == "it":
        return line.tags[first + 1 : first + 2] not in ([tag] for tag in _THINGS)
    if line.tags[first] in "SY":
        return True
    if has_clause(line, first):
        return True
    is_some_of = line.tags[first] == "D" and line.low[first + 1 : first + 2] == ["of"]
    at = phrase_after(line, first + 2 * is_some_of)  # "any of its ships were"
    at = max(at, first + 1)
    while at < line.last and line.tags[at] in "RNT":
        at += 1
    if at >= line.last:
        return False
    return line.tags[at] in _VERBS or (
        line.tags[at] in _MAYBE and line.low[at] in line.words.lexicon.verbs
    )


def is_withheld_thing(line: Line, first: int) -> bool:
    """Say whether somebody is not given something: "denied them bail", "denied an application"."""
    if line.low[first] in _THEM:
        return True
    end = phrase_after(line, first)
    if end == first or line.low[first] == "it":
        return line.low[first] == "it" and first + 1 < line.last and line.tags[first + 1] in _THINGS
    if any(line.low[at] in _GRANTED for at in range(first, end)):
        return True
    return end < line.last and line.tags[end] == "D" and line.low[end] != "that"


def has_clause(line: Line, first: int) -> bool:
    """Say whether what is denied is told behind a noun: "the idea that taxes kill jobs"."""
    for at in range(first + 1, min(line.last, first + _LONGEST + _FAR)):
        if line.low[at] == "that":
            return reported_thing(line, first) == first
        if line.tags[at] in _ENDS:
            return False
    return False


def _has_that(line: Line, noun: int) -> bool:
    return noun + 1 < line.last and line.low[noun + 1] == "that"


def reported_thing(line: Line, first: int) -> int:
    """Return the beginning of a phrase about what is said or thought, -1 where it is another."""
    for at in range(first, min(line.last, first + _LONGEST)):
        if line.low[at] in _REPORTED or (line.low[at] in _THOUGHTS and _has_that(line, at)):
            return first
        if line.tags[at] not in _BETWEEN:
            return -1
    return -1
