"""Cutting a text into the model's pieces, as SentencePiece's unigram model does.

A text is normalised code point by code point, cut at blanks, and each word (with a mark "▁" before
it) becomes those pieces whose scores have the largest sum. No piece reaches over a blank, so words
are cut alone, and words seen before are remembered: most of the words of the news are.
"""

import unicodedata
from math import inf

from dateline.encoders.e5.weights import Vocabulary

MARK = "▁"
LONGEST_WORD = 1_000  # characters; compatibility forms can write 18 for one
_REMEMBERED = 50_000  # words
_REMEMBERED_LENGTH = 24  # characters; longer ones seldom come again


class Tokenizer:
    """A vocabulary, and the words that it has cut."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._longest = max(map(len, vocabulary.pieces))
        self._scores: list[float] = vocabulary.scores.tolist()
        self._unknown_score = min(self._scores) - 10
        self._known: dict[str, tuple[int, ...]] = {}

    def cut(self, text: str, longest: int) -> list[int]:
        """Return a text's tokens, at most so many, with the marks of begin and end."""
        composed = unicodedata.normalize("NFC", text)
        tokens = [self._vocabulary.begin]
        for word in composed.translate(self._vocabulary.writing).split(" "):
            if word:
                tokens += self._cut_word(MARK + word[:LONGEST_WORD])
            if len(tokens) >= longest:
                break
        return [*tokens[: longest - 1], self._vocabulary.end]

    def _cut_word(self, word: str) -> tuple[int, ...]:
        """Return the tokens of a word, from memory where it is there."""
        known = self._known.get(word)
        if known is not None:
            return known
        found = self._find_best(word)
        if len(word) <= _REMEMBERED_LENGTH:
            if len(self._known) >= _REMEMBERED:
                self._known = {}
            self._known[word] = found
        return found

    def _find_best(self, word: str) -> tuple[int, ...]:
        """Return the pieces whose scores have the largest sum (Viterbi)."""
        size = len(word)
        best = [0.0] + [-inf] * size
        last = [(0, self._vocabulary.unknown)] * (size + 1)  # where the last piece began, which
        for begin in range(size):
            self._extend(word, begin, best, last)
        tokens, place = [], size
        while place:
            place, token = last[place]
            tokens.append(token)
        return tuple(reversed(tokens))

    def _extend(
        self, word: str, begin: int, best: list[float], last: list[tuple[int, int]]
    ) -> None:
        """Note every piece that begins here where it is the best way to its end."""
        score, pieces, scores = best[begin], self._vocabulary.pieces, self._scores
        for end in range(begin + 1, min(begin + self._longest, len(word)) + 1):
            token = pieces.get(word[begin:end])
            if token is not None and score + scores[token] > best[end]:
                best[end] = score + scores[token]
                last[end] = begin, token
        if score + self._unknown_score > best[begin + 1]:
            best[begin + 1] = score + self._unknown_score
            last[begin + 1] = begin, self._vocabulary.unknown
