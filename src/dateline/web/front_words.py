"""Words of the front page and the sections: why a story stands where it stands; section names.

Each is a whole pattern with its own forms; none is put together from pieces of a sentence.
"""

from datetime import datetime, timedelta

from dateline.publish.ranking import Reasons
from dateline.web.words import count_languages, count_origins, count_outlets, count_words

PINNED = "pinned by the editor"
READ = "read much"
FRESH = "{} new"
MANY_FRESH = "more than {} new"
MOST_FRESH = 20  # more are not counted
ALL_NEWEST = "All reports, newest first"

SECTIONS = {
    "world": "World",
    "nation": "National",
    "politics": "Politics",
    "conflict": "Conflict and peace",
    "economy": "Economy",
    "science": "Science and technology",
    "health": "Health",
    "environment": "Environment",
    "culture": "Culture and media",
    "sport": "Sport",
    "justice": "Crime and justice",
    "disaster": "Disasters and accidents",
    "society": "Society",
    "education": "Education",
    "labour": "Work",
    "religion": "Religion",
    "lifestyle": "Lifestyle",
    "human-interest": "People",
    "weather": "Weather",
    "regional": "Regional",
    "opinion": "Opinion",
}


def say_section(section: str) -> str:
    """Return the name of one of our sections; an outlet's own name stays as it is."""
    return SECTIONS.get(section, section)


def say_fresh(number: int) -> str:
    """Return "3 new"."""
    return FRESH.format(number)


def list_fresh() -> list[str]:
    """Return "1 new", "2 new" and so on, and at last what is said of more than that."""
    counted = [say_fresh(number) for number in range(1, MOST_FRESH + 1)]
    return [*counted, MANY_FRESH.format(MOST_FRESH)]


def say_new(age: timedelta) -> str:
    """Return "new 12 minutes ago"; "" beyond an hour, where the time of day says it."""
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return "new just now"
    if minutes < 60:
        return f"new {count_words(minutes, 'minute ago', 'minutes ago')}"
    return ""


def say_pace(reports: int) -> str:
    """Return "3 new reports in the last hour"."""
    return f"{count_words(reports, 'new report', 'new reports')} in the last hour"


def count_countries(number: int) -> str:
    """Return "1 country", "7 countries"."""
    return count_words(number, "country", "countries")


def list_counts(reasons: Reasons) -> list[str]:
    """Return who reports, in counts: "7 outlets", "2 origins", "3 languages", "2 countries"."""
    said = [count_outlets(reasons.outlets), count_origins(reasons.origins)]
    said += [count_languages(reasons.languages)] if reasons.languages > 1 else []
    return said + ([count_countries(reasons.countries)] if reasons.countries > 1 else [])


def list_news(reasons: Reasons, now: datetime) -> list[str]:
    """Return what else holds a story where it stands: its pace or age, the editor, readers."""
    said = [PINNED] if reasons.pinned else []
    new = say_new(reasons.age(now)) if reasons.dated else ""
    if reasons.last_hour > 1:
        new = say_pace(reasons.last_hour)
    said += [new] if new else []
    return said + ([READ] if reasons.lifted else [])
