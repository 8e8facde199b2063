"""Which terms of a search stand in headlines: a thousand of them in a millisecond or two."""

from collections.abc import Sequence

from dateline.store.forms import list_heads, read_forms
from dateline.store.terms import Cut, Text
from dateline.store.tokens import write_lines

Title = tuple[str, str]  # a headline and its language


def find_title_terms(titles: Sequence[Title], terms: Sequence[Cut]) -> list[tuple[bool, ...]]:
    """Return which of the terms stand in each headline."""
    lines = write_lines([title for title, _language in titles])
    return [
        tuple([_stands(term, line, title) for term in terms])
        for title, line in zip(titles, lines, strict=True)
    ]


def _stands(term: Cut, line: str, title: Title) -> bool:
    """Say whether a term stands in a headline, of which `line` has the tokens between spaces."""
    if term.word:
        return _has_form(term.word, line, title)
    return f" {' '.join(term.tokens)}" + ("" if term.prefix else " ") in line


def _has_form(word: str, line: str, title: Title) -> bool:
    headline, language = title
    heads = list_heads(word, language)
    tokens = [token for token in line.split() if token.startswith(heads)]
    wanted = read_forms(word, language)
    if any(not wanted.isdisjoint(read_forms(token, language)) for token in tokens):
        return True
    if not tokens or headline.isascii():
        return False
    # A stemmer may need the accents that tokens have lost.
    return bool(Text(headline, language).find(Cut((), word=word)))
