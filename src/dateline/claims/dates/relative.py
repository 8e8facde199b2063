"""What dates mean that start from the day of publication or from a date before them in the text.

Each function takes what a rule matched and returns its meaning, or None where it is no date.
"""

from dateline.claims.dates import relations
from dateline.claims.dates.meanings import Meaning
from dateline.claims.dates.parts import Parts

_COUNT = "[DNn]"
_OPENS_EVENT = frozenset("_QnDoOXJMWR")  # what may begin the event behind "a day after"


def read_weekday(parts: Parts) -> Meaning | None:
    """Read "Wednesday", "next Monday", "Tuesday night"."""
    coded, words = parts.coded, parts.coded.words
    if parts.is_surname():
        return None
    for item in coded.items[max(parts.start - 1, 0) : parts.start]:
        word = coded.word(item)
        if words.has("every", word) or words.has("not_after", word):
            return None
    for item in coded.items[parts.end : parts.end + 1]:
        if words.has("not_before", coded.word(item)) and coded.is_high(item):
            return None
    if parts.before == "n" and (parts.after != "_" or not coded.is_word(coded.items[parts.end])):
        return None  # "on a Tuesday": any
    week = parts.number("X") if "U" in parts.codes else None
    if "U" in parts.codes and parts.name("U") != "week":
        return None
    which = parts.number("X") if "U" not in parts.codes else None
    return relations.weekday(parts.number("W") or 0, which=which, week=week)


def read_relative(parts: Parts) -> Meaning | None:
    """Read "yesterday"."""
    shift = parts.number("Rq") or 0
    if parts.codes == "R" and shift > 0 and parts.before == "n":
        return None  # "a tomorrow without war"
    if parts.codes == "R" and _is_named(parts):
        return None
    if parts.codes == "q" and _is_part(parts):
        return None
    return relations.relative_day(shift)


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


def read_between_days(parts: Parts) -> Meaning | None:
    """Read "overnight"."""
    first, last = map(int, parts.name("V").split())
    return relations.relative_days(first, last)


def read_which_part(parts: Parts) -> Meaning | None:
    """Read "last night"."""
    which = parts.number("X") or 0
    return relations.relative_day(which) if which < 1 else relations.moved(1, "day")


def read_last_units(parts: Parts) -> Meaning | None:
    """Read "the past three weeks"."""
    if parts.start and parts.codes[0] == "X" and _is_verb(parts):
        return None
    if parts.codes[-1] == "X" and parts.coded.words.span_articles:
        return None  # English says "last" first
    count, unit = parts.number(_COUNT), parts.name("Uu")
    which = parts.number("X")
    if not count or which is None or unit in ("minute", "half"):
        return None
    return relations.last_units(count, unit, which)


def _is_verb(parts: Parts) -> bool:
    """Say whether "last" is what something will do."""
    before = parts.coded.word(parts.coded.items[parts.start - 1])
    return parts.before == "T" or before in parts.coded.words.tense.future


def read_which_unit(parts: Parts) -> Meaning | None:
    """Read "last week", "later this month"."""
    unit, which = parts.name("Uuk"), parts.number("X") or 0
    if unit in ("day", "hour", "minute", "half", "century"):
        return None
    if parts.codes[-1] == "X" and parts.coded.words.span_articles:
        return None
    coded = parts.coded
    if coded.words.capital and coded.words.span_articles and _is_title(parts):
        return None
    if any(coded.words.has("plural", coded.word(item)) for item in parts.items):
        return relations.never()
    if unit != "weekend" and which and _is_span(parts):
        span = relations.last_units(1, unit, which)
        return span if which < 0 else relations.next_in_text(unit, span)
    if parts.codes[0] == "L":
        side = parts.name("L")
        return relations.part_of_unit(unit, which, side) if side in ("earlier", "later") else None
    return relations.which_unit(unit, which)


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


def read_weekend(parts: Parts) -> Meaning | None:
    """Read "the weekend"."""
    if parts.before in ("W", "D") or (parts.before == "_" and parts.coded.words.capital):
        return None
    return relations.weekend()


def read_ago(parts: Parts) -> Meaning | None:
    """Read "three weeks ago"."""
    count, unit = parts.number(_COUNT), parts.first("Uu")
    if unit is None or unit.sense.name == "half" or parts.before == "U":
        return None  # "half a year ago"
    if count is None:
        if not parts.coded.words.has("single", parts.coded.word(unit)):
            return None
        count = 1
    return relations.from_now(-count, unit.sense.name)


def read_later(parts: Parts) -> Meaning | None:
    """Read "two days later", "a day after"."""
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
    if later.sense.name in ("after", "before") and _opens_event(parts):
        return relations.around_event(later.sense.number * count, unit.sense.name)
    if later.sense.name == "first_before":
        return None
    if later.sense.name == "first_after":
        return relations.later_or_from_now(count, unit.sense.name)
    return relations.moved(later.sense.number * count, unit.sense.name)


def read_from_now(parts: Parts) -> Meaning | None:
    """Read "in three days"."""
    count, unit = parts.number(_COUNT), parts.name("Uu")
    if not count or unit in ("half", "minute", "hour"):
        return None
    return relations.from_now(count, unit, only_ahead=True)


def read_anchored(parts: Parts) -> Meaning | None:
    """Read "the next day"."""
    if parts.codes == "Z":
        return _phrase(parts)
    count = parts.number("x") or 1
    if "W" in parts.codes:
        if parts.coded.is_high(parts.items[0]) and parts.before != "Q":
            return None  # "Following Monday's debate": after it
        return relations.moved_to_weekday(parts.number("W") or 0, count)
    unit = parts.name("Uuk")
    return None if unit in ("", "hour", "minute") else relations.moved(count, unit)


def _opens_event(parts: Parts) -> bool:
    """Say whether words follow that may name an event: "a day after the vote"."""
    if parts.after not in _OPENS_EVENT:
        return False
    return parts.after != "_" or parts.coded.is_word(parts.coded.items[parts.end])


def _phrase(parts: Parts) -> Meaning:
    unit, count = parts.name("Z"), parts.number("Z") or 0
    if unit.startswith("this "):
        return relations.which_unit(unit.removeprefix("this "), count)
    ending = parts.coded.word(parts.items[0]).rpartition(" ")[2]
    last = parts.coded.words.sense(ending)
    is_open = last is not None and last.name in ("after", "before")
    if parts.after == "O" or (is_open and _opens_event(parts)):
        return relations.around_event(count, unit)
    return relations.moved(count, unit)


def read_same(parts: Parts) -> Meaning | None:
    """Read "that day"."""
    if "M" in parts.codes or "m" in parts.codes:
        return None
    return relations.same(parts.name("Uuk"))
