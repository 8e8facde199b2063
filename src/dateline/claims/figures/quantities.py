"""Quantities: amounts joined to ranges and shares, with their bounds, and the way they changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.claims.figures.amounts import Amount
from dateline.claims.figures.lexicon import Lexicon
from dateline.claims.figures.pieces import DASHES, Pieces
from dateline.claims.figures.units import AGE, SHARE, TIMES

_RATES = frozenset(("percent", "percentage point", "basis point", "point"))
_OLDEST = 120
_SMALL = 20  # up to which "two or three" is a range
_STEPS = 4  # words that bound a number, before it: "at least about", "up by another"


@dataclass(frozen=True, slots=True)
class Quantity:
    """What a number with its words says: the pieces from `first` up to `end`."""

    first: int
    end: int
    core: int  # the piece with which the number itself begins
    value: float | None
    low: float | None
    high: float | None
    unit: str
    approximate: bool = False
    change: str = ""
    is_range: bool = False
    thing: tuple[int, int] | None = None  # counted inside: French "un Français sur trois"


def join_quantities(
    pieces: Pieces, amounts: Sequence[Amount], lexicon: Lexicon
) -> Iterator[Quantity]:
    """Yield what the amounts of a text say, in order: ranges as one, each with its bounds."""
    joiner, at, previous = Joiner(pieces, lexicon), 0, None
    while at < len(amounts):
        amount = amounts[at]
        follower = amounts[at + 1] if at + 1 < len(amounts) else None
        pair = joiner.join(amount, follower) if follower is not None else None
        if pair is None and joiner.is_article(amount):
            at += 1
            continue
        later = amounts[at + 1 : at + 4]
        quantity = pair or joiner.read(joiner.inherit_unit(amount, later))
        quantity = joiner.bound(quantity, previous)
        yield quantity
        previous = quantity
        at += 2 if pair is not None else 1


class Joiner:
    """Reads the words between and around the amounts of one text."""

    def __init__(self, pieces: Pieces, lexicon: Lexicon) -> None:
        self.pieces, self.lexicon = pieces, lexicon
        self.around = lexicon.around

    def is_article(self, amount: Amount) -> bool:
        """Say whether a "one" began no share after all: an article, "one in 2018"."""
        number, low = amount.number, self.pieces.low(amount.number.first)
        is_one = number.value == 1 and number.end == number.first + 1
        numbers = self.lexicon.numbers
        if is_one and low in numbers.articles:
            return low not in numbers.bare_scales
        share = numbers.shares.match(self.pieces, amount.end)
        is_open = share is not None and share.value not in numbers.of
        return is_one and low in numbers.unlikely and not amount.unit and is_open

    def join(self, amount: Amount, other: Amount) -> Quantity | None:
        """Return two amounts as one share ("one in five") or one range ("10 to 12"), or None."""
        if self.pieces.sentence_numbers[amount.first] != self.pieces.sentence_numbers[other.first]:
            return None
        return self._join_share(amount, other) or self._join_range(amount, other)

    def read(self, amount: Amount) -> Quantity:
        """Return one amount as it stands."""
        number, value = amount.number, amount.value
        unit = AGE if self._is_age(amount) else amount.unit
        change = self._sign(amount, unit)
        if number.kind == TIMES and self.pieces.low(number.first) in self._multiplied:
            change = "down" if (value or 0) < 1 else "up"
        quantity = Quantity(
            first=amount.first, end=amount.end, core=amount.first, value=value, low=number.low,
            high=number.high, unit=unit, approximate=number.is_vague, change=change,
        )  # fmt: skip
        return replace(quantity, unit=TIMES) if number.kind == TIMES else quantity

    @property
    def _multiplied(self) -> dict[str, float]:
        return self.lexicon.numbers.multiplied

    def _sign(self, amount: Amount, unit: str) -> str:
        if unit not in ("percent", "percentage point", "basis point"):
            return ""
        is_plus = self.pieces.word(amount.first - 1) == "+" and self.pieces.is_glued(amount.first)
        return "down" if amount.is_negative else "up" if is_plus else ""

    def _is_age(self, amount: Amount) -> bool:
        """Find "aged 25" and "Ann Lee, 66, said"."""
        number, pieces, first = amount.number, self.pieces, amount.first
        is_young = number.scale == 1 and 0 < (number.value or 0) <= _OLDEST and not number.kind
        if not is_young or amount.unit not in ("", "year"):
            return False
        before = first - 2 if pieces.low(first - 1) in self.lexicon.numbers.of else first - 1
        if pieces.low(before) in self.lexicon.grammar.age_before:
            return True
        is_listed = pieces.is_number(amount.end + 1) or pieces.is_number(first - 2)
        if (number.value or 0) % 1 or pieces.word(first - 1) != "," or is_listed:
            return False
        if amount.unit:
            return pieces.is_high(first - 2) and pieces.word(amount.end) == ","
        low = pieces.low(first - 2)
        is_named = low[:1].isalpha() and low not in self.lexicon.grammar.months
        is_named = is_named and low not in self.lexicon.grammar.stop
        behind = pieces.word(amount.end)
        return is_named and (behind == "," or (pieces.is_high(first - 2) and behind in (".", ";")))

    def inherit_unit(self, amount: Amount, later: Sequence[Amount]) -> Amount:
        """Give "15" of "15, 20 and 30 miles" the unit of the last."""
        if amount.unit or not amount.number.in_digits or amount.number.scale > 1:
            return amount
        end = amount.end
        for other in later:
            if not self._are_listed(end, other.first):
                break
            if other.unit:
                return (
                    amount
                    if other.is_money and other.first < other.number.first
                    else (replace(amount, unit=other.unit, is_money=other.is_money))
                )
            end = other.end
        return amount

    def _are_listed(self, end: int, first: int) -> bool:
        between = self.pieces.lows[end:first]
        joiners = self.around.and_ | self.around.either | {",", "-", "–"}
        return 0 < len(between) <= 2 and all(word in joiners for word in between)

    def _join_share(self, amount: Amount, other: Amount) -> Quantity | None:
        """Read "one in five", "two out of three"."""
        part, whole, numbers = amount.number, other.number, self.lexicon.numbers
        found, thing = numbers.shares.match(self.pieces, amount.end), None
        if found is None and self.pieces.low(part.first) in numbers.articles:
            found = numbers.shares.match(self.pieces, amount.end + 1)
            is_topic = self.pieces.low(other.end).endswith(("s", "x"))
            found, thing = None if is_topic else found, (amount.end, amount.end + 1)
        if found is None or found.at != other.first or amount.unit or other.unit:
            return None
        is_small = part.scale == 1 and part.value is not None and whole.value is not None
        if not is_small or not 0 < (part.value or 0) < (whole.value or 0) <= 1e6:
            return None
        if found.value in numbers.of and (whole.value or 0) > 10:
            return None
        is_year = whole.in_digits and _FIRST_YEAR <= (whole.value or 0) <= _LAST_YEAR
        if is_year and part.value != 1:
            return None
        share = (part.value or 0) / (whole.value or 1)
        return Quantity(
            amount.first, other.end, amount.first, share, None, None, SHARE, thing=thing
        )

    def _join_range(self, amount: Amount, other: Amount) -> Quantity | None:
        is_move = self._is_from(amount.first)
        if not self._is_joined(amount, other, is_move=is_move):
            return None
        unit = _common_unit(amount, other) or (
            AGE if self._is_age(amount) else _common_unit(amount, other)
        )
        values = _scaled(amount, other, is_move=is_move)
        if unit is None or values is None:
            return None
        first = amount.first
        change = ""
        if is_move:
            found = self.around.from_.match_back(self.pieces, first)
            first = found.at if found is not None else first
            change = self._change_before(first, unit)
        return Quantity(
            amount.first, max(other.end, amount.end), amount.first, None, min(values), max(values),
            unit, change=change, is_range=True,
        )  # fmt: skip

    def _is_from(self, first: int) -> bool:
        """Say whether a move begins here: "from 5"; French "en hausse de 5" is none."""
        start = first
        if (bound := self.around.bounds.match_back(self.pieces, start)) is not None:
            start = bound.at
        found = self.around.from_.match_back(self.pieces, start)
        if found is None:
            return False
        is_by = self.around.change_by.match_back(self.pieces, start) is not None
        return not (is_by and self.pieces.low(found.at - 1) in self.around.change)

    def _is_joined(self, amount: Amount, other: Amount, *, is_move: bool) -> bool:
        pieces, end, first = self.pieces, amount.end, other.first
        between = pieces.lows[end:first]
        if len(between) == 0 or len(between) > 4:
            return False
        if between[0] in DASHES and len(between) == 1:
            return self._is_dashed(end)
        to = self.around.to.match(pieces, end)
        if to is not None and to.at == first:
            is_bare = not amount.unit and bool(other.unit)
            return is_move or is_bare or not self._is_changed(amount)
        if is_move and self._goes_to(end, first):
            return True
        if len(between) == 1 and between[0] in self.around.and_:
            return self._is_between(amount.first)
        is_either = len(between) == 1 and between[0] in self.around.either
        step = (other.value or 0) - (amount.value or 0)
        is_small = amount.number.scale == 1 and (other.value or 0) <= _SMALL
        return is_either and is_small and not amount.unit and 0 < step <= 2

    def _goes_to(self, end: int, first: int) -> bool:
        """Say whether words without a mark lead from one end to the other: "21 mpg combined to"."""
        pieces, around = self.pieces, self.around
        back = around.to.match_back(pieces, first) or around.onto.match_back(pieces, first)
        is_plain = all(word[:1].isalpha() for word in pieces.lows[end:first])
        return back is not None and back.at >= end and is_plain

    def _is_dashed(self, dash: int) -> bool:
        before, behind = self.pieces.is_glued(dash), self.pieces.is_glued(dash + 1)
        return before == behind

    def _is_between(self, first: int) -> bool:
        low = self.pieces.low
        if low(first - 1) in self.around.between:
            return True
        bound = self.around.bounds.match_back(self.pieces, first)
        return bound is not None and low(bound.at - 1) in self.around.between

    def _is_changed(self, amount: Amount) -> bool:
        """Say whether "rose 3 to 5" or "rose 3 percent to 5" stands here: no range."""
        return bool(self._change_before(self._bounds_start(amount.first), "percent"))

    def _bounds_start(self, first: int) -> int:
        for _ in range(_STEPS):
            found = self.around.bounds.match_back(self.pieces, first)
            if found is None:
                break
            first = found.at
        return first

    def bound(self, quantity: Quantity, previous: Quantity | None) -> Quantity:
        """Return a quantity with the words around it read: about, at least, rose, or more."""
        first, kinds = self._read_bounds(quantity, previous)
        end = quantity.end
        behind = self.around.behind.match(self.pieces, end)
        if behind is not None and self._is_bound_behind(behind.at, end):
            kinds, end = {*kinds, behind.value}, behind.at
        if previous is not None and self._goes_on(quantity, previous):  # "aged six and nine"
            quantity = replace(quantity, unit=AGE)
        change = quantity.change or self._change_before(first, quantity.unit)
        if not change and previous is not None and self._is_repeated(first, previous):
            change = previous.change
        value = quantity.value
        if (
            previous is not None
            and self.pieces.word(first - 1) == "("
            and first == previous.end + 1
        ):
            kinds |= _kinds_of(previous)  # "more than 100 km (60 miles)"
        low, high = quantity.low, quantity.high
        if value is not None and not quantity.is_range:
            low = value if "least" in kinds else low
            high = value if "most" in kinds and "least" not in kinds else high
        is_about = quantity.approximate or "about" in kinds
        return replace(
            quantity, first=first, end=end, low=low, high=high, approximate=is_about, change=change
        )

    def _is_repeated(self, first: int, previous: Quantity) -> bool:
        """Say whether a number tells the one before again: "by 125,600 posts or 2.2 percent"."""
        between = self.pieces.lows[previous.end : first]
        return 0 < len(between) <= 3 and between[-1] in self.around.either

    def _goes_on(self, quantity: Quantity, previous: Quantity) -> bool:
        """Say whether a bare number goes on with the ages before it."""
        between = self.pieces.lows[previous.end : quantity.first]
        if quantity.unit or previous.unit != AGE or len(between) != 1:
            return False
        is_joined = between[0] in self.around.and_ or between[0] == ","
        return is_joined and not self.pieces.low(quantity.end)[:1].isalpha()

    def _is_bound_behind(self, at: int, end: int) -> bool:
        if self.pieces.word(end) != "+":
            return True
        return self.pieces.is_glued(end) and not self.pieces.is_number(at)

    def _read_bounds(self, quantity: Quantity, previous: Quantity | None) -> tuple[int, set[str]]:
        first, kinds = quantity.first, set[str]()
        free = previous.end if previous is not None else -1
        for _ in range(_STEPS):
            found = self.around.bounds.match_back(self.pieces, first)
            if found is None:
                skip = self.around.skip.match_back(self.pieces, first)
                found = self.around.bounds.match_back(self.pieces, skip.at) if skip else None
            if found is None or self._is_of_time(found.at, first, quantity):
                break
            is_goal = self.pieces.low(found.at - 1) in self.around.change or found.at == free
            if found.at < free or (found.value == "most" and is_goal):  # "up 3 percent to 5"
                break
            first = found.at
            kinds.add(found.value)
        return first, kinds

    def _is_of_time(self, at: int, first: int, quantity: Quantity) -> bool:
        """Say whether "over", "within" speak of time: "over two years"."""
        is_single = at == first - 1
        is_word = self.pieces.low(at) in self.around.strictly_amounts
        return is_single and is_word and quantity.unit in self.lexicon.units.durations

    def _change_before(self, first: int, unit: str) -> str:
        for _ in range(_STEPS):
            found = self.around.change_by.match_back(self.pieces, first)
            verb = self.pieces.low(first - 1)
            if verb in self.around.change or found is None:
                break
            first = found.at
        verb = self.pieces.low(first - 1)
        if unit not in _RATES and verb in self.around.change_of_units:
            return ""
        return self.around.change.get(verb, "")


_FIRST_YEAR, _LAST_YEAR = 1400, 2100


def _common_unit(amount: Amount, other: Amount) -> str | None:
    if amount.unit == other.unit or not amount.unit:
        is_apart = other.is_money and other.first < other.number.first and not amount.unit
        return None if is_apart else other.unit
    if not other.unit and amount.is_money and other.number.in_digits:
        return amount.unit
    base = other.unit.partition(" per ")[0]
    return other.unit if base == amount.unit else amount.unit if not other.unit else None


def _scaled(amount: Amount, other: Amount, *, is_move: bool) -> tuple[float, float] | None:
    """Return both ends; "3 to 5 billion" are billions both."""
    if amount.value is None or other.value is None:
        return None
    if amount.number.kind or other.number.kind:
        return None
    scale = other.number.scale
    if amount.number.scale > 1 or scale == 1:
        return amount.value, other.value
    limit = other.value / scale * (10 if is_move else 1)
    return (amount.value * scale if amount.value < limit else amount.value), other.value


def _kinds_of(quantity: Quantity) -> set[str]:
    if quantity.value is None or quantity.is_range:
        return set()
    found = {"about"} if quantity.approximate else set[str]()
    found |= {"least"} if quantity.low == quantity.value else set()
    return found | ({"most"} if quantity.high == quantity.value else set())
