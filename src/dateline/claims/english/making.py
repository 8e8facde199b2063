"""Statements from what was found: places in the text, words, kind, nesting, confidence."""

from dataclasses import replace

from dateline.claims.english.finds import Find
from dateline.claims.english.lines import Sheet
from dateline.claims.quotes import trim_content
from dateline.model import Span, Statement, StatementKind


_EDGES = " ,;:-–—\n\t\u00a0"


def make_statements(sheet: Sheet, finds: list[Find]) -> tuple[Statement, ...]:
    """Return the statements in the order of the text, nested ones pointing to what holds them."""
    made = [_make(sheet, find) for find in finds]
    kept = sorted(
        {s.spans: s for s in sorted(made, key=lambda s: s.confidence)}.values(), key=_place
    )
    return tuple(_nest(kept))


def _place(statement: Statement) -> tuple[int, int]:
    starts = [statement.spans[0][0]]
    starts += [span[0] for span in (statement.cue_span, statement.source_span) if span]
    return min(starts), -statement.spans[-1][1]


def _make(sheet: Sheet, find: Find) -> Statement:
    words, page = sheet.words, sheet.words.page
    spans = tuple(sorted(find.content))
    spans = trim_content(words.text, spans) if find.quotes else _trim(words.text, spans)
    source = None
    if find.source is not None:
        source = _trim_pronoun(words.text, words.span(find.source.first, find.source.last))
    cue = words.span(*find.cue) if find.cue else None
    told = words.span(*find.told) if find.told else None
    return Statement(
        spans=spans,
        content=page.join(spans),
        kind=_kind(sheet, find, spans),
        speaker=page.words(source) if source else "",
        source_span=source,
        cue=page.words(cue) if cue else "",
        cue_span=cue,
        hedge=find.hedge,
        negated=find.is_negated,
        told_to=page.words(told) if told else "",
        told_to_span=told,
        confidence=round(find.trust, 3),
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
    if find.quotes and all(
        any(
            first <= start and end <= last
            for number in find.quotes
            for first, last in sheet.words.quotes[number].spans
        )
        for start, end in spans
    ):
        return StatementKind.DIRECT
    quotes = sheet.words.quotes
    has_quote = any(
        start <= quote.outer[0] and quote.spans[-1][1] <= end
        for quote in quotes
        for start, end in spans
    )
    return StatementKind.MIXED if has_quote else StatementKind.INDIRECT


def _nest(statements: list[Statement]) -> list[Statement]:
    nested = []
    for number, statement in enumerate(statements):
        holder = _holder(statements, number)
        nested.append(replace(statement, inside=holder))
    return nested


def _holder(statements: list[Statement], number: int) -> int | None:
    """Return the nearest statement whose content holds the cue and content of this one."""
    mine = statements[number]
    start, end = mine.cue_span or mine.spans[0]
    best, size = None, 0
    for place in range(max(0, number - 12), min(len(statements), number + 12)):
        for first, last in statements[place].spans:
            if (
                place != number
                and first <= start
                and end <= last
                and (best is None or last - first < size)
            ):
                best, size = place, last - first
    return best
