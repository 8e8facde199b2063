"""A text's words as codes: each word, number or mark is an item with one letter.

Numbers are read here: a day, a year, a time, a whole numeric date. What is no date's word has the
code `OTHER`, so that the codes keep the order and the distance of the words.
"""

import re
from bisect import bisect_left
from typing import NamedTuple

from dateline.claims.dates import words as w
from dateline.claims.dates.numbers import Numeric, read_numeric
from dateline.claims.dates.words import Sense, Words, fold, load_words
from dateline.claims.page import Page, Token

_DASHES = frozenset("-–‐‑‒—−")
_MONEY = frozenset("$€£¥₽₴₹#№")
_NO_DAY = frozenset("%‰°№$€£¥₽₴₹")
_BREAK = re.compile("\n")
_FAR = 1 << 60
_OTHER = Sense(w.OTHER)
_ROMAN = frozenset("IVX")


class Item(NamedTuple):
    """One word or number of a text: its code, its value, and where it stands."""

    sense: Sense
    start: int
    end: int
    token: int  # its first token
    numeric: Numeric | None = None


class Coded(NamedTuple):
    """A text as items, and their codes as one string of the same length."""

    text: str
    codes: str
    items: list[Item]
    words: Words

    def word(self, item: Item) -> str:
        """Return an item's word in lower case."""
        return fold(self.text[item.start : item.end])

    def is_high(self, item: Item) -> bool:
        """Say whether an item begins with a capital letter."""
        return self.text[item.start].isupper()

    def is_word(self, item: Item) -> bool:
        """Say whether an item begins with a letter."""
        return self.text[item.start].isalpha()


def code_page(page: Page) -> Coded:
    """Return the items of a text."""
    coder = _Coder(page, load_words(page.language or "en"))
    items = coder.run()
    return Coded(page.text, "".join([item.sense.code for item in items]), items, coder.words)


class _Coder:
    """Goes through the tokens once; each step takes at least one."""

    def __init__(self, page: Page, words: Words) -> None:
        self.page = page
        self.words = words
        self.tokens = page.tokens
        self.items: list[Item] = []

    def run(self) -> list[Item]:
        at, entries, items = 0, self.words.entries, self.items
        tokens = self.tokens
        breaks = [match.start() for match in _BREAK.finditer(self.page.text)] + [_FAR]
        passed = 0
        while at < len(tokens):
            token = tokens[at]
            text = token.text
            if breaks[passed] < token.start:
                passed = bisect_left(breaks, token.start, passed)
                items.append(Item(Sense(w.BREAK), token.start, token.start, at))
            if text[0].isdecimal():
                at = self._number(at)
                continue
            low = text.casefold()
            if low in entries:
                at = self._phrase(at, low)
                continue
            if len(text) > 1 or text.isalpha():
                self._strange(at, low)
            elif text == "," or text == "(":
                items.append(Item(Sense(w.COMMA), token.start, token.end, at))
            elif text in _DASHES and self._joins(at):
                items.append(Item(Sense(w.TO), token.start, token.end, at))
            else:
                items.append(Item(_OTHER, token.start, token.end, at))
            at += 1
        return items

    def _add(self, sense: Sense, at: int, last: int, numeric: Numeric | None = None) -> int:
        start, end = self.tokens[at].start, self.tokens[last].end
        self.items.append(Item(sense, start, end, at, numeric))
        return last + 1

    def _phrase(self, at: int, low: str) -> int:
        """Take a word of the lists, with the words behind it where they are one expression."""
        sense, longer = self.words.entries[low]
        last = at
        if longer and at + 1 < len(self.tokens):
            phrases = longer.get(fold(self.tokens[at + 1].text), ())
            found = next((phrase for phrase in phrases if self._follow(at + 2, phrase.rest)), None)
            if found is not None:
                last, sense = at + 1 + len(found.rest), found.sense
        if sense is None or self._lacks_capital(sense, at, last):
            return self._add(_OTHER, at, at)
        after = self._add(sense, at, last)
        return after + self._is_short_stop(sense, low, after)

    def _lacks_capital(self, sense: Sense, at: int, last: int) -> bool:
        if sense.code == w.HOLIDAY:
            is_high = any(token.is_high for token in self.tokens[at : last + 1])
            return not (is_high or self.words.small_holidays)
        return self._needs_capital(sense) and not self.tokens[at].is_high

    def _needs_capital(self, sense: Sense) -> bool:
        return self.words.capital and sense.code in "MmWw"

    def _follow(self, at: int, rest: tuple[str, ...]) -> bool:
        found = self.tokens[at : at + len(rest)]
        return len(found) == len(rest) and all(
            fold(token.text) == word for token, word in zip(found, rest, strict=True)
        )

    def _is_short_stop(self, sense: Sense, low: str, at: int) -> bool:
        """Say whether a full stop belongs to the shortened name of a month or weekday before it."""
        longest = {w.YEAR_UNIT: 2, w.CENTURY: 2}.get(sense.code, 5)
        is_short = sense.code in "MmWwuj" and len(low) <= longest
        return (
            is_short
            and at < len(self.tokens)
            and self.tokens[at].text == "."
            and (at + 1 < len(self.tokens) and self.tokens[at].start == self.tokens[at - 1].end)
        )

    def _joins(self, at: int) -> bool:
        """Say whether a dash stands between two words or numbers without a gap on one side only."""
        if not 0 < at < len(self.tokens) - 1:
            return False
        before, dash, after = self.tokens[at - 1 : at + 2]
        return (before.end == dash.start) == (dash.end == after.start)

    def _strange(self, at: int, low: str) -> None:
        """Take a word that no list has: in two parts, shortened, or none of a date's."""
        token, words = self.tokens[at], self.words
        if "'" in low or "’" in low or "ʼ" in low:
            return self._apostrophe(at, fold(low))
        if "-" in low or "‑" in low:
            parts = low.replace("‑", "-").split("-")
            if len(parts) == 2 and all(map(words.sense, parts)):
                return self._two(token, at, parts)
        tail = ""
        if words.tails and low.endswith(words.tails):
            tail = next(tail for tail in words.tails if low.endswith(tail))
        stem = words.sense(low.removesuffix(tail)) if tail and token.is_high else None
        if stem is not None:
            self.items.append(Item(stem, token.start, token.end, at))
            return None
        numeral = token.text.removesuffix("e")  # XIXe siècle
        roman = len(low) <= 6 and token.is_high and _ROMAN.issuperset(numeral)
        sense = Sense(w.ROMAN, read_roman(numeral)) if roman else _OTHER
        self.items.append(Item(sense, token.start, token.end, at))
        return None

    def _two(self, token: Token, at: int, parts: list[str]) -> None:
        middle = token.start + len(token.text) - len(parts[1])
        first, second = (self.words.sense(part) or _OTHER for part in parts)
        self.items.append(Item(first, token.start, middle - 1, at))
        if first.code in "MWw" and second.code in "MWw":
            self.items.append(Item(Sense(w.TO), middle - 1, middle, at))
        self.items.append(Item(second, middle, token.end, at))

    def _apostrophe(self, at: int, low: str) -> None:
        token = self.tokens[at]
        sense = self.words.sense(low)
        if sense is not None:
            self.items.append(Item(sense, token.start, token.end, at))
            return
        head, _, rest = low.partition("'")
        cut = token.start + len(head)
        owner = self.words.sense(head)
        if rest == "s" and owner is not None and (token.is_high or not self._needs_capital(owner)):
            self.items.append(Item(owner, token.start, cut, at))
        elif head + "'" in self.words.elided and self.words.sense(rest) is not None:
            self.items.append(
                Item(self.words.sense(head + "'") or _OTHER, token.start, cut + 1, at)
            )
            self.items.append(Item(self.words.sense(rest) or _OTHER, cut + 1, token.end, at))
        else:
            self.items.append(Item(_OTHER, token.start, token.end, at))

    def _number(self, at: int) -> int:
        """Take a number: what is money, a share or part of a name is no date's."""
        if self._is_quarter(at):
            quarter = self.items.pop()
            value = int(self.tokens[at].text)
            self.items.append(
                Item(Sense(w.QUARTER, value), quarter.start, self.tokens[at].end, quarter.token)
            )
            return at + 1
        if self._is_named(at):
            return self._add(_OTHER, at, at)
        whole = read_numeric(self.tokens, at, self.page.clues.language, self.words)
        if whole is not None:
            return self._add(Sense(w.FULL), at, whole.last, whole)
        text = self.tokens[at].text
        if ":" in text:
            return self._add(Sense(w.TIME), at, at)
        if not text.isdecimal() or len(text) > 4:
            return self._add(_OTHER, at, at)
        value = int(text)
        if len(text) == 4:
            code = w.YEAR if 1000 <= value < 2200 else w.NUMBER
        else:
            code = w.DAY if 1 <= value <= 31 and len(text) < 3 else w.NUMBER
        last, ends_well = self._suffix(at, code)
        return self._add(Sense(code if ends_well else w.OTHER, value), at, last)

    def _is_quarter(self, at: int) -> bool:
        """Say whether a number is the second half of "Q2"."""
        token, before = self.tokens[at], self.tokens[at - 1] if at else None
        is_behind = before is not None and before.text == "Q" and before.end == token.start
        return is_behind and token.text in ("1", "2", "3", "4")

    def _is_named(self, at: int) -> bool:
        """Say whether a number belongs to a sign or word before it: $5, G7, F-16, COVID-19."""
        token = self.tokens[at]
        before = self.tokens[at - 1] if at else None
        if at + 1 < len(self.tokens) and self.tokens[at + 1].text in _NO_DAY:
            return True
        if before is None:
            return False
        if before.text in _MONEY:
            return True
        if before.end != token.start:
            return False
        if before.text in _DASHES or before.text == "/":
            code = self.items[-2].sense.code if len(self.items) > 1 else w.OTHER
            earlier = self.tokens[at - 2] if at > 1 else None
            is_joined = earlier is not None and earlier.end == before.start
            return is_joined and code in (w.OTHER, w.QUARTER)
        return before.is_word and self.items[-1].sense.code == w.OTHER and before.text[0].isascii()

    def _suffix(self, at: int, code: str) -> tuple[int, bool]:
        """Return the last token of a number with its ending, and whether the ending is a date's.

        An ending is "24th", "1er", "24.", "12-го"; "5G" and "3D" are no numbers.
        """
        tokens, words = self.tokens, self.words
        following = tokens[at + 1 : at + 3]
        if not following or following[0].start != tokens[at].end:
            return at, True
        first = following[0].text
        if first[0].isalpha():
            low = fold(first)
            if words.has("suffixes", low) and code != w.YEAR:
                return at + 1, True
            return at, low in words.entries or not first.isascii()
        if first in _DASHES and len(following) == 2 and following[1].start == following[0].end:
            low = fold(following[1].text)
            is_ending = words.dotted and words.has("suffixes", low) and code != w.YEAR
            return at + 2 * is_ending, True
        is_ordinal = first == "." and words.dotted and code == w.DAY and len(following) == 2
        return at + is_ordinal, True


def read_roman(numeral: str) -> int:
    """Return the value of a numeral of I, V and X."""
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in numeral]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)
