"""A text as sentences whose quotations are single words, cut into clauses at their marks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from dateline.claims.foreign.lexicon import Lexicon
from dateline.claims.page import Page, Token
from dateline.claims.quotes import Quote, find_quotes
from dateline.model import Span

_BREAKS = frozenset(",;:–—―،、，：；؛…-")
_ENDS = frozenset("!?。！？؟;\u037e।")
_LONGEST_ASIDE = 8  # words in brackets that belong to the word before them: "(CDU)"
_LONGEST_SENTENCE = 300  # words that are read at once


@dataclass(slots=True)
class Word:
    """One word of a sentence, or a quotation taken as one."""

    low: str
    start: int
    end: int  # behind a short bracket that follows it
    is_high: bool
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between two marks: `first` to `last` (exclusive) of its sentence's words."""

    first: int
    last: int
    mark: str  # that stands before it: "" at the beginning, "," ":" "–"


@dataclass(slots=True)
class Sentence:
    """One sentence, quotations of several sentences inside it taken as a word."""

    text: str  # of the page
    start: int
    end: int
    paragraph: int  # its number
    words: list[Word]
    clauses: list[Clause]
    of_word: list[int] = field(default_factory=list)  # the clause of each word
    is_inside: bool = False  # words of a quotation, read for a cue inside its marks


def cut_sentences(page: Page, lexicon: Lexicon) -> list[Sentence]:
    """Return the sentences of a page in order; linear in its text."""
    return list(_Cutter(page, lexicon, outermost(page)).run())


def outermost(page: Page) -> list[Quote]:
    """Return the quotations that stand in no other, in order."""
    return [quote for quote in find_quotes(page) if quote.inside is None]


def cut_inside(page: Page, lexicon: Lexicon, span: Span) -> Sentence:
    """Return the words of one piece of a quotation as a sentence, its sentences as clauses."""
    return _Cutter(page, lexicon, []).build(span)


class _Cutter:
    """Walks over sentences, quotations and tokens at once."""

    def __init__(self, page: Page, lexicon: Lexicon, quotes: list[Quote]) -> None:
        self.page, self.text, self.lexicon = page, page.text, lexicon
        self.quotes = quotes
        self.elided = lexicon.small["elided"]
        self.parted = lexicon.small["split_after"]

    def run(self) -> Iterator[Sentence]:
        paragraphs, number = self.page.paragraphs, 0
        token, quote = 0, 0
        tokens, quotes = self.page.tokens, self.quotes
        for start, end in self._spans():
            while number + 1 < len(paragraphs) and paragraphs[number + 1][0] <= start:
                number += 1
            first = token
            while token < len(tokens) and tokens[token].start < end:
                token += 1
            first_quote = quote
            while quote < len(quotes) and quotes[quote].outer[0] < end:
                quote += 1
            sentence = Sentence(self.text, start, end, number, [], [])
            inner = quotes[first_quote:quote]
            yield from _portions(self._build(sentence, tokens[first:token], inner))

    def build(self, span: Span) -> Sentence:
        """Return one sentence of the words in a span that hold no quotation."""
        tokens = self.page.tokens_in(span)[:_LONGEST_SENTENCE]
        return self._build(
            Sentence(self.text, *span, 0, [], [], is_inside=True), tokens, [], stops=True
        )

    def _spans(self) -> Iterator[Span]:
        """Yield sentences, those that a quotation holds together as one."""
        at, quotes = 0, self.quotes
        begin: int | None = None
        for start, end in self.page.sentences:
            begin = start if begin is None else begin
            while at < len(quotes) and quotes[at].outer[1] <= end:
                at += 1
            if at < len(quotes) and quotes[at].outer[0] < end:
                continue
            yield begin, end
            begin = None
        if begin is not None and self.page.sentences:
            yield begin, self.page.sentences[-1][1]

    def _build(
        self, sentence: Sentence, tokens: list[Token], quotes: list[Quote], *, stops: bool = False
    ) -> Sentence:
        """Fill a sentence with its words; `stops`: a full stop parts clauses."""
        at, mark, first = 0, "", 0
        waiting = iter(quotes)
        quote = next(waiting, None)
        while at < len(tokens):
            token = tokens[at]
            if quote and quote.outer[1] <= token.start:
                quote = next(waiting, None)
            elif quote and quote.outer[0] <= token.start:
                sentence.words.append(Word("", *quote.outer, False, quote))
                at = _skip(tokens, at, quote.outer[1])
            elif token.text in "([" and (close := self._close(tokens, at)) and sentence.words:
                sentence.words[-1].end = tokens[close].end
                at = close + 1
            elif _is_break(token, self.text) or (stops and token.text == "."):
                self._end(sentence, first, mark)
                first, mark, at = len(sentence.words), token.text, at + 1
            else:
                sentence.words.extend(self._split(token))
                at += 1
        self._end(sentence, first, mark)
        return sentence

    def _end(self, sentence: Sentence, first: int, mark: str) -> None:
        last = len(sentence.words)
        if last > first:
            sentence.of_word += [len(sentence.clauses)] * (last - first)
            sentence.clauses.append(Clause(first, last, mark))

    @staticmethod
    def _close(tokens: list[Token], at: int) -> int:
        """Return where a short bracket closes, 0 for a long one."""
        for place in range(at + 1, min(at + 2 + _LONGEST_ASIDE, len(tokens))):
            if tokens[place].text in ")]":
                return place
        return 0

    def _split(self, token: Token) -> list[Word]:
        """Return a token as words: "l’Union" are two, "a-t-il" are three, a mark is none."""
        if not token.text[0].isalnum():
            return []
        edges = self._edges(token.text)
        if not edges:
            return [Word(token.low, token.start, token.end, token.is_high)]
        places = [0, *edges, len(token.text)]
        words = []
        for first, last in pairwise(places):
            piece = token.text[first:last].strip("-‑")
            start = token.start + first + (token.text[first] in "-‑")
            if piece:
                low = piece.casefold().replace("’", "'")
                words.append(Word(low, start, start + len(piece), piece[0].isupper()))
        return words

    def _edges(self, text: str) -> list[int]:
        edges = []
        mark = _APOSTROPHE.search(text) if self.elided else None
        if mark and text[: mark.start()].casefold() in self.elided:
            edges.append(mark.end())
        if self.parted:
            edges += [
                m.start() for m in _HYPHEN.finditer(text) if m.group(1).casefold() in self.parted
            ]
        return edges


def _skip(tokens: list[Token], at: int, end: int) -> int:
    """Return the first token from a place on that begins behind an end."""
    while at < len(tokens) and tokens[at].start < end:
        at += 1
    return at


def _portions(sentence: Sentence) -> Iterator[Sentence]:
    """Yield a sentence, one of very many words in parts: what is done in one is not linear."""
    size = _LONGEST_SENTENCE
    if len(sentence.words) <= size:
        yield sentence
        return
    for begin in range(0, len(sentence.words), size):
        words = sentence.words[begin : begin + size]
        part = Sentence(sentence.text, words[0].start, words[-1].end, sentence.paragraph, words, [])
        numbers = sentence.of_word[begin : begin + size]
        for number in sorted(set(numbers)):
            first = numbers.index(number)
            count = numbers.count(number)
            part.of_word += [len(part.clauses)] * count
            part.clauses.append(Clause(first, first + count, sentence.clauses[number].mark))
        yield part


_APOSTROPHE = re.compile("[’']")
_HYPHEN = re.compile(r"[-‑](\w+)")


def _is_break(token: Token, text: str) -> bool:
    if token.text not in _BREAKS:
        return token.text in _ENDS  # a full stop inside a sentence is a short form's
    around = text[token.start - 1 : token.start], text[token.end : token.end + 1]
    return token.text != "-" or all(place.isspace() for place in around)
