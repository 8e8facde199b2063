"""READ FIRST: who said what in one article, all parts of this room one after the other.

::

    names       people, organisations, places, all that each is called    names.py
    statements  content, source and cue, by grammar and typography        statements.py, foreign/
    speakers    whose name, office or pronoun the source is               speakers.py
    dates       every date, resolved against the day of publication       dates/
    said_on     the day on which a statement was made                     dates/saying.py
    place       where it was made                                         places.py
    figures     numbers: what they count, whose, as of when               figures/, rivals/around.py

Each part is a pure function over one `Page`; every span gives its words, always.
"""

from dateline.claims.dates import date_statements, find_dates
from dateline.claims.figures import find_figures
from dateline.claims.languages import find_foreign, level_of
from dateline.claims.names import find_names
from dateline.claims.page import Page
from dateline.claims.places import place_statements
from dateline.claims.rivals import add_clauses
from dateline.claims.speakers import add_pronouns, name_hearers, resolve_speakers
from dateline.claims.statements import find_statements
from dateline.model import ClaimClues, Claims

MADE_BY = "claims/4"


def read_claims(text: str, clues: ClaimClues) -> Claims:
    """Return the statements, figures, dates and names of one article; spans are of `text`."""
    page = Page(text, clues)
    names = find_names(page)
    find = find_statements if page.language == "en" else find_foreign
    statements = resolve_speakers(page, names, find(page, names))
    statements = name_hearers(page, names, statements)
    dates = find_dates(page)
    statements = date_statements(page, dates, statements)
    statements = place_statements(page, names, statements)
    figures = find_figures(page, statements, dates)
    return Claims(
        statements=statements,
        figures=add_clauses(page, figures),
        dates=dates,
        entities=add_pronouns(names, statements).entities,
        level=level_of(page.language),
        made_by=MADE_BY,
    )
