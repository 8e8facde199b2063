"""Quotations that no cue of their own line took: whose they are by what stands around them."""

from dateline.claims.english.finds import Find
from dateline.claims.english.lines import Line, Sheet
from dateline.claims.english.phrases import phrase_before
from dateline.claims.english.subjects import Subject, main_subject
from dateline.claims.quotes import Quote
from dateline.model import Hedge


_LONG = 12  # tokens of a quotation that stands alone and is told though its source is not known


def attach_quotes(sheet: Sheet, finds: list[Find], turns: list[Find]) -> list[Find]:
    """Return the finds with the quotations that were left over, each with the likeliest source."""
    used = {number for find in finds for number in find.quotes}
    covered = sorted(span for find in finds for span in find.content)
    spoken = [turn.content[0] for turn in turns]
    added: list[Find] = []
    lines = [line for line in sheet.lines if line.level == 0]
    by_number = {number: find for find in finds for number in find.quotes}
    for number, quote in enumerate(sheet.words.quotes):
        if number in used or number not in sheet.inside or quote.inside is not None:
            continue
        if quote.is_scare or _is_covered(quote, covered) or _meets(quote, spoken):
            continue
        line = _line_of(sheet, lines, number)
        if line is None:
            continue
        found = _attach(sheet, line, number, by_number)
        if found is not None:
            by_number[number] = found
            if found not in finds and found not in added:
                added.append(found)
    return finds + added


def _is_covered(quote: Quote, spans: list[tuple[int, int]]) -> bool:
    start, end = quote.spans[0][0], quote.spans[-1][1]
    return any(first <= start and end <= last for first, last in spans)


def _meets(quote: Quote, spans: list[tuple[int, int]]) -> bool:
    start, end = quote.outer
    return any(start < last and first < end for first, last in spans)


def _line_of(sheet: Sheet, lines: list[Line], number: int) -> Line | None:
    first = sheet.inside[number][0] - 1
    for line in lines:
        if line.first <= first < line.last:
            return line
    return None


def _attach(sheet: Sheet, line: Line, number: int, known: dict[int, Find]) -> Find | None:
    words, quote = sheet.words, sheet.words.quotes[number]
    opening = words.at(quote.outer[0])
    begins = opening <= line.first + 1
    previous = _previous(sheet, number, known)
    signed = _signature(sheet, line, number)
    if signed is not None:
        return _new(line, number, quote, (signed, 0.85))
    if begins and previous is not None and _is_same_paragraph(sheet, previous, quote):
        _extend(previous, number, quote)
        return previous
    if opening > line.first + 1 and line.tags[opening - 1] == ":":
        start = phrase_before(line, opening - 1)
        if start is not None and _is_name(line, start, opening - 1):
            source = Subject(start, opening - 1, "near", start)
            return _new(line, number, quote, (source, 0.78))
    if _is_title(sheet, number):
        return None
    if begins and previous is not None and previous.source is not None:
        return _new(line, number, quote, (previous.source, 0.6))
    if begins:
        is_long = sheet.inside[number][1] - sheet.inside[number][0] > _LONG
        return _new(line, number, quote, (None, 0.3)) if is_long else None
    source = main_subject(line, opening)
    return _new(line, number, quote, (source, 0.4)) if source else None


def _signature(sheet: Sheet, line: Line, number: int) -> Subject | None:
    """Return the name behind a quotation that stands for itself: “…” — Ann Roe."""
    first = sheet.inside[number][1] + 1
    if first + 1 >= line.last or line.tags[first] != "-":
        return None
    at = first + 1
    while at < min(line.last, first + 8) and line.tags[at] in "KH.":
        at += 1
        is_broken = at < line.last and "\n" in line.words.text[_end(line, at) : line.words.starts[at]]
        if at == line.last or is_broken:
            last = at - (line.tags[at - 1] == ".")
            return Subject(first + 1, last, "after", first + 1) if last > first + 1 else None
    return None


def _end(line: Line, at: int) -> int:
    return line.words.tokens[at - 1].end


def _is_name(line: Line, first: int, last: int) -> bool:
    """Say whether a phrase before a colon names who speaks: it begins a line and has a capital."""
    is_begun = first <= line.first + 1 or line.tags[first - 1] in '".'
    return is_begun and any(tag in "KH" for tag in line.tags[first:last]) and last - first <= 12


def _is_title(sheet: Sheet, number: int) -> bool:
    """Say whether a quotation is rather a name: few words, the long ones with a capital."""
    first, last = sheet.inside[number]
    tokens = [token for token in sheet.words.tokens[first:last] if token.is_word]
    if len(tokens) < 3:
        return True
    long = [token for token in tokens if len(token.text) > 3]
    return len(tokens) <= 12 and sum(token.is_high for token in long) >= 0.8 * len(long)


def _previous(sheet: Sheet, number: int, known: dict[int, Find]) -> Find | None:
    for earlier in range(number - 1, max(-1, number - 6), -1):
        if earlier in known:
            return known[earlier]
    return None


def _is_same_paragraph(sheet: Sheet, find: Find, quote: Quote) -> bool:
    between = sheet.words.text[find.content[-1][1] : quote.outer[0]]
    return "\n" not in between and len(between) < 400


def _extend(find: Find, number: int, quote: Quote) -> None:
    find.content = [*find.content, *quote.spans]
    find.quotes.append(number)


def _new(line: Line, number: int, quote: Quote, who: tuple[Subject | None, float]) -> Find:
    source, trust = who
    return Find(
        line, list(quote.spans), source, None, Hedge.SAID, trust, "quote", False, None, [number],
        line.last,
    )
