"""A page's tokens with what the rules need to know of each: a light tagging, no model.

Tags are single letters: D determiner, S subject pronoun, O object pronoun, P preposition,
C conjunction, B subordinator, M modal, X be/have/do, N negation, R adverb, T word of time,
H title, V finite verb, W participle, A base form, E word in -ed, G word in -ing, Z possessive,
Y pronoun with its verb ("he's"), K other word with a capital, L other word, # number; Q what lies
in a quotation; marks are tagged by themselves: , ; : ( ) . " ' and - for any dash.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from dateline.claims.english.lexicon import Lexicon, read_lexicon, word_set
from dateline.claims.page import LONGEST_TEXT, Page
from dateline.claims.quotes import Quote
from dateline.model import Span

_WRAPPED = 100  # letters; a text with longer lines is not wrapped
_GLUED = re.compile(r"(?<=[a-z]{3})\.(?=[A-Z][a-z ])")
_ENDS = '.!?…:;"”’»'
_PRONOUNS, _INITIALS = word_set("pronouns_with_verbs"), word_set("initials")
_MONTHS = word_set("months_that_are_names")
_ENDINGS = ("'s", "'re", "'ve", "'ll", "'d", "'m")
_MARKS = {
    **dict.fromkeys("—–-‑―", "-"),
    **dict.fromkeys(".!?…", "."),
    **dict.fromkeys('“”„"«»‹›〝〞`＂', '"'),
    **dict.fromkeys("‘’'‚‛", "'"),
    **dict.fromkeys("([{", "("),
    **dict.fromkeys(")]}", ")"),
    **{mark: mark for mark in ",;:"},
    **dict.fromkeys("&+", "C"),
    **dict.fromkeys("$€£%#", "#"),
}


class Words:
    """The tokens of a page, tagged, with the quotations laid over them."""

    def __init__(self, page: Page, quotes: Sequence[Quote]) -> None:
        self.page = page
        self.text = page.text
        self.tokens = page.tokens
        self.quotes = quotes
        self.lexicon: Lexicon = read_lexicon()
        self.starts = [token.start for token in self.tokens]
        self.low = [token.text.casefold().replace("’", "'") for token in self.tokens]
        self.tags = [self._tag(number) for number in range(len(self.tokens))]
        lines = page.text[:LONGEST_TEXT].split("\n")
        self.is_wrapped = max(map(len, lines)) <= _WRAPPED
        self.sentences = self._cut(page.sentences)
        self.names = self._find_names()
        for first, last in self.sentences:
            self._retag(first, last)

    def at(self, place: int) -> int:
        """Return the number of the first token that begins at or behind a place in the text."""
        return bisect_left(self.starts, place)

    def range_of(self, span: Span) -> tuple[int, int]:
        """Return the tokens that begin in a span, as first and behind the last."""
        return self.at(span[0]), self.at(span[1])

    def span(self, first: int, last: int) -> Span:
        """Return the place in the text of the tokens from `first` up to, not with, `last`."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def is_headline(self, first: int, last: int) -> bool:
        """Say whether nearly all long words of a sentence begin with a capital."""
        high = sum(self.tokens[n].is_high for n in range(first, last))
        small = sum(
            self.tokens[n].text[0].islower() and len(self.low[n]) > 3 for n in range(first, last)
        )
        return high > small + 2 and high > 3 * small

    def _find_names(self) -> frozenset[str]:
        """Return the words in -ed, -ing and -ly that have a capital inside sentences, always."""
        high, small = set[str](), set[str]()
        for number in [n for n, low in enumerate(self.low) if low.endswith(("ed", "ing", "ly"))]:
            if self.tokens[number].text[0].islower():
                small.add(self.low[number])
            elif number and self.tokens[number - 1].text[0].islower():
                high.add(self.low[number])
        return frozenset(high - small)

    def _cut(self, sentences: list[Span]) -> list[tuple[int, int]]:
        parts = (part for span in sentences for part in self._cut_lines(span))
        ranges = (self.range_of(part) for part in parts)
        return [(first, last) for first, last in ranges if first < last]

    def _cut_lines(self, span: Span) -> Iterator[Span]:
        """Cut a sentence at the ends of lines that are no mere wrapping, and at "end.Next"."""
        begin, end = span
        for glued in _GLUED.finditer(self.text, begin, end):
            yield from self._cut_wrapped(begin, glued.end())
            begin = glued.end()
        yield from self._cut_wrapped(begin, end)

    def _cut_wrapped(self, begin: int, end: int) -> Iterator[Span]:
        at = self.text.find("\n", begin, end)
        while at >= 0:
            if not self.is_wrapped or self.text[at - 1] in _ENDS:
                yield begin, at
                begin = at + 1
            at = self.text.find("\n", at + 1, end)
        yield begin, end

    def _tag(self, number: int) -> str:
        low = self.low[number]
        known = "#" if low == "one" else self.lexicon.tags.get(low)
        if known is not None:
            is_name = low in _INITIALS and self.tokens[number].text.isupper()
            return "K" if is_name else known
        first = low[0]
        if not first.isalpha():
            return "#" if first.isdigit() else _MARKS.get(first, "?")
        if "'" in low:
            return self._tag_contracted(low, number)
        if low.endswith("ed") and len(low) > 4 and low not in self.lexicon.not_past:
            return "E"
        if low.endswith("ing") and len(low) > 4 and low not in self.lexicon.not_gerund:
            return "G"
        if low.endswith("ly") and len(low) > 4 and not self.tokens[number].is_high:
            if low in self.lexicon.not_adverbs:
                return "L"
            return "R"
        return "K" if self.tokens[number].is_high else "L"

    def _tag_contracted(self, low: str, number: int) -> str:
        stem, _, ending = low.rpartition("'")
        if low.endswith("n't"):
            return "X"
        if stem in _PRONOUNS and "'" + ending in _ENDINGS:
            return "Y"
        if ending == "s":
            return "Z"
        return "K" if self.tokens[number].is_high else "L"

    def _retag(self, first: int, last: int) -> None:
        """Take a word with a capital inside a sentence for a name, except in headlines."""
        low = self.low[first]
        if low.endswith("ly") and self.tags[first] == "K" and len(low) > 4:
            self.tags[first] = "K" if low in self.names else "R"
        if self.is_headline(first, last):
            return
        high = [n for n in range(first, last) if self.tokens[n].is_high]
        for number in high:
            if self.tags[number] in "VAEGWMRLXPT" and self._is_name(number, first, last):
                self.tags[number] = "K"
            elif self.tags[number] in "VM" and self.low[number] in self.lexicon.times:
                self.tags[number] = "T"  # "in May"

    def _is_name(self, number: int, first: int, last: int) -> bool:
        """Say whether a word with a capital that a closed class or an ending claims is a name."""
        low, before = self.low[number], self.tags[number - 1] if number > first else "."
        if low in self.lexicon.times:  # "Theresa May", not "on Monday", "Boston May 5"
            is_after_name = before == "K" and self.tags[number + 1 : number + 2] != ["#"]
            return is_after_name and low in _MONTHS and number + 1 < last
        if number > first and before not in ".\"':":
            return low != "i"
        if before == "." and number - 2 >= first and self.tags[number - 2] == "H":
            return True  # "Mr. Reed"
        return low in self.names
