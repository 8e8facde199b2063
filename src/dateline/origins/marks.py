"""Names on no list that stand where only a source stands: a dateline, a source line, the last line.

"SAN TELVO (ANX) —", "Source: ANX", "Kim Hartlow with ANX": the place makes the name a credit, so a
local agency, or one founded tomorrow, needs no entry in `agencies.toml`.
"""

import re
from collections.abc import Iterator
from functools import cache

from dateline.model import Credit, Span
from dateline.origins.names import load_cues
from dateline.text import make_slug

_OPENING = 600  # code points at the start of a text in which a dateline may stand
_LINES = 3  # at the end of a text that may name sources
_LONGEST_LINE = 120
_MOST_NAMES = 4  # of one line
_MOST_WORDS = 4  # of one name
_DATELINE = re.compile(
    r"^\W{0,3}(?P<place>[^\n()\[\]]{2,60}?)\s*[(](?P<name>[^\W\d_]{2,6})[)]\s*[—–-]{1,2}\s",
    re.MULTILINE,
)
_ACRONYM = re.compile(r"[A-Z\u0400-\u042f\u0391-\u03a9]{2,6}")
# "— ANX", "(ANX, from the German)": the last line is nothing else.
_LONE = re.compile(r"^(?:[—–]\s*([A-Z]{2,6})|[(/]([A-Z]{2,6})(?:[,;][^()\n]{0,40})?[)/])\.?$")
_SHORT = 60  # code points of a line that names people and agencies without a word for source
_SHOUTED = re.compile(r"[^\W\d_a-zß-ÿа-яёіїєґα-ω]{3,}")
_PIECES = re.compile(r"\s*(?:[,;/|&+،()]|(?<!\w)-(?!\w)|[–—])\s*")


def find_datelines(text: str) -> Iterator[Credit]:
    """Yield the agency of a dateline: an acronym in brackets behind a place in capitals."""
    for match in _DATELINE.finditer(text[:_OPENING]):
        name, place = match["name"], match["place"]
        if not _ACRONYM.fullmatch(name) or not _SHOUTED.match(place):
            continue
        if not _abbreviates(name, place) and _may_be_name(name):
            yield Credit(name=name, key=make_slug(name), how="dateline", span=match.span("name"))


def find_closing(text: str) -> Iterator[Credit]:
    """Yield whom the last lines of a text name as its source."""
    end = len(text)
    for _ in range(_LINES):
        text = text[:end].rstrip()
        start = text.rfind("\n") + 1
        line = text[start:]
        if not line or len(line) > _LONGEST_LINE:
            return
        yield from _read_line(line, start, is_whole=False)
        end = start


def read_source_line(line: str) -> Iterator[Credit]:
    """Yield whom the page's own line of sources names."""
    for credit in _read_line(line[:_LONGEST_LINE], 0, is_whole=True):
        yield Credit(name=credit.name, key=credit.key, how=credit.how)


def _read_line(line: str, start: int, *, is_whole: bool) -> Iterator[Credit]:
    """Yield the names of a line; behind a word for "source" any, elsewhere only acronyms."""
    cue = _match_cue().search(line)
    behind = cue.end() if cue else 0
    contributed = _match_contributed().search(line)
    if not is_whole and (lone := _LONE.match(line)):
        yield _credit(line, lone.span(lone.lastindex or 0), start)
        return
    if cue and cue["weak"] and not is_whole and (len(line) > _SHORT or line[-1] in ".!?…"):
        return  # a sentence like others
    if not (cue or contributed or is_whole):
        return
    pieces = list(_cut(line, behind, contributed.start() if contributed else len(line)))
    for span in pieces[:_MOST_NAMES]:
        name = line[slice(*span)]
        sure = (cue and not cue["weak"]) or _ACRONYM.fullmatch(name)
        if sure and _may_be_name(name):
            yield _credit(line, span, start)


def _credit(line: str, span: Span, start: int) -> Credit:
    name = line[slice(*span)]
    place = (start + span[0], start + span[1])
    return Credit(name=name, key=make_slug(name), how="source line", span=place)


def _cut(line: str, start: int, end: int) -> Iterator[Span]:
    """Yield where the names of a list stand, without "the", "agency" and the like beside them."""
    edges = [match.span() for match in _PIECES.finditer(line, start, end)]
    edges += [match.span() for match in _match_joints().finditer(line, start, end)]
    done = start
    for first, last in [*sorted(edges), (end, end)]:
        if first >= done:
            yield from _trim(line, done, first)
            done = last


def _trim(line: str, start: int, end: int) -> Iterator[Span]:
    inner = _match_around().sub(lambda m: " " * len(m.group()), line[start:end])
    bare = inner.strip(" .:·\"'“”„«»’‘")
    if bare:
        place = start + inner.index(bare)
        yield place, place + len(bare)


def _may_be_name(name: str) -> bool:
    words = name.split()
    known = set(load_cues()["words"]["not_a_name"])
    if not make_slug(name) or len(words) > _MOST_WORDS or len(name) < 2:
        return False
    if any(word.casefold() in known for word in words):
        return False
    return all(word[0].isupper() or word[0].isdigit() or _has_no_case(word) for word in words)


def _has_no_case(word: str) -> bool:
    return word.upper() == word.lower() and word.isalpha()


def _abbreviates(name: str, place: str) -> bool:
    """Tell whether the letters stand in what is before it: "TESLA (TSLA) —"."""
    letters = iter(place.casefold())
    return all(letter in letters for letter in name.casefold())


@cache
def _match_cue() -> re.Pattern[str]:
    """Compile the words behind which sources are named; weak ones also mean other things."""
    words = load_cues()["marks"]
    strong, weak = (_join(words[kind]) for kind in ("source", "with"))
    return re.compile(
        rf"^[\W_]*(?:{strong})(?:\s*[:：]\s*|\s+)|(?:^|(?<=\s))(?P<weak>{weak})\s+", re.IGNORECASE
    )


@cache
def _match_contributed() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{_join(load_cues()['marks']['contributed'])})\b", re.IGNORECASE)


@cache
def _match_joints() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{_join(load_cues()['marks']['and'])})\s+", re.IGNORECASE)


@cache
def _match_around() -> re.Pattern[str]:
    around = _join(load_cues()["marks"]["around"])
    return re.compile(rf"(?:^|(?<=\s))(?:{around})(?=\s|$)|(?<!\w)[ldLD][’']", re.IGNORECASE)


def _join(words: list[str]) -> str:
    longest = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)
