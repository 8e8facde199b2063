"""Numbers at a place of a text: digits, words, both, and the words that scale them."""

import math
from dataclasses import dataclass, replace

from dateline.claims.figures.compounds import parse_compound
from dateline.claims.figures.digits import parse_digits, read_groups, read_vulgar
from dateline.claims.figures.lexicon import Lexicon, Numbers
from dateline.claims.figures.pieces import HYPHENS, UNSPACED, Pieces

LARGEST = 1e16
_RUN = 16  # pieces of a number in words; a longer one is no number
_ANY = 1000.0


@dataclass(frozen=True, slots=True)
class Number:
    """A number without its unit: the pieces from `first` up to `end`."""

    first: int
    end: int
    value: float | None
    scale: float = 1.0  # what "million" did
    low: float | None = None
    high: float | None = None
    in_digits: bool = False
    is_vague: bool = False  # dozens, several hundred
    kind: str = ""  # "share": a part of one, "times": a multiple

    @property
    def is_whole(self) -> bool:
        """Say whether it is a bare whole number in digits, as years and names have."""
        return self.in_digits and self.scale == 1 and self.value is not None and self.value % 1 == 0


def read_number(pieces: Pieces, at: int, lexicon: Lexicon, *, is_money: bool) -> Number | None:
    """Return the number that begins at a piece; one without a finite value is None.

    The words of a run are read once: a caller goes on behind `end` (linear in the text).
    """
    if pieces.is_number(at):
        return _read_digits(pieces, at, lexicon, is_money=is_money)
    if (part := read_vulgar(pieces.word(at))) is not None:
        return Number(at, at + 1, part, in_digits=True)
    if pieces.low(at) not in lexicon.starts and not lexicon.numbers.is_compound:
        return None
    return _read_words(pieces, at, lexicon)


def _read_digits(pieces: Pieces, at: int, lexicon: Lexicon, *, is_money: bool) -> Number | None:
    word, end = read_groups(pieces, at, lexicon.format)
    if pieces.word(at - 1) == "." and pieces.is_glued(at) and word.isdecimal():
        if pieces.is_glued(at - 1) or len(word) > 6:
            return None
        at, word = at - 1, f"0.{word}"
        value: float | None = float(word)
    elif word.count("/") == 1:
        return _read_ratio(pieces, at, lexicon)
    else:
        value = parse_digits(word, lexicon.format)
    if value is None:
        return None
    part = read_vulgar(pieces.word(end))
    if part is not None:
        value, end = value + part, end + 1
    number = Number(at, end, value, in_digits=True)
    return _scale(pieces, number, lexicon, is_money=is_money)


def _read_ratio(pieces: Pieces, at: int, lexicon: Lexicon) -> Number | None:
    """Read "3/4 of" as a share; other slashes are dates and names."""
    above, _, below = pieces.word(at).partition("/")
    is_small = above.isdecimal() and below.isdecimal() and len(above) <= 2 and len(below) <= 3
    if not is_small or not 0 < int(above) < int(below):
        return None
    if pieces.low(at + 1) not in lexicon.numbers.of:
        return None
    return Number(at, at + 1, int(above) / int(below), in_digits=True, kind="share")


def _scale(pieces: Pieces, number: Number, lexicon: Lexicon, *, is_money: bool) -> Number | None:
    """Multiply digits by the scales behind them: "1.2 billion", "1.2bn", "3 mil millones"."""
    words, end, scale = lexicon.numbers, number.end, 1.0
    half = words.and_half.match(pieces, end)
    added = 0.0
    if half is not None:
        added, end = half.value, half.at
    for _ in range(4):
        step = _scale_at(pieces, end, lexicon, is_money=is_money)
        if step is None:
            break
        end, factor = step
        scale *= factor
    value = ((number.value or 0.0) + added) * scale
    if not math.isfinite(value) or value > LARGEST:
        return None
    return replace(number, end=end, value=value, scale=scale)


def _scale_at(
    pieces: Pieces, at: int, lexicon: Lexicon, *, is_money: bool
) -> tuple[int, float] | None:
    words = lexicon.numbers
    start = at + 1 if pieces.word(at) in HYPHENS and pieces.is_glued(at) else at
    long = words.scales.get(pieces.low(start))
    if long is not None:
        return start + 1, long
    tables = (words.short, words.short_of_money) if is_money else (words.short,)
    for table in tables:
        if (short := table.match(pieces, start)) is not None and _is_scale(pieces, start, short.at):
            return short.at, short.value
    is_million = pieces.word(at) == "m" and pieces.is_glued(at)
    return (at + 1, 1e6) if is_million and _counts_millions(pieces, at + 1, lexicon) else None


def _is_scale(pieces: Pieces, at: int, end: int) -> bool:
    """Say whether a short scale is one: "5 M" is, "5 k" of "5 km" and "K-12" are not."""
    if pieces.word(at) >= UNSPACED:
        return True
    return not (pieces.is_glued(end) and pieces.word(end)[:1].isalnum())


def _counts_millions(pieces: Pieces, at: int, lexicon: Lexicon) -> bool:
    """Say whether what stands behind "25m" makes it millions, and not metres."""
    units = lexicon.units
    sign = units.money.match(pieces, at) or units.money_after.match(pieces, at)
    low, grammar = pieces.low(at), lexicon.grammar
    if lexicon.language == "en" and low.endswith("s") and len(low) > 3 and low == pieces.word(at):
        return low not in grammar.metres_of and low not in grammar.stop
    return sign is not None or low in grammar.millions_of


def _read_words(pieces: Pieces, at: int, lexicon: Lexicon) -> Number | None:
    words, low = lexicon.numbers, pieces.low(at)
    if low in words.multiplied:
        return Number(at, at + 1, words.multiplied[low], kind="times")
    if low in words.multiples:
        is_multiple = not words.multiples_before or pieces.low(at + 1) in words.multiples_before
        return Number(at, at + 1, words.multiples[low], kind="times") if is_multiple else None
    if low in words.alone:
        return _read_half(pieces, at, lexicon)
    if low in words.vague and _is_vague(pieces, at, words):
        return _read_vague(pieces, at, words)
    if low in words.scales and words.several.match_back(pieces, at) is not None:
        return _read_vague(pieces, at, words)
    run = _Run(pieces, at, words)
    end, value = run.read()
    if end == at:
        return None
    if value is None or not math.isfinite(value) or value > LARGEST:
        return Number(at, end, None)
    share = _read_fraction(pieces, end, value, words)
    if share is not None and value < 100:
        return Number(at, share[0], value / share[1], kind="share")
    half = words.and_half.match(pieces, end)
    if half is not None:
        number = Number(at, half.at, value + half.value)
        return _scale(pieces, number, lexicon, is_money=False)
    is_single = run.count < 2 and (low in words.articles or low in words.scales)
    if is_single and low not in words.bare_scales:
        is_share = low in words.articles and _begins_share(pieces, end, words)
        if not is_share:
            return None
    if low in words.halves and value < 1:  # no scale behind it
        return None
    return Number(at, end, value, scale=run.scale)


def _begins_share(pieces: Pieces, at: int, words: Numbers) -> bool:
    """Say whether "uno de cada tres", "un Français sur trois" begins before a piece."""
    if words.shares.match(pieces, at) is not None:
        return True
    behind = words.shares.match(pieces, at + 1)
    return (
        behind is not None and behind.value not in words.of and pieces.low(behind.at) in words.small
    )


def _read_fraction(
    pieces: Pieces, at: int, value: float, words: Numbers
) -> tuple[int, float] | None:
    """Read "thirds" behind "two": a share where "of" follows, or where it is a plural."""
    start = at + 1 if pieces.word(at) in HYPHENS else at
    parts = words.fractions.get(pieces.low(start))
    if parts is None:
        return None
    low = pieces.low(start)
    is_plural = value >= 2 and (low.endswith("s") or f"{low}s" not in words.fractions)
    if not (is_plural or start > at) and pieces.low(start + 1) not in words.of:
        return None
    return start + 1, parts


def _read_half(pieces: Pieces, at: int, lexicon: Lexicon) -> Number | None:
    """Read "half a million", "half of", "half the"; "half" alone is none."""
    words = lexicon.numbers
    start = at + 1
    start += pieces.word(start) in HYPHENS and pieces.is_glued(start)
    start += pieces.low(start) in words.articles
    if (scale := words.scales.get(pieces.low(start))) is not None:
        return Number(at, start + 1, scale / 2, scale=scale)
    low = pieces.low(at + 1)
    is_open = words.is_open and low[:1].isalpha() and low not in lexicon.grammar.stop
    if is_open or low in words.half_of or low in words.of:
        return Number(at, at + 1, 1 / words.fractions.get(pieces.low(at), 2.0), kind="share")
    return None


def _is_vague(pieces: Pieces, at: int, words: Numbers) -> bool:
    return pieces.low(at) not in words.vague_of or pieces.low(at + 1) in words.of


def _read_vague(pieces: Pieces, at: int, words: Numbers) -> Number:
    """Read "hundreds", "tens of thousands": from one to ten times what is named."""
    low = pieces.low(at)
    size, end = words.vague.get(low) or words.scales[low], at + 1
    for _ in range(2):
        start = end + (pieces.low(end) in words.of)
        low = pieces.low(start)
        scale = words.scales.get(low) or words.vague.get(low)
        if scale is None or scale < 100:
            break
        size, end = size * scale, start + 1
    high = 100.0 if size == 12 else size * 10
    first = at
    if (several := words.several.match_back(pieces, at)) is not None:
        first = several.at
    return Number(first, end, None, scale=size, low=size, high=high, is_vague=True)


class _Run:
    """A number in words, piece by piece: "twenty-eight thousand six hundred forty-two"."""

    def __init__(self, pieces: Pieces, at: int, words: Numbers) -> None:
        self.pieces, self.at, self.words = pieces, at, words
        self.total = self.group = 0.0
        self.room = _ANY  # what is added next must be smaller
        self.last_scale = math.inf
        self.scale = 1.0
        self.count = 0  # pieces that count

    def read(self) -> tuple[int, float | None]:
        """Return where the number ends, and its value; None where the run has no sense."""
        end = at = self.at
        while at < len(self.pieces):
            step = self._take(at)
            if step == 0:
                break
            at = end = at + step
            at += self._joiner(at)
        if self.count > _RUN:
            return end, None
        return end, self.total + self.group if self.count else None

    def _joiner(self, at: int) -> int:
        """Return how many pieces join a number's words: a hyphen, an "and"."""
        word = self.pieces.low(at)
        if word in HYPHENS and self.pieces.is_glued(at) and self.pieces.is_glued(at + 1):
            return 1
        follows = self.pieces.low(at + 1)
        is_joined = word in self.words.joiners and self.room in (10.0, 20.0, 100.0)
        return int(is_joined and 0 < self.words.small.get(follows, 0) < self.room)

    def _take(self, at: int) -> int:
        low = self.pieces.low(at)
        if not self.count and low in self.words.articles:
            follows = self.pieces.low(at + 1)
            is_scaled = follows in self.words.scales or follows in self.words.hundred
            is_small = self.words.small.get(low) is not None
            self.group, self.count = 1.0, int(is_scaled or is_small or self._has_part(at + 1))
            self.room = 0.0
            return self.count
        joined = self._joined(at)
        value = joined or self.words.small.get(low)
        if value is None and self.words.is_compound:
            value = parse_compound(low, self.words)
        if value is not None:
            return self._add(value, 3 if joined else 1)
        if low in self.words.hundred:
            return self._multiply_hundred()
        return self._multiply(self.words.scales.get(low))

    def _has_part(self, at: int) -> bool:
        is_part = self.pieces.low(at) in self.words.fractions
        return is_part and self.pieces.low(at) not in self.words.alone

    def _joined(self, at: int) -> float | None:
        """Read what three pieces mean together: French "quatre-vingt"."""
        if self.pieces.word(at + 1) not in HYPHENS:
            return None
        return self.words.small.get(f"{self.pieces.low(at)}-{self.pieces.low(at + 2)}")

    def _add(self, value: float, pieces: int) -> int:
        is_long = self.words.is_compound and self.room == _ANY  # "dreitausend" in one word
        if (value >= self.room and not is_long) or (value == 0 and self.count):
            return 0
        self.group += value
        self.count += 1
        self.room = _room_behind(value)
        if self.words.is_compound and value >= _ANY:
            self.total, self.group, self.room = self.total + self.group, 0.0, 0.0
        return pieces

    def _multiply_hundred(self) -> int:
        if self.group >= 100:
            return 0
        self.group = max(self.group, 1.0) * 100
        self.room, self.count = 100.0, self.count + 1
        return 1

    def _multiply(self, scale: float | None) -> int:
        if scale is None:
            return 0
        self.count += 1
        if scale == 100:
            self.group, self.room = max(self.group, 1.0) * 100, 100.0
            return 1
        if scale < self.last_scale:
            self.total += (self.group or 1.0) * scale
        else:  # "hundred thousand million"
            self.total = (self.total + self.group) * scale
        self.total = min(self.total, LARGEST * 10)
        self.group, self.room = 0.0, _ANY
        self.last_scale, self.scale = scale, max(self.scale, scale)
        return 1


def _room_behind(value: float) -> float:
    """Return what the next word of a number must be smaller than."""
    if value >= 100 and value % 100 == 0:
        return 100.0
    if value in (60.0, 80.0):  # French counts on to 79 and 99
        return 20.0
    return 10.0 if value >= 20 and value % 10 == 0 else 0.0
