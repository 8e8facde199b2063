"""Statements without a verb of saying: "allegedly", a headline's "Smith: …", "In a poll, …"."""

from dateline.claims.english.before import past_openers
from dateline.claims.english.finds import Find
from dateline.claims.english.lines import Line, Sheet, Subject
from dateline.claims.english.phrases import NOUNS, has_verb, phrase_after
from dateline.model import Hedge

_ADVERB, _HEADLINE, _POLL = 0.7, 0.5, 0.6  # trust
_LONGEST_NAME = 6


def find_asides(sheet: Sheet, line: Line, finds: list[Find]) -> list[Find]:
    """Return what adverbs, a headline's name or a poll tell; a cue's adverb changes its hedge."""
    found = [*_by_adverbs(line, finds), *_by_poll(line)]
    headline = _by_headline(sheet, line)
    return found if headline is None else [*found, headline]


def _by_adverbs(line: Line, finds: list[Find]) -> list[Find]:
    found = []
    for at in range(line.first, line.last):
        if line.low[at] not in line.words.lexicon.adverbs or line.tags[at] == "Q":
            continue
        own = [find for find in finds if find.cue and find.cue[0] - 1 <= at < find.cue[1]]
        for find in own:
            find.hedge = Hedge.REPORTEDLY
        if not own and not _is_inside(line, at, finds):
            found.append(_around_adverb(line, at))
    return found


def _is_inside(line: Line, at: int, finds: list[Find]) -> bool:
    place = line.words.starts[at]
    return any(first <= place < last for find in finds for first, last in find.content)


def _around_adverb(line: Line, at: int) -> Find:
    begin = past_openers(line, line.first, at)
    end = line.last - (line.tags[line.last - 1] == ".")
    spans = [line.words.span(begin, at)] if begin < at else []
    if at + 1 < end:
        spans.append(line.words.span(at + 1, end))
    spans = spans or [line.words.span(at, at + 1)]
    return Find(line, spans, None, (at, at + 1), Hedge.REPORTEDLY, _ADVERB, "adverb", last=end)


def _by_headline(sheet: Sheet, line: Line) -> Find | None:
    """Read "Smith: Plan Will Fail" where the text names Smith again."""
    is_first = line.first == 0
    if not (line.is_headline or is_first):
        return None
    colon = next(
        (at for at in range(line.first, min(line.last, line.first + 8)) if line.tags[at] == ":"), 0
    )
    name = range(line.first, colon)
    if not 0 < len(name) <= _LONGEST_NAME or any(line.tags[at] not in "KHL." for at in name):
        return None
    is_known = line.low[colon - 1] in line.low[line.last : line.last + 400]
    if not is_known or colon + 1 in sheet.opens or colon + 3 >= line.last:
        return None
    end = line.last - (line.tags[line.last - 1] == ".")
    source = Subject(line.first, colon, "near", line.first)
    span = line.words.span(colon + 1, end)
    return Find(line, [span], source, None, Hedge.SAID, _HEADLINE, "headline", last=end)


def _by_poll(line: Line) -> list[Find]:
    """Read "In a poll released Monday, half of them chose …"."""
    begin = past_openers(line, line.first, line.last)
    if begin + 3 >= line.last or line.low[begin] != "in":
        return []
    comma = next((at for at in range(begin, min(line.last, begin + 16)) if line.tags[at] == ","), 0)
    polls = line.words.lexicon.sets["polls"]
    if not any(line.low[at] in polls for at in range(begin, comma)):
        return []
    end = line.last - (line.tags[line.last - 1] == ".")
    last = phrase_after(line, begin + 1)
    is_clause = comma + 2 < end and line.tags[comma + 1] in NOUNS | {"D", "S"}
    if last > comma or last <= begin + 1 or not is_clause or not has_verb(line, comma + 1, end):
        return []
    source = Subject(begin + 1, last, "after", begin + 1)
    span = line.words.span(comma + 1, end)
    cue = (begin, begin + 1)
    return [Find(line, [span], source, cue, Hedge.ACCORDING, _POLL, "poll", last=end)]
