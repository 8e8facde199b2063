"""What somebody takes back: "withdrew his claim that …", "apologised for saying that …".

Only one's own words can be taken back, and only words: not troops, not a bid. So what the verb has
is a noun of saying with a clause, the speaker's own by its article; and it must be done, not asked
for, threatened or refused.
"""

from dateline.claims.english.ends import clause_end, clause_of
from dateline.claims.english.finds import Scene
from dateline.claims.english.groups import Group
from dateline.claims.english.lexicon import word_set
from dateline.claims.english.lines import Line, Subject

OWN = frozenset(("own", "own_the", "own_saying", "for_own"))  # ways in which such a verb goes on
_OWNERS, _ARTICLES = word_set("possessives"), frozenset(("the", "a", "an"))
_HEADS, _SAYING = word_set("claim_nouns"), word_set("saying_forms")
_SAID_PARTS, _OPEN = word_set("saying_parts"), word_set("not_done")
_BETWEEN = frozenset("LREGWKAT#D")
_LONGEST_HEAD = 6  # tokens: "his much repeated earlier claim"
_PAST_WILL = ("'ll", "’ll", "'d", "’d")


def is_done(line: Line, group: Group) -> bool:
    """Say whether a verb tells what was done: finite, not negated, without "will" or "may"."""
    modal = any(tag == "M" for tag in line.tags[group.first : group.at])
    return group.form == "finite" and not group.is_negated and not modal


def is_open(line: Line, subject: Subject | None) -> bool:
    """Say whether it may not have come to that: "if he withdrew …", "unless she …"."""
    if subject is None:
        return True
    before = line.low[subject.outer - 1] if subject.outer > line.first else ""
    return before in _OPEN or line.low[subject.last - 1].endswith(_PAST_WILL)


def own_thing(line: Line, first: int, take: str) -> int:
    """Return where what is taken back begins, -1 where it is none of the speaker's own words."""
    if take == "for_own":
        if line.low[first] != "for" or first + 2 >= line.last:
            return -1
        found = own_thing(line, first + 1, "own_saying")
        return found if found >= 0 else own_thing(line, first + 1, "own")
    if take == "own_saying":
        return _behind_saying(line, first)
    return _behind_head(line, first, with_the=take == "own_the")


def is_saying(line: Line, first: int) -> bool:
    """Say whether a gerund of saying stands here: "denied saying that it rained"."""
    return line.low[first] in _SAYING


def own_end(scene: Scene, first: int, group: Group) -> int:
    """Return where what is taken back ends."""
    last = clause_of(scene.line, first, is_subject=False)
    return min(last, clause_end(scene, first, group))


def _behind_head(line: Line, first: int, *, with_the: bool) -> int:
    if line.low[first] not in _OWNERS and not (with_the and line.low[first] in _ARTICLES):
        return -1
    for at in range(first + 1, min(line.last - 1, first + _LONGEST_HEAD)):
        if line.low[at] in _HEADS and line.low[at + 1] == "that":
            return at + 2
        if line.tags[at] not in _BETWEEN:
            return -1
    return -1


def _behind_saying(line: Line, first: int) -> int:
    at = first
    if line.low[at] == "having" and at + 1 < line.last and line.low[at + 1] in _SAID_PARTS:
        at += 1
    elif line.low[at] not in _SAYING:
        return -1
    at += 1
    if at < line.last and line.low[at] == "that":
        return at + 1
    return at if at + 2 < line.last and line.tags[at] in "SDKH#O" else -1
