"""Which orders of codes are a date, and what each means: one regular expression over the codes.

A rule is a pattern over the letters of `words.py` and a function that makes of its items a meaning,
or says that they are none. Patterns are bounded, so that a search stays linear.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from dateline.claims.dates import meanings as mean
from dateline.claims.dates.items import Coded, Item
from dateline.claims.dates.meanings import Meaning

_COUNT = "[DNn]"
_OF_YEAR = "(?:[CO]?[QO]?(?:Yu?|uY|Xu|uX)(?!c))"
_PREPOSITIONS = frozenset("IOTFGKLlaAEfX")
_OPENS_EVENT = frozenset("_QnDoOXJMWR")  # what may begin the event behind "a day after"
_OPEN_QUOTES, _CLOSE_QUOTES = frozenset("\"'“‘„«‹"), frozenset("\"'”’“»›")


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
        shift = self.number("X") if number is None and "u" in self.codes else None
        return mean.Year(number, shift)


Make = Callable[[Parts], Meaning | None]


class Rule(NamedTuple):
    """A pattern of codes, and what makes a meaning of what it finds."""

    kind: str
    pattern: str
    make: Make


def _full(parts: Parts) -> Meaning | None:
    found = parts.first("1")
    if found is None or found.numeric is None:
        return None
    year, month, day, _ = found.numeric
    if year is None and parts.before not in _PREPOSITIONS | {"Q"}:
        return None
    if day is None:
        return mean.numeric_month(year or 1, month)
    return mean.day_of(mean.Year(year), month, day, parts.number("Ww"))


def _days_between(parts: Parts) -> Meaning | None:
    days, month = parts.numbers("D"), parts.number("Mm") or 0
    return mean.days_between(parts.year(), month, days[0], days[1]) if days[0] < days[1] else None


def _day_month(parts: Parts) -> Meaning | None:
    month, day = parts.number("Mm"), parts.number("Do")
    if month is None or day is None or day < 1:
        return None
    return mean.day_of(parts.year(), month, day, parts.number("Ww"))


def _month(parts: Parts) -> Meaning | None:
    is_alone = len(parts.codes) == 1
    if parts.codes == "m" and not _may_be_shy(parts):
        return None
    if is_alone and parts.before not in _PREPOSITIONS and _is_name(parts):
        return None
    shift = parts.number("X") if "u" not in parts.codes else None
    return mean.month(parts.number("Mm") or 1, parts.year(), shift)


def _may_be_shy(parts: Parts) -> bool:
    """Say whether a month that is also another word stands where only a month can."""
    if not parts.start:
        return False
    before = parts.coded.items[parts.start - 1]
    words = parts.coded.words
    return words.has("shy_after", parts.coded.word(before))


def _is_name(parts: Parts) -> bool:
    """Say whether a month is a person: "June Smith", "Miss April"; only where months have capitals."""
    if not parts.coded.words.capital:
        return False
    item = parts.items[0]
    following = parts.coded.items[parts.end : parts.end + 1]
    before = parts.coded.items[max(parts.start - 1, 0) : parts.start]
    is_high = any(
        parts.coded.is_high(near) and near.sense.code == "_" and abs(near.start - item.end) < 2
        for near in following
    )
    return is_high or any(
        parts.coded.is_high(near) and near.sense.code == "_" and item.start - near.end < 2
        for near in before
    )


def _weekday(parts: Parts) -> Meaning | None:
    coded, words = parts.coded, parts.coded.words
    for item in coded.items[max(parts.start - 1, 0) : parts.start]:
        word = coded.word(item)
        if words.has("every", word) or words.has("not_after", word):
            return None
    for item in coded.items[parts.end : parts.end + 1]:
        if words.has("not_before", coded.word(item)) and coded.is_high(item):
            return None
    week = parts.number("X") if "U" in parts.codes else None
    if "U" in parts.codes and parts.name("U") != "week":
        return None
    which = parts.number("X") if "U" not in parts.codes else None
    return mean.weekday(parts.number("W") or 0, which=which, week=week)


def _relative(parts: Parts) -> Meaning | None:
    shift = parts.number("Rq") or 0
    if parts.codes == "R" and shift > 0 and parts.before == "n":
        return None  # "a tomorrow without war"
    if parts.codes == "R" and _is_named(parts):
        return None
    if parts.codes == "q" and _is_part(parts):
        return None
    return mean.relative_day(shift)


def _is_named(parts: Parts) -> bool:
    """Say whether a word is the end of a name: "PlayStation Now", "USA Today"."""
    if not parts.start or not parts.coded.is_high(parts.items[0]):
        return False
    before = parts.coded.items[parts.start - 1]
    return before.sense.code in "_U" and parts.coded.is_high(before)


def _is_part(parts: Parts) -> bool:
    """Say whether a word for tomorrow means the morning: "la mañana", "am Morgen"."""
    if parts.coded.words.capital:
        return parts.coded.is_high(parts.items[0]) and parts.start > 0
    return parts.before in ("Q", "X", "O") or parts.before == "I"


def _between_days(parts: Parts) -> Meaning | None:
    first, last = map(int, parts.name("V").split())
    return mean.relative_days(first, last)


def _which_part(parts: Parts) -> Meaning | None:
    which = parts.number("X") or 0
    return mean.relative_day(which) if which < 1 else mean.moved(1, "day")


def _last_units(parts: Parts) -> Meaning | None:
    if parts.start and parts.codes[0] == "X" and _is_verb(parts):
        return None
    count, unit = parts.number(_COUNT), parts.name("Uu")
    which = parts.number("X")
    if not count or which is None or unit in ("minute", "half"):
        return None
    return mean.last_units(count, unit, which)


def _is_verb(parts: Parts) -> bool:
    """Say whether "last" is what something will do."""
    before = parts.coded.word(parts.coded.items[parts.start - 1])
    return parts.before == "T" or before in parts.coded.words.tense.future


def _which_unit(parts: Parts) -> Meaning | None:
    unit, which = parts.name("Uuk"), parts.number("X") or 0
    if unit in ("day", "hour", "minute", "half", "century"):
        return None
    coded = parts.coded
    if coded.words.capital and coded.words.span_articles and _is_title(parts):
        return None
    if any(coded.words.has("plural", coded.word(item)) for item in parts.items):
        return mean.never()
    if unit != "weekend" and which and _is_span(parts):
        span = mean.last_units(1, unit, which)
        return span if which < 0 else mean.next_in_text(unit, span)
    if parts.codes[0] == "L":
        side = parts.name("L")
        return mean.part_of_unit(unit, which, side) if side in ("earlier", "later") else None
    return mean.which_unit(unit, which)


def _is_title(parts: Parts) -> bool:
    """Say whether "This Week" is the name of something."""
    unit = parts.first("Uuk")
    return unit is not None and parts.coded.is_high(unit)


def _is_span(parts: Parts) -> bool:
    """Say whether "the last year" is a year up to now: by its article or by "past"."""
    words, which = parts.coded.words, parts.first("X")
    if which is None or not words.span_articles:
        return False
    is_past = any(words.has("span_words", part) for part in parts.coded.word(which).split())
    return is_past or parts.before == "Q"


def _weekend(parts: Parts) -> Meaning | None:
    if parts.before in ("W", "D") or (parts.before == "_" and parts.coded.words.capital):
        return None
    return mean.weekend()


def _season(parts: Parts) -> Meaning | None:
    season = parts.number("s") or 0
    if "Y" in parts.codes or "u" in parts.codes:
        return mean.season(season, parts.year(), None)
    if "X" in parts.codes:
        return mean.season(season, mean.Year(), parts.number("X"))
    lead = parts.coded.codes[max(parts.start - 2, 0) : parts.start]
    return mean.season(season, mean.Year(), None) if lead.endswith("IQ") else None


def _ago(parts: Parts) -> Meaning | None:
    count, unit = parts.number(_COUNT), parts.first("Uu")
    if unit is None or unit.sense.name == "half":
        return None
    if count is None:
        if not parts.coded.words.has("single", parts.coded.word(unit)):
            return None
        count = 1
    return mean.from_now(-count, unit.sense.name)


def _later(parts: Parts) -> Meaning | None:
    unit, later = parts.first("Uu"), parts.first("Ll")
    count = parts.number(_COUNT)
    if unit is None or later is None or unit.sense.name in ("half", "minute"):
        return None
    if count is None:
        if not parts.coded.words.has("single", parts.coded.word(unit)):
            return None
        count = 1
    if later.sense.code == "l" and parts.codes[0] != "l":
        count = abs(count)
    if parts.codes[-1] == "L":
        later = parts.items[-1]
    if later.sense.name in ("after", "before") and parts.before == "I":
        return None  # "for ten years before": how long, not when
    if later.sense.name in ("after", "before", "first_after") and parts.after in _OPENS_EVENT:
        return mean.around_event(later.sense.number * count, unit.sense.name)
    if later.sense.name == "first_before":
        return None
    if later.sense.name == "first_after":
        return mean.later_or_from_now(count, unit.sense.name)
    return mean.moved(later.sense.number * count, unit.sense.name)


def _from_now(parts: Parts) -> Meaning | None:
    count, unit = parts.number(_COUNT), parts.name("Uu")
    if not count or unit in ("half", "minute", "hour"):
        return None
    return mean.from_now(count, unit)


def _anchored(parts: Parts) -> Meaning | None:
    if parts.codes == "Z":
        return _phrase(parts)
    count = parts.number("x") or 1
    if "W" in parts.codes:
        return mean.moved_to_weekday(parts.number("W") or 0, count)
    return mean.moved(count, parts.name("Uuk")) if parts.name("Uuk") else None


def _phrase(parts: Parts) -> Meaning:
    unit, count = parts.name("Z"), parts.number("Z") or 0
    if unit.startswith("this "):
        return mean.which_unit(unit.removeprefix("this "), count)
    ending = parts.coded.word(parts.items[0]).rpartition(" ")[2]
    last = parts.coded.words.sense(ending)
    is_open = last is not None and last.name in ("after", "before")
    if parts.after == "O" or (is_open and parts.after in _OPENS_EVENT):
        return mean.around_event(count, unit)
    return mean.moved(count, unit)


def _same(parts: Parts) -> Meaning | None:
    if "M" in parts.codes or "m" in parts.codes:
        return None
    return mean.same(parts.name("Uuk"))


def _edge(parts: Parts) -> Meaning | None:
    edge = parts.name("E")
    if "M" in parts.codes or "m" in parts.codes:
        shift = parts.number("X") if "u" not in parts.codes else None
        return mean.edge(mean.month(parts.number("Mm") or 1, parts.year(), shift), edge)
    if "s" in parts.codes:
        return mean.edge(mean.season(parts.number("s") or 0, parts.year(), None), edge)
    if "Y" in parts.codes:
        decade = "d" in parts.codes or "e" in parts.codes
        whole = mean.decade(parts.number("Y") or 0) if decade else mean.year(parts.number("Y") or 0)
        return mean.edge(whole, edge)
    if "i" in parts.codes:
        return mean.edge(mean.decade(parts.number("i") or 0), edge)
    unit = parts.name("Uuk")
    if unit in ("day", "hour", "minute", "half", "decade", "century"):
        return None
    return mean.edge(mean.which_unit(unit, parts.number("X") or 0), edge)


def _ordinal_unit(parts: Parts) -> Meaning | None:
    which, unit = parts.first("oDX"), parts.first("U")
    if which is None or unit is None:
        return None
    number = which.sense.number
    if which.sense.code == "D" and which.end - which.start < 3:
        return None  # "3 weeks": no ordinal
    name, whole = unit.sense.name, _whole(parts)
    if name not in ("quarter", "half", "week", "weekend", "month") or number == 0:
        return None
    if whole is None and name != "quarter":
        return None
    return mean.ordinal_unit(number, name, whole)


def _whole(parts: Parts) -> Meaning | None:
    """Return what a quarter, half or week is of, None where it is not said."""
    codes = parts.codes[2:]
    if "M" in codes or "m" in codes:
        return mean.month(parts.number("Mm") or 1, parts.year(), None)
    if "Y" in codes:
        return mean.year(parts.number("Y") or 1)
    units = [item.sense for item in parts.items[2:] if item.sense.code in "Uu"]
    if not units or units[0].name not in ("year", "month"):
        return None
    shifts = [item.sense.number for item in parts.items[2:] if item.sense.code == "X"]
    return mean.which_unit(units[0].name, shifts[0] if shifts else 0)


def _century(parts: Parts) -> Meaning | None:
    number = parts.number("oDr")
    return mean.century(number) if number and 0 < number <= 21 else None


def _decade(parts: Parts) -> Meaning | None:
    number = parts.number("YNiD")
    if number is None or number % 10 or (number < 1000 and not _is_short_decade(parts, number)):
        return None
    if "Y" in parts.codes and number < 1500:
        return None
    return mean.decade(number if number > 1000 else 1900 + number)


def _is_short_decade(parts: Parts, number: int) -> bool:
    """Say whether "the 90s" is meant, not somebody's age or a temperature."""
    return 20 <= number < 100 and (parts.before == "Q" or "e" in parts.codes)


def _years(parts: Parts) -> Meaning | None:
    first, last = parts.numbers("Y")
    link = parts.coded.items[parts.start + 1]
    is_word = parts.coded.is_word(link)
    if parts.codes[1] == "K" and parts.before != "G":
        return None
    if parts.codes[1] == "T" and is_word and parts.before not in ("F", "O", "I", "e"):
        return None
    if not 0 < last - first < 200 or (parts.after == "c"):
        return None
    known = 1900 <= first and last < 2100
    return mean.years(first, last) if known or parts.before in ("F", "G", "I", "C") else None


def _year(parts: Parts) -> Meaning | None:
    number = parts.number("Y") or 0
    if "u" in parts.codes:
        return mean.year(number)
    return mean.year(number) if _is_year(parts, number) else None


def _is_year(parts: Parts, number: int) -> bool:
    """Say whether a number of four digits is a year by what stands beside it."""
    coded = parts.coded
    before = coded.items[parts.start - 1] if parts.start else None
    after = coded.items[parts.end] if parts.end < len(coded.items) else None
    opened = before is not None and coded.word(before) in _OPEN_QUOTES
    if opened and after is not None and coded.word(after) in _CLOSE_QUOTES:
        return False
    if parts.after in ("c", "U", "D", "N", "A") or not 1000 <= number < 2100:
        return False
    if before is not None and coded.word(before) in ("(", "[") and number >= 1500:
        return True
    if before is None or parts.before not in _PREPOSITIONS | {"Q"}:
        return not coded.words.capital and 1950 <= number < 2050 and parts.before == "C"
    followed = after is not None and coded.is_word(after) and parts.after in ("_", "o", "r")
    if parts.before == "Q":
        is_named = coded.words.year_articles or (followed and parts.after == "_")
        return 1900 <= number < 2100 and is_named
    counts = followed and not coded.words.capital and parts.after == "_"
    if number < 1500 and followed:
        return False
    return not (counts and number % 100 == 0) and (1900 <= number or not followed)


RULES = (
    Rule("day", r"(?:[Ww]C?Q?)?1(?:u)?", _full),
    Rule("days", rf"(?:[Ww]C?)?D[TK][FQ]?(?:[Ww]C?)?D[OQ]?[Mm]{_OF_YEAR}?", _days_between),
    Rule("days", rf"[Mm]D[TK]D(?!c){_OF_YEAR}?", _days_between),
    Rule("day", rf"(?:[Ww]P?C?[QO]?)?(?:D|oO|o(?=M))O?[Mm]{_OF_YEAR}?", _day_month),
    Rule("day", rf"(?:[Ww]P?C?)?[Mm]Q?D(?![cUud]|TN|C[DN]){_OF_YEAR}?", _day_month),
    Rule("edge", rf"ET?O?[QO]?(?:[Mm]{_OF_YEAR}?|X[Mm]|s{_OF_YEAR}|Yu|uY|Yd|eO?Y|i|Y|X?[Uuk]X?)", _edge),
    Rule("month", r"[Mm][CO]?[QO]?(?:Yu?|uY|Xu|uX)(?!c)", _month),
    Rule("month", r"X[Mm](?!Q?D(?![cUud]))|MX", _month),
    Rule("unit", rf"[oD]U(?:[CO]?[QO]?(?:Yu?|uY|X?[Uu]X?|[Mm]{_OF_YEAR}?))?", _ordinal_unit),
    Rule("unit", rf"XUO[QO]?(?:[Mm]{_OF_YEAR}?|u|Y)", _ordinal_unit),
    Rule("unit", r"4(?:[CO]?Q?Yu?)?", lambda parts: _quarter(parts)),
    Rule("unit", r"[oDr]j|j[rD]", _century),
    Rule("unit", r"YT?d|eO?[YDN]|i|[ND]d", _decade),
    Rule("years", r"Y[TK]Q?Yu?", _years),
    Rule("week", r"W[CO]?[QO]?(?:XU|UX)", _weekday),
    Rule("relative", r"RC?Q?[Ww]|E?R(?:I?[QO]?[Pq])?|[Pq]OR|q(?!X)", _relative),
    Rule("weekday", r"(?:E[IQ]{0,2})?(?:XW|WX|W)(?:I?[QO]?[Pq])?|[Pq][OFT]?[QO]?W", _weekday),
    Rule("relative", r"V", _between_days),
    Rule("units", rf"X{_COUNT}[Uu]|{_COUNT}X[Uu]|{_COUNT}[Uu]X", _last_units),
    Rule("ago", rf"{_COUNT}[Uu]A|a[IQ]?{_COUNT}[Uu]A?|[Uu]A", _ago),
    Rule("later", rf"{_COUNT}[Uu][Ll]|l{_COUNT}?[Uu]L?|[Uu]L", _later),
    Rule("ahead", rf"f{_COUNT}[Uu]|{_COUNT}[Uu]FR", _from_now),
    Rule("unit", r"LX[Uuk]|X[Uuk](?!O)|[Uuk]X", _which_unit),
    Rule("relative", r"X[Pq]|[Pq]X", _which_part),
    Rule("unit", r"k", _weekend),
    Rule("season", r"Xs|sX|s[CO]?[QO]?(?:Yu?|uY|Xu|uX)|s", _season),
    Rule("later", r"Z|x[UuWk]|[Uuk]x", _anchored),
    Rule("same", r"J[Uuk](?!A)", _same),
    Rule("then", r"z(?!O)", lambda _: mean.then()),
    Rule("vague", r"v", lambda _: mean.never()),
    Rule("year", r"uO?Y|Yu?", _year),
    Rule("month", r"[Mm]", _month),
)


def _quarter(parts: Parts) -> Meaning | None:
    year = parts.number("Y")
    number = parts.number("4") or 1
    return mean.ordinal_unit(number, "quarter", None if year is None else mean.year(year))


# No rule begins with any other code; most words are passed by this alone.
_STARTS = re.compile("[1DNnYMmWworXRPqVaAlLfxUukseEZJzvji4]")
_COMPILED = [re.compile(rule.pattern) for rule in RULES]
_ANY = re.compile("|".join(f"(?:{rule.pattern})" for rule in RULES))


class Match(NamedTuple):
    """What a rule found: items from `start` to `end`, and what they mean."""

    kind: str
    start: int
    end: int
    meaning: Meaning


def match_rules(coded: Coded) -> list[Match]:
    """Return all dates among the items, in order, none within another."""
    found: list[Match] = []
    at = 0
    while hit := _STARTS.search(coded.codes, at):
        at = hit.start()
        match = _try(coded, at) if _ANY.match(coded.codes, at) else None
        if match is not None:
            found.append(match)
        at = match.end if match else at + 1
    return found


def _try(coded: Coded, start: int) -> Match | None:
    for rule, pattern in zip(RULES, _COMPILED, strict=True):
        hit = pattern.match(coded.codes, start)
        if hit is None:
            continue
        meaning = rule.make(Parts(coded, start, hit.end()))
        if meaning is not None:
            return Match(rule.kind, start, hit.end(), meaning)
    return None
