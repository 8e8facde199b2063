"""Who the subject of a verb is: before it, across an apposition or a relative clause, or shared."""

from dataclasses import dataclass

from dateline.claims.english.lines import Line
from dateline.claims.english.phrases import NOUNS, before_time, phrase_before

_RELATIVE = frozenset(("who", "which", "that"))
_BEFORE_PAST = NOUNS | {"S", ",", ")", "R"}
_FINITE = frozenset("VXMY")
_LONGEST_APPOSITION = 30


@dataclass(frozen=True, slots=True)
class Subject:
    """A source among the tokens, and how it was found."""

    first: int
    last: int  # behind the last token
    how: str  # "near", "pronoun", "apposition", "relative", "after", "shared", "main"
    outer: int  # first token of the whole with what is set off by commas; equals `first` mostly


def subject_before(line: Line, verb: int) -> Subject | None:
    """Return the subject that ends right before the group of a verb, None where none does."""
    verb = before_time(line, verb)
    at = verb - 1
    if at < line.first:
        return None
    low, tag = line.low[at], line.tags[at]
    if low in _RELATIVE and tag in "BS":
        return _antecedent(line, at)
    if tag in "SY":
        return Subject(at, at + 1, "pronoun", at)
    if tag in ",-":
        return _over_apposition(line, at)
    if tag == "O":  # "it", "you"
        return Subject(at, at + 1, "pronoun", at) if low in ("it", "you") else None
    start = phrase_before(line, verb)
    if start is None:
        return None
    return Subject(start, verb, "near", start)


def _antecedent(line: Line, link: int) -> Subject | None:
    end = link
    if end > line.first and line.tags[end - 1] in ",-":
        end -= 1
    start = phrase_before(line, end)
    if start is None or line.tags[end - 1] in "SOY":
        if line.low[link] == "who":
            return Subject(link, link + 1, "relative", link)
        return None
    return Subject(start, end, "relative", start)


def _over_apposition(line: Line, comma: int) -> Subject | None:
    """Find the head before what commas or dashes set off: "Ann Roe, the head of X, said"."""
    mark, at = line.tags[comma], comma - 1
    floor = max(line.first, comma - _LONGEST_APPOSITION)
    found: Subject | None = None
    for _ in range(3):
        while at > floor and line.tags[at] not in ",;:\"Q-":
            at -= 1
        if at <= floor or line.tags[at] != mark or not _is_set_off(line, at + 1):
            return found
        start = phrase_before(line, at)
        is_led = start is not None and start > line.first and line.tags[start - 1] == "P"
        if start is None or (is_led and found is not None):
            return found
        is_noun = line.tags[at + 1] in "DKLH#Z" and line.low[at + 1] not in ("who", "which")
        last = comma if is_noun and found is None else at
        found = Subject(start, last, "apposition", start)
        if _is_begun(line, start):
            return found
        at = start - 1 if line.tags[start - 1] == mark else floor
    return found


def _is_set_off(line: Line, first: int) -> bool:
    """Say whether a stretch between commas can stand beside a name."""
    return line.tags[first] in "DKLH#ZPGWEBSRT" + ("C" if line.tags[first - 1] == "-" else "") and (
        line.low[first] != "that"
    )


def _is_begun(line: Line, start: int) -> bool:
    if start == line.first:
        return True
    return line.tags[start - 1] in 'C".:;B-Q' or line.tags[start - 1] not in ","


def main_subject(line: Line, before: int) -> Subject | None:
    """Return the subject of the first finite verb of a line before a token."""
    known = line.subjects.get(-1)
    if isinstance(known, Subject) and known.last <= before:
        return known
    for at in range(line.first + 1, before):
        tag = line.tags[at]
        if tag not in _FINITE and not (tag == "E" and line.tags[at - 1] in _BEFORE_PAST):
            continue
        while tag != "Y" and at > line.first + 1 and line.tags[at - 1] == "R":
            at -= 1
        if tag == "Y":
            found: Subject | None = Subject(at, at + 1, "main", at)
        elif line.low[at - 1] in _RELATIVE:
            continue
        else:
            found = subject_before(line, at)
        if found is not None:
            main = Subject(found.first, found.last, "main", found.outer)
            line.subjects[-1] = main
            return main
    return None


