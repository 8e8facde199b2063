"""What dates mean that start from the day of publication or from a date before them in the text.

Each function takes what a rule matched and returns its meaning, or None where it is no date.
"""

from dateline.claims.dates import meanings as mean
from dateline.claims.dates import relations
from dateline.claims.dates.meanings import Meaning
from dateline.claims.dates.parts import Parts, ends_phrase

_COUNT = "[DNn]"
_NEGATIONS = frozenset(("not", "never", "no", "only"))
_RANKED = 6  # items before "in ten years" among which "the worst" stands
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
    if parts.before == "o" and parts.after in ("I", "O"):
        return None  # the first Monday in May
    if parts.before == "n" and (parts.after != "_" or not coded.is_word(coded.items[parts.end])):
        return None  # "on a Tuesday": any
    following = coded.word(coded.items[parts.end]) if parts.end < len(coded.items) else ""
    if _is_paper(parts) or words.has("recurring", following):
        return None
    week = parts.number("X") if "U" in parts.codes else None
    if "U" in parts.codes and parts.name("U") != "week":
        return None
    which = parts.number("X") if "U" not in parts.codes else None
    number = parts.number("W") or 0
    meaning = relations.weekday(number, which=which, week=week)
    if parts.codes[:1] in ("P", "q") and "T" in parts.codes and _is_night(parts):
        return relations.with_day_before(meaning)
    lead = coded.codes[max(parts.start - 2, 0) : parts.start]
    is_the = words.span_articles and lead in ("IQ", "LQ") and "X" not in parts.codes
    is_the = is_the and ends_phrase(parts)
    return relations.in_week_of_anchor(number, meaning) if is_the else meaning


def _is_night(parts: Parts) -> bool:
    """Say whether a part of a day is the night, which the next day ends."""
    return parts.coded.words.has("nights", parts.coded.word(parts.items[0]))


def _is_paper(parts: Parts) -> bool:
    """Say whether a day of the weekend is the name of what appears on it: "the Sunday Mercury"."""
    coded = parts.coded
    if not coded.words.span_articles or parts.before != "Q" or (parts.number("W") or 0) < 5:
        return False
    return parts.after == "_" and coded.is_high(coded.items[parts.end])


def read_weekday_week(parts: Parts) -> Meaning | None:
    """Read "on Sunday week"."""
    coded = parts.coded
    is_noun = parts.after == "_" and coded.is_word(coded.items[parts.end])
    if not coded.words.span_articles or parts.name("U") != "week" or is_noun:
        return None
    if coded.word(parts.items[1]) != "week" or parts.before not in ("I", "L"):
        return None
    meaning = relations.weekday(parts.number("W") or 0, which=None, week=None)
    return relations.week_later(meaning)


def read_relative(parts: Parts) -> Meaning | None:
    """Read "yesterday"."""
    shift = parts.number("Rq") or 0
    if parts.codes == "R" and shift > 0 and parts.before == "n":
        return None  # "a tomorrow without war"
    if parts.codes == "R" and (_is_named(parts) or _is_title_word(parts)):
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


def _is_title_word(parts: Parts) -> bool:
    """Say whether a capital in mid-sentence makes a title of it: the song Tomorrow Is Late."""
    coded = parts.coded
    if not parts.start or parts.end >= len(coded.items) or not coded.is_high(parts.items[0]):
        return False
    before, after = coded.items[parts.start - 1], coded.items[parts.end]
    is_inside = coded.is_word(before) and not coded.is_high(before)
    return is_inside and coded.is_word(after) and coded.is_high(after)


def _is_part(parts: Parts) -> bool:
    """Say whether a word for tomorrow means the morning: "la mañana", "am Morgen"."""
    if parts.coded.words.capital:
        return parts.coded.is_high(parts.items[0]) and parts.start > 0
    return parts.before in ("Q", "X", "O") or parts.before == "I"


def read_now(parts: Parts) -> Meaning | None:
    """Read the "now" of "between now and May", which alone is no date."""
    return relations.never() if parts.codes else None


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
    if not count or not which or unit in ("minute", "half"):
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
    if unit.sense.name == "hour" and (count or 1) % 24:
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
    if later.sense.name == "first_before":
        return None
    if later.sense.name == "first_after":
        return relations.later_or_from_now(count, unit.sense.name)
    return relations.moved(later.sense.number * count, unit.sense.name)


def read_around(parts: Parts) -> Meaning | None:
    """Read "two days after" something."""
    unit, later = parts.first("Uu"), parts.first("L")
    count = parts.number(_COUNT)
    if unit is None or later is None or not count or parts.before == "I":
        return None
    if later.sense.name not in ("after", "before") or not _opens_event(parts):
        return None
    if unit.sense.name in ("half", "minute", "hour"):
        return None
    return relations.around_event(later.sense.number * count, unit.sense.name)


def read_from_now(parts: Parts) -> Meaning | None:
    """Read "in three days", "a week from today"."""
    count, unit = parts.number(_COUNT), parts.name("Uu")
    if not count or unit in ("half", "minute", "hour"):
        return None
    if "R" in parts.codes:
        return relations.from_day(count, unit, parts.number("R") or 0)
    if "&" in parts.codes:
        return relations.from_now(count, unit, only_ahead=True)
    if parts.codes[0] == "I":
        return _read_in(parts, count, unit)
    return relations.from_now(count, unit, only_ahead=True)


def _read_in(parts: Parts, count: int, unit: str) -> Meaning | None:
    """Read "in two days", which is more often how long something took."""
    coded = parts.coded
    if coded.word(parts.items[0]) != "in" or not coded.words.span_articles:
        return None
    for item in coded.items[max(parts.start - _RANKED, 0) : parts.start]:
        word = coded.word(item)
        is_best = item.sense.code == "o" or (word.endswith("est") and len(word) > 4)
        if is_best or word in _NEGATIONS or word.endswith("n't"):
            return None  # "the first, the worst in ten years", "not seen in ten years"
    return relations.from_now(count, unit, ahead=True)


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
    """Read "that day", "that night", "that spring", "June of that year"."""
    month, season = parts.number("Mm"), parts.number("s")
    if month is not None:
        return relations.in_same_year(lambda year: mean.month(month, mean.Year(year), None))
    if season is not None:
        return relations.in_same_year(lambda year: mean.season(season, mean.Year(year), None))
    return relations.same(parts.name("Uuk") or "day")
