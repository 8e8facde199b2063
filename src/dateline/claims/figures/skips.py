"""Numbers that are no figures: dates, times, names, scores, telephone and list numbers.

Cheap rules over the words around a number. Dates that are already known are given as spans; the
rules on years, months and clocks serve texts whose dates nobody has read.
"""

from bisect import bisect_right
from collections.abc import Sequence

from dateline.claims.figures.amounts import Amount
from dateline.claims.figures.lexicon import Lexicon
from dateline.claims.figures.pieces import DASHES, HYPHENS, UNSPACED, Pieces
from dateline.model import Span

_FIRST_YEAR, _LAST_YEAR = 1400, 2100
_LIST_ENDS = frozenset(".):")


class Skips:
    """Says of the amounts of one text which are no figures."""

    def __init__(self, pieces: Pieces, lexicon: Lexicon, dates: Sequence[Span]) -> None:
        self.pieces, self.lexicon = pieces, lexicon
        self.dates = sorted(dates)
        self.starts = [start for start, _ in self.dates]

    def is_none(self, amount: Amount) -> bool:
        """Say whether a number is no figure."""
        if self._is_in_date(amount):
            return True
        if not amount.number.in_digits:
            is_word = self._is_idiom(amount) or self._is_named_word(amount)
            return is_word or self._is_label(amount) or self._is_clock(amount)
        if amount.is_money or amount.unit in ("percent", "percentage point"):
            return False
        if self._is_dated_year(amount):
            return True
        if self._is_glued(amount) or self._is_clock(amount) or self._is_dated(amount):
            return True
        if amount.unit or amount.number.scale > 1:
            return False
        return (
            self._is_year(amount)
            or self._is_ordinal(amount)
            or self._is_list_number(amount)
            or self._is_code(amount)
            or self._is_score(amount)
            or self._is_name(amount)
            or self._is_address(amount)
        )

    def _is_in_date(self, amount: Amount) -> bool:
        if not self.dates:
            return False
        at = self.pieces.tokens[amount.number.first].start
        number = bisect_right(self.starts, at) - 1
        return number >= 0 and at < self.dates[number][1]

    def _is_glued(self, amount: Amount) -> bool:
        """Find numbers inside names: "F-16", "S22", "COVID-19", "3D", "1080p"."""
        pieces, first, end = self.pieces, amount.first, amount.number.end
        before = pieces.word(first - 1)
        if pieces.is_glued(first) and before[-1:].isalpha() and before[-1:] < UNSPACED:
            return True
        is_joined = pieces.is_glued(first) and before in HYPHENS and pieces.is_glued(first - 1)
        if is_joined and pieces.word(first - 2)[-1:].isalpha():
            return not amount.unit or pieces.is_high(first - 2)
        if pieces.is_glued(first) and before and before in "#@/_№=&?%":
            return True
        if before == "(" and pieces.word(end) == ")" and not amount.unit:
            return amount.number.scale == 1 and amount.number.is_whole  # on a player's shirt
        behind = pieces.word(end)
        if behind in HYPHENS and pieces.is_glued(end) and pieces.is_glued(end + 1):
            low = pieces.low(end + 1)  # "2019-м", "2-to-1"
            is_odds = self.lexicon.around.to.match(pieces, end + 1) is not None
            if is_odds or low in self.lexicon.numbers.ordinals:
                return True
        is_open = pieces.is_glued(end) and not amount.unit and amount.number.scale == 1
        return is_open and (behind[:1].isalpha() or behind in ("/", "_", "&"))

    def _is_clock(self, amount: Amount) -> bool:
        pieces, clock = self.pieces, self.lexicon.grammar.clock
        end = amount.number.end
        low = pieces.low(end)
        if low == "." and pieces.is_glued(end):
            low = pieces.low(end + 1) if pieces.is_glued(end + 1) else ""
        if low not in clock or amount.number.scale > 1:
            return False
        needed = self.lexicon.grammar.clock_before
        is_range = pieces.is_number(amount.first - 2)
        return not needed or (pieces.low(amount.first - 1) in needed and not is_range)

    def _is_dated(self, amount: Amount) -> bool:
        """Find days and years beside the name of a month: "Jan. 24", "24 January 2019"."""
        months, pieces = self.lexicon.grammar.months, self.pieces
        if not amount.number.is_whole or not months or (amount.number.value or 0) > _LAST_YEAR:
            return False
        first, end = amount.first, amount.number.end
        before = [pieces.low(at) for at in range(first - 1, first - 5, -1)]
        if before[0] == ".":
            before = before[1:]
        if _is_month(pieces, before[0], months) and self._is_month_name(first):
            return not amount.unit
        is_year = _FIRST_YEAR <= (amount.number.value or 0) <= _LAST_YEAR and not amount.unit
        if is_year and any(word in months for word in before[:3]):
            return True
        behind = [pieces.low(end), pieces.low(end + 1), pieces.low(end + 2)]
        if behind[0] in (".", "de", "of") or behind[0] in self.lexicon.numbers.ordinals:
            behind = behind[1:]
        return behind[0] in months and (amount.number.value or 0) <= 31 and behind[0] != "may"

    def _is_month_name(self, first: int) -> bool:
        """Say whether "may" or "march" before a number is a month: it is written high."""
        low = self.pieces.low(first - 1)
        return low not in self.lexicon.grammar.high_months or self.pieces.is_high(first - 1)

    def _is_year(self, amount: Amount) -> bool:
        number, pieces = amount.number, self.pieces
        value = number.value or 0
        is_four = len(pieces.word(number.first)) == 4 and number.end == number.first + 1
        if pieces.low(amount.first - 1) in self._of_years() and value >= _LAST_YEAR:
            return is_four and number.is_whole and value < 3000
        if not number.is_whole or not is_four or not _FIRST_YEAR <= value <= _LAST_YEAR:
            return False
        bound = self.lexicon.around.bounds.match_back(pieces, amount.first)
        is_bound = bound is not None and pieces.low(amount.first - 1) not in self._of_years()
        counts_people = pieces.low(number.end) in self.lexicon.grammar.heads
        return not (is_bound or counts_people)

    def _is_dated_year(self, amount: Amount) -> bool:
        """Find "2022 года", where the word for a year stands behind it."""
        number = amount.number
        is_year = number.is_whole and _FIRST_YEAR <= (number.value or 0) <= _LAST_YEAR
        return is_year and self.pieces.low(number.end) in self.lexicon.grammar.after_year

    def _of_years(self) -> frozenset[str]:
        return self.lexicon.grammar.before_year

    def _is_ordinal(self, amount: Amount) -> bool:
        """Find "20th", "1er", "2-го" and, where a language writes it so, "24."."""
        pieces, end = self.pieces, amount.number.end
        low = pieces.low(end)
        if low in HYPHENS and pieces.is_glued(end):
            low = pieces.low(end + 1)
        if low in self.lexicon.numbers.ordinals and pieces.is_glued(end):
            return True
        if not self.lexicon.format.ordinal_stop or low != "." or not pieces.is_glued(end):
            return False
        numbers = pieces.sentence_numbers
        return end + 1 < len(pieces) and numbers[end] == numbers[end + 1]

    def _is_list_number(self, amount: Amount) -> bool:
        pieces, first = self.pieces, amount.first
        if pieces.word(amount.end) not in _LIST_ENDS or not pieces.is_glued(amount.end):
            return False
        at = pieces.tokens[first].start
        line = pieces.text[max(0, at - 3) : at].rstrip(" \t")
        return (at == 0 or line.endswith("\n")) and amount.number.is_whole

    def _is_code(self, amount: Amount) -> bool:
        """Find telephone numbers, "0401", "9/11", "10:30", versions."""
        pieces, first, end = self.pieces, amount.number.first, amount.number.end
        word = pieces.word(first)
        if len(word) > 1 and word.isdecimal() and word[0] == "0":
            return True
        if pieces.word(first - 1) == "+" and pieces.is_glued(first):
            return True
        return self._is_digit_run(first, end)

    def _is_digit_run(self, first: int, end: int) -> bool:
        """Say whether three or more numbers stand in one row: "555-12-34", "030 1234 567"."""
        before, behind = self._count_numbers(first, -1), self._count_numbers(end - 1, 1)
        return before + behind >= 2

    def _count_numbers(self, at: int, step: int) -> int:
        pieces, count = self.pieces, 0
        while count < 2:
            at += step
            if pieces.word(at) in DASHES:
                at += step
            if not pieces.is_number(at):
                break
            count += 1
        return count

    def _is_score(self, amount: Amount) -> bool:
        """Find "3-2": two small numbers joined that do not rise, or with a word of games near."""
        pieces, at = self.pieces, amount.number.first
        other = self._pair(at)
        if other is None:
            return False
        first, second = min(at, other), max(at, other)
        if pieces.word(first)[:4].isdecimal() and len(pieces.word(first)) == 4:
            return _FIRST_YEAR <= int(pieces.word(first)) <= _LAST_YEAR
        words = (pieces.word(first), pieces.word(second))
        if not all(word.isdecimal() and len(word) <= 3 for word in words):
            return False
        if pieces.word(first - 1) == "(" and pieces.word(second + 1) == ")":
            return True  # what a team has won and lost
        near = pieces.lows[max(0, first - 5) : second + 4]
        has_word = not self.lexicon.grammar.scores.isdisjoint(near)
        return int(words[0]) >= int(words[1]) or has_word

    def _pair(self, at: int) -> int | None:
        """Return the other number of two that a dash joins: "3-2"."""
        pieces = self.pieces
        for step in (1, -1):
            dash, other = at + step, at + 2 * step
            is_dash = pieces.word(dash) in DASHES or pieces.word(dash) == ":"
            is_tight = pieces.is_glued(max(at, dash)) and pieces.is_glued(max(dash, other))
            if is_dash and is_tight and pieces.is_number(other):
                return other
        return None

    def _is_name(self, amount: Amount) -> bool:
        """Find "Boeing 747", "Article 5", "No. 10", "iPhone 14": a name, then a bare number."""
        pieces, first, grammar = self.pieces, amount.first, self.lexicon.grammar
        label = first - 2 if pieces.word(first - 1) == "." else first - 1
        joined = pieces.low(label) + ("." if label < first - 1 else "")
        if joined in grammar.labels or pieces.low(label) in grammar.labels:
            return True
        if "," in pieces.word(amount.number.first):
            return False
        if not _is_name_word(pieces, first - 1) or pieces.low(first - 1) in grammar.stop:
            return False
        return not (self._is_bounded(first, amount.end) or self._is_counted(amount.end))

    def _is_bounded(self, first: int, end: int) -> bool:
        """Say whether the word before a number is about its size: "Some 50", "Killed 20"."""
        pieces, around, low = self.pieces, self.lexicon.around, self.pieces.low(first - 1)
        phrase = around.bounds.match_back(pieces, first) or around.skip.match_back(pieces, first)
        to = around.to.match(pieces, end)
        is_range = (to is not None and pieces.is_number(to.at)) or low in around.between
        is_verb = low in around.change or low in self.lexicon.grammar.tolls
        return phrase is not None or is_verb or is_range

    def _is_counted(self, at: int) -> bool:
        """Say whether a word follows that is counted: "300 people", German "300 Menschen"."""
        pieces, low = self.pieces, self.pieces.low(at)
        if low in self.lexicon.grammar.heads:
            return True
        return self.lexicon.language == "de" and pieces.is_high(at)

    def _is_address(self, amount: Amount) -> bool:
        """Find "10 Downing Street"."""
        pieces, streets = self.pieces, self.lexicon.grammar.streets
        words = range(amount.end, amount.end + 4)
        for at in words:
            if not pieces.is_high(at):
                return False
            if pieces.low(at) in streets and at > amount.end:
                return True
        return False

    def _is_idiom(self, amount: Amount) -> bool:
        """Find "no one", "one of these days", "zero tolerance": words that count nothing."""
        pieces, numbers = self.pieces, self.lexicon.numbers
        low = pieces.low(amount.number.first)
        is_single = amount.number.end - amount.number.first == 1
        if not is_single or amount.number.kind or amount.number.is_vague:
            return False
        is_compound = pieces.word(amount.end) in HYPHENS and pieces.is_glued(amount.end)
        if not amount.unit and is_compound and pieces.word(amount.end + 1)[:1].isalpha():
            return True  # "six-speed", "three-way"
        if low not in numbers.unlikely:
            is_known = pieces.low(amount.first - 1) in numbers.not_two
            return is_known and not amount.unit and not self._counts_several(amount.end)
        share = numbers.shares.match(pieces, amount.end)
        share = share or numbers.shares.match(pieces, amount.end + 1)
        if share is not None and share.value not in numbers.of:
            return False
        before = pieces.low(amount.first - 1)
        if before in numbers.not_after or (before == "at" and amount.unit == "point"):
            return True
        if amount.unit:
            return False
        behind = pieces.low(amount.end)
        is_pronoun = self._is_stop(amount.end) and behind not in numbers.of
        return is_pronoun or behind in numbers.not_before or not behind[:1].isalpha()

    def _is_label(self, amount: Amount) -> bool:
        """Find "game seven", "class-one": a numeral in words that names one of several."""
        pieces, first = self.pieces, amount.number.first
        if amount.unit or amount.number.scale > 1 or amount.number.kind:
            return False
        label = first - 1
        if pieces.word(label) in HYPHENS and pieces.is_glued(first):
            return pieces.word(label - 1)[-1:].isalpha()
        is_counted = self._is_counted(amount.end) or pieces.low(amount.end).endswith("s")
        return pieces.low(label) in self.lexicon.grammar.labels and not is_counted

    def _counts_several(self, at: int) -> bool:
        """Say whether a plural noun stands behind "the two", perhaps with adjectives."""
        for word in range(at, at + 4):
            low = self.pieces.low(word)
            if not low[:1].isalpha() or self._is_stop(word):
                return False
            if low.endswith("s") or low in self.lexicon.grammar.heads:
                return True
        return False

    def _is_stop(self, at: int) -> bool:
        return self.pieces.low(at) in self.lexicon.grammar.stop

    def _is_named_word(self, amount: Amount) -> bool:
        """Find "Big Four", "the Kick Six win": a numeral that is written high inside a sentence."""
        pieces, first = self.pieces, amount.number.first
        is_noun = self.lexicon.language == "de"  # which writes all nouns so
        if is_noun or not pieces.is_high(first) or pieces.is_first(first):
            return False
        behind = pieces.word(amount.number.end)
        return pieces.is_high(first - 1) or not behind[:1].islower()


def _is_month(pieces: Pieces, word: str, months: frozenset[str]) -> bool:
    return word in months


def _is_name_word(pieces: Pieces, at: int) -> bool:
    word = pieces.word(at)
    return word[:1].isupper() or (len(word) > 1 and word[0] in "ie" and word[1].isupper())
