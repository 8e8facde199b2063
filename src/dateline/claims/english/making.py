"""Statements from what was found: places in the text, words, kind, nesting, confidence."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from dateline.claims.english.finds import Find
from dateline.claims.english.lines import Sheet
from dateline.claims.quotes import Quote, trim_content
from dateline.model import Span, Statement, StatementKind

_WINDOW = 12  # neighbours that are looked at: what holds a statement, what it holds
# A content that ends so goes on behind the cue: "those who according to him had stayed".
_OPEN_ENDS = frozenset(
    ["who", "which", "that", "whose", "whom", "and", "or", "but", "as", "of", "to", "because"]
)
_OPEN_TRUST = 0.5
_EDGES = " ,;:-–—\n\t\u00a0"


def make_statements(sheet: Sheet, finds: list[Find]) -> tuple[Statement, ...]:
    """Return the statements in the order of the text, nested ones pointing to what holds them."""
    made = [_make(sheet, find) for find in finds]
    kept = sorted(
        {s.spans: s for s in sorted(made, key=lambda s: s.confidence)}.values(), key=_place
    )
    return tuple(_nest(kept))


def _place(statement: Statement) -> tuple[int, int]:
    start = statement.spans[0][0]
    cue = statement.cue_span[0] if statement.cue_span else start
    return min(start, cue), -statement.spans[-1][1]


def _make(sheet: Sheet, find: Find) -> Statement:
    words, page = sheet.words, sheet.words.page
    spans = tuple(sorted(find.content))
    spans = trim_content(words.text, spans) if find.quotes else _trim(words.text, spans)
    source = None
    if find.source is not None:
        source = _trim_pronoun(words.text, words.span(find.source.first, find.source.last))
    cue = words.span(*find.cue) if find.cue else None
    told = words.span(*find.told) if find.told else None
    content = page.join(spans)
    is_open = not find.quotes and content.rpartition(" ")[2].casefold() in _OPEN_ENDS
    return Statement(
        spans=spans,
        content=content,
        kind=_kind(sheet, find, spans),
        speaker=page.words(source) if source else "",
        source_span=source,
        cue=page.words(cue) if cue else "",
        cue_span=cue,
        hedge=find.hedge,
        negated=find.is_negated,
        told_to=page.words(told) if told else "",
        told_to_span=told,
        confidence=round(find.trust * (_OPEN_TRUST if is_open else 1.0), 3),
    )


def _trim(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Leave out commas and dashes at the edges of what is not a quotation."""
    trimmed = []
    for start, end in spans:
        while start < end and text[start] in _EDGES:
            start += 1
        while end > start and text[end - 1] in _EDGES:
            end -= 1
        if start < end:
            trimmed.append((start, end))
    return tuple(trimmed) or spans


def _trim_pronoun(text: str, span: Span) -> Span:
    """Leave out the verb of "he's"."""
    start, end = span
    for ending in ("'s", "’s", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m"):
        if text.endswith(ending, start, end) and end - start - len(ending) <= 4:
            return start, end - len(ending)
    return span


def _kind(sheet: Sheet, find: Find, spans: tuple[Span, ...]) -> StatementKind:
    if find.take == "turn":
        return StatementKind.DIRECT
    quotes = sheet.words.quotes
    starts = {span[0] for number in find.quotes for span in quotes[number].spans}
    if starts and all(start in starts for start, _ in spans):
        return StatementKind.DIRECT
    is_mixed = bool(find.quotes) or any(_holds_quote(quotes, span) for span in spans)
    return StatementKind.MIXED if is_mixed else StatementKind.INDIRECT


def _holds_quote(quotes: Sequence[Quote], span: Span) -> bool:
    first = bisect_left(quotes, span[0], key=lambda quote: quote.outer[0])
    near = quotes[first : first + _WINDOW]
    return any(quote.outer[0] < span[1] and quote.spans[-1][1] <= span[1] for quote in near)


def _nest(statements: list[Statement]) -> list[Statement]:
    return [
        replace(statement, inside=_holder(statements, number))
        for number, statement in enumerate(statements)
    ]


def _holder(statements: list[Statement], number: int) -> int | None:
    """Return the nearest statement whose content holds the cue of this one."""
    mine = statements[number].cue_span or statements[number].spans[0]
    near = range(max(0, number - _WINDOW), min(len(statements), number + _WINDOW))
    holders = [
        (last - first, place)
        for place in near
        for first, last in statements[place].spans
        if place != number and first <= mine[0] and mine[1] <= last
    ]
    return min(holders)[1] if holders else None
