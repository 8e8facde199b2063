"""Where an attribution stands behind what was said: "…, she said", “…,” said Ann Roe."""

from dateline.claims.english.ahead import look_ahead
from dateline.claims.english.groups import Group
from dateline.claims.english.lines import Line, Sheet, Subject, closing_quote, is_title
from dateline.claims.english.phrases import phrase_after, told_after

_SPOKEN = frozenset(("quote", "quoted", "clause", "told"))
_OPEN_ENDS = frozenset(("comma", "end", "far", "quote"))
_SHORT = 12  # tokens of a sentence that only says who asked or cried
_SURE = 0.95  # trust of a cue that may follow a quotation that ended with a full stop


def trailing_edge(sheet: Sheet, line: Line, group: Group, subject: Subject | None) -> int | None:
    """Return the first token of "she said" behind what was said, None where it comes first."""
    is_spoken = any(frame.take in _SPOKEN for frame in group.cue.frames)
    if group.form != "finite" or not is_spoken:
        return None
    if subject is None:
        return _inverted_edge(sheet, line, group)
    edge = subject.outer
    if edge > line.first + 1 and line.low[edge - 1] == "as":
        edge -= 1  # "…, as she said"
    if edge == 0 or line.tags[edge - 1] not in ",\"'-":
        return None
    if _quotes_on(sheet, line, group, edge):
        return None
    if _asks_for_cue(sheet, line, edge):
        return edge
    first = group.last
    if any(frame.take in ("told", "them_to") for frame in group.cue.frames):
        first = told_after(line, first)
    ahead = look_ahead(sheet, line, first)
    if edge == line.first and not _may_follow(sheet, line, group, edge):
        return None
    if ahead.what == "quote":
        return edge if _behind_quote(sheet, line, edge) is not None else None
    return edge if ahead.what in _OPEN_ENDS else None


def _quotes_on(sheet: Sheet, line: Line, group: Group, edge: int) -> bool:
    """Say whether a verb behind "…?" has a quotation of its own: “Who?” Police vow “action”."""
    return line.tags[edge - 1] != "," and group.last in sheet.opens


def _behind_quote(sheet: Sheet, line: Line, edge: int) -> int | None:
    """Return the quotation that ends right before a token, None where none does."""
    at = edge - 1
    if at > 0 and line.tags[at] == ",":
        at -= 1
    return closing_quote(sheet, at) if line.tags[at] in "\"'" else None


def _may_follow(sheet: Sheet, line: Line, group: Group, edge: int) -> bool:
    """Say whether a sentence like "she said" may belong to a quotation that ended before it."""
    number = _behind_quote(sheet, line, edge)
    if number is None:
        return False
    end = line.words.quotes[number].spans[-1][1]
    if "\n" in line.words.text[end : line.words.starts[edge]]:
        return False
    return line.words.text[end - 1] != "." or group.cue.frames[0].trust >= _SURE


def _asks_for_cue(sheet: Sheet, line: Line, edge: int) -> bool:
    """Say whether the quotation before ends with a comma, so that its source must follow."""
    number = _behind_quote(sheet, line, edge)
    if number is None:
        return False
    if line.tags[edge - 1] == ",":
        return True
    quote = line.words.quotes[number]
    if is_title(sheet, number) and line.words.at(quote.outer[0]) > line.first:
        return False  # "On “The Bridge Show,” she said that"
    last = line.words.text[quote.spans[-1][1] - 1]
    is_short = line.last - edge <= _SHORT
    return quote.is_closed and (last == "," or (last in "?!—…" and is_short))


def _inverted_edge(sheet: Sheet, line: Line, group: Group) -> int | None:
    """Return the verb of "…, said Ann Roe", None where no source follows it."""
    at = group.first
    if at == 0 or line.tags[at - 1] not in ",\"'-" or group.last >= line.last:
        return None
    end = phrase_after(line, group.last)
    is_told = any(frame.take == "told" for frame in group.cue.frames)
    if end == group.last or (is_told and not _asks_for_cue(sheet, line, at)):
        return None
    names = line.tags[group.last : group.last + 2]
    is_sure = group.cue.lemma == "say" or names[0] in "KH" or names == ["D", "K"]
    if not is_sure and _behind_quote(sheet, line, at) is None:
        return None
    is_name = any(tag in "KHSL#" for tag in line.tags[group.last : end])
    after = line.tags[end] if end < line.last else "."
    return at if is_name and (after not in "VXMYB" or _asks_for_cue(sheet, line, at)) else None
