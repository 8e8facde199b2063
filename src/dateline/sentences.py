"""Where sentences and paragraphs begin and end, in any script.

Layer 0: versions are compared by sentences, statements are read in them.

Rules, no model: an end mark, what may close behind it, and what may not follow or stand before. A
sentence too many or too few makes a comparison coarser, never wrong. Scripts that write no end
marks (Thai, Lao, Khmer) are taken by paragraphs.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from dateline.model import Span

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")
# The question mark of Greek is a semicolon, so it counts only after a Greek letter.
_END = re.compile(
    "(?:[.!?…。！？｡．؟۔।॥։።།။]+|(?<=[\u0370-\u03ff\u1f00-\u1fff])[;\u037e])"
    "(?:[\"'”’“»›）」』】》〉)\\]*]|[ \u00a0\u202f]»(?!\\S))*"
)
_UNSPACED_ENDS = frozenset("。！？｡．")
_OPENING = " \u00a0\u202f\t\n\"'“‘„«‹([（「『¿¡*—–-"
_LAST_WORD = re.compile(r"[^\s(\[“‘„«‹\"'—–]+$")
_LONGEST_WORD = 16  # of an abbreviation, with its inner dots


@dataclass(frozen=True, slots=True)
class _Stops:
    """What a full stop may follow without ending a sentence."""

    any: frozenset[str]
    before_numbers: frozenset[str]
    ordinals: frozenset[str]  # languages


@cache
def _read_stops() -> _Stops:
    words = tomllib.loads(resources.files("dateline").joinpath("sentences.toml").read_text("utf-8"))
    return _Stops(
        frozenset(words["abbreviations"]["any"].split()),
        frozenset(words["abbreviations"]["before_numbers"].split()),
        frozenset(words["ordinals"]["languages"].split()),
    )


def split_sentences(text: str, language: str = "") -> list[Span]:
    """Return the sentences of a text as spans without the white space between them, in order.

    Paragraphs are parted by an empty line. Every character but white space is in one sentence.
    """
    spans: list[Span] = []
    start = 0
    for gap in _PARAGRAPH.finditer(text):
        spans += _split_paragraph(text, (start, gap.start()), language)
        start = gap.end()
    return spans + _split_paragraph(text, (start, len(text)), language)


def split_paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of a text as spans, in order; empty ones are left out."""
    edges = [(gap.start(), gap.end()) for gap in _PARAGRAPH.finditer(text)]
    starts = [0, *(end for _, end in edges)]
    ends = [*(start for start, _ in edges), len(text)]
    return [span for span in map(_Trim(text), zip(starts, ends, strict=True)) if span[0] < span[1]]


def _split_paragraph(text: str, span: Span, language: str) -> list[Span]:
    start, end = span
    cuts = [m.end() for m in _END.finditer(text, start, end) if _is_end(text, m, end, language)]
    edges = [start, *cuts, end]
    trimmed = map(_Trim(text), pairwise(edges))
    return [piece for piece in trimmed if piece[0] < piece[1]]


@dataclass(frozen=True, slots=True)
class _Trim:
    """Takes the white space off both ends of a span."""

    text: str

    def __call__(self, span: Span) -> Span:
        piece = self.text[span[0] : span[1]]
        start = span[0] + len(piece) - len(piece.lstrip())
        return start, max(start, span[0] + len(piece.rstrip()))


def _is_end(text: str, mark: re.Match[str], end: int, language: str) -> bool:
    at = mark.end()
    if at >= end or not _UNSPACED_ENDS.isdisjoint(mark.group()):
        return True
    if not text[at].isspace():
        return False
    following = text[at : at + 12].lstrip(_OPENING)[:1]
    if following.islower():
        return False
    return mark.group() != "." or not _is_inner_stop(text, mark.start(), following, language)


def _is_inner_stop(text: str, at: int, following: str, language: str) -> bool:
    found = _LAST_WORD.search(text, max(0, at - _LONGEST_WORD), at)
    word = found.group() if found else ""
    stops = _read_stops()
    if word in stops.any or (following.isdigit() and word in stops.before_numbers):
        return True
    last = word.rpartition(".")[2]
    if len(last) == 1 and last.isalpha():  # an initial, or the last letter of "U.S."
        return True
    is_ordinal = word.isdecimal() and len(word) <= 2
    return is_ordinal and language.partition("-")[0] in stops.ordinals
