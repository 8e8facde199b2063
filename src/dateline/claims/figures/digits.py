"""Numbers written in digits: which separator parts thousands and which decimals.

English writes 1,250.50, German and Spanish 1.250,50, French and Russian 1 250,50, Switzerland
1'250.50, India 12,50,000. Where both marks stand in a number the last one is the decimal's;
where one stands once, with three digits behind it, the language decides.
"""

import re
import unicodedata

from dateline.claims.figures.lexicon import Format
from dateline.claims.figures.pieces import Pieces

LONGEST = 24  # digits of a number with a meaning in the news
_SPACES = frozenset("\u00a0\u202f\u2009\u2007")
_APOSTROPHES = str.maketrans("", "", "'’")
_WESTERN = re.compile(r"\d{1,3}(?:,\d{3})+")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
_STOPS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_APOSTROPHE = re.compile(r"\d{1,3}(?:['’]\d{3})+(?:[.,]\d+)?")
_DECIMAL = re.compile(r"\d+[.,]\d+")
_ARABIC = str.maketrans("٫٬", ".,")


def parse_digits(word: str, form: Format) -> float | None:
    """Return the number that a word in digits means; None for versions, times, fractions."""
    if len(word) > LONGEST or ":" in word or "/" in word:
        return None
    word = word.translate(_ARABIC)
    if _APOSTROPHE.fullmatch(word):
        word = word.translate(_APOSTROPHES)
    if word.isdecimal():
        return float(word)
    plain = _make_plain(word, form)
    return float(plain) if plain else None


def _make_plain(word: str, form: Format) -> str:
    stops, commas = word.count("."), word.count(",")
    if stops and commas:
        return _part_both(word)
    mark = "." if stops else ","
    if (stops or commas) > 1:
        is_grouped = _STOPS.fullmatch(word) or _WESTERN.fullmatch(word) or _INDIAN.fullmatch(word)
        return word.replace(mark, "") if is_grouped else ""
    if not _DECIMAL.fullmatch(word):
        return ""
    head, _, tail = word.partition(mark)
    is_decimal_mark = (mark == ",") == form.comma_decimal
    may_group = len(tail) == 3 and len(head) <= 3 and not head.startswith("0")
    if may_group and not is_decimal_mark:
        return head + tail
    return f"{head}.{tail}"


def _part_both(word: str) -> str:
    decimal = "." if word.rfind(".") > word.rfind(",") else ","
    group = "," if decimal == "." else "."
    head, _, tail = word.rpartition(decimal)
    if decimal in head or not tail.isdecimal():
        return ""
    grouped = head.replace(group, ",")
    is_grouped = _WESTERN.fullmatch(grouped) or _INDIAN.fullmatch(grouped)
    return f"{head.replace(group, '')}.{tail}" if is_grouped else ""


def read_groups(pieces: Pieces, at: int, form: Format) -> tuple[str, int]:
    """Return a number whose thousands are parted by spaces as one word, with its end.

    A plain space parts thousands where the language does so; a no-break space does everywhere.
    """
    word, end = pieces.word(at), at + 1
    if not (word.isdecimal() and len(word) <= 3) or word.startswith("0"):
        return word, end
    while end - at < 8 and _is_group(pieces, end, form):
        piece = pieces.word(end)
        word += piece
        end += 1
        if len(piece) > 3:  # decimals close the number
            break
    return word, end


def _is_group(pieces: Pieces, at: int, form: Format) -> bool:
    gap, piece = pieces.gap(at), pieces.word(at)
    is_space = gap in _SPACES or (form.spaced and gap == " ")
    if not is_space or not piece[:3].isdecimal() or len(piece[:3]) < 3:
        return False
    return len(piece) == 3 or (piece[3] in ".," and piece[4:].isdecimal() and len(piece) <= 7)


def read_vulgar(mark: str) -> float | None:
    """Return the value of a fraction of one character: "½"."""
    if len(mark) != 1 or unicodedata.category(mark) != "No":
        return None
    value = unicodedata.numeric(mark, 2.0)
    return value if 0 < value < 1 else None
