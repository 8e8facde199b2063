"""Where what was said ends: a clause after "said that", an object after "criticized"."""

from dateline.claims.english.finds import Scene
from dateline.claims.english.groups import Group
from dateline.claims.english.lexicon import Form, word_set
from dateline.claims.english.lines import Line
from dateline.claims.english.phrases import NOUNS, has_verb

_STOPS, _OBJECT_STOPS = word_set("stops"), word_set("object_stops")
_FRONTING, _WEEKDAYS = word_set("fronting"), word_set("weekdays")
_RELATIVE, _GOING_ON = word_set("relative"), word_set("behind_but")
_TIME_PREPOSITIONS, _SPANS_OF_TIME = word_set("time_prepositions"), word_set("spans_of_time")
_SPOKEN = frozenset(("quote", "clause", "told"))
_LONGEST_ITEM = 14  # tokens between a comma of a list and its "and"
_LONGEST_ASIDE = 30  # tokens between two dashes
_INITIAL = 2  # letters of a word whose full stop belongs to it: "Mr", "J"


def clause_end(scene: Scene, first: int, group: Group) -> int:
    """Return where a clause that was said ends."""
    line = scene.line
    at, is_fronted = first, _is_fronted(line, group)
    while at < line.last:
        if scene.ends_at(at) or (is_fronted and line.tags[at] == ","):
            return at
        if line.tags[at] in ",-;" and _ends_at_mark(line, at, group):
            return at
        if line.tags[at] == "C" and at > first and _goes_on_telling(line, at, group):
            return at
        at += 1
    return _before_stop(line, first, line.last)


def _goes_on_telling(line: Line, at: int, group: Group) -> bool:
    """Say whether "and added that" or "and he accused them of" follows."""
    if _is_next_verb(line, at, group):
        return True
    return line.tags[at + 1 : at + 2] == ["S"] and _is_told_of(line, at + 2, group)


def _is_fronted(line: Line, group: Group) -> bool:
    """Say whether a verb stands in a clause before the main one: "While saying that …, he left"."""
    if group.first == line.first:
        return True  # "Asked whether it rained, he left"
    opener = line.low[line.first]
    return opener in _FRONTING and "," not in line.tags[line.first : group.first]


def clause_of(line: Line, first: int, *, is_subject: bool) -> int:
    """Return where the clause behind a noun ends: "his claim that …" up to the next comma.

    `is_subject`: the noun is a subject, its verb follows: "his claim that it failed | surprised".
    """
    at = first
    while (
        at < line.last
        and line.tags[at] not in ",;:"
        and not (line.tags[at] == "-" and _is_spaced(line, at))
    ):
        at += 1
    end = _before_stop(line, first, at)
    return _before_main_verb(line, first, end) if is_subject else end


def _before_main_verb(line: Line, first: int, last: int) -> int:
    """Return where a verb follows that is one more than the clauses before it have."""
    verbs, clauses, need = 0, 1, False  # need: an auxiliary waits for its verb
    for at in range(first, last):
        tag, before = line.tags[at], line.tags[at - 1]
        if tag == "B" or line.low[at] in _RELATIVE or (tag == "S" and at > first and before != "B"):
            clauses += 1
        is_verb = tag in "VXM" or (tag == "E" and before in NOUNS | {"S", "E", "W"})
        if need and tag in "XVEWA":
            need = tag == "X"
        elif is_verb:
            verbs, need = verbs + 1, tag in "XM"
        elif tag not in "RN":
            need = False
        if verbs > clauses:
            return at
    return last


def object_end(scene: Scene, first: int, *, with_as: bool = False) -> int:
    """Return where the object of a verb ends; `with_as` goes on over "as heroes"."""
    line, at = scene.line, first
    while at < line.last:
        tag = line.tags[at]
        if scene.ends_at(at) or tag in ";:" or (tag == "-" and _is_spaced(line, at)):
            return at
        if tag == "," and not _is_in_list(line, at):
            return at
        is_kept = with_as and line.low[at] == "as"
        is_stop = line.low[at] in _OBJECT_STOPS and line.low[at - 1] not in _verbs(line)
        if at > first and (is_stop or _is_time(line, at)) and not is_kept:
            return at
        if tag == "C" and at > first and _is_verb(line, at + 1):
            return at
        at += 1
    return _before_stop(line, first, line.last)


def _verbs(line: Line) -> dict[str, tuple[Form, ...]]:
    return line.words.lexicon.verbs  # "to say who": what a verb is followed by is no stop


def _before_stop(line: Line, first: int, last: int) -> int:
    """Leave out the full stop, and what closes behind it, unless they close within."""
    while last > first and line.tags[last - 1] == ".":
        is_stop = line.low[last - 1] == "." and last - 2 >= first
        if is_stop and line.tags[last - 2] in "KH" and len(line.low[last - 2]) <= _INITIAL:
            break
        last -= 1
    return last


def _is_spaced(line: Line, at: int) -> bool:
    text, start = line.words.text, line.words.starts[at]
    return text[start - 1 : start].isspace() or line.low[at] in "—―"


def _ends_at_mark(line: Line, at: int, group: Group) -> bool:
    """Say whether a clause ends at a comma, dash or semicolon."""
    after = at + 1
    if after >= line.last:
        return True
    low, tag = line.low[after], line.tags[after]
    if line.tags[at] == ";":
        return low != "that"
    if line.tags[at] == "-" and not _is_spaced(line, at):
        return False
    if line.tags[at] == "-" and tag in "VXM":
        return not _closes_pair(line, at)
    if tag == "R" and after + 1 < line.last:
        after += 1
        low, tag = line.low[after], line.tags[after]
    if low in _STOPS or (low == "according" and line.tags[at] == ","):
        return True
    if low == "but":
        return _is_new_clause(line, after + 1)
    if tag in "VXME" and line.low[group.subject_end - 1] in _RELATIVE:
        return True  # "Roe, who said that it rained, left"
    if tag == "G":
        return low in line.words.lexicon.verbs and line.low[after] != "being"
    if low == "a" and after + 1 < line.last and line.low[after + 1] in _SPANS_OF_TIME:
        return True
    return tag == "C" and _is_new_attribution(line, after, group)


def _closes_pair(line: Line, dash: int) -> bool:
    """Say whether a dash ends what one before it set off: "the rest—two of them—were"."""
    before = line.tags[max(line.first, dash - _LONGEST_ASIDE) : dash]
    return before.count("-") % 2 == 1


def _is_new_clause(line: Line, first: int) -> bool:
    """Say whether a clause of its own follows ", but", not more of what was said."""
    if first >= line.last or line.low[first] in _GOING_ON or line.tags[first] == "N":
        return False
    return has_verb(line, first, min(line.last, first + _LONGEST_ITEM))


def _is_new_attribution(line: Line, at: int, group: Group) -> bool:
    """Say whether ", and" or ", but" goes on with another "he said" or "added"."""
    if _is_next_verb(line, at, group):
        return True
    place = at + 1
    if place + 1 < line.last and line.tags[place] == "S" and _is_told_of(line, place + 1, group):
        return True
    while place < min(line.last, at + 9):
        if place > at + 1 and _is_spoken_verb(line, place):
            return True
        if line.tags[place] not in "KLHSDYZRXM.#":
            return False
        place += 1
    return False


def _is_told_of(line: Line, at: int, group: Group) -> bool:
    """Say whether a verb goes on telling of a speaker: "…, and he accused them of"."""
    forms = line.words.lexicon.verbs.get(line.low[at], ())
    return group.is_past and any("past" in form.forms for form in forms)


def _is_next_verb(line: Line, at: int, group: Group) -> bool:
    """Say whether a conjunction is followed by another verb of saying of the same subject."""
    place = at + 1
    while place < line.last and line.tags[place] == "R":
        place += 1
    if place >= line.last or not _is_spoken_verb(line, place):
        return False
    forms = line.words.lexicon.verbs[line.low[place]]
    is_past = any("past" in form.forms for form in forms)
    if group.form == "ing":
        return is_past or any("ing" in form.forms for form in forms)
    if line.tags[place] == "G":
        return False
    return is_past == group.is_past and (is_past or any("s" in form.forms for form in forms))


def _is_spoken_verb(line: Line, at: int) -> bool:
    forms = line.words.lexicon.verbs.get(line.low[at], ())
    return any(frame.take in _SPOKEN for form in forms for frame in form.cue.frames)


def _is_verb(line: Line, at: int) -> bool:
    while at < line.last and line.tags[at] == "R":
        at += 1
    if at >= line.last:
        return False
    tag = line.tags[at]
    if line.low[at] in line.words.lexicon.verbs and tag in "LA":
        return line.tags[at + 1 : at + 2] in (["D"], ["S"], ["O"], ["K"], ["Z"], ["B"], ['"'])
    return tag in "VXMY" or (tag == "E" and line.tags[at + 1 : at + 2] != ["L"]) or tag == "S"


def _is_time(line: Line, at: int) -> bool:
    """Say whether "on Thursday", "in June", "last week" begins here."""
    tags, low = line.tags, line.low
    if tags[at] == "P" and low[at] in _TIME_PREPOSITIONS:
        after = tags[at + 1] if at + 1 < line.last else ""
        is_year = after == "#" and len(low[at + 1]) == 4
        return after == "T" or is_year
    return low[at] in _WEEKDAYS


def _is_in_list(line: Line, comma: int) -> bool:
    """Say whether a comma parts the members of a list that "and" ends soon."""
    tags = line.tags
    for place in range(comma + 1, min(line.last, comma + _LONGEST_ITEM)):
        tag = tags[place]
        if tag == "C":
            is_last = line.low[place] in ("and", "or", "&") and place + 1 < line.last
            goes_on = is_last and tags[place + 1] in NOUNS | {"D", "G", "E", "A"}
            return goes_on and not has_verb(line, place + 1, min(place + 8, line.last))
        if tag not in "KLHZD#P,EG.'\"" or (place > comma + 1 and tag == "E"):
            return False
    return False
