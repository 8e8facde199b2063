"""Which terms of a search stand in headlines: a thousand of them in a millisecond or two."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from dateline.store.forms import find_alike, list_heads
from dateline.store.terms import Cut, Text
from dateline.store.tokens import write_lines

Title = tuple[str, str]  # a headline and its language


def find_title_terms(titles: Sequence[Title], terms: Sequence[Cut]) -> list[tuple[bool, ...]]:
    """Return which of the terms stand in each headline."""
    lines = write_lines([title for title, _language in titles])
    columns = [
        _find_forms(term, lines, titles) if term.word else _find_written(term, lines)
        for term in terms
    ]
    return list(zip(*columns, strict=True)) if columns else [()] * len(titles)


def _find_written(term: Cut, lines: Sequence[str]) -> list[bool]:
    written = f" {' '.join(term.tokens)}" + ("" if term.prefix else " ")
    return [written in line for line in lines]


def _find_forms(term: Cut, lines: Sequence[str], titles: Sequence[Title]) -> list[bool]:
    """Return in which headlines a form of a word stands; `lines` have their tokens."""
    tongues = {language for _headline, language in titles}
    heads = {head for language in tongues for head in list_heads(term.word, language)}
    alike = {language: find_alike(term.word, language) for language in tongues}
    found, doubtful = [False] * len(lines), set()
    for number, token in _list_begun(lines, heads):
        headline, language = titles[number]
        if alike[language][token]:
            found[number] = True
        elif not headline.isascii():  # a stemmer may need the accents that tokens have lost
            doubtful.add(number)
    for number in doubtful:
        found[number] = found[number] or bool(Text(*titles[number]).find(term))
    return found


def _list_begun(lines: Sequence[str], heads: set[str]) -> Iterator[tuple[int, str]]:
    """Yield the tokens that begin so, each with the number of its line."""
    text = "".join(lines)
    starts = list(accumulate(map(len, lines), initial=0))
    wanted = {""} if "" in heads else heads
    for at in (at for head in wanted for at in _find_all(text, f" {head}")):
        token = text[at + 1 : text.find(" ", at + 1)]
        if token and at + 1 < len(text):  # none at the end of a line
            yield bisect_right(starts, at) - 1, token


def _find_all(text: str, wanted: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)
