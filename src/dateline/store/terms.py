"""Terms of a search in texts: where words that stand together are, and the forms of one word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dateline.store.forms import find_alike, has_forms, list_heads
from dateline.store.tokens import cut_folded, find_words, fold, list_bare, list_tokens, list_words

TYPED = 1000  # letters of a term
SHORTEST_PREFIX = 3  # letters
_OWNED = re.compile(r"['’ʼ]s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand together, as they were typed; the last may be a beginning of one.

    One word that was not quoted is looked for in all its forms.
    """

    text: str
    prefix: bool = False
    quoted: bool = False


class Cut(NamedTuple):
    """A term as it is looked for."""

    tokens: tuple[str, ...]
    prefix: bool = False  # the last is only a word's beginning
    word: str = ""  # in small letters, where any form of this word will do


def cut_term(term: Term) -> Cut | None:
    """Return a term as it is looked for, None where it has no words."""
    typed = term.text[:TYPED]
    word = "" if term.quoted or term.prefix else _read_word(typed)
    if word:
        return Cut(tokens=tuple(list_tokens(word)), word=word)
    tokens = tuple(list_tokens(typed))
    prefix = term.prefix and bool(tokens) and len(tokens[-1]) >= SHORTEST_PREFIX
    return Cut(tokens=tokens, prefix=prefix) if tokens else None


def _read_word(typed: str) -> str:
    """Return the one word that was typed where its forms are looked for, without an English 's."""
    one = typed.strip()
    # What has a space inside was quoted.
    words = [] if any(map(str.isspace, one)) else list_bare(_OWNED.sub("", one))
    tokens = list_tokens(words[0]) if len(words) == 1 else []
    return words[0] if len(tokens) == 1 and has_forms(tokens[0]) else ""


class Text:
    """A text whose words are looked at: its tokens, and its words as they stand beside them."""

    __slots__ = ("_line", "_words", "language", "text", "tokens")

    def __init__(self, text: str, language: str) -> None:
        self.text, self.language = text, language
        self.tokens = list_tokens(text)
        self._words: list[str] = self.tokens if text.isascii() else []
        self._line = ""

    @property
    def words(self) -> list[str]:
        """The word that each token is, or is a part of."""
        if not self._words:
            self._words = list_words(self.text)
            if len(self._words) != len(self.tokens):
                self._words = [word for word in self._words for _ in cut_folded(fold(word))]
        return self._words

    def find(self, term: Cut) -> list[int]:
        """Return at which tokens a term begins."""
        return self._find_forms(term.word) if term.word else find_places(self.tokens, term)

    def _find_forms(self, word: str) -> list[int]:
        language = self.language
        heads = list_heads(word, language)
        self._line = self._line or f" {' '.join(self.tokens)}"
        places = _find_begun(self._line, heads[0]) if heads else []
        for head in heads[1:]:
            places = sorted({*places, *_find_begun(self._line, head)})
        if not places:
            return places
        alike, words = find_alike(word, language), self.words
        return [at for at in places if at < len(words) and alike[words[at]]]

    def find_spans(self, terms: Sequence[Cut], most: int) -> Iterator[tuple[int, int, int]]:
        """Yield where the first terms stand, each as start, end and which of them; none overlap."""
        places = [
            (at, -len(term.tokens), number)
            for number, term in enumerate(terms)
            for at in self.find(term)
        ]
        places = sorted(places)[:most]
        matches = self._find_matches(max(at - length for at, length, _ in places)) if places else []
        done = 0
        for at, length, number in places:
            if at >= done and at - length <= len(matches):
                done = at - length
                yield matches[at].start(), matches[done - 1].end(), number

    def _find_matches(self, most: int) -> list[re.Match[str]]:
        """Return the words of the first `most` tokens, one a token, as they stand in the text."""
        if self.text.isascii() or len(list_words(self.text)) == len(self.tokens):
            return find_words(self.text, most)
        matches = find_words(self.text, most + len(self.text))
        return [match for match in matches for _ in cut_folded(fold(match.group()))]


def find_places(tokens: list[str], term: Cut) -> list[int]:
    """Return where a term begins among tokens, as it is written."""
    wanted, prefix = term.tokens, term.prefix
    first, last = wanted[0], wanted[-1]
    if prefix and len(wanted) == 1:
        return _find_begun(f" {' '.join(tokens)}", first)
    starts = _find_all(tokens, first)
    if len(wanted) == 1 or not starts:
        return starts
    exact = list(wanted[:-1] if prefix else wanted)
    at_end = len(wanted) - 1
    return [
        at
        for at in starts
        if tokens[at : at + len(exact)] == exact
        and (not prefix or "".join(tokens[at + at_end : at + at_end + 1]).startswith(last))
    ]


def _find_all(tokens: list[str], wanted: str) -> list[int]:
    """Return where a token stands: by the list's own methods, several times as fast as a loop."""
    found, at = [], -1
    for _ in range(tokens.count(wanted)):
        at = tokens.index(wanted, at + 1)
        found.append(at)
    return found


def _find_begun(line: str, beginning: str) -> list[int]:
    """Return where tokens begin so, of those that stand in a line with a space before each.

    By the methods of strings, for the same reason.
    """
    wanted = f" {beginning}"
    found, place, last = [], 0, 0
    at = line.find(wanted)
    while at >= 0:
        place += line.count(" ", last, at)
        found.append(place)
        last, at = at, line.find(wanted, at + 1)
    return found
