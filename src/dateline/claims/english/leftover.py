"""Quotations that no cue of their own line took: whose they are by what stands around them."""

from bisect import bisect_right
from dataclasses import dataclass, field

from dateline.claims.english.finds import Find
from dateline.claims.english.lines import Line, Sheet, Subject, is_title
from dateline.claims.english.phrases import phrase_before
from dateline.claims.english.subjects import main_subject
from dateline.claims.english.words import Words
from dateline.claims.quotes import Quote
from dateline.model import Hedge, Span

_LONG = 12  # tokens of a quotation that stands alone and is told though its source is not known
_BACK = 6  # quotations
_LONGEST_NAME = 12  # tokens before a colon
_SPOKEN = frozenset(("quote", "quoted", "clause", "that", "told", "according"))
# How sure a source is, by where it stands: before a colon, behind a dash, in the line before that
# ends with a colon, in the sentence before, in the paragraph before, as the sentence's subject.
_CONTINUED = 1.6  # trust of a find without a source is halved before
_NAMED, _SIGNED, _LED, _NEAR, _BEFORE, _SUBJECT, _NOBODY = 0.78, 0.85, 0.82, 0.7, 0.5, 0.4, 0.3


@dataclass(slots=True)
class _Board:
    """What is known of the quotations of a page while the rest is attached."""

    sheet: Sheet
    lines: list[Line]
    starts: list[int]  # their first tokens
    spoken: dict[int, Find] = field(default_factory=dict)  # by the number of the line, its last
    by_quote: dict[int, Find] = field(default_factory=dict)
    added: list[Find] = field(default_factory=list)

    def note(self, finds: list[Find]) -> None:
        for find in finds:
            self.by_quote.update(dict.fromkeys(find.quotes, find))
            if find.take in _SPOKEN and find.source is not None:
                self.spoken[self.number_of(find.line.first)] = find

    def number_of(self, token: int) -> int:
        return max(bisect_right(self.starts, token) - 1, 0)


def attach_quotes(sheet: Sheet, finds: list[Find], turns: list[Find]) -> list[Find]:
    """Return the finds with the quotations that were left over, each with the likeliest source."""
    if not sheet.lines:
        return finds
    board = _Board(sheet, sheet.lines, [line.first for line in sheet.lines])
    board.note(finds)
    _continue_speech(board, finds)
    taken = sorted(span for find in (*finds, *turns) for span in find.content)
    for number in [number for number in sheet.inside if _is_left(board, number, taken)]:
        _attach(board, number)
    return finds + board.added


def _continue_speech(board: _Board, finds: list[Find]) -> None:
    """Give "Adding, “…”" and "Said further: “…”" at the start of a line to who spoke before."""
    for find in finds:
        place = board.number_of(find.line.first)
        before = board.spoken.get(place - 1)
        is_loose = find.source is None and find.cue == (find.line.first, find.line.first + 1)
        if is_loose and find.take in _SPOKEN and before is not None:
            find.source, find.trust = before.source, find.trust * _CONTINUED


def _is_left(board: _Board, number: int, taken: list[Span]) -> bool:
    quote = board.sheet.words.quotes[number]
    if number in board.by_quote or quote.inside is not None or quote.is_scare:
        return False
    start, end = quote.outer
    place = bisect_right(taken, (end, end))
    return not any(
        start < last and first < end for first, last in taken[max(0, place - 12) : place]
    )


def _attach(board: _Board, number: int) -> None:
    words, quote = board.sheet.words, board.sheet.words.quotes[number]
    opening = words.at(quote.outer[0])
    place = board.number_of(opening)
    line = board.lines[place]
    begins = _begins(line, opening)
    previous = _previous(board, number)
    if begins and previous is not None and _is_continued(board, previous, quote):
        previous.content += quote.spans
        previous.quotes.append(number)
        board.by_quote[number] = previous
        return
    who = _guess(board, place, number, begins=begins)
    if who is None:
        return
    find = Find(
        line,
        list(quote.spans),
        who[0],
        None,
        Hedge.SAID,
        who[1],
        "quote",
        quotes=[number],
        last=line.last,
    )
    board.by_quote[number] = find
    board.added.append(find)


def _previous(board: _Board, number: int) -> Find | None:
    """Return what the nearest quotation before belongs to; nested and scare quotes are passed."""
    for earlier in range(number - 1, max(-1, number - 1 - _BACK), -1):
        if earlier in board.by_quote:
            return board.by_quote[earlier]
    return None


def _begins(line: Line, opening: int) -> bool:
    return opening <= line.first + 1


def _is_continued(board: _Board, find: Find, quote: Quote) -> bool:
    """Say whether a quotation goes on behind "…," she said. “…” in the same paragraph."""
    between = board.sheet.words.text[find.content[-1][1] : quote.outer[0]]
    return "\n" not in between and len(between) < 400


def _guess(
    board: _Board, place: int, number: int, *, begins: bool
) -> tuple[Subject | None, float] | None:
    """Return whose a quotation is, and how sure that is; None where it is rather nobody's words."""
    words, line = board.sheet.words, board.lines[place]
    opening = words.at(words.quotes[number].outer[0])
    if not begins and line.tags[opening - 1] == ":":
        start = phrase_before(line, opening - 1)
        if start is not None and _is_name(line, start, opening - 1):
            return Subject(start, opening - 1, "near", start), _NAMED
    signed = _signature(board.sheet, number)
    if signed is not None:
        return signed, _SIGNED
    if begins and _ends_with_colon(board, line):
        return _leader(board, place - 1)
    if is_title(board.sheet, number):
        return None
    if begins:
        return _earlier(board, place, number)
    source = main_subject(line, opening)
    return (source, _SUBJECT) if source is not None else None


def _earlier(board: _Board, place: int, number: int) -> tuple[Subject | None, float] | None:
    """Return who spoke in the sentence or paragraph before."""
    words, line = board.sheet.words, board.lines[place]
    before = board.spoken.get(place - 1)
    if before is not None:
        is_near = (
            "\n" not in words.text[words.tokens[line.first - 1].end : words.starts[line.first]]
        )
        return before.source, _NEAR if is_near else _BEFORE
    following, previous = board.by_quote.get(number + 1), _previous(board, number)
    if following is not None and following.source is not None and _is_next(words, number):
        return following.source, _BEFORE
    if previous is not None and previous.source is not None:
        return previous.source, _BEFORE
    first, last = board.sheet.inside[number]
    return (None, _NOBODY) if last - first > _LONG else None


def _is_next(words: Words, number: int) -> bool:
    """Say whether the next paragraph begins with the next quotation."""
    between = words.text[words.quotes[number].outer[1] : words.quotes[number + 1].outer[0]]
    return not between.strip()


def _ends_with_colon(board: _Board, line: Line) -> bool:
    return line.first > 0 and board.sheet.words.low[line.first - 1] == ":"


def _leader(board: _Board, place: int) -> tuple[Subject | None, float]:
    """Return who speaks by the sentence before, which ends with a colon."""
    find = board.spoken.get(place)
    if find is not None:
        return find.source, _LED
    source = main_subject(board.lines[place], board.lines[place].last)
    return (source, _LED) if source is not None else (None, _NOBODY)


def _signature(sheet: Sheet, number: int) -> Subject | None:
    """Return the name behind a quotation that stands for itself: “…” — Ann Roe."""
    words, tags = sheet.words, sheet.words.tags
    first = sheet.inside[number][1] + 1
    if first + 1 >= len(tags) or tags[first] != "-":
        return None
    for at in range(first + 2, min(len(tags), first + 9) + 1):
        if tags[at - 1] not in "KH.":
            return None
        end = words.tokens[at - 1].end
        if at == len(tags) or "\n" in words.text[end : words.starts[at]]:
            last = at - (tags[at - 1] == ".")
            return Subject(first + 1, last, "after", first + 1) if last > first + 1 else None
    return None


def _is_name(line: Line, first: int, last: int) -> bool:
    """Say whether a phrase before a colon names who speaks: it begins a line and has a capital."""
    is_begun = first <= line.first + 1 or line.tags[first - 1] in '".'
    has_name = any(tag in "KH" for tag in line.tags[first:last])
    return is_begun and has_name and last - first <= _LONGEST_NAME
