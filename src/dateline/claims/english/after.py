"""What was said, behind a verb of saying: a quotation, a clause, or the thing it is about."""

from dateline.claims.english.ahead import Ahead, is_measure, look_ahead
from dateline.claims.english.denials import (
    has_clause,
    is_denied_clause,
    is_withheld_thing,
    reported_thing,
)
from dateline.claims.english.ends import clause_end, object_end
from dateline.claims.english.finds import Content, Scene
from dateline.claims.english.groups import Group
from dateline.claims.english.lexicon import Frame, word_set
from dateline.claims.english.lines import Line
from dateline.claims.english.phrases import holds_verb, phrase_after, told_after
from dateline.claims.english.withdrawals import OWN, is_done, is_saying, own_end, own_thing
from dateline.model import Hedge

_LINKS, _WHEN, _ASKING = word_set("relative"), word_set("when"), word_set("asking")
_LONGEST_NAME = 12  # tokens
_SPOKEN = frozenset(("quote", "quoted", "clause", "told", "that"))
_LONGEST_THING = 16  # words of a thing whose number is told
_ABOUT = 5  # "at", words like "about" and the number behind it
_BEGINS = "SYDKLHZ#OGQA\"'R"  # tags that may begin a clause without "that"


def spoken_after(scene: Scene, group: Group) -> Content | None:
    """Find what was said behind a verb of saying: a quotation, a clause, or both."""
    frames = {frame.take: frame for frame in group.cue.frames}
    told = _addressee(scene, group, frames)
    ahead = look_ahead(scene.sheet, scene.line, told[1] if told else group.last)
    quote, clause = frames.get("quote") or frames.get("quoted"), frames.get("clause")
    is_loose = "quote" not in frames and scene.line.tags[ahead.at - 1] not in ",:-"
    content: Content | None = None
    if ahead.what == "quote" and quote is not None and not is_loose:
        content = _quoted(scene, ahead.at, group, quote)
    elif ahead.what == "quote" and clause is not None:
        content = _clause(scene, ahead.at, group, clause)
    elif ahead.what == "colon" and quote is not None:
        content = _behind_colon(scene, ahead.at, group, quote)
    elif ahead.what in ("that", "wh"):
        frame = clause or frames.get("that")
        is_fit = frame is not None and _fits(scene.line, ahead, group)
        begin = ahead.at + (ahead.what == "that")
        content = _clause(scene, begin, group, frame) if frame is not None and is_fit else None
    elif ahead.what in ("clause", "phrase") and clause is not None:
        content = _bare_clause(scene, ahead.at, group, clause)
    if content is not None:
        content.told = told
    return content


def _fits(line: Line, ahead: Ahead, group: Group) -> bool:
    """Say whether "that" or "when" opens what was said: "a time", "which" and "this" do not."""
    if ahead.what == "wh":
        is_known = group.is_negated or group.cue.lemma in _ASKING
        return is_known or line.low[ahead.at] not in _WHEN | _LINKS
    after = line.tags[ahead.at + 1] if ahead.at + 1 < line.last else "."
    if group.cue.lemma == "say" or after not in "VXMLA":
        return True
    is_noun_too = group.cue.lemma in line.words.lexicon.also_nouns
    if after in "VXM":
        return not is_noun_too  # "reports that show"
    return holds_verb(line, ahead.at + 1, line.last)  # "repeated that approach"


def _addressee(scene: Scene, group: Group, frames: dict[str, Frame]) -> tuple[int, int] | None:
    """Return who stands between a verb and what was said: "told CNN that", "asked him whether"."""
    line, first = scene.line, group.last
    is_told = "told" in frames
    if not is_told and "them_to" not in frames:
        return None
    if first < line.last and line.low[first] == "to":  # "appealed to them"
        return None
    last = told_after(line, first)
    if last == first:
        return None
    goes_on = look_ahead(scene.sheet, line, last).what in ("quote", "colon", "that", "wh", "clause")
    return (first, last) if goes_on or (is_told and "noun" not in frames) else None


def told_of(line: Line, group: Group) -> tuple[int, int] | None:
    """Return whom something was told: "told the press", "said to AFP"."""
    takes = {frame.take for frame in group.cue.frames}
    first = group.last
    if "told" in takes and "noun" not in takes:
        last = told_after(line, first)
        return (first, last) if last > first else None
    if first + 1 < line.last and line.low[first] == "to" and "clause" in takes:
        last = told_after(line, first + 1)
        is_someone = last > first + 1 and line.tags[first + 1] in "KHDSO"
        return (first + 1, last) if is_someone else None
    return None


def _clause(scene: Scene, begin: int, group: Group, frame: Frame) -> Content | None:
    end = clause_end(scene, begin, group)
    if end <= begin:
        return None
    return Content([scene.line.words.span(begin, end)], frame, group.last)


def _bare_clause(scene: Scene, begin: int, group: Group, frame: Frame) -> Content | None:
    """Take a clause without "that": "said it would rain"."""
    line = scene.line
    if begin >= line.last or not (line.tags[begin] in _BEGINS or is_measure(line, begin)):
        return None
    end = clause_end(scene, begin, group)
    takes_thing = any(other.take == "noun" for other in group.cue.frames)
    is_clause = holds_verb(line, begin, end) and _has_own_verb(
        line, begin, end, takes_thing=takes_thing
    )
    is_loose = group.cue.lemma == "say" and not _is_name(line, begin, end)
    if end - begin < 2 or not (is_clause or is_loose):
        return None
    if frame.hedge is Hedge.DENIED and not is_denied_clause(line, begin):
        return None
    return Content([line.words.span(begin, end)], frame, group.last)


def _is_name(line: Line, begin: int, end: int) -> bool:
    """Say whether there is nothing but a name or a time: "said late Saturday"."""
    tokens = range(begin, min(end, begin + _LONGEST_NAME))
    return all(line.tags[at] in "KHZ.()?T#R" or line.low[at] in ("late", "early") for at in tokens)


def _has_own_verb(line: Line, begin: int, end: int, *, takes_thing: bool) -> bool:
    """Say whether what begins a clause can be its subject: no mark or "as" ends the phrase.

    `takes_thing`: the cue may have an object, as "highlights the path he will walk".
    """
    at = phrase_after(line, begin)
    while at < end and line.tags[at] in "RT":
        at += 1
    if at >= end:
        return at > begin and holds_verb(line, begin, end)
    if line.tags[at] == ",":  # "Ann Roe, the mayor, was ill"
        second = next((place for place in range(at + 1, end) if line.tags[place] == ","), end)
        return second + 1 < end and line.tags[second + 1] in "VXMERN"
    is_object = takes_thing and (line.tags[at] in "BS" or line.low[at] in _LINKS)
    is_joined = line.tags[at] == "B" and line.low[at] not in _LINKS
    return not (is_object or is_joined or line.tags[at] in ".;:-C") or at == begin


def _quoted(scene: Scene, mark: int, group: Group, frame: Frame) -> Content:
    """Take the quotation that opens at a mark, or the clause that it begins."""
    line, number = scene.line, scene.sheet.opens[mark]
    after, quote = scene.sheet.inside[number][1] + 1, line.words.quotes[number]
    is_whole = line.words.text[quote.spans[-1][1] - 1] in ",.?!"
    if quote.is_closed and not is_whole and after < line.last and line.tags[after] in "VXMLKAEG":
        end = clause_end(scene, mark, group)
        return Content([line.words.span(mark, end)], frame, group.last)
    return Content(list(quote.spans), frame, group.last, quotes=(number,))


def _behind_colon(scene: Scene, colon: int, group: Group, frame: Frame) -> Content | None:
    line, number = scene.line, scene.sheet.opens.get(colon + 1)
    if number is not None:
        return Content(list(line.words.quotes[number].spans), frame, group.last, quotes=(number,))
    if colon + 2 < line.last and any(other.take == "clause" for other in group.cue.frames):
        end = line.last - (line.tags[line.last - 1] == ".")
        return Content([line.words.span(colon + 1, end)], frame, group.last)
    return None


def thing_after(scene: Scene, group: Group) -> Content | None:
    """Find what a verb is about that takes no clause: "hopes to win", "criticized the plan"."""
    line, first = scene.line, group.last
    while first < line.last and line.tags[first] in "RT":
        first += 1
    if first >= line.last:
        return None
    frames = [f for f in group.cue.frames if f.take not in OWN or is_done(line, group)]
    things = ((frame, _thing(line, first, frame.take)) for frame in frames)
    frame, begin = next(((frame, at) for frame, at in things if at >= 0), (None, first))
    if frame is None or (group.cue.lemma == "deny" and is_withheld_thing(line, first)):
        return None
    is_clause = (frame.take == "reported" and has_clause(line, begin)) or (
        frame.take == "doing" and is_saying(line, begin)
    )
    if frame.take in OWN or is_clause:
        end = own_end(scene, begin, group)
    else:
        end = object_end(scene, begin, with_as=frame.take == "as")
    if end <= begin:
        return None
    cue_last = begin if begin > first else group.last
    return Content([line.words.span(begin, end)], frame, cue_last)


def _thing(line: Line, first: int, take: str) -> int:
    """Return where the thing begins if a way to go on fits what stands at `first`, -1 else."""
    tag, low = line.tags[first], line.low[first]
    if take in _SPOKEN:
        return -1
    if take in OWN:
        return own_thing(line, first, take)
    if take == "reported":
        return reported_thing(line, first)
    if take == "to":
        return first if _is_infinitive(line, first) else -1
    if take == "to_thing":
        is_thing = low == "to" and not _is_infinitive(line, first) and first + 1 < line.last
        return first + 1 if is_thing else -1
    if take in ("them_to", "of_them"):
        return first if _is_someone_with(line, first, take) else -1
    if take == "amount" and not _is_put_at_number(line, first):
        return -1
    if take in ("noun", "as", "amount"):
        is_thing = tag in "DKLHZ#OBG\"'" and low not in ("that", "because", "as", "if")
        return first if is_thing or (tag == "A" and low != "back") else -1
    if take == "doing":
        return first if tag == "G" or low in ("having", "being") else -1
    return first + 1 if low == take and first + 1 < line.last else -1


def _is_put_at_number(line: Line, first: int) -> bool:
    """Say whether a thing is followed by "at" and a number: "the number of dead at around 60"."""
    for at in range(first + 1, min(first + _LONGEST_THING, line.last - 1)):
        if line.tags[at] in ",;:.\"'":
            return False
        if line.low[at] == "at" and "#" in line.tags[at + 1 : min(at + _ABOUT, line.last)]:
            return True
    return False


def _is_infinitive(line: Line, first: int) -> bool:
    begin = first + (line.low[first] == "not")
    is_to = line.low[begin : begin + 1] == ["to"] and begin + 1 < line.last
    return is_to and line.tags[begin + 1] not in "DKHP"


def _is_someone_with(line: Line, first: int, take: str) -> bool:
    """Say whether "them to" or "them of" follows."""
    end = told_after(line, first)
    if end == first:
        return False
    if take == "of_them" and "of" in line.low[first:end]:
        return True
    end += line.low[end : end + 1] == ["not"]
    return line.low[end : end + 1] == ["to" if take == "them_to" else "of"]
