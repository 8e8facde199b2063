"""Runs of capitalised words: where names may stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.claims.naming.lexicon import Grammar, read_given_names, read_list, read_small
from dateline.claims.page import Page, Token
from dateline.model import Span

_POSSESSIVE = re.compile(r"(?<=[^\W\d_])[’'ʼ][sS]$")
# Elided words before a name: "d'Emmanuel Macron", "l’Élysée", "dell'Unione".
ELIDED = re.compile(
    r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|dell|all|nell|sull|dall|un|quest|quell)[’'ʼ](?=[^\W\d_])",
    re.IGNORECASE,
)
ELIDING = ("fr", "it", "ca", "oc", "pms")
_INITIAL = re.compile(r"[^\W\d_]\Z")
_SHORT_TITLES = read_small("short_titles")
_SMALL = read_small("capitalised")
_COMPOUNDS = read_small("compounds")
_GENERATIONS = read_small("generations")
_PARTICIPLE = re.compile("[a-z]{3,}(?:[^aeiou]ed|[^aeiou\\W]{2}ing)\\Z")  # "obsessed", "dwelling"
_ARTICLES = frozenset(("Al", "El", "Abd", "Abu", "Ben", "Bin"))  # "Al-rashed"
_HONOURS = frozenset(str(read_list("small.toml")["honours"]).split())
_INNER = frozenset(("&", "-", "‑"))
_OPENING_MARKS = frozenset("“\"„«‘'‹([:;—–•*|-…")
_EITHER_MARKS = frozenset("“\"‘'")  # which close as well
_BEFORE_MONTHS = read_small("before_months")
_DAY = re.compile(r"[0-3]?\d(?:st|nd|rd|th)?\Z")
_SHOUTED = 0.6  # share of capitalised long words from which a sentence is a headline
_SHOUTED_SENTENCE = 0.8  # where it ends in a full stop
_FULL_STOPS = frozenset('.…”"»;,')
LONGEST_RUN = 12  # words


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a run, without possessive or elided article."""

    text: str
    low: str
    start: int
    end: int
    at: int  # index of its token in the page


@dataclass(frozen=True, slots=True)
class Run:
    """Capitalised words that stand side by side."""

    words: tuple[Word, ...]
    opens: bool  # begins a sentence or what is quoted
    possessive: bool  # ends in 's
    shouted: bool  # stands in a line of headline capitals
    dated: bool = False  # a day or "in" stands before: a month's name is none here

    @property
    def span(self) -> Span:
        """Return where it stands."""
        return self.words[0].start, self.words[-1].end


def find_runs(page: Page, grammar: Grammar) -> list[Run]:
    """Return all runs of capitalised words, in order."""
    reader = _RunReader(page, grammar)
    runs: list[Run] = []
    first = 0
    for _, end in page.sentences:
        last = first
        while last < len(page.tokens) and page.tokens[last].start < end:
            last += 1
        runs += reader.read(first, last)
        first = last
    return runs


class _RunReader:
    def __init__(self, page: Page, grammar: Grammar) -> None:
        self.page, self.tokens, self.joints = page, page.tokens, grammar.joints
        openers = grammar.openers - read_given_names().keys()
        self.openers = openers | grammar.he | grammar.she | grammar.they
        self.cuts = page.language in ("tr", "az")
        self.elides = page.language in ELIDING

    def read(self, first: int, last: int) -> Iterator[Run]:
        shouted = _is_shouted(self.tokens[first:last])
        at = first
        while at < last:
            word = self._read_word(at)
            if word is None:
                at += 1
                continue
            words, after, possessive = self._extend(word, last)
            opens = at == first or self._is_opened(at)
            yield Run(tuple(words), opens, possessive, shouted, self._is_dated(at, first))
            at = after

    def _is_dated(self, at: int, first: int) -> bool:
        """Say whether what stands before a token makes a month of it: "28 June", "in June"."""
        if at == first:
            return False
        low = self.tokens[at - 1].low
        return low in _BEFORE_MONTHS or bool(_DAY.match(low))

    def _is_opened(self, at: int) -> bool:
        """Say whether what stands before a token opens something; a quote that closes does not."""
        before = self.tokens[at - 1]
        is_glued = before.end == self.tokens[at].start
        return before.text in _OPENING_MARKS and (is_glued or before.text not in _EITHER_MARKS)

    def _extend(self, word: Word, last: int) -> tuple[list[Word], int, bool]:
        """Return the words of the run from `word` on, the token behind, whether 's ends it."""
        words, at = [word], word.at
        kept = 1  # how many are surely inside; joints at the end are not
        while not self._is_closed(at) and len(words) < LONGEST_RUN:
            at = self._skip_dot(at)
            if at + 1 >= last or not self._is_glued(at) or self._is_said_again(words, at + 1):
                break
            following = self._read_inner(at + 1)
            if following is None or self._is_parted(words, following):
                break
            words.append(following)
            at += 1
            kept = len(words) if following.text[0].isupper() else kept
        words = words[:kept]
        return words, words[-1].at + 1, self._is_possessive(words[-1].at)

    def _is_said_again(self, words: Sequence[Word], at: int) -> bool:
        """Say whether the last two words stand again from a token on: a caption and its text."""
        first, second = self.tokens[at : at + 1], self.tokens[at + 1 : at + 2]
        return (
            len(words) > 1
            and bool(first and second)
            and (words[-2].low, words[-1].low)
            == (first[0].low, _POSSESSIVE.sub("", second[0].text).casefold())
        )

    def _is_parted(self, words: Sequence[Word], following: Word) -> bool:
        """Say whether a name ends before the next word, whose capital is another's doing."""
        if len(words) == 1:
            return False
        last = words[-1]
        is_dotted = last.end - last.start == 1 and self.tokens[last.at + 1].text == "."
        if is_dotted or last.low in _GENERATIONS:  # "Malcolm X. He", "Sam Vale Jr. But"
            return following.low in self.openers
        is_low = following.text[1:2].islower()
        return is_low and all(_is_cried(word.text) for word in words[-2:])

    def _is_closed(self, at: int) -> bool:
        text = self.tokens[at].text
        return self._is_possessive(at) or _find_compound(text) < len(text)

    def _is_possessive(self, at: int) -> bool:
        return self.tokens[at].text[-2:-1] in ("’", "'") and bool(
            _POSSESSIVE.search(self.tokens[at].text)
        )

    def _skip_dot(self, at: int) -> int:
        """Step over the dot of "J." and "Mr."."""
        tokens = self.tokens
        if at + 1 >= len(tokens) or tokens[at + 1].text != ".":
            return at
        word = tokens[at]
        is_glued = tokens[at + 1].start == word.end
        is_short = bool(_INITIAL.match(word.text)) or word.low in _SHORT_TITLES
        return at + 1 if is_glued and is_short else at

    def _is_glued(self, at: int) -> bool:
        gap = self.page.text[self.tokens[at].end : self.tokens[at + 1].start]
        if "-" in (self.tokens[at].text, self.tokens[at + 1].text):  # no dash
            return not gap
        return len(gap) <= 1 and gap != "\n"

    def _read_inner(self, at: int) -> Word | None:
        token = self.tokens[at]
        if token.text in _INNER or token.low in self.joints:
            return Word(token.text, token.low, token.start, token.end, at)
        return self._read_word(at)

    def _read_word(self, at: int) -> Word | None:
        token = self.tokens[at]
        text, start = token.text, token.start
        if not text[0].isalpha():
            return None
        if self.elides and len(text) > 2 and (match := ELIDED.match(text)):
            text, start = text[match.end() :], start + match.end()
        if not (
            text[0].isupper() or (text[:3].casefold() in ("al-", "el-") and text[3:4].isupper())
        ):
            return None
        if self.cuts:  # "Ankara'da", "Demir’in"
            text = text.partition("'")[0].partition("’")[0] or text
        if text[-2:-1] in ("’", "'"):
            text = _POSSESSIVE.sub("", text)
        text = text[: _find_compound(text)]
        return Word(text, text.casefold(), start, start + len(text), at)


def _find_compound(text: str) -> int:
    """Return where the name ends in "Swift-themed", the length of a word that is no such thing."""
    name, hyphen, behind = text.rpartition("-")
    is_one = behind in _COMPOUNDS or (bool(_PARTICIPLE.match(behind)) and name not in _ARTICLES)
    return len(name) if hyphen and len(name) > 1 and is_one else len(text)


def _is_cried(text: str) -> bool:
    """Say whether a word is in capitals and too long for an acronym: "BREAKING NEWS Vale"."""
    return len(text) > 3 and text.isupper() and "." not in text


def _is_shouted(tokens: Sequence[Token]) -> bool:
    letters = [token.text for token in tokens if token.end - token.start > 3 and token.is_word]
    high = sum(text[0].isupper() for text in letters)
    small = sum(token.low in _SMALL and token.is_high for token in tokens[1:])
    if small > 1 and high > _SHOUTED * len(letters):  # "Explores The Rise Of The River"
        return True
    if tokens and tokens[-1].text in _FULL_STOPS:  # a sentence of few words, most of them names
        return len(letters) >= 8 and high > _SHOUTED_SENTENCE * len(letters)
    return len(letters) >= 4 and high > _SHOUTED * len(letters)


def trim_words(words: Sequence[Word], grammar: Grammar) -> tuple[Word, ...]:
    """Return words without the small ones at their ends."""
    kept = list(words)
    while len(kept) > 1 and kept[0].text[0].islower() and "-" not in kept[0].text:
        kept.pop(0)
    while len(kept) > 1 and kept[-1].text in _HONOURS and not kept[-2].text.isupper():
        kept.pop()
    while len(kept) > 1 and (kept[-1].low in grammar.joints or not kept[-1].text[0].isalpha()):
        kept.pop()
    return tuple(kept)
