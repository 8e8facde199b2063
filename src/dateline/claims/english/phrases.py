"""Noun phrases beside a verb: who says it, and to whom."""

from dataclasses import dataclass

from dateline.claims.english.lexicon import word_set
from dateline.claims.english.lines import Line

NOUNS = frozenset("KLH#Z")
PREPOSITIONS = word_set("near_prepositions")
_OF = frozenset(("of", "for", "from"))
_LONGEST_TOLD = 14  # tokens
_LONGEST = 40  # tokens
_LINKS, _ALONE = word_set("relative"), word_set("alone")
_BEFORE_TIME = word_set("before_time")


def phrase_before(line: Line, end: int) -> int | None:
    """Return the first token of the noun phrase that ends before `end`, None where none does."""
    tags, first = line.tags, max(line.first, end - _LONGEST)
    if end - 1 < first or tags[end - 1] in "PC":
        return None
    if tags[end - 1] == "D" and line.low[end - 1] not in _ALONE:
        return None
    if tags[end - 1] in "SOY":
        return end - 1
    walk = _Walk(line, first)
    at = start = end
    while at > first:
        at -= 1
        step = walk.step(at, start)
        if step == 0:
            break
        at -= step - 1
        start = at
    if not walk.has_noun and not walk.is_edge:
        return None
    at = start - 1
    if at >= first and tags[at] in "VXMEYP":
        start = _over_relative(line, at, first, start)
    return _right_edge(line, at, start, end)


@dataclass(slots=True)
class _Walk:
    """A walk to the left through a noun phrase: what it has met so far."""

    line: Line
    first: int
    is_edge: bool = False  # a determiner: nothing but a preposition joins more to it
    has_noun: bool = False
    is_list: bool = False

    def step(self, at: int, start: int) -> int:
        """Return how many tokens before `start` go on with the phrase, 0 where it begins there."""
        line, tag = self.line, self.line.tags[at]
        if tag == ")":
            return _bracket(line, at, self.first)
        if tag in NOUNS or tag == "A":
            self.has_noun = self.has_noun or not self.is_edge
            return int(not self.is_edge)
        if tag == "D":
            self.is_edge = True
            return 1
        if tag in "PC,":
            if not _links(line, at, self.first, start, is_list=self.is_list):
                return 0
            self.is_list = self.is_list or tag == "C"
            self.is_edge = False
            return 1
        return int(_belongs(line, at, self.first, start))


def _bracket(line: Line, at: int, first: int) -> int:
    """Return how many tokens a bracket has that ends here, 0 where it has no beginning."""
    begin = at - 1
    while begin >= first and at - begin < 12 and line.tags[begin] != "(":
        begin -= 1
    return at - begin + 1 if begin >= first and line.tags[begin] == "(" else 0


def _links(line: Line, at: int, first: int, start: int, *, is_list: bool) -> bool:
    """Say whether a preposition, conjunction or comma joins what stands before it to a phrase."""
    if at == first or start == at + 1 == line.last:
        return False
    before = line.tags[at - 1]
    if line.tags[at] == "P" and before in "EW" and at - 2 >= first and line.tags[at - 2] in NOUNS:
        return True  # "a letter obtained by the AP"
    if before not in NOUNS and before not in ")'." and before != "A":
        return False
    tag = line.tags[at]
    if tag == "P":
        return line.low[at] in PREPOSITIONS and before != "T"
    if tag == ",":
        return is_list and not has_verb(line, clause_start(line, at), at)
    return not has_verb(line, clause_start(line, at), at)


def _belongs(line: Line, at: int, first: int, start: int) -> bool:
    """Say whether a token of an open kind is inside a noun phrase."""
    tags, tag = line.tags, line.tags[at]
    before = tags[at - 1] if at > first else ""
    after = tags[at + 1] if at + 1 < line.last else ""
    if tag in "EGW":
        is_adjective = after in NOUNS and start == at + 1 and (before in "DZ#CRL" or not before)
        is_reduced = after in "PT" and before in NOUNS and start == at + 1 and before != ""
        is_taking = tag == "G" and before in NOUNS and after in "DKLO" and start == at + 1
        return is_adjective or is_reduced or is_taking
    if tag == ".":
        return (
            bool(before) and before in "KHL" and line.words.text[line.words.starts[at] - 1] != " "
        )
    if tag == "'":
        return bool(before) and before in "KL" and line.low[at - 1].endswith("s")
    if tag == "R":
        return before == "D"
    if tag == "-":  # "the 43-year-old"
        return before == "#" and line.words.starts[at] == line.words.tokens[at - 1].end
    if tag == "T":
        return start != at + 1 or tags[at + 1] not in "KHD"
    return False


def _over_relative(line: Line, at: int, first: int, start: int) -> int:
    """Go on over a relative clause: "officials who attended the talks said"."""
    for place in range(at, max(first, at - 12), -1):
        if line.tags[place] in ',;:"-':
            return start
        if line.low[place] in _LINKS and line.tags[place - 1] in NOUNS:
            found = phrase_before(line, place)
            return start if found is None else found
        if line.tags[place] == "B":
            return start
    return start


def _right_edge(line: Line, at: int, start: int, end: int) -> int | None:
    """Cut what belongs to a phrase before: "In Iowa | Mr. Trump said"."""
    tags = line.tags
    if start < end and tags[start] == "(" and ")" in tags[start : end - 1]:
        start = tags.index(")", start) + 1
    while start < end and (tags[start] in "PCR,.)" or tags[start] == "'"):
        start += 1
    if start >= end:
        return None
    if at < line.first or tags[at] != "P":
        return start
    return next((place for place in range(end - 1, start, -1) if _parts(tags, place)), start)


def _parts(tags: list[str], place: int) -> bool:
    """Say whether a new phrase begins at a token inside what looks like one."""
    before, tag = tags[place - 1], tags[place]
    if tag == "D" or (tag == "H" and before in "KT#"):
        return before != "P"
    return tag == "K" and before in "#T"


def before_time(line: Line, end: int) -> int:
    """Return where a phrase ends without the time behind it: "the ministry on Thursday | said"."""
    at, has_time = end, False
    while at > line.first + 1:
        tag, low = line.tags[at - 1], line.low[at - 1]
        if tag == "T":
            has_time = True
        elif not has_time or not (tag in "#R" or low in _BEFORE_TIME):
            break
        at -= 1
    return at if has_time and at > line.first and line.tags[at - 1] in "KLHS)#" else end


def clause_start(line: Line, at: int) -> int:
    """Return where the clause begins that a token stands in, by marks and subordinators."""
    place, floor = at, max(line.first, at - _LONGEST)
    while place > floor and line.tags[place - 1] not in ',;:-"(B.':
        place -= 1
    return place


def has_verb(line: Line, first: int, last: int) -> bool:
    """Say whether tokens hold a finite verb, as far as their form shows it."""
    tags = line.tags
    for place in range(first, last):
        tag = tags[place]
        if tag in "VXMY" or (tag == "S" and place + 1 < last):
            return True
        if tag == "E" and place > first and _is_past(line, place):
            return True
    return False


def holds_verb(line: Line, first: int, last: int) -> bool:
    """Say whether tokens hold a finite verb, or a cue behind a noun that may be one."""
    if has_verb(line, first, last):
        return True
    verbs = line.words.lexicon.verbs
    return any(
        line.low[at] in verbs and line.tags[at - 1] in NOUNS and line.tags[at] in "LA"
        for at in range(first + 1, last)
    )


def _is_past(line: Line, at: int) -> bool:
    """Say whether a word in -ed is rather a past tense than an adjective."""
    after = line.tags[at + 1] if at + 1 < line.last else ""
    return line.tags[at - 1] in "KLHSO#" and after not in NOUNS


def phrase_after(line: Line, first: int, *, longest: int = 25) -> int:
    """Return the end of the noun phrase that begins at `first`; `first` where none does."""
    tags = line.tags
    last = min(line.last, first + longest)
    if first < last and (tags[first] in "OS" or _is_her(line, first)):
        return first + 1
    at, has_noun = first, False
    while at < last:
        step = _step(line, at, last, has_noun=has_noun)
        if step == 0:
            break
        has_noun = tags[at] in "KLH#A" or (has_noun and tags[at] not in "PCZ")
        at += step
    while at > first and tags[at - 1] in "PCD":
        at -= 1
    return at


def told_after(line: Line, first: int) -> int:
    """Return the end of who is told at `first`: "told AFP | in an interview"."""
    last = phrase_after(line, first, longest=_LONGEST_TOLD)
    for at in range(first + 1, last - 1):
        is_place = line.tags[at] == "P" and line.low[at] not in _OF
        if is_place and line.tags[at + 1] != "K":
            return at
    return last


def _is_her(line: Line, at: int) -> bool:
    """Say whether "her" stands for itself: "told her that"."""
    after = line.tags[at + 1] if at + 1 < line.last else "."
    return line.low[at] == "her" and after not in "KLHEGWRA#"


def _step(line: Line, at: int, last: int, *, has_noun: bool) -> int:
    """Return how many tokens go on with a noun phrase here, 0 where it ends."""
    tags, low, tag = line.tags, line.low, line.tags[at]
    after = tags[at + 1] if at + 1 < line.last else ""
    if tag in "KLH#ZA":
        return 1
    if tag == "D":
        return 0 if has_noun else 1
    if tag == "-":  # "the 43-year-old"
        return int(tags[at - 1] == "#" and line.words.starts[at] == line.words.tokens[at - 1].end)
    if tag in "EGW" and "-" in low[at] and after in NOUNS:
        return 1  # "the Saudi state-owned channel"
    if tag in "EGWR":
        return 0 if has_noun or after not in NOUNS | {"E", "G", "W"} else 1
    if tag == "P":
        is_time = after == "T" or (after == "D" and tags[at + 2 : at + 3] == ["T"])
        is_near = not is_time and (low[at] in ("of", "for", "from", "with") or after in "KD")
        is_link = low[at] in PREPOSITIONS and after in "DKLHZ#" and after != ""
        return int(has_noun and is_link and is_near)
    if tag == "C":
        return int(has_noun and after in "KDHL" and after != "")
    if tag == ".":
        is_short = at > line.first and tags[at - 1] in "KHL" and low[at] == "."
        return int(is_short and at + 1 < line.last and after != '"')
    if tag == "(":
        return _closing(line, at, last)
    return int(tag == "'" and low[at - 1].endswith("s"))


def _closing(line: Line, at: int, last: int) -> int:
    place = at
    while place < last and place - at < 12 and line.tags[place] != ")":
        place += 1
    return place - at + 1 if place < last and line.tags[place] == ")" else 0
