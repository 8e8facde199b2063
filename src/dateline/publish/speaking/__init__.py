"""The interface's own words, in the reader's language; the news keeps its sources' words.

English stands in the code as the source of every message; other languages stand beside it as
gettext catalogues. `speak("de")` gives the speaker of a language: it translates messages, chooses
the form for a number, joins lists, and writes dates, times and numbers as that language does.
"""

from dateline.publish.speaking.calendar import Calendar
from dateline.publish.speaking.catalogs import ENGLISH, find_language, list_languages
from dateline.publish.speaking.speaker import Speaker, speak

__all__ = ["ENGLISH", "Calendar", "Speaker", "find_language", "list_languages", "speak"]
