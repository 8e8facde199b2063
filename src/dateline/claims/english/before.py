"""What was said, before or around its attribution: "…, she said", "The plan, she said, failed"."""

from dateline.claims.english.finds import Content, Scene
from dateline.claims.english.groups import Group
from dateline.claims.english.lexicon import Frame, word_set
from dateline.claims.english.lines import Line, closing_quote
from dateline.claims.english.phrases import has_verb, holds_verb, told_after
from dateline.claims.quotes import Quote

_NOT_CONTENT = word_set("not_content")
_ASKED = frozenset(("that", "what", "how", "why"))
_NEAR = 4  # tokens: a colon nearer to the attribution is part of what was said


def spoken_before(scene: Scene, group: Group, edge: int) -> Content | None:
    """Find what was said before "…, she said": `edge` is the first token of the attribution."""
    line, tags, mark = scene.line, scene.line.tags, edge - 1
    frames = {frame.take: frame for frame in group.cue.frames}
    frame = frames.get("clause") or frames.get("quote") or frames.get("quoted")
    if frame is None or mark < 0:
        return None
    closing = mark - 1 if tags[mark] == "," and mark > 0 else mark
    number = closing_quote(scene.sheet, closing) if tags[closing] in "\"'" else None
    if number is None and tags[closing] == "'" and closing > 0:
        number = closing_quote(scene.sheet, closing - 1)
    if number is not None:
        return _quote_before(line, number, group, frame)
    if tags[mark] not in ",-" or mark <= line.first or "clause" not in frames:
        return None
    begin = _content_start(line, mark)
    if not _is_clause(line, begin, mark):
        return None
    return Content([line.words.span(begin, mark)], frame, group.last, is_before=True)


def _is_clause(line: Line, begin: int, mark: int) -> bool:
    """Say whether what stands before "…, she said" can be all of what she said."""
    if mark - begin < 2 or not holds_verb(line, begin, mark):
        return False
    if line.tags[begin] == "B" and line.low[begin] not in _ASKED:
        commas = [at for at in range(begin, mark) if line.tags[at] == ","]
        return any(holds_verb(line, at + 1, mark) for at in commas[-1:])  # "If it rains, we stay"
    return True


def _quote_before(line: Line, number: int, group: Group, frame: Frame) -> Content:
    """Take the quotation before an attribution, or the sentence whose end it is."""
    quote = line.words.quotes[number]
    begin = line.words.at(quote.outer[0])
    while begin > line.first and line.tags[begin - 1] in "'\"":
        begin -= 1
    if _ends_sentence(line, begin, quote):
        start = _content_start(line, begin)
        span = (line.words.tokens[start].start, quote.outer[1])
        return Content([span], frame, group.last, is_before=True)
    return Content(list(quote.spans), frame, group.last, quotes=(number,), is_before=True)


def _ends_sentence(line: Line, begin: int, quote: Quote) -> bool:
    """Say whether a quotation is the end of what was said: "The plan is “a disaster,” she said"."""
    if begin - line.first <= 1 or quote.inside or line.tags[begin - 1] in '.:"?':
        return False
    if line.tags[begin - 1] not in "KLHVXMEGAPDSRBCWO#Z,":
        return False
    start = _content_start(line, begin)
    goes_on = line.words.text[quote.spans[0][0]].islower() and not _is_cue(line, begin - 2)
    return line.tags[begin - 1] != "," or goes_on or holds_verb(line, start, begin)


def _is_cue(line: Line, at: int) -> bool:
    return at >= line.first and line.low[at] in line.words.lexicon.verbs


def _content_start(line: Line, mark: int) -> int:
    """Return where what was said before a mark begins: behind "But" or the last semicolon."""
    begin = line.first
    for at in range(mark - 1, line.first, -1):
        if line.tags[at] == ";" or (line.tags[at] == ":" and mark - at > _NEAR):
            begin = at + 1
            break
    return past_openers(line, begin, mark)


def past_openers(line: Line, begin: int, last: int) -> int:
    """Return where a sentence begins behind "But", "Meanwhile," and stray marks."""
    while begin < last:
        is_opener = line.low[begin] in line.words.lexicon.openers
        if line.tags[begin] in "C\"'-.,":
            begin += 1
        elif is_opener and begin + 1 < last and line.tags[begin + 1] == ",":
            begin += 2
        else:
            break
    return begin


def spoken_around(scene: Scene, content: Content, after: int) -> None:
    """Add what goes on behind the attribution: “…,” she said, “…”."""
    line, begin = scene.line, after + 1
    if begin >= line.last or line.tags[after] != ",":
        return
    number = scene.sheet.opens.get(begin)
    if number is not None:
        content.spans += line.words.quotes[number].spans
        content.quotes = (*content.quotes, number)
        return
    if line.low[begin] in _NOT_CONTENT or content.quotes or line.tags[begin] in "GSCBP":
        return
    end = line.last - (line.tags[line.last - 1] == ".")
    has_cue = any(line.low[at] in line.words.lexicon.verbs for at in range(begin, end))
    if end > begin and not has_cue:
        content.spans.append(line.words.span(begin, end))


def spoken_apart(line: Line, group: Group, edge: int) -> Content | None:
    """Find what an attribution stands inside of: "The plan, she said, will fail"."""
    frame = next((frame for frame in group.cue.frames if frame.take == "clause"), None)
    comma = group.last
    if any(other.take == "told" for other in group.cue.frames):
        comma = told_after(line, comma)
    while comma < line.last and line.tags[comma] in "RTO":
        comma += 1
    if frame is None or comma + 2 >= line.last or line.tags[comma] != ",":
        return None
    end = line.last - (line.tags[line.last - 1] == ".")
    follows = line.tags[comma + 1]
    if follows in 'GC"' or not (follows in "VXM" or has_verb(line, comma + 1, end)):
        return None
    spans = [line.words.span(comma + 1, end)]
    begin = past_openers(line, line.first, edge - 1) if edge > line.first else edge
    if begin < edge - 1:
        spans.insert(0, line.words.span(begin, edge - 1))
    return Content(spans, frame, group.last)
