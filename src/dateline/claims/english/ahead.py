"""What a verb of saying goes on with: a quotation, a colon, "that", a clause, or nothing."""

from dataclasses import dataclass

from dateline.claims.english.lexicon import word_set
from dateline.claims.english.lines import Line, Sheet

_WH, _LATE = word_set("wh"), word_set("late")
_THIS, _ABOUT = word_set("this"), word_set("about")
_FAR = 18  # tokens between a verb and its "that", colon or quotation
_SET_OFF = 12  # tokens between two commas that set something off


@dataclass(frozen=True, slots=True)
class Ahead:
    """What comes next behind a verb, and at which token.

    `what` is "quote", "colon", "that", "wh" (how, whether, …), "clause" (its subject or verb was
    met), "phrase" (a noun phrase begins), "to" (an infinitive), "comma", "end" or "far" (nothing
    near enough).
    """

    what: str
    at: int


def look_ahead(sheet: Sheet, line: Line, first: int) -> Ahead:
    """Tell what a verb goes on with; adverbs, times and phrases like "in a letter" are passed."""
    is_adjunct = first < line.last and line.tags[first] in "PRT"
    at, last = first, min(line.last, first + _FAR)
    while at < last:
        if line.low[at] in _THIS and at + 1 < line.last and line.tags[at + 1] == "T":
            at += 2  # "last week"
            continue
        found = _at_mark(sheet, line, at, first) or _at_word(line, at, first, is_adjunct=is_adjunct)
        if found is not None:
            return found
        if line.tags[at] in "EWG" and line.tags[at + 1 : at + 2] in (["P"], ["D"]):
            return _far(sheet, line, at)
        at += 1
    return Ahead("end" if at >= line.last else "far", at)


def _at_mark(sheet: Sheet, line: Line, at: int, first: int) -> Ahead | None:
    tag = line.tags[at]
    if tag == '"' and at in sheet.opens:
        return Ahead("quote", at)
    if tag == ":":
        is_thing = line.low[first] in _ABOUT and at + 1 not in sheet.opens
        return Ahead("end" if is_thing else "colon", at)
    if tag in ",-;":
        return _behind_comma(sheet, line, at)
    is_short = at + 1 < line.last and line.low[at] == "."  # "Mr. Smith"
    return Ahead("end", at) if tag == "." and not is_short else None


def _at_word(line: Line, at: int, first: int, *, is_adjunct: bool) -> Ahead | None:
    tag = line.tags[at]
    if at == first and line.low[at] == "to" and line.tags[at + 1 : at + 2] in (["A"], ["L"]):
        return Ahead("to", at)
    if tag in "BVXMYS" or line.low[at] in _WH:
        return _meet(line, at, first, is_adjunct=is_adjunct)
    if (not is_adjunct and tag not in "RTO") or is_measure(line, at):
        return Ahead("phrase", at)
    return None


def is_measure(line: Line, at: int) -> bool:
    """Say whether "at least" or "more than" begins a subject here."""
    return line.low[at : at + 2] in (["at", "least"], ["at", "most"], ["more", "than"])


def _meet(line: Line, at: int, first: int, *, is_adjunct: bool) -> Ahead:
    word, tag = line.low[at], line.tags[at]
    if word == "that" and tag == "B":
        return Ahead("that", at)
    if word in _WH:
        return Ahead("end" if at > first and word in _LATE else "wh", at)
    if tag == "B":
        return Ahead("end", at)  # "said as he left"
    if is_adjunct and tag in "VXM":  # the verb of a clause whose subject was passed
        return Ahead("clause", _subject_start(line, first, at))
    return Ahead("clause", at)


def _subject_start(line: Line, first: int, verb: int) -> int:
    """Return where the clause begins behind "on Tuesday" or "in Iowa"."""
    for at in range(first + 1, verb):
        tag, before = line.tags[at], line.tags[at - 1]
        if (tag in "DS" and before != "P") or (tag in "KLH" and before in "T#R"):
            return at
    return first


def _far(sheet: Sheet, line: Line, first: int) -> Ahead:
    """Go on to a comma before a quotation: "said in a memo explaining the deal, “…”"."""
    comma = _next_comma(line, first, min(line.last - 1, first + _FAR))
    is_quote = comma is not None and comma + 1 in sheet.opens
    return Ahead("quote", comma + 1) if comma is not None and is_quote else Ahead("far", first)


def _next_comma(line: Line, first: int, last: int) -> int | None:
    """Return the next comma with no finite verb or stronger mark before it."""
    for at in range(first, last):
        if line.tags[at] == ",":
            return at
        if line.tags[at] in 'VXMYS.;:"':
            return None
    return None


def _behind_comma(sheet: Sheet, line: Line, comma: int) -> Ahead:
    """Look behind a comma, and behind what a second comma sets off: "said, without proof, that"."""
    if comma + 1 in sheet.opens:
        return Ahead("quote", comma + 1)
    is_set_off = comma + 1 < line.last and line.tags[comma + 1] in "PGR" and line.tags[comma] == ","
    if is_set_off:
        second = _next_comma(line, comma + 2, min(line.last - 1, comma + _SET_OFF))
        if second is not None and second + 1 in sheet.opens:
            return Ahead("quote", second + 1)
        if second is not None and line.low[second + 1] == "that":
            return Ahead("that", second + 1)
    return Ahead("comma", comma)
