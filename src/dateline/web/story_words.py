"""Words of the interface about one story: its timeline, its trees, its languages, what is new.

Beside `words.py`, which holds those of all other pages.
"""

from collections.abc import Mapping, Sequence

from dateline.model import Decision, DecisionKind
from dateline.web.words import CHANGED, WITHDRAWN, count_reports, count_words

LEAD_FROM = "Headline:"
FIRST_REPORT = "First report"
LAST_REPORT = "last report"
ON_THIS_PAGE = "On this page"

NEWS = "What is new"
NEWS_SINCE = "What is new since"
NEWS_AGES = {"6h": "in the last 6 hours", "24h": "in 24 hours", "3d": "in 3 days"}
NEWS_DAY = "or since"
NEWS_SHOW = "Show"
NEWS_NONE = "Nothing is new since"
NEWS_ALL = "The whole story is new since"
NEWS_FOUND = "Since"
NEWS_ONLY = "Only this is listed below."
WHOLE_PAGE = "Show everything"
NEW = "New"

TIMELINE = "What happened, by day"
PAGES = "Timeline, page {} of {}"
LATER = "Later"
EARLIER = "Earlier"
CARRIED_BY = "Same report carried by"
AGAIN_BY = "Published again by"
HAPPENED = {
    "carried": "Also carried",
    "again": "Published again",
    "changed": CHANGED,
    "withdrawn": WITHDRAWN,
}
CHANGED_AT = "changed"
WITHDRAWN_AT = "withdrawn"
BY_PERSON = "Decided by an editor."
BY_MACHINE = "Decided by the site’s software, which compares the reports."
IN_PART = "in part"
PART_OF_IT = "A part of it belongs to this story"

TREES = "Who has it from whom"
TREES_HOW = (
    "One report with all that carry it counts as one origin. Who has it from whom follows from the "
    "passages that their texts share, from the agencies that they name and from their dates. Where "
    "reports share some passages only, the share of the shorter text stands in brackets."
)
TREES_MORE = "{} more reports with carriers are not shown."
FIRST_HERE = "first here"
TRANSLATION = "translation"
AGENCY_ROOT = "as credited by {}; its own report is not here."
EARLIEST_CARRIER = "Earliest carrier here:"
SOME_PASSAGES = "Some of its passages also stand in"
SAME_QUOTES = "Quotes the same words as"

ONLY = "Reported in one language alone"
ONLY_HOW = "No report in another language was found to carry these. Evidence, not proof."
ONLY_IN = "Only in"
ONLY_MORE = "and {} earlier"
NAMES = "Names in several reports"
CHANGES = "Changed or withdrawn"

_MOST_WHYS = 3


def say_news(counts: Mapping[str, int]) -> str:
    """Return "2 new reports, 1 more carrier, 1 change", without what there is none of."""
    nouns = {
        "report": ("new report", "new reports"),
        "carried": ("more carrier", "more carriers"),
        "again": ("report published again", "reports published again"),
        "changed": ("change", "changes"),
        "withdrawn": ("withdrawal", "withdrawals"),
        "decided": ("decision on the story", "decisions on the story"),
    }
    said = ((counts.get(kind, 0), noun) for kind, noun in nouns.items())
    return ", ".join(count_words(number, *noun) for number, noun in said if number)


def say_alone(number: int) -> str:
    """Return how many reports nobody else carries."""
    return f"{count_reports(number)} beside these: nobody else here carries them."


def say_more(number: int) -> str:
    """Return "and 7 more"."""
    return f"and {number:,} more"


def count_more_carriers(number: int) -> str:
    """Return "1 more carrier", "7 more carriers"."""
    return count_words(number, "more carrier", "more carriers")


def say_decided(decisions: Sequence[Decision], story_id: int) -> str:
    """Return what decisions of one kind changed: "This and another story were found to be one".

    `story_id` is the story that is shown: of a split it may be either side.
    """
    number = len(decisions)
    if decisions[0].kind is DecisionKind.MERGE:
        others = "another story" if number == 1 else f"{number} other stories"
        return f"This and {others} were found to be one"
    number = sum(decision.to_id != story_id for decision in decisions)
    if not number:
        return "These reports stood in another story, and were found to be one of their own"
    if number == 1:
        return "Some reports were found to be a story of their own"
    return f"Some reports were found to be {number} stories of their own"


def list_whys(decisions: Sequence[Decision]) -> list[str]:
    """Return why a person decided so, each reason once, the newest first; at most three."""
    whys = (decision.why.strip() for decision in decisions if decision.by_person)
    return [why for why in dict.fromkeys(whys) if why][:_MOST_WHYS]
