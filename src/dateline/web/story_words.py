"""Words of the interface about one story: its timeline, its trees, its languages, what is new.

Beside `words.py`, which says how they are written and holds those of all other pages.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from dateline.model import Decision, DecisionKind
from dateline.publish.speaking import Speaker
from dateline.web.words import CHANGED, WITHDRAWN

LEAD_FROM = "Headline:"
EARLIER_HEADLINE = "Earlier headline: {}"
FIRST_REPORT = "First report {}"
LAST_REPORT = "last report {}"
ALL_WITHDRAWN = (
    "All articles of this story were withdrawn at their sources, the one with this headline too. "
    "Their texts are no longer shown; the address of the story and its place in the record stay."
)
ON_THIS_PAGE = "On this page"

NEWS = "What is new"
NEWS_SINCE = "What is new since"
NEWS_AGES = {"6h": "in the last 6 hours", "24h": "in 24 hours", "3d": "in 3 days"}
NEWS_DAY = "or since"
NEWS_SHOW = "Show"
NEWS_NONE = "Nothing is new since {}."
NEWS_ALL = "The whole story is new since {}."
NEWS_FOUND = "Since {moment}: {news}."
NEWS_ONLY = "Only this is listed below."
WHOLE_PAGE = "Show everything"
NEW = "New"

TIMELINE = "What happened, by day"
PAGES = "Timeline, page {page} of {pages}"
LATER = "Later"
EARLIER = "Earlier"
CARRIED_BY = "Same report carried by {}"
AGAIN_BY = "Published again by {}"
HAPPENED = {
    "carried": "Also carried",
    "again": "Published again",
    "changed": CHANGED,
    "withdrawn": WITHDRAWN,
}
CHANGED_AT = "changed {}"
WITHDRAWN_AT = "withdrawn {}"
BY_PERSON = "Decided by an editor."
BY_MACHINE = "Decided by the site’s software, which compares the reports."
FOUND_APART = "These reports stood in another story, and were found to be one of their own."
IN_PART = "in part"
PART_OF_IT = "A part of it belongs to this story"

TREES = "Who has it from whom"
TREES_HOW = (
    "One report with all that carry it counts as one origin. Who has it from whom follows from the "
    "passages that their texts share, from the agencies that they name and from their dates. Where "
    "reports share some passages only, the share of the shorter text stands in brackets."
)
FIRST_HERE = "first here"
TRANSLATION = "translation, {}"
EARLIEST_CARRIER = "Earliest carrier here: {}"
SOME_PASSAGES = "Some of its passages also stand in {}"
SAME_QUOTES = "Quotes the same words as {}"

ONLY = "Reported in one language alone"
ONLY_HOW = "No report in another language was found to carry these. Evidence, not proof."
ONLY_IN = "Only in {language}: {reports}"
NAMES = "Names in several reports"
CHANGES = "Changed or withdrawn"

COVERAGE = "Coverage over time"
COVERAGE_CHART = "Chart of how many reports there were when; the table below it has the same."
COVERAGE_OPENED = "First reports of an origin"
COVERAGE_CARRIED = "Reports that carry one"
COVERAGE_FROM = "From"
COVERAGE_REPORTS = "Reports"
NO_LANGUAGE = "Unknown"
AS_TABLE = "As a table"

_MOST_WHYS = 3
_DAY = 24  # hours


_NEWS = {
    "report": ("{} new report", "{} new reports"),
    "carried": ("{} more carrier", "{} more carriers"),
    "again": ("{} report published again", "{} reports published again"),
    "changed": ("{} change", "{} changes"),
    "withdrawn": ("{} withdrawal", "{} withdrawals"),
    "decided": ("{} decision on the story", "{} decisions on the story"),
}


def say_news(say: Speaker, counts: Mapping[str, int]) -> str:
    """Return "2 new reports, 1 more carrier and 1 change", without what there is none of."""
    found = ((counts.get(kind, 0), forms) for kind, forms in _NEWS.items())
    return say.join([say.count(*forms, number) for number, forms in found if number])


def say_alone(say: Speaker, number: int) -> str:
    """Return how many reports nobody else carries."""
    return say.count(
        "{} report beside these: nobody else here carries it.",
        "{} reports beside these: nobody else here carries them.",
        number,
    )


def say_credited(say: Speaker, outlets: int) -> str:
    """Return why the report of an agency, whose name stands before, is not linked."""
    return say.count(
        "as credited by {} outlet; its own report is not here.",
        "as credited by {} outlets; its own report is not here.",
        outlets,
    )


def count_more_carriers(say: Speaker, number: int) -> str:
    """Return "1 more carrier", "7 more carriers"."""
    return say.count("{} more carrier", "{} more carriers", number)


def count_more_trees(say: Speaker, number: int) -> str:
    """Return how many trees the page has no room for."""
    return say.count(
        "{} more report with carriers is not shown.",
        "{} more reports with carriers are not shown.",
        number,
    )


def count_earlier(say: Speaker, number: int) -> str:
    """Return how many earlier reports a list has no room for."""
    return say.count("and {} earlier", "and {} earlier", number)


def say_decided(say: Speaker, decisions: Sequence[Decision], story_id: int) -> str:
    """Return what decisions of one kind changed: "This and another story were found to be one."

    `story_id` is the story that is shown: of a split it may be either side.
    """
    number = len(decisions)
    if decisions[0].kind is DecisionKind.MERGE:
        return say.count(
            "This and another story were found to be one.",
            "This and {} other stories were found to be one.",
            number,
        )
    number = sum(decision.to_id != story_id for decision in decisions)
    if not number:
        return say.text(FOUND_APART)
    return say.count(
        "Some reports were found to be a story of their own.",
        "Some reports were found to be {} stories of their own.",
        number,
    )


def list_whys(decisions: Sequence[Decision]) -> list[str]:
    """Return why a person decided so, each reason once, the newest first; at most three."""
    whys = (decision.why.strip() for decision in decisions if decision.by_person)
    return [why for why in dict.fromkeys(whys) if why][:_MOST_WHYS]


def say_length(say: Speaker, hours: int) -> str:
    """Return how long a bar of the chart is."""
    if hours % _DAY:
        return say.count("Each bar is {} hour.", "Each bar is {} hours.", hours)
    return say.count("Each bar is {} day.", "Each bar is {} days.", hours // _DAY)


def name_bar(say: Speaker, start: datetime, hours: int) -> str:
    """Return when a bar of the chart begins, in few letters: "14:00", or "11 Nov"."""
    if hours % _DAY and (start.hour or start.minute):
        return say.calendar.clock(start, start.tzinfo or UTC)
    return say.calendar.short_of_year(start.date())


def say_bar(say: Speaker, start: datetime, hours: int) -> str:
    """Return when a bar begins: "11 Nov 2022, 14:00", or "11 November 2022" where it is days."""
    if hours % _DAY:
        return say.calendar.minute(start, start.tzinfo or UTC, date.max)
    return say.calendar.date(start.date())
