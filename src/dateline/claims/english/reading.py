"""The way from a page to its statements: lines, cues, quotations left over, words."""

from dateline.claims.english.asides import find_asides
from dateline.claims.english.finds import Find
from dateline.claims.english.leftover import attach_quotes
from dateline.claims.english.lines import lay_out
from dateline.claims.english.making import make_statements
from dateline.claims.english.nesting import drop_weak
from dateline.claims.english.nouns import find_by_nouns
from dateline.claims.english.sources import find_by_sources
from dateline.claims.english.turns import drop_inside, find_turns
from dateline.claims.english.verbs import find_by_verbs
from dateline.claims.english.words import Words
from dateline.claims.page import Page
from dateline.claims.quotes import find_quotes
from dateline.model import Statement


def read_statements(page: Page) -> tuple[Statement, ...]:
    """Return all statements of a page."""
    words = Words(page, find_quotes(page))
    sheet = lay_out(words)
    finds: list[Find] = []
    for line in sheet.lines:
        found = find_by_sources(sheet, line) + find_by_verbs(sheet, line)
        found += find_by_nouns(sheet, line, found)
        found += find_asides(sheet, line, found)
        finds += drop_weak(sheet, found)
    turns = find_turns(sheet)
    finds = drop_inside(sheet, turns, attach_quotes(sheet, finds, turns)) + turns
    return make_statements(sheet, finds)
