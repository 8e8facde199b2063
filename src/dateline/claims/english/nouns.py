"""Statements by nouns: "his claim that", "the minister's promise to", "calls by unions for"."""

from dateline.claims.english.ends import clause_of, object_end
from dateline.claims.english.finds import Find, Scene
from dateline.claims.english.lexicon import Frame
from dateline.claims.english.lines import Line, Sheet, Subject
from dateline.claims.english.phrases import clause_start, has_verb, phrase_after, phrase_before
from dateline.claims.english.withdrawals import OWN

_POSSESSIVES = frozenset(("his", "her", "their", "its", "my", "our"))
_BY = frozenset(("by", "from"))
_BACK = 4  # tokens between a possessive and its noun: "his repeated public claims"
_BETWEEN = frozenset("LREGWKA")


def find_by_nouns(sheet: Sheet, line: Line, finds: list[Find]) -> list[Find]:
    """Return the statements of a line that nouns tell, where their owner is named."""
    taken = {find.cue[1] - 1 for find in finds if find.cue}
    for find in finds:  # "withdrew his claim that" is one cue
        taken |= set(range(*find.cue)) if find.cue and find.take in OWN else set()
    nouns, found = line.words.lexicon.nouns, []
    for at in range(line.first, line.last):
        cue = nouns.get(line.low[at]) if line.tags[at] != "Q" else None
        if cue is None or at in taken:
            continue
        read = _read(sheet, line, at, {frame.take: frame for frame in cue.frames})
        if read is not None:
            found.append(read)
    return found


def _read(sheet: Sheet, line: Line, at: int, frames: dict[str, Frame]) -> Find | None:
    after, source = at + 1, _owner(line, at)
    if source is None and after < line.last and line.low[after] in _BY:
        end = phrase_after(line, after + 1)
        source = Subject(after + 1, end, "after", after + 1) if end > after + 1 else None
        after = end if source else after
    if source is None or after >= line.last:
        return None
    word = line.low[after]
    frame = frames.get(word)
    if frame is None or after + 2 > line.last:
        return None
    if word == "to" and line.tags[after + 1 : after + 2] in (["D"], ["K"], ["H"], ["P"], ["O"]):
        return None
    begin = after + (word != "to")
    if word == "that":
        is_subject = not has_verb(line, clause_start(line, at), at)
        end = clause_of(line, begin, is_subject=is_subject)
    else:
        whole = object_end(Scene(sheet, line), begin)
        end = whole if word == "to" else min(phrase_after(line, begin) or whole, whole)
    if end <= begin:
        return None
    return Find(
        line,
        [line.words.span(begin, end)],
        source,
        (at, begin if word != "to" else at + 1),
        frame.hedge,
        frame.trust,
        "noun of",
        last=end,
    )


def _owner(line: Line, at: int) -> Subject | None:
    """Return the possessive before a noun: "his", "Ann Roe's"."""
    place = at - 1
    while place > max(line.first, at - _BACK) and line.tags[place] in _BETWEEN:
        place -= 1
    if place < line.first:
        return None
    if line.low[place] in _POSSESSIVES:
        return Subject(place, place + 1, "pronoun", place)
    if line.tags[place] == "Z" or (line.tags[place] == "'" and line.low[place - 1].endswith("s")):
        start = phrase_before(line, place + 1)
        return None if start is None else Subject(start, place + 1, "near", start)
    return None
