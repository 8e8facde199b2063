"""Dates written in numbers alone: 2022-02-24, 24.02.2022, 2/24/2022, 24.2., 2022/11/11."""

from itertools import pairwise
from typing import NamedTuple

from dateline.claims.dates.words import Words
from dateline.claims.page import Token

_DASHES = frozenset("-–‐‑−")


class Numeric(NamedTuple):
    """A date in numbers; no year where none is written, no day for "11/2022".

    Month 0 is a season over the turn of a year, "2022/23".
    """

    year: int | None
    month: int
    day: int | None
    last: int  # its last token


def read_numeric(tokens: list[Token], at: int, language: str, words: Words) -> Numeric | None:
    """Return the numeric date that begins at a token, or None where it is another number."""
    text = tokens[at].text
    if text.isdecimal():
        return _read_dashed(tokens, at)
    mark = "." if "." in text else "/"
    parts = text.split(mark)
    if not all(map(_is_part, parts)):
        return None
    if len(parts) == 2:
        return _read_short(tokens, at, words) if mark == "." else _read_pair(parts, at)
    if len(parts) != 3 or (mark == "." and len(parts[2]) < 4 and not words.dotted):
        return None  # a version, a section
    month_first = mark == "/" and _is_month_first(language, words)
    return _order([*map(int, parts)], len(parts[0]) == 4, at, month_first=month_first)


def _is_month_first(language: str, words: Words) -> bool:
    region = language.rpartition("-")[2].casefold() if "-" in language else ""
    return words.month_first and region not in words.day_first_regions


def _read_dashed(tokens: list[Token], at: int) -> Numeric | None:
    parts = tokens[at : at + 5]
    if (season := _read_season(parts, at)) is not None:
        return season
    if len(parts) < 5 or any(a.end != b.start for a, b in pairwise(parts)):
        return None
    numbers, marks = parts[::2], {parts[1].text, parts[3].text}
    if len(marks) > 1 or not marks <= _DASHES or not all(_is_part(part.text) for part in numbers):
        return None
    values = [int(part.text) for part in numbers]
    return _order(values, len(numbers[0].text) == 4, at + 4, month_first=False)


def _read_season(parts: list[Token], at: int) -> Numeric | None:
    """Read "2022-23"."""
    if len(parts) < 3 or parts[1].text not in _DASHES or not parts[2].text.isdecimal():
        return None
    is_tight = parts[0].end == parts[1].start and parts[1].end == parts[2].start
    goes_on = len(parts) > 3 and parts[3].text in _DASHES and parts[3].start == parts[2].end
    first, last = parts[0].text, parts[2].text
    if not is_tight or goes_on or len(first) != 4 or len(last) != 2:
        return None
    year = int(first)
    is_season = 1900 <= year < 2200 and int(last) == (year + 1) % 100
    return Numeric(year, 0, None, at + 2) if is_season else None


def _is_part(text: str) -> bool:
    return text.isdecimal() and len(text) <= 4


def _order(values: list[int], year_first: bool, last: int, *, month_first: bool) -> Numeric | None:
    year, month, day = values if year_first else values[::-1]
    if not year_first and month_first:
        month, day = day, month
    if not year_first and month > 12 >= day:
        month, day = day, month
    if year < 100 and not year_first:
        year += 2000 if year < 70 else 1900
    if 1 <= month <= 12 and 1 <= day <= 31 and 1000 <= year < 2200:
        return Numeric(year, month, day, last)
    return None


def _read_short(tokens: list[Token], at: int, words: Words) -> Numeric | None:
    """Read "24.2." and, where days are written with a dot, nothing shorter: "24.2" is a number."""
    if not words.dotted or at + 1 >= len(tokens):
        return None
    stop = tokens[at + 1]
    if stop.text != "." or stop.start != tokens[at].end:
        return None
    day, month = map(int, tokens[at].text.split("."))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Numeric(None, month, day, at + 1)


def _read_pair(parts: list[str], at: int) -> Numeric | None:
    first, second = map(int, parts)
    if len(parts[0]) == 4 and 1900 <= first < 2200 and second in (first + 1, (first + 1) % 100):
        return Numeric(first, 0, None, at)
    if len(parts[0]) == 2 and len(parts[1]) == 4 and 1 <= first <= 12 and 1900 <= second < 2200:
        return Numeric(second, first, None, at)
    return None
