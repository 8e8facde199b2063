"""Who said what in an English text: direct, mixed and indirect statements, each a span of it."""

from dateline.claims.english.reading import read_statements
from dateline.claims.page import Page
from dateline.model import Statement


def find_statements(page: Page, names: object = None) -> tuple[Statement, ...]:
    """Return the statements of an English page in the order of the text.

    Sources are told by grammar (names, titles, pronouns): `names` is not needed yet, speakers are
    resolved afterwards. Linear in the text; what stands behind `LONGEST_TEXT` is not read.
    """
    del names
    return read_statements(page)
