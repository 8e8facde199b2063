"""Who the subject of a verb is: before it, across an apposition or a relative clause, or shared."""

from dateline.claims.english.lexicon import word_set
from dateline.claims.english.lines import Line, Subject
from dateline.claims.english.phrases import NOUNS, before_time, phrase_before

_RELATIVE = word_set("relative")
_BEFORE_PAST = NOUNS | {"S", ",", ")", "R"}
_LONGEST_APPOSITION = 30  # tokens
_MOST_APPOSITIONS = 5  # "Ann Roe, 60, from Ames, Iowa, said"
_LONGEST_START = 100  # tokens of a line in which its first verb is looked for


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
    for _ in range(_MOST_APPOSITIONS):
        at = _mark_before(line, at, floor)
        if at <= floor or line.tags[at] != mark or not _is_set_off(line, at + 1):
            return found
        start = phrase_before(line, at)
        is_led = start is not None and start > line.first and line.tags[start - 1] == "P"
        if start is None or (is_led and found is not None):
            return found
        is_noun = line.tags[at + 1] in "DKLH#Z" and line.low[at + 1] not in ("who", "which")
        last = comma if is_noun and found is None else at
        found = Subject(start, last, "apposition", start)
        if not is_led and (_is_begun(line, start) or _is_person(line, start, at)):
            return found
        at = start - 1 if is_led or line.tags[start - 1] == mark else floor
        if line.tags[at] != mark:
            at = _mark_before(line, at, floor)
    return found


def _mark_before(line: Line, at: int, floor: int) -> int:
    while at > floor and line.tags[at] not in ",;:Q-":
        at -= 1
    return at


def _is_set_off(line: Line, first: int) -> bool:
    """Say whether a stretch between commas can stand beside a name."""
    return line.tags[first] in "DKLH#ZPGWEBSRT" + ("C" if line.tags[first - 1] == "-" else "") and (
        line.low[first] != "that"
    )


def _is_person(line: Line, first: int, last: int) -> bool:
    """Say whether a phrase is a name with nothing but a title: "Dr. Ann Roe", "pilot Ann Roe"."""
    is_name = last - first > 1 and line.tags[last - 1] == "K" and line.tags[last - 2] in "KH."
    return is_name and all(line.tags[at] in "LKH." for at in range(first, last))


def _is_begun(line: Line, start: int) -> bool:
    while start > line.first and line.tags[start - 1] == "R":
        start -= 1  # "…, now 81 and retired in Ames, Iowa, said"
    return start == line.first or line.tags[start - 1] != ","


def main_subject(line: Line, before: int) -> Subject | None:
    """Return the subject of the first finite verb of a line before a token."""
    if line.main is not None and line.main.last <= before:
        return line.main
    for at in range(line.first + 1, min(before, line.first + _LONGEST_START)):
        found = subject_at(line, at)
        if found is not None:
            line.main = Subject(found.first, found.last, "main", found.outer)
            return line.main
    return None


def subject_at(line: Line, at: int) -> Subject | None:
    """Return the subject of the verb at a token, None where it is no finite verb or has none."""
    tag = line.tags[at]
    if tag == "Y":
        return Subject(at, at + 1, "main", at)
    if tag not in "VXME":
        return None
    while at > line.first + 1 and (line.tags[at - 1] == "R" or line.low[at - 1].endswith("ly")):
        at -= 1
    if tag == "E" and line.tags[at - 1] not in _BEFORE_PAST:
        return None
    return None if line.low[at - 1] in _RELATIVE else subject_before(line, at)
