"""Words of the interface about who said what: statements, speakers, figures.

Beside `words.py`, which says how they are written. What was said, and the word for how, are always
the source's own.
"""

from collections.abc import Sequence

from dateline.model import DateRange
from dateline.publish.manner_words import QUOTED as QUOTED
from dateline.publish.manner_words import say_hedge as say_hedge
from dateline.publish.manner_words import say_kind as say_kind
from dateline.publish.manner_words import say_stance as say_stance
from dateline.publish.speaking import Speaker

WHO_SAID = "Who said what"
WHO_SAID_HOW = (
    "Read by software from the texts of the sources: who is reported to have said what, in the "
    "words of the source that is named. Evidence of what was reported, not of what is true."
)
ALL_SAID = "Everything said in this story ({})"
ALL_SAID_OF = "Who said what in “{}”"
FIGURES = "Figures"
FIGURES_HOW = (
    "Numbers that count the same thing, side by side, with whose they are. None is averaged, and "
    "none is judged."
)
ALL_FIGURES = "All figures of this story"
FIGURES_OF = "Figures in “{}”"
FIGURE = "Figure"
COUNTS = "What it counts"
WHOSE = "Whose"
AS_OF = "As of"
NUMBER = "No."
REPORTED_BY = "Reported by"
REPORT_ITSELF = "the report itself"
UPDATE = "changed"
DEEDS = {
    "dead": "killed or dead",
    "injured": "injured",
    "missing": "missing",
    "arrested": "arrested or held",
    "displaced": "displaced or evacuated",
    "infected": "infected",
    "rescued": "rescued",
    "captured": "captured or recaptured",
    "damaged": "damaged or destroyed",
    "hired": "hired",
    "fired": "laid off",
}
CHART = "Chart of these figures; the table below it has the same."
CHART_LOGARITHMIC = "The scale is logarithmic: each mark is ten times the one before it."
PERSON = "Reported to have said"
PERSON_HOW = "Everything that {} is reported to have said by the sources of this site."
NOTHING_SAID = "No statement was read here."
ALSO_CALLED = "Also written {}"
NO_SPEAKER = "No speaker named"
ENTRY = "A statement, and everyone who carries it"
ENTRY_OF = "{}: a statement, and everyone who carries it"
FIRST_HERE = "First here: {}"
IN_OTHER_WORDS = "In other words ({})"
TRANSLATED = "In another language, as far as software can tell:"
WORDS_UNSHOWN = "The source does not allow its words to be shown here."
IN_TEXT = "In the text"
ALL_CARRIERS = "Everyone who carries it ({})"
SAID_ON = "said {}"
SAID_AGAIN = "said again {}"
TOLD = "told {}"
IN_PLACE = "in {}"
DENIED = "Later denied by the same speaker:"
DENIES = "Denies what was reported before:"
WITHDRAWN = "Later withdrawn by the same speaker:"
WITHDRAWS = "Takes back what was reported before:"
REPORTED = "reported {}"
EARLIER_VERSION = "in an earlier version only"
MARK_THEM = "Mark in the text who said what"
NEWEST_FIRST = "Newest first"
MOST_CARRIED = "Most carried first"
ORDER = "Order"
QUOTES_ONLY = "In this language only quotations are read, by their marks and a short list of words."
AS_DATA = "As data (JSON, W3C Web Annotation)"


def say_range(say: Speaker, days: DateRange) -> str:
    """Return "10 November 2022", "November 2022", "2022", or the first and the last day."""
    written = str(days)
    if days.first == days.last:
        return say.calendar.date(days.first)
    if len(written) == 7:
        return say.calendar.month(days.first)
    if len(written) == 4:
        return written
    return say.calendar.span(days.first, days.last)


def count_statements(say: Speaker, number: int) -> str:
    """Return "1 statement", "7 statements"."""
    return say.count("{} statement", "{} statements", number)


def say_number(say: Speaker, value: float) -> str:
    """Return a number with its thousands apart, without a point where it is whole."""
    return say.number(value)


def count_hidden(say: Speaker, number: int) -> str:
    """Return how many statements' words are not shown."""
    return say.count(
        "{} more statement stands in the text at the source.",
        "{} more statements stand in the text at the source.",
        number,
    )


def say_deeds(say: Speaker, deeds: Sequence[str]) -> str:
    """Return what befell those who are counted."""
    return say.join([say.text(DEEDS.get(deed, deed)) for deed in deeds])
