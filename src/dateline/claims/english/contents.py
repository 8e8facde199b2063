"""What was said, for a verb of saying: after it, before it, or around it."""

from dataclasses import dataclass

from dateline.claims.english.ends import clause_end, object_end
from dateline.claims.english.groups import Group
from dateline.claims.english.lexicon import Frame
from dateline.claims.english.lines import Line, Sheet, closing_quote
from dateline.claims.english.phrases import NOUNS, has_verb, phrase_after
from dateline.model import Span

_SPOKEN = frozenset(("quote", "quoted", "clause", "told", "that"))
_WH = frozenset("how why what whether if where when who which".split())
_LATE = frozenset("when where who which".split())  # far from the verb, they begin something else
_THIS = frozenset("this last next that every each".split())
_ABOUT = frozenset("about of for against with".split())
_ADJUNCT = frozenset("PRT")
_FAR = 18  # tokens between a verb and its "that", colon or quotation
_BEGINS = frozenset("SYDKLHZ#OGQA\"'R")
_VERB_TAGS = frozenset("VXMYS")
_NOT_CONTENT = frozenset("who as while after before when adding saying".split())


@dataclass(slots=True)
class Content:
    """What was said: places in the text, and how it was found."""

    spans: list[Span]
    frame: Frame
    cue_last: int  # behind the last token of the cue, with its preposition
    told: tuple[int, int] | None = None
    quotes: tuple[int, ...] = ()
    is_before: bool = False


@dataclass(frozen=True, slots=True)
class Ahead:
    """What comes next behind a verb: "quote", "colon", "that", "wh", "clause", "comma", "end"."""

    what: str
    at: int


def look_ahead(sheet: Sheet, line: Line, first: int) -> Ahead:
    """Tell what a verb goes on with; adverbs, times and phrases like "in a letter" are passed."""
    tags, at = line.tags, first
    is_adjunct = at < line.last and tags[at] in _ADJUNCT
    is_about = at < line.last and line.low[at] in _ABOUT
    while at < min(line.last, first + _FAR):
        tag = tags[at]
        if tag == '"' and at in sheet.opens:
            return Ahead("quote", at)
        if tag == ":":
            return Ahead("colon" if at + 1 in sheet.opens or not is_about else "end", at)
        if tag in ",-;":
            return _behind_comma(sheet, line, at)
        if tag == "." and not _is_inner_stop(line, at):
            return Ahead("end", at)
        if tag == "B" or tag in _VERB_TAGS or line.low[at] in _WH:
            return _meet(line, at, first, is_adjunct=is_adjunct)
        if line.low[at] in _THIS and at + 1 < line.last and tags[at + 1] == "T":
            at += 2
            continue
        if (not is_adjunct and tag not in "RTO") or _is_measure(line, at):
            return Ahead("phrase", at)
        if tag in "EWG" and line.tags[at + 1 : at + 2] in (["P"], ["D"]):
            return _far(sheet, line, at)
        at += 1
    return Ahead("end", at) if at >= line.last else Ahead("far", at)


def _is_measure(line: Line, at: int) -> bool:
    """Say whether "at least" or "more than" begins a subject here."""
    return line.low[at : at + 2] in (["at", "least"], ["at", "most"], ["more", "than"])


def _far(sheet: Sheet, line: Line, first: int) -> Ahead:
    """Go on to a comma before a quotation: "said in a memo explaining the deal, “…”"."""
    for at in range(first, min(line.last - 1, first + _FAR)):
        if line.tags[at] in "VXMYS.;:\"":
            break
        if line.tags[at] == ",":
            return Ahead("quote", at + 1) if at + 1 in sheet.opens else Ahead("far", first)
    return Ahead("far", first)


def _behind_comma(sheet: Sheet, line: Line, comma: int) -> Ahead:
    """Look behind a comma, and behind what a second comma sets off: "said, without proof, that"."""
    if comma + 1 in sheet.opens:
        return Ahead("quote", comma + 1)
    is_set_off = comma + 1 < line.last and line.tags[comma + 1] in "PGR" and line.tags[comma] == ","
    for at in range(comma + 2, min(line.last - 1, comma + 12)) if is_set_off else ():
        if line.tags[at] in "VXMYS.;":
            break
        if line.tags[at] == ",":
            if at + 1 in sheet.opens:
                return Ahead("quote", at + 1)
            return Ahead("that", at + 1) if line.low[at + 1] == "that" else Ahead("comma", comma)
    return Ahead("comma", comma)


def _is_inner_stop(line: Line, at: int) -> bool:
    return at + 1 < line.last and line.low[at] == "."


def _meet(line: Line, at: int, first: int, *, is_adjunct: bool) -> Ahead:
    word = line.low[at]
    if word == "that" and line.tags[at] == "B":
        return Ahead("that", at)
    if word in _WH:
        is_far = at > first and word in _LATE
        return Ahead("end" if is_far else "wh", at)
    if line.tags[at] == "B":
        return Ahead("end", at)  # "said as he left"
    if is_adjunct and line.tags[at] in "VXM":  # the verb of a clause whose subject was passed
        return Ahead("clause", _subject_start(line, first, at))
    return Ahead("clause", at)


def _subject_start(line: Line, first: int, verb: int) -> int:
    """Return where the clause begins behind "on Tuesday" or "in Iowa"."""
    for at in range(first, verb):
        if line.tags[at] in "DS" and at > first and line.tags[at - 1] != "P":
            return at
        if line.tags[at] in "KLH" and at > first and line.tags[at - 1] in "T#R":
            return at
    return first


def spoken_after(
    sheet: Sheet, line: Line, group: Group, ends: dict[int, int]
) -> Content | None:
    """Find what was said behind a verb of saying: a quotation, a clause, or both."""
    frames = {frame.take: frame for frame in group.cue.frames}
    first, told = group.last, None
    if "told" in frames or "them_to" in frames:
        told = _addressee(sheet, line, group, frames)
        first = told[1] if told else first
    ahead = look_ahead(sheet, line, first)
    content: Content | None = None
    quote = frames.get("quote") or frames.get("quoted")
    is_loose = "quote" not in frames and line.tags[ahead.at - 1] not in ",:-"
    if ahead.what == "quote" and quote is not None and not is_loose:
        content = _quoted(sheet, line, ahead.at, group, (quote, ends))
    elif ahead.what == "quote" and "clause" in frames:
        content = _clause(line, ahead.at, group, (frames["clause"], ends))
    elif ahead.what == "colon" and quote is not None:
        content = _behind_colon(sheet, line, ahead.at, group, quote)
    elif ahead.what in ("that", "wh") and ("clause" in frames or "that" in frames):
        begin = ahead.at + (ahead.what == "that")
        frame = frames.get("clause") or frames["that"]
        content = _clause(line, begin, group, (frame, ends))
    elif ahead.what in ("clause", "phrase") and "clause" in frames:
        begin = ahead.at
        content = _bare_clause(line, begin, group, (frames["clause"], ends))
    if content is not None:
        content.told = told
    return content


def _addressee(
    sheet: Sheet, line: Line, group: Group, frames: dict[str, Frame]
) -> tuple[int, int] | None:
    first = group.last
    if first < line.last and line.low[first] == "to":  # "clarified to AFP"
        return None
    last = phrase_after(line, first, longest=14)
    if last == first:
        return None
    ahead = look_ahead(sheet, line, last)
    goes_on = ahead.what in ("quote", "colon", "that", "wh", "clause")
    if goes_on or ("told" in frames and "noun" not in frames):
        return first, last
    return None


def told_of(line: Line, group: Group) -> tuple[int, int] | None:
    """Return whom something was told: "told the press", "said to AFP"."""
    takes = {frame.take for frame in group.cue.frames}
    first = group.last
    if "told" in takes and "noun" not in takes:
        last = phrase_after(line, first, longest=14)
        return (first, last) if last > first else None
    if first + 1 < line.last and line.low[first] == "to" and "clause" in takes:
        last = phrase_after(line, first + 1, longest=14)
        is_someone = last > first + 1 and line.tags[first + 1] in "KHDSO"
        return (first + 1, last) if is_someone else None
    return None


def _clause(
    line: Line, begin: int, group: Group, how: tuple[Frame, dict[int, int]]
) -> Content | None:
    frame, ends = how
    end = clause_end(line, begin, group, ends)
    if end - begin < 1:
        return None
    return Content([line.words.span(begin, end)], frame, group.last)


def _bare_clause(
    line: Line, begin: int, group: Group, how: tuple[Frame, dict[int, int]]
) -> Content | None:
    if begin >= line.last or line.tags[begin] not in _BEGINS:
        return None
    frame, ends = how
    end = clause_end(line, begin, group, ends)
    is_plain = group.cue.lemma == "say" and end - begin > 1
    if end - begin < 2 or not (is_plain or _holds_verb(line, begin, end)):
        return None
    return Content([line.words.span(begin, end)], frame, group.last)


def _holds_verb(line: Line, begin: int, end: int) -> bool:
    if has_verb(line, begin, end):
        return True
    verbs = line.words.lexicon.verbs
    return any(
        line.low[at] in verbs and line.tags[at - 1] in NOUNS and line.tags[at] in "LA"
        for at in range(begin + 1, end)
    )


def _quoted(
    sheet: Sheet, line: Line, mark: int, group: Group, how: tuple[Frame, dict[int, int]]
) -> Content:
    """Take the quotation that opens at a mark, or the clause that it begins."""
    frame, ends = how
    number = sheet.opens[mark]
    after = sheet.inside[number][1] + 1
    quote = line.words.quotes[number]
    is_whole = line.words.text[quote.spans[-1][1] - 1] in ",.?!"
    if quote.is_closed and not is_whole and after < line.last and line.tags[after] in "VXMLKAEG":
        end = clause_end(line, mark, group, ends)
        return Content([line.words.span(mark, end)], frame, group.last)
    return Content(list(quote.spans), frame, group.last, quotes=(number,))


def _behind_colon(
    sheet: Sheet, line: Line, colon: int, group: Group, frame: Frame
) -> Content | None:
    number = sheet.opens.get(colon + 1)
    if number is not None:
        return Content(list(line.words.quotes[number].spans), frame, group.last, quotes=(number,))
    if colon + 2 < line.last and "clause" in {f.take for f in group.cue.frames}:
        end = line.last - (line.tags[line.last - 1] == ".")
        return Content([line.words.span(colon + 1, end)], frame, group.last)
    return None


def spoken_before(
    sheet: Sheet, line: Line, group: Group, edge: int, ends: dict[int, int]
) -> Content | None:
    """Find what was said before "…, she said": `edge` is the first token of the attribution."""
    frames = {frame.take: frame for frame in group.cue.frames}
    frame = frames.get("clause") or frames.get("quote") or frames.get("quoted")
    mark = edge - 1
    if frame is None or mark < 0:
        return None
    tags = line.tags
    closing = mark - 1 if tags[mark] == "," and mark > 0 else mark
    number = closing_quote(sheet, closing) if tags[closing] in "\"'" else None
    if number is None and tags[closing] == "'" and closing > 0:
        number = closing_quote(sheet, closing - 1)
    if number is not None:
        return _quote_before(sheet, line, number, (frame, group))
    if tags[mark] not in ",-" or mark <= line.first:
        return None
    begin = _content_start(line, mark)
    if "clause" not in frames or not _is_clause(line, begin, mark):
        return None
    return Content([line.words.span(begin, mark)], frame, group.last, is_before=True)


def _is_clause(line: Line, begin: int, mark: int) -> bool:
    """Say whether what stands before "…, she said" can be all of what she said."""
    if mark - begin < 2 or not _holds_verb(line, begin, mark):
        return False
    if line.tags[begin] == "B" and line.low[begin] not in ("that", "what", "how", "why"):
        commas = [at for at in range(begin, mark) if line.tags[at] == ","]
        return any(_holds_verb(line, at + 1, mark) for at in commas)  # "If it rains, we stay, …"
    return True


def _quote_before(
    sheet: Sheet, line: Line, number: int, how: tuple[Frame, Group]
) -> Content:
    frame, group = how
    quote = line.words.quotes[number]
    opening = line.words.at(quote.outer[0])
    begin = opening
    while begin > line.first and line.tags[begin - 1] in "'\"":
        begin -= 1
    words_before = begin - line.first
    is_part = words_before > 1 and line.tags[begin - 1] not in '.:"?' and not quote.inside
    if is_part and line.tags[begin - 1] in "KLHVXMEGAPDSRBCWO#Z,":
        start = _content_start(line, begin)
        end = line.words.at(quote.spans[-1][1])
        if _holds_verb(line, start, begin) or line.tags[begin - 1] not in ",":
            span = (line.words.tokens[start].start, quote.outer[1])
            return Content([span], frame, group.last, is_before=True)
        del end
    return Content(list(quote.spans), frame, group.last, quotes=(number,), is_before=True)


def _content_start(line: Line, mark: int) -> int:
    """Return where what was said before a mark begins: behind "But" or the last semicolon."""
    begin = line.first
    for at in range(mark - 1, line.first, -1):
        if line.tags[at] == ";" or (line.tags[at] == ":" and mark - at > 4):
            begin = at + 1
            break
    return past_openers(line, begin, mark)


def past_openers(line: Line, begin: int, last: int) -> int:
    """Return where a sentence begins behind "But", "Meanwhile," and stray marks."""
    while begin < last:
        is_opener = line.low[begin] in line.words.lexicon.openers
        follows = line.tags[begin + 1] if begin + 1 < last else ""
        if line.tags[begin] in "C\"'-.,":
            begin += 1
        elif is_opener and follows == ",":
            begin += 2
        else:
            break
    return begin


def spoken_around(sheet: Sheet, line: Line, content: Content, after: int) -> None:
    """Add what goes on behind the attribution: "The plan, she said, will fail"."""
    if after >= line.last or line.tags[after] != ",":
        return
    begin = after + 1
    if begin in sheet.opens:
        number = sheet.opens[begin]
        content.spans += line.words.quotes[number].spans
        content.quotes = (*content.quotes, number)
        return
    if begin >= line.last or line.low[begin] in _NOT_CONTENT or content.quotes:
        return
    if line.tags[begin] in "GSCBP":
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
        comma = phrase_after(line, comma, longest=14)
    while comma < line.last and line.tags[comma] in "RTO":
        comma += 1
    if frame is None or comma + 2 >= line.last or line.tags[comma] != ",":
        return None
    end = line.last - (line.tags[line.last - 1] == ".")
    begin = past_openers(line, line.first, edge - 1) if edge > line.first else edge
    goes_on = line.tags[comma + 1] in "VXM" or has_verb(line, comma + 1, end)
    if not goes_on or line.tags[comma + 1] in "GC" or line.tags[comma + 1 : comma + 2] == ['"']:
        return None
    spans = [line.words.span(comma + 1, end)]
    if begin < edge - 1:
        spans.insert(0, line.words.span(begin, edge - 1))
    return Content(spans, frame, group.last, is_before=False)


def thing_after(line: Line, group: Group, ends: dict[int, int]) -> Content | None:
    """Find what a verb is about that takes no clause: "hopes to win", "criticized the plan"."""
    first = group.last
    while first < line.last and line.tags[first] in "RT":
        first += 1
    if first >= line.last:
        return None
    for frame in group.cue.frames:
        found = _thing(line, first, frame, ends)
        if found is not None:
            begin, cue_last = found
            end = object_end(line, begin, ends, with_as=frame.take == "as")
            if end > begin:
                span = line.words.span(begin, end)
                return Content([span], frame, max(cue_last, group.last))
    return None


def _thing(line: Line, first: int, frame: Frame, ends: dict[int, int]) -> tuple[int, int] | None:
    """Return where the thing begins and the cue ends if a frame fits what stands at `first`."""
    take, tag, low = frame.take, line.tags[first], line.low[first]
    del ends
    if take in _SPOKEN:
        return None
    if take == "to":
        begin = first + (low == "not")
        is_to = line.low[begin : begin + 1] == ["to"] and begin + 1 < line.last
        return (first, 0) if is_to and line.tags[begin + 1] not in "DKHP" else None
    if take in ("them_to", "of_them"):
        end = phrase_after(line, first, longest=14)
        end += line.low[end : end + 1] == ["not"]
        follows = ("to",) if take == "them_to" else ("of",)
        return (first, 0) if end > first and line.low[end : end + 1] == [*follows] else (
            (first, 0) if take == "of_them" and end > first and "of" in line.low[first:end] else None
        )
    if take in ("noun", "as"):
        is_thing = tag in "DKLHZ#OBG\"'" and low not in ("that", "because", "as", "if")
        return (first, 0) if is_thing or (tag == "A" and low != "back") else None
    if take == "doing":
        return (first, 0) if tag == "G" else None
    if low == take and first + 1 < line.last:
        return first + 1, first + 1
    return None
