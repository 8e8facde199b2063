"""Statements of languages other than English, as far as each is read.

"full": direct and indirect speech, by the words of `foreign/words/<language>.toml`. "quotes":
quotations that a cue beside them makes statements, by `foreign/words/others.toml`. "none": nothing.
"""

from dataclasses import replace

from dateline.claims.foreign.drafts import Draft, settle
from dateline.claims.foreign.lexicon import FULL, load_lexicon
from dateline.claims.foreign.near import find_near, load_nearness
from dateline.claims.foreign.reading import read_page
from dateline.claims.names import Names
from dateline.claims.page import Page
from dateline.model import Statement, StatementKind
from dateline.text import base_language

_KNOWN = 0.05  # more trust in a speaker who is one of the text's names


def level_of(language: str) -> str:
    """Return how much is read in a language ("de", "de-AT"): "full", "quotes" or "none"."""
    code = base_language(language)
    if code == "en" or code in FULL:
        return "full"
    return "quotes" if load_lexicon(code) or load_nearness(code) else "none"


def find_foreign(page: Page, names: Names) -> tuple[Statement, ...]:
    """Return the statements of a page in a language other than English, in the order of the text.

    Speakers are found by grammar and nearness; `names` only raises the confidence of those that
    it knows. Linear in the text; never raises. A language of level "none" gives nothing.
    """
    statements = settle(_drafts(page), page)
    return tuple(_trust(statement, names) for statement in statements)


def _trust(statement: Statement, names: Names) -> Statement:
    span = statement.source_span
    if span is None or not names.entities or names.at(span) is None:
        return statement
    return replace(statement, confidence=min(1.0, statement.confidence + _KNOWN))


def _drafts(page: Page) -> list[Draft]:
    language = page.language
    nearness = load_nearness(language)
    if nearness:
        return find_near(page, nearness)
    lexicon = load_lexicon(language)
    if lexicon is None:
        return []
    drafts = read_page(page, lexicon)
    if language in FULL:
        return drafts
    return [draft for draft in drafts if draft.kind is not StatementKind.INDIRECT]
