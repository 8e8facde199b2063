"""Amounts: every number of a text with its unit, in order, before it is known what they mean."""

from dataclasses import dataclass

from dateline.claims.figures.lexicon import Lexicon
from dateline.claims.figures.numbers import Number, read_number
from dateline.claims.figures.pieces import DASHES, Pieces
from dateline.claims.figures.units import (
    PERSON,
    find_money_before,
    read_money_behind,
    read_unit,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit: the pieces from `first` up to `end`."""

    number: Number
    first: int
    end: int
    unit: str
    is_money: bool = False
    is_negative: bool = False

    @property
    def value(self) -> float | None:
        """Return the number with its sign."""
        value = self.number.value
        return -value if self.is_negative and value else value


def read_amounts(pieces: Pieces, lexicon: Lexicon) -> list[Amount]:
    """Return all numbers of a text that can be read, with their units, in order."""
    found: list[Amount] = []
    at = 0
    while at < len(pieces):
        is_start = pieces.is_number(at) or pieces.low(at) in lexicon.starts
        if not is_start and not _may_start(pieces, at, lexicon):
            at += 1
            continue
        amount = _read_amount(pieces, at, lexicon, found[-1].end if found else 0)
        if amount is None:
            at += 1
            continue
        if amount.number.value is not None or amount.number.is_vague:
            found.append(amount)
        at = max(amount.end, at + 1)
    return found


def _may_start(pieces: Pieces, at: int, lexicon: Lexicon) -> bool:
    """Say whether a word may be a numeral that no list has: "½", German "dreiundzwanzig"."""
    word = pieces.low(at)
    if len(word) == 1:
        return not word.isascii() and not word.isalpha()
    return lexicon.numbers.is_compound and ("hundert" in word or "tausend" in word or "und" in word)


def _read_amount(pieces: Pieces, at: int, lexicon: Lexicon, free: int) -> Amount | None:
    sign = find_money_before(pieces, at, lexicon)
    if sign is not None and sign.at < free:
        sign = None
    number = read_number(pieces, at, lexicon, is_money=sign is not None)
    if number is None:
        return None
    if sign is not None:
        unit = read_money_behind(pieces, number, sign.value, lexicon)
    else:
        unit = read_unit(pieces, number, lexicon)
    name, end = unit.value, unit.at
    is_money = name.partition(" per ")[0] in lexicon.units.kinds
    first = min(number.first, sign.at) if sign is not None else number.first
    if name == PERSON:  # what is counted, not how it is measured
        end = number.end
    minus = _find_minus(pieces, first, free, lexicon)
    return Amount(number, first - minus, end, name, is_money, bool(minus))


def _find_minus(pieces: Pieces, first: int, free: int, lexicon: Lexicon) -> int:
    before = pieces.word(first - 1)
    if first - 1 < free:
        return 0
    if before.casefold() in lexicon.around.minus:
        return int(lexicon.around.bounds.match_back(pieces, first) is None)
    is_sign = before in DASHES and pieces.is_glued(first) and before != "—"
    is_apart = first == 1 or not pieces.is_glued(first - 1) or pieces.word(first - 2) in ("(", "[")
    return int(is_sign and is_apart)
