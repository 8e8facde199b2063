"""Words of the front page and the sections: why a story stands where it stands; section names.

Each is a whole pattern with its own forms; none is put together from pieces of a sentence.
"""

from datetime import datetime, timedelta

from dateline.publish.ranking import Reasons
from dateline.publish.speaking import Speaker
from dateline.web.words import count_languages, count_origins, count_outlets

PINNED = "pinned by the editor"
READ = "read much"
JUST_NOW = "new just now"
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


def say_section(say: Speaker, section: str) -> str:
    """Return the name of one of our sections; an outlet's own name stays as it is."""
    return say.text(SECTIONS[section]) if section in SECTIONS else section


def say_fresh(say: Speaker, number: int) -> str:
    """Return "3 new"."""
    return say.count("{} new", "{} new", number)


def list_fresh(say: Speaker) -> list[str]:
    """Return "1 new", "2 new" and so on, and at last what is said of more than that."""
    counted = [say_fresh(say, number) for number in range(1, MOST_FRESH + 1)]
    return [*counted, say.text(MANY_FRESH).format(say.number(MOST_FRESH))]


def say_new(say: Speaker, age: timedelta) -> str:
    """Return "new 12 minutes ago"; "" beyond an hour, where the time of day says it."""
    minutes = int(age.total_seconds() // 60)
    if minutes < 1:
        return say.text(JUST_NOW)
    if minutes < 60:
        return say.count("new {} minute ago", "new {} minutes ago", minutes)
    return ""


def say_pace(say: Speaker, reports: int) -> str:
    """Return "3 new reports in the last hour"."""
    return say.count("{} new report in the last hour", "{} new reports in the last hour", reports)


def count_countries(say: Speaker, number: int) -> str:
    """Return "1 country", "7 countries"."""
    return say.count("{} country", "{} countries", number)


def list_counts(say: Speaker, reasons: Reasons) -> list[str]:
    """Return who reports, in counts: "7 outlets", "2 origins", "3 languages", "2 countries"."""
    said = [count_outlets(say, reasons.outlets), count_origins(say, reasons.origins)]
    said += [count_languages(say, reasons.languages)] if reasons.languages > 1 else []
    return said + ([count_countries(say, reasons.countries)] if reasons.countries > 1 else [])


def list_news(say: Speaker, reasons: Reasons, now: datetime) -> list[str]:
    """Return what else holds a story where it stands: its pace or age, the editor, readers."""
    said = [say.text(PINNED)] if reasons.pinned else []
    new = say_new(say, reasons.age(now)) if reasons.dated else ""
    if reasons.last_hour > 1:
        new = say_pace(say, reasons.last_hour)
    said += [new] if new else []
    return said + ([say.text(READ)] if reasons.lifted else [])
