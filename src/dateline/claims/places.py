"""Where a statement was made, where its sentence or the one before says so.

A place counts where words of presence join it to the speaker: "told reporters in Geneva", "during
his visit to Rome", "speaking at a rally in Ohio". The dateline of an article ("BERLIN (AP) —") is
where it was written, not where each statement was made; places inside what is said are what it is
about.
"""

import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import islice

from dateline.claims.names import Names
from dateline.claims.page import Page
from dateline.model import Entity, EntityKind, Span, Statement

_MOST = 5  # places of one sentence that may be where something was said
_LONGEST = 120  # code points before a place in which words of presence are sought
_REACH = 8  # tokens between a word of presence and its place


@dataclass(frozen=True, slots=True)
class _Words:
    """One language's words of presence, case-folded."""

    into: frozenset[str]  # what stands directly before the place
    events: frozenset[str]  # "visit", "rally", "conference"
    listeners: frozenset[str]  # "reporters", "the press"
    being: frozenset[str]  # "speaking", "arriving"
    skipped: frozenset[str]  # what may stand between: articles, adjectives


def place_statements(
    page: Page, names: Names, statements: Sequence[Statement]
) -> tuple[Statement, ...]:
    """Return the statements with `place` filled where the text says where they were made."""
    words = _read_words(page.language)
    if words is None or not any(one.kind is EntityKind.PLACE for one in names.entities):
        return tuple(statements)
    placing = _Placing(page, names, words)
    return tuple(placing.place(statement) for statement in statements)


@cache
def _read_words(language: str) -> _Words | None:
    path = resources.files("dateline.claims").joinpath("places.toml")
    lists = tomllib.loads(path.read_text("utf-8")).get(language)
    if lists is None:
        return None
    return _Words(**{name: frozenset(words.casefold().split()) for name, words in lists.items()})


class _Placing:
    def __init__(self, page: Page, names: Names, words: _Words) -> None:
        self.page, self.names, self.words = page, names, words
        self._scenes: dict[Span, list[tuple[Span, Entity]]] = {}
        self._numbers = {span: number for number, span in enumerate(page.sentences)}
        self._last: dict[str, tuple[int, str]] = {}  # of each speaker: paragraph and place
        self._paragraphs = [start for start, _ in page.paragraphs]

    def place(self, statement: Statement) -> Statement:
        if statement.source_span is None or not statement.speaker:
            return statement
        key = statement.speaker_key or statement.speaker.casefold()
        sentence = self.page.sentence_at(statement.source_span[0])
        number = self._number(sentence)
        found = self._find_in(sentence, statement) or self._find_before(number, statement)
        paragraph = bisect_right(self._paragraphs, sentence[0])
        known = self._last.get(key)
        if not found and known is not None and known[0] == paragraph:
            found = known[1]
        if not found:
            return statement
        self._last[key] = (paragraph, found)
        return replace(statement, place=found)

    def _number(self, sentence: Span) -> int:
        return self._numbers.get(sentence, 0)

    def _find_in(self, sentence: Span, statement: Statement) -> str:
        """Return the place that the frame of a statement names: not what is said."""
        for lies, place in self._list_scenes(sentence):
            if not any(start <= lies[0] < end for start, end in statement.spans):
                return place.name
        return ""

    def _find_before(self, number: int, statement: Statement) -> str:
        """Return the place of the sentence before, where it has the same person there."""
        if number == 0 or statement.speaker_kind is not EntityKind.PERSON:
            return ""
        before = self.page.sentences[number - 1]
        scenes = self._list_scenes(before)
        if not scenes:
            return ""
        people = {e.key for _, e in self.names.within(before) if e.kind is EntityKind.PERSON}
        return scenes[0][1].name if people == {statement.speaker_key} else ""

    def _list_scenes(self, sentence: Span) -> list[tuple[Span, Entity]]:
        """Return the places of a sentence that words of presence stand before."""
        if sentence not in self._scenes:
            within = self.names.within(sentence)
            places = [pair for pair in within if pair[1].kind is EntityKind.PLACE]
            scenes = (pair for pair in places if self._is_scene(pair[0], sentence))
            self._scenes[sentence] = list(islice(scenes, _MOST))
        return self._scenes[sentence]

    def _is_scene(self, lies: Span, sentence: Span) -> bool:
        tokens = self.page.tokens_in((max(sentence[0], lies[0] - _LONGEST), lies[0]))
        at = len(tokens) - 1
        while at >= 0 and tokens[at].low in self.words.skipped:
            at -= 1
        if at < 1 or tokens[at].low not in self.words.into:
            return False
        before = [token.low for token in tokens[max(at - _REACH, 0) : at]]
        near = before[-1:]
        if any(word in self.words.listeners or word in self.words.being for word in near):
            return True
        clause = _cut_clause(before)
        return any(word in self.words.events for word in clause)


def _cut_clause(words: Sequence[str]) -> Sequence[str]:
    """Return the words behind the last comma, quotation mark or semicolon."""
    for number in range(len(words) - 1, -1, -1):
        if words[number] in (",", ";", "“", "”", '"', "–", "—", "and"):
            return words[number + 1 :]
    return words
