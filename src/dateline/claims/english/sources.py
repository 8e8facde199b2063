"""Statements by words before a source: "according to the police", and by adverbs: "allegedly"."""

from collections.abc import Iterator

from dateline.claims.english.before import past_openers
from dateline.claims.english.finds import Find
from dateline.claims.english.lines import Line, Sheet, Subject, closing_quote
from dateline.claims.english.phrases import has_verb, phrase_after
from dateline.model import Hedge, Span

_TRUST = 0.95
_IDIOMS = (["plan"], ["schedule"])  # "according to plan" is nobody's word
_OPENING = frozenset(("because", "after", "that", "before", "since", "although", "though"))


def find_by_sources(sheet: Sheet, line: Line) -> list[Find]:
    """Return the statements of a line that "according to" gives."""
    found = (_read(sheet, line, at, length) for at, length in _places(line))
    return [find for find in found if find is not None]


def _places(line: Line) -> Iterator[tuple[int, int]]:
    """Yield where words like "according to" begin, and how many they are."""
    low, firsts = line.low, line.words.lexicon.source_firsts
    for at in range(line.first, line.last):
        phrases = firsts.get(low[at])
        if phrases is None or line.tags[at] == "Q":
            continue
        length = max((len(p) for p in phrases if tuple(low[at : at + len(p)]) == p), default=0)
        if length and at + length < line.last:
            yield at, length


def _read(sheet: Sheet, line: Line, at: int, length: int) -> Find | None:
    begin = at + length
    end = _source_end(line, begin)
    if end == begin or line.low[begin:end] in _IDIOMS:
        return None
    source = Subject(begin, end, "after", begin)
    mark = at - 1
    if at == line.first or _is_led(line, at):
        first = end + (end < line.last and line.tags[end] == ",")
        last = line.last - (line.tags[line.last - 1] == ".")
        if last - first < 2:
            return None
        content, quotes = [line.words.span(first, last)], list[int]()
    else:
        content, quotes = _before(sheet, line, mark)
        content = content if quotes else _whole(line, content, at, end)
    return Find(
        line,
        content,
        source,
        (at, begin),
        Hedge.ACCORDING,
        _TRUST,
        "according",
        False,
        None,
        quotes,
        end,
    )


def _is_led(line: Line, at: int) -> bool:
    return line.tags[at - 1] == ":" or (at - line.first <= 2 and line.tags[at - 1] in 'C"R.')


def _whole(line: Line, before: list[Span], at: int, end: int) -> list[Span]:
    """Add or take what goes on behind a source: "The plan, according to the mayor, | will fail"."""
    is_set_off = line.tags[at - 1] == "," and end + 2 < line.last and line.tags[end] == ","
    if not is_set_off:
        return before
    behind = line.words.span(end + 1, line.last - (line.tags[line.last - 1] == "."))
    if line.tags[at - 2] == "B" and line.low[at - 2] in _OPENING:
        return [behind]  # "It fell because, according to the mayor, | it was old"
    is_verb = line.tags[end + 1] in "VXME"
    if not is_verb or has_verb(line, line.words.at(before[0][0]), at - 1):
        return before
    return [*before, behind]


def _before(sheet: Sheet, line: Line, mark: int) -> tuple[list[Span], list[int]]:
    closing = mark - 1 if line.tags[mark] == "," else mark
    number = closing_quote(sheet, closing) if closing >= 0 else None
    if number is not None:
        quote = line.words.quotes[number]
        if line.words.at(quote.outer[0]) <= line.first + 1:
            return list(quote.spans), [number]
    first = line.first
    for place in range(mark, line.first, -1):
        if line.tags[place] == ";":
            first = place + 1
            break
    first = past_openers(line, first, mark)
    last = mark if line.tags[mark] in ",-" else mark + 1
    return [line.words.span(first, max(last, first + 1))], []


def _source_end(line: Line, first: int) -> int:
    """Return the end of a source: up to the comma, or to the end of its phrase."""
    at = first
    while at < min(line.last, first + 30):
        tag = line.tags[at]
        if tag in ",;:-" or tag == "Q":
            break
        if tag == "." and (at + 1 == line.last or line.tags[at + 1] == '"'):
            break
        if tag == "B" or tag in "SYMX":
            break
        at += 1
    by_phrase = phrase_after(line, first)
    return at if at < min(line.last, first + 30) and at > first else max(by_phrase, first)
