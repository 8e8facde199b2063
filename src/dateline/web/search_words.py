"""The words of the search: form, results, facets; each sentence is one whole pattern."""

from collections.abc import Iterable
from datetime import date

from dateline.publish.asking import Operator, Part
from dateline.publish.speaking import Speaker
from dateline.web.words import count_reports, say_date

FILTERS = "Filters, and how to search"
HOW_TO = "How to search"
HOW = (
    "Words must all stand in a report; “quoted words” stand together. Also: -word or NOT word "
    "leaves out, one OR other takes either, begin* takes all endings, outlet:Name, lang:de, "
    "from:2026-05-01, to:2026-05, person:Name, said-by:Name, place:Name, section:World, story:12."
)
NOTHING_FOUND = "Nothing was found."
IN_NO_REPORT = "No report has: {}"
FOUND_INSTEAD = "There are reports"
NO_FILTERS = "without any filter"
STOPPED = (
    "This search took too long and was stopped. What it had found by then is shown; "
    "something may be missing."
)
NOTHING_TO_FIND = "There is only something to leave out here; give something to look for as well."
SHOWING_ONLY = "Narrowed down to"
WITHOUT = "without {}"
TAKE_AWAY = "Take away: {}"
PEOPLE_FOUND = "People and organisations"
PLACES_FOUND = "Places"
SPEAKING = "Reports in which {} speaks"
NAMING = "Reports that name {}"
TAKEN_FOR = "“{}” is taken for:"
NOBODY_CALLED = "Nobody and nothing here is called “{}”."
NARROW = "Narrow down"
OUTLETS, LANGUAGES, SECTIONS = "Outlets", "Languages", "Sections"
TIMES = {"day": "Days", "week": "Weeks", "month": "Months", "year": "Years"}
WEEK = "from {}"
RANKED = "Ranked are the newest {} hits."
MORE_HITS = "More than {} reports; counted are the newest {}"
NEXT = "More results"
FIRST = "First results"
SUGGESTIONS = "Suggestions"
SUGGESTED = {
    "person": "Person",
    "organisation": "Organisation",
    "place": "Place",
    "story": "Story",
}
KINDS = {
    Operator.OUTLET: "Outlet: {}",
    Operator.LANGUAGE: "Language: {}",
    Operator.SINCE: "From {}",
    Operator.UNTIL: "To {}",
    Operator.PERSON: "Named: {}",
    Operator.SAID_BY: "Said by: {}",
    Operator.PLACE: "Place: {}",
    Operator.STORY: "Story {}",
    Operator.SECTION: "Section: {}",
}
LEFT_OUT = {
    Operator.OUTLET: "“{}” is no outlet here; left out.",
    Operator.LANGUAGE: "“{}” is no language here; left out.",
    Operator.SINCE: "A day is written like 2022-11-30; “{}” was left out.",
    Operator.UNTIL: "A day is written like 2022-11-30; “{}” was left out.",
    Operator.STORY: "A story has a number; “{}” was left out.",
    Operator.SECTION: "“{}” is no section here; left out.",
}
TOO_MUCH = "This is more than one search takes; left out was: {}"
SHORT = "“{}*” was looked for as a whole word: a beginning takes three letters or more."
IDLE = "“{}” joins nothing here and was left out: OR stands between two words, NOT before one."
UNKNOWN = "“{}:” is no operator here; it was looked for as a word. “How to search” lists them."


def say_left_out(say: Speaker, part: Part) -> str:
    """Return why a part of a search was left out."""
    pattern = IDLE if part.idle else LEFT_OUT[part.operator]
    return say.text(pattern).format(part.value)


def say_problems(say: Speaker, problems: Iterable[Part], rest: str) -> str:
    """Return why parts of a search were left out, in one line; `rest` is what was too much."""
    said = [say_left_out(say, part) for part in problems]
    return " ".join([*said, say.text(TOO_MUCH).format(rest)] if rest else said)


def count_hits(say: Speaker, number: int, *, more: bool) -> str:
    """Return "1 report", "7 reports", "more than 1,000 reports: counted are the newest 1,000"."""
    if more:
        return say.text(MORE_HITS).format(say.number(number), say.number(number))
    return count_reports(say, number)


def count_found(say: Speaker, number: int, *, more: bool) -> str:
    """Return "1 report", "7 reports", "100+ reports"."""
    if more:
        return say.count("{}+ report", "{}+ reports", number)
    return count_reports(say, number)


def count_more(say: Speaker, number: int) -> str:
    """Return "1 more report", "4 more reports"."""
    return say.count("{} more report", "{} more reports", number)


def say_period(say: Speaker, since: date, until: date, kind: str) -> str:
    """Return "5 May 2026", "from 4 May 2026" for a week, "May 2026" for a month, or years."""
    if kind == "year":
        return say.calendar.years(since, until)
    if kind == "month":
        return say.calendar.month(since)
    day = say_date(say, since)
    return say.text(WEEK).format(day) if kind == "week" else day
