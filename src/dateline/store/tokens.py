"""Words for the search: the same tokens in SQLite and PostgreSQL, in any alphabet.

Case, accents and vowel points are dropped. Scripts that are written without spaces (Chinese,
Japanese, Thai, …) become one token a letter, so that a word in them is found as a phrase.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

# Accents; Hebrew and Arabic vowel points.
_MARKS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]"
)
_UNSPACED = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17d3\u3041-\u3096\u309d-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# Indic vowel signs are marks, which `\\w` leaves out: the blocks as a whole, but for the danda.
_INSIDE = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff"
_TOKEN = re.compile(f"[{_UNSPACED}]|(?:[^\\W_{_UNSPACED}]+|[{_INSIDE}]+)+")
_PLAIN = re.compile("[a-z0-9]{1,60}")  # the same for folded ASCII, four times as fast
_PHRASE = re.compile('["“”„«»「」『』]([^"“”„«»「」『』]*)["“”„«»「」『』]|([^\\s"“”„«»「」『』]+)')
_LONGEST = 60  # letters of a token
_MOST = 100_000  # letters of a text that are searched
_TERMS = 16  # terms of a query
_WINDOW = 220  # characters of a snippet


def fold(text: str) -> str:
    """Return `text` without case, accents and vowel points."""
    if text.isascii():
        return text.lower()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return unicodedata.normalize("NFC", bare)


def list_tokens(text: str) -> list[str]:
    """Return the tokens of the first 100,000 letters of `text`, in order, each bounded."""
    folded = fold(text[:_MOST])
    if folded.isascii():
        return _PLAIN.findall(folded)
    return [token[:_LONGEST] for token in _TOKEN.findall(folded)]


def parse_query(words: str) -> list[list[str]]:
    """Return the terms of what a reader typed, each a phrase of one or more tokens.

    Quoted phrases are kept together; everything else that is not a letter or digit only
    separates, so that no input has a meaning in a database's query language.
    """
    terms: list[list[str]] = []
    for match in _PHRASE.finditer(words[:1000]):
        tokens = list_tokens(match.group(1) or match.group(2) or "")
        if tokens and tokens not in terms:
            terms.append(tokens)
    return terms[:_TERMS]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hit:
    start: int
    end: int


def mark_hits(text: str, wanted: Collection[str]) -> tuple[tuple[str, bool], ...]:
    """Return the part of `text` around its first hit, in parts, each with whether it is a hit."""
    start = _find_start(text, wanted)
    part = text[start : start + _WINDOW]
    if start + _WINDOW < len(text):
        part = part[: part.rfind(" ") if " " in part[_WINDOW // 2 :] else None] + " …"
    parts: list[tuple[str, bool]] = [("… ", False)] if start else []
    done = 0
    for hit in _find_hits(part, wanted):
        parts += [(part[done : hit.start], False), (part[hit.start : hit.end], True)]
        done = hit.end
    parts.append((part[done:], False))
    return tuple((words, is_hit) for words, is_hit in parts if words)


def _find_start(text: str, wanted: Collection[str]) -> int:
    first = next(_find_hits(text, wanted), None)
    if first is None or first.start < _WINDOW // 2:
        return 0
    space = text.find(" ", first.start - _WINDOW // 3, first.start)
    return space + 1 if space >= 0 else first.start


def _find_hits(text: str, wanted: Collection[str]) -> Iterator[_Hit]:
    for match in _TOKEN.finditer(text):
        if any(token in wanted for token in _TOKEN.findall(fold(match.group()))):
            yield _Hit(start=match.start(), end=match.end())
