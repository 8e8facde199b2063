"""Transcripts: lines that begin with a name and a colon, each somebody's turn to speak."""

import re
from bisect import bisect_right
from collections import Counter

from dateline.claims.english.finds import Find
from dateline.claims.english.lines import Sheet, Subject
from dateline.model import Hedge, Span

_NAME = r"[^\W\d_a-z][\w.’'-]{0,24}"
_TURN = re.compile(
    rf"^[\"“”'‘\s]{{0,4}}({_NAME}(?:[ \u00a0]{_NAME}){{0,3}})"
    r"(?:[ ]\([^()\n]{1,30}\))?:[ \u00a0]+(?=\S)",
    re.MULTILINE,
)
_CLOSING = "\"”’' \u00a0\n\t"
_TRUST, _UNNAMED = 0.85, 0.5
_SHORTEST = 3  # words of a turn; less is a figure or a label


def find_turns(sheet: Sheet) -> list[Find]:
    """Return what each speaker of a transcript says, to the end of the line.

    A page is a transcript if at least half of what looks like turns have a name, of at least two,
    that comes again, or one in capitals that the text knows or that every line begins with. A page
    with one turn alone is none ("Note: …").
    """
    words = sheet.words
    turns = list(_TURN.finditer(words.text, 0, words.tokens[-1].end if words.tokens else 0))
    counts = Counter(turn.group(1) for turn in turns)
    is_whole = _are_all_lines(words.text, turns)
    sure = [
        turn
        for turn in turns
        if counts[turn.group(1)] > 1
        or (turn.group(1).isupper() and (is_whole or _is_known(words.text, turn.group(1))))
    ]
    names = {turn.group(1) for turn in sure}
    is_label = len(names) < 2 and not (is_whole and len(counts) > 1)  # "Weight: …", again and again
    if is_label or 2 * len(sure) < len(turns):
        return []
    return [find for turn in turns if (find := _read(sheet, turn)) is not None]


def _are_all_lines(text: str, turns: list[re.Match[str]]) -> bool:
    """Say whether nothing but turns stands between the first and the last."""
    between = text[turns[0].start() : turns[-1].start()].split("\n") if turns else []
    return sum(not line.isspace() and line != "" for line in between) < len(turns)


def _is_known(text: str, name: str) -> bool:
    """Say whether a text writes a name in capitals with small letters, too: no mere heading."""
    return name.rpartition(" ")[2].title() in text


def _read(sheet: Sheet, turn: re.Match[str]) -> Find | None:
    words = sheet.words
    end = words.text.find("\n", turn.end())
    end = words.tokens[-1].end if end < 0 else min(end, words.tokens[-1].end)
    while end > turn.end() and words.text[end - 1] in _CLOSING:
        end -= 1
    first, last = words.range_of(turn.span(1))
    spoken = sum(token.is_word for token in words.page.tokens_in((turn.end(), end)))
    if spoken < _SHORTEST or first >= last:
        return None
    number = bisect_right(sheet.lines, first, key=lambda line: line.first) - 1
    line = sheet.lines[max(number, 0)]
    source = Subject(first, last, "near", first)
    trust = _TRUST if len(turn.group(1)) > 1 else _UNNAMED  # "Q: … A: …"
    return Find(line, [(turn.end(), end)], source, None, Hedge.SAID, trust, "turn", last=last)


def drop_inside(sheet: Sheet, turns: list[Find], finds: list[Find]) -> list[Find]:
    """Leave out what was found inside somebody's turn: it is part of what they say."""
    if not turns:
        return finds
    spans = sorted(turn.content[0] for turn in turns)
    return [find for find in finds if not _is_inside(sheet, spans, find)]


def _is_inside(sheet: Sheet, spans: list[Span], find: Find) -> bool:
    place = sheet.words.tokens[find.cue[0]].start if find.cue else find.content[0][0]
    number = bisect_right(spans, place, key=lambda span: span[0]) - 1
    return number >= 0 and spans[number][0] <= place < spans[number][1]
