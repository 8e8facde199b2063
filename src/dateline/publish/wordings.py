"""What in a text must not change unseen: its figures, its quotations, its notes of correction.

Only as much as comparing two versions of one text takes: what a figure counts and who is quoted is
the business of other rooms.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from dateline.model import Span
from dateline.text import list_tokens

SHORTEST_QUOTE = 4  # words; what is shorter is a name or irony
_NEAR = 24  # code points that are searched for "million", or another word, beside a number
_GROUP = "., \u00a0\u202f’'٬"
# Groups of three with spaces between, else digits with separators inside; no part of a name (F16).
_NUMBER = re.compile(
    r"(?<![A-Za-z\u00c0-\u024f\u0370-\u052f\d])"
    r"(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,:’'٫٬]\d+)*)"
)
_GROUPED = re.compile(f"\\d{{1,3}}(?:[{_GROUP}]\\d{{3}})+")
_WORD = re.compile(r"[^\W\d_]+(?:[’'ʼ][^\W\d_]+)*")
# A quotation ends at its closing mark or with its paragraph.
_QUOTED = re.compile(
    "“([^“”\n]*)”?|„([^„“”\n]*)[“”]?|«([^«»\n]*)»?|»([^«»\n]*)«|"
    '「([^「」\n]*)」?|『([^『』\n]*)』?|"([^"\n]*)"?'
)
_AFTER_OPENING = r"(?=\s*(?:[^\w\s]|\d|$)|\s+(?:\w{1,6}\s+){0,2}\d)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number in a text, by digits or as a word."""

    words: str  # as it is written, with its "million"
    value: str  # equal for "4,800" and "4800", for "three" and "3"
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One quotation in a text, without its marks."""

    words: str
    tokens: tuple[str, ...]
    span: Span


def find_figures(text: str, language: str = "") -> list[Figure]:
    """Return the numbers of a text in order; words for them where we have the language's."""
    found = [*_find_digits(text), *_find_number_words(text, language)]
    return sorted(found, key=lambda figure: figure.span)


def _find_digits(text: str) -> Iterator[Figure]:
    for match in _NUMBER.finditer(text):
        power, end = _find_power(text, match.end())
        value = _read_number(match.group(), power)
        yield Figure(words=text[match.start() : end], value=value, span=(match.start(), end))


def _find_number_words(text: str, language: str) -> Iterator[Figure]:
    known = _read_numbers().get(language.partition("-")[0], {})
    for match in _WORD.finditer(text) if known else ():
        number = known.get(match.group().casefold().replace("ʼ", "’"))
        if number is None:
            continue
        power, end = _find_power(text, match.end())
        value = _read_number(number, power)
        yield Figure(words=text[match.start() : end], value=value, span=(match.start(), end))


def _find_power(text: str, at: int) -> tuple[int, int]:
    word = _WORD.search(text, at, at + _NEAR)
    if word and text[at : word.start()].isspace():
        power = _read_powers().get(word.group().casefold(), 0)
        return power, word.end() if power else at
    return 0, at


def _read_number(written: str, power: int) -> str:
    plain = "".join(_to_ascii(letter) for letter in written)
    if _GROUPED.fullmatch(plain):
        plain = "".join(letter for letter in plain if letter not in _GROUP)
    plain = plain.replace(",", ".").replace("٫", ".")
    try:
        return repr(float(plain) * 10**power)
    except ValueError:  # a date or a clock
        return plain


def _to_ascii(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


def pair_figures(
    lost: tuple[str, Sequence[Figure]], won: tuple[str, Sequence[Figure]]
) -> list[tuple[Figure, Figure | None]]:
    """Return for each figure of an old sentence the one that stands for it in the new, if any.

    Each side is the sentence and those of its figures that the other lacks. Before the same word
    first ("31 dead", "34 dead"), then after the same word, then in order.
    """
    chosen: dict[Span, Figure] = {}
    for read_context in (_read_next, _read_previous, _read_nothing):
        taken = {figure.span for figure in chosen.values()}
        waiting: defaultdict[str, deque[Figure]] = defaultdict(deque)
        for figure in (each for each in won[1] if each.span not in taken):
            waiting[read_context(won[0], figure)].append(figure)
        for figure in (each for each in lost[1] if each.span not in chosen):
            chosen.update(_take_first(figure, waiting[read_context(lost[0], figure)]))
    return [(figure, chosen.get(figure.span)) for figure in lost[1]]


def _take_first(figure: Figure, waiting: deque[Figure]) -> dict[Span, Figure]:
    return {figure.span: waiting.popleft()} if waiting else {}


def _read_next(text: str, figure: Figure) -> str:
    word = _WORD.search(text, figure.span[1], figure.span[1] + _NEAR)
    return word.group().casefold() if word else ""


def _read_previous(text: str, figure: Figure) -> str:
    words = _WORD.findall(text, max(0, figure.span[0] - _NEAR), figure.span[0])
    return words[-1].casefold() if words else ""


def _read_nothing(_text: str, _figure: Figure) -> str:
    return ""


def find_quotes(text: str) -> list[Quote]:
    """Return the quotations of a text in order, short ones left out."""
    quotes = []
    for match in _QUOTED.finditer(text):
        words = match.group(match.lastindex or 0)
        tokens = tuple(list_tokens(words))
        if len(tokens) >= SHORTEST_QUOTE:
            quotes.append(Quote(words=words.strip(), tokens=tokens, span=match.span()))
    return quotes


@cache
def read_wording() -> dict[str, Any]:
    """Return the word lists of this room, as they stand in `wording.toml`."""
    data = resources.files("dateline.publish").joinpath("wording.toml").read_text("utf-8")
    return tomllib.loads(data)


def is_note(sentence: str) -> bool:
    """Return whether a sentence says that the text was corrected or brought up to date."""
    return any(_note_pattern(kind).search(sentence) for kind in ("correction", "update"))


def is_correction(sentence: str) -> bool:
    """Return whether a sentence says that the text was corrected; an update alone is none."""
    return bool(_note_pattern("correction").search(sentence))


@cache
def _note_pattern(kind: str) -> re.Pattern[str]:
    words = read_wording()
    openings, phrases = (_join(words[f"{kind}_{part}"]) for part in ("openings", "phrases"))
    return re.compile(
        f"^[\\W_]{{0,4}}(?:{openings})(?!\\w){_AFTER_OPENING}|(?<!\\w)(?:{phrases})",
        re.IGNORECASE,
    )


def _join(by_language: Mapping[str, list[str]]) -> str:
    # The longest first: "update" must not hide "updates".
    words = {word for words in by_language.values() for word in words}
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def _read_numbers() -> dict[str, dict[str, str]]:
    return {
        language: {
            word.casefold(): number for number, words in rows.items() for word in words.split()
        }
        for language, rows in read_wording()["numbers"].items()
    }


@cache
def _read_powers() -> dict[str, int]:
    rows = read_wording()["powers"]
    return {word.casefold(): int(power) for power, words in rows.items() for word in words.split()}
