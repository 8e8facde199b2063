"""The items that a rule matched, and what stands around them."""

from dateline.claims.dates import meanings as mean
from dateline.claims.dates.items import Coded, Item

DAY_LEADS = ("I", "F", "T", "L", "K", "G")  # before "the 27th"
_ENDS = frozenset(".;:!?)»”\"’'–—")
PREPOSITIONS = frozenset("IOTFGKLlaAEfX")


class Parts:
    """The items of one match, and what stands around them."""

    def __init__(self, coded: Coded, start: int, end: int) -> None:
        self.coded, self.start, self.end = coded, start, end
        self.codes = coded.codes[start:end]
        self.items = coded.items[start:end]

    def first(self, codes: str) -> Item | None:
        """Return the first item with one of these codes."""
        return next((item for item in self.items if item.sense.code in codes), None)

    def numbers(self, codes: str) -> list[int]:
        """Return the numbers of the items with one of these codes."""
        return [item.sense.number for item in self.items if item.sense.code in codes]

    def number(self, codes: str) -> int | None:
        """Return the number of the first item with one of these codes."""
        found = self.first(codes)
        return None if found is None else found.sense.number

    def name(self, codes: str) -> str:
        """Return the name of the first item with one of these codes: its unit or edge."""
        found = self.first(codes)
        return "" if found is None else found.sense.name

    @property
    def before(self) -> str:
        """Return the code before the match, "" at the text's beginning."""
        return self.coded.codes[self.start - 1] if self.start else ""

    @property
    def after(self) -> str:
        """Return the code behind the match, "" at the text's end."""
        return self.coded.codes[self.end] if self.end < len(self.coded.codes) else ""

    def year(self) -> mean.Year:
        """Return the year that the match names, by number or as last, this or next."""
        number = self.number("Y")
        shifts = self.numbers("X") if number is None and "u" in self.codes else []
        shift = shifts[-1] if shifts else None
        return mean.Year(number, shift)

    def is_surname(self) -> bool:
        """Say whether a capital makes a name of what is written small: "Domingo Ramos"."""
        coded = self.coded
        if coded.words.capital or not coded.is_high(self.items[0]) or self.before in ("", "B"):
            return False
        after = coded.items[self.end : self.end + 1]
        return any(coded.is_high(item) and item.sense.code == "_" for item in after)


def ends_phrase(parts: Parts) -> bool:
    """Say whether no noun follows, of which a number would be the rank."""
    coded = parts.coded
    if parts.end >= len(coded.items) or parts.after in (*DAY_LEADS, "C", "B"):
        return True
    after = coded.items[parts.end]
    word = coded.word(after)
    return word in _ENDS or (coded.is_word(after) and coded.words.has("followers", word))
