"""What whole dates mean: days, months, years, decades, quarters, seasons and their edges.

Each function takes what a rule matched and returns its meaning, or None where it is no date.
"""

from dateline.claims.dates import meanings as mean
from dateline.claims.dates import relations
from dateline.claims.dates.meanings import Meaning
from dateline.claims.dates.parts import PREPOSITIONS, Parts

_OPEN_QUOTES, _CLOSE_QUOTES = frozenset("\"'“‘„«‹"), frozenset("\"'”’“»›")


def read_full(parts: Parts) -> Meaning | None:
    """Read a numeric date."""
    found = parts.first("1")
    if found is None or found.numeric is None:
        return None
    year, month, day, _ = found.numeric
    if year is None and parts.before not in PREPOSITIONS | {"Q"}:
        return None
    if day is None:
        return mean.numeric_month(year or 1, month)
    return mean.day_of(mean.Year(year), month, day, parts.number("Ww"))


def read_days_between(parts: Parts) -> Meaning | None:
    """Read "3 to 5 May"."""
    days, month = parts.numbers("D"), parts.number("Mm") or 0
    return mean.days_between(parts.year(), month, days[0], days[1]) if days[0] < days[1] else None


def read_day_month(parts: Parts) -> Meaning | None:
    """Read "24 February 2022", "Feb. 24"."""
    month, day = parts.number("Mm"), parts.number("Do")
    if month is None or day is None or day < 1:
        return None
    is_near = parts.codes[0] == "X" or (parts.codes[-1] == "X" and "u" not in parts.codes)
    which = parts.number("X") if is_near else None
    return mean.day_of(parts.year(), month, day, parts.number("Ww"), which=which)


def read_month(parts: Parts) -> Meaning | None:
    """Read "June", "June 2020", "last June"."""
    is_alone = len(parts.codes) == 1
    if parts.codes[-1] == "X" and parts.coded.words.span_articles:
        return None  # "in July. Last week"
    if parts.codes == "m" and not (_may_be_shy(parts) or _dates_thing(parts)):
        return None
    if is_alone and _is_no_month(parts):
        return None
    if is_alone and parts.before not in PREPOSITIONS and _is_name(parts):
        return None
    if is_alone and parts.is_surname():
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


def _dates_thing(parts: Parts) -> bool:
    """Say whether "the May elections" are of the month."""
    coded = parts.coded
    if parts.before != "Q" or parts.end >= len(coded.items):
        return False
    return coded.word(coded.items[parts.end]) in coded.words.tense.events


def _is_no_month(parts: Parts) -> bool:
    """Say whether it is any such month ("every April"), a village, or what something is called."""
    coded, words = parts.coded, parts.coded.words
    before = coded.word(coded.items[parts.start - 1]) if parts.start else ""
    owns = coded.text[parts.items[0].end : parts.items[0].end + 1] in ("'", "’")
    if words.has("every", before) or (words.has("named", before) and not owns):
        return True
    kind = coded.word(coded.items[parts.start - 2]) if parts.start > 1 else ""
    if parts.before == "O" and words.has("places", kind):
        return True  # "the village of March"
    following = [coded.word(item) for item in coded.items[parts.end : parts.end + 4]]
    if parts.after == "C" and coded.codes[parts.end + 1 : parts.end + 2] in ("n", "Q"):
        return any(words.has("places", word) for word in following)
    if parts.before != "n":
        return False
    return not following or not following[0][:1].isalpha() or words.has("followers", following[0])


def _is_name(parts: Parts) -> bool:
    """Say whether a month is a person: "June Smith", where months have capitals."""
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


def read_day_of_month(parts: Parts) -> Meaning | None:
    """Read "the 8th of this month"."""
    if parts.name("U") != "month":
        return None
    day, whole = parts.number("D") or 1, relations.which_unit("month", parts.number("X") or 0)
    return mean.nth_day(whole, day)


def _stands_bare(parts: Parts) -> bool:
    """Say whether no noun follows, where nouns have capitals: "2019 wurde er gewählt"."""
    number, coded = parts.number("Y") or 0, parts.coded
    before = coded.items[parts.start - 1 : parts.start]
    after = coded.items[parts.end : parts.end + 1]
    is_marked = any(not coded.is_word(item) and coded.word(item) not in ".,;:–—" for item in before)
    is_counted = any(coded.is_high(item) or item.sense.code in "cUnDN" for item in after)
    return 1900 <= number < 2100 and not is_marked and not is_counted and bool(after)


def read_edge_of(parts: Parts) -> Meaning | None:
    """Read "Jahresende" and "Jahresende 2023"."""
    name, _, unit = parts.name("3").partition(" ")
    if "Y" in parts.codes:
        return mean.edge(mean.year(parts.number("Y") or 1), name)
    return mean.edge(relations.which_unit(unit, parts.number("X") or 0), name)


def read_century(parts: Parts) -> Meaning | None:
    """Read "the 19th century"."""
    number = parts.number("oDr")
    return mean.century(number) if number and 0 < number <= 21 else None


def read_decade(parts: Parts) -> Meaning | None:
    """Read "the 1990s"."""
    number = parts.number("YNiD")
    if parts.name("i") == "bare":
        return None  # "in his nineties"
    if "u" in parts.codes and not _names_decade(parts):
        return None
    if number is None or number % 10 or (number < 1000 and not _is_short_decade(parts, number)):
        return None
    if "Y" in parts.codes and number < 1500:
        return None
    return mean.decade(number if number > 1000 else 1900 + number)


def _names_decade(parts: Parts) -> bool:
    """Say whether a word for years stands before ten of them: "années 1990"."""
    unit, number = parts.first("u"), parts.number("YND") or 1
    if unit is None or number % 10 or not parts.coded.words.decade_years:
        return False
    return parts.coded.words.has("plural", parts.coded.word(unit))


def _is_short_decade(parts: Parts, number: int) -> bool:
    """Say whether "the 90s" is meant, not somebody's age or a temperature."""
    return 20 <= number < 100 and (parts.before == "Q" or not {"e", "u"}.isdisjoint(parts.codes))


def read_years(parts: Parts) -> Meaning | None:
    """Read "2014–2016"."""
    first, last = parts.numbers("Y")
    link = parts.coded.items[parts.start + 1]
    is_word = parts.coded.is_word(link)
    if parts.codes[1] == "K" and parts.before != "G":
        return None
    opens = not parts.start or not parts.coded.is_word(parts.coded.items[parts.start - 1])
    if parts.codes[1] == "T" and is_word and parts.before not in ("F", "O", "I", "e") and not opens:
        return None
    if not 0 < last - first < 200 or (parts.after == "c"):
        return None
    known = first >= 1900 and last < 2100 and not (is_word and parts.before == "D")
    return mean.years(first, last) if known or parts.before in ("F", "G", "I", "C") else None


def read_year(parts: Parts) -> Meaning | None:
    """Read "2019" where it is a year."""
    number = parts.number("Y") or 0
    if "u" in parts.codes:
        return mean.year(number)
    return mean.year(number) if _is_year(parts, number) else None


def _is_year(parts: Parts, number: int) -> bool:
    """Say whether a number of four digits is a year by what stands beside it."""
    coded = parts.coded
    if coded.words.bare_years and parts.before in ("", "_", "B", "W", "C") and _stands_bare(parts):
        return True
    before = coded.items[parts.start - 1] if parts.start else None
    after = coded.items[parts.end] if parts.end < len(coded.items) else None
    opened = before is not None and coded.word(before) in _OPEN_QUOTES
    if opened and after is not None and coded.word(after) in _CLOSE_QUOTES:
        return False
    if parts.after in ("c", "U", "D", "N", "A") or not 1000 <= number < 2100:
        return False
    if before is not None and coded.word(before) in ("(", "[") and number >= 1500:
        return True
    if before is None or parts.before not in PREPOSITIONS | {"Q"}:
        return not coded.words.capital and 1950 <= number < 2050 and parts.before == "C"
    followed = after is not None and coded.is_word(after) and parts.after in ("_", "o", "r")
    if parts.before == "Q":
        is_named = coded.words.year_articles or (followed and parts.after == "_")
        return 1900 <= number < 2100 and is_named
    counts = followed and not coded.words.capital and parts.after == "_"
    if number < 1500 and followed:
        return False
    return not (counts and number % 100 == 0) and (number >= 1900 or not followed)


def read_ordinal_unit(parts: Parts) -> Meaning | None:
    """Read "the first quarter of 2022"."""
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
    if whole is None and parts.after == "_" and parts.coded.is_word(parts.coded.items[parts.end]):
        return mean.told_past(mean.ordinal_unit(number, name, None))  # fourth quarter earnings
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
    return relations.which_unit(units[0].name, shifts[0] if shifts else 0)


def read_quarter(parts: Parts) -> Meaning | None:
    """Read "Q2 2022"."""
    year = parts.number("Y")
    number = parts.number("4") or 1
    return mean.ordinal_unit(number, "quarter", None if year is None else mean.year(year))


def read_edge(parts: Parts) -> Meaning | None:
    """Read "early November", "the end of the year"."""
    edge = parts.name("E")
    if "j" in parts.codes:
        century = parts.number("oDr")
        return mean.edge(mean.century(century), edge) if century and 0 < century <= 21 else None
    if "M" in parts.codes or "m" in parts.codes:
        shift = parts.number("X") if "u" not in parts.codes else None
        return mean.edge(mean.month(parts.number("Mm") or 1, parts.year(), shift), edge)
    if "s" in parts.codes:
        which = parts.number("X") if "u" not in parts.codes else None
        return mean.edge(mean.season(parts.number("s") or 0, parts.year(), which), edge)
    if "Y" in parts.codes:
        decade = not {"d", "e"}.isdisjoint(parts.codes) or _names_decade(parts)
        whole = mean.decade(parts.number("Y") or 0) if decade else mean.year(parts.number("Y") or 0)
        return mean.edge(whole, edge)
    if "i" in parts.codes:
        return mean.edge(mean.decade(parts.number("i") or 0), edge)
    unit = parts.name("Uuk")
    if unit in ("day", "hour", "minute", "half", "decade", "century"):
        return None
    return mean.edge(relations.which_unit(unit, parts.number("X") or 0), edge)
