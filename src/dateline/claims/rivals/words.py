"""The words of `words.toml`: whole ones, beginnings ("kill*") and pairs of words ("shot_down")."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

NAMED = "#"  # before the name of a thing, to tell it from a stem
_PAIR = "_"  # between the two words of a pair
_SHORTEST = 3  # letters of a beginning


@dataclass(frozen=True)
class Words:
    """Names for words of several languages, by kind of name."""

    whole: dict[str, dict[str, str]]
    beginnings: dict[str, dict[str, str]]
    longest: int

    def find(self, word: str, kind: str) -> str | None:
        """Return the name that a word has among those of a kind."""
        known = self.whole[kind].get(word)
        if known is not None:
            return known
        table = self.beginnings[kind]
        for length in range(min(len(word), self.longest), _SHORTEST - 1, -1):
            if (name := table.get(word[:length])) is not None:
                return name
        return None

    def find_at(self, words: Sequence[str], at: int, kind: str) -> str | None:
        """Return the name of the word at a place, or of the pair of words that begins there."""
        if at + 1 < len(words):
            pair = self.whole[kind].get(words[at] + _PAIR + words[at + 1])
            if pair is not None:
                return pair
        return self.find(words[at], kind)

    def is_one(self, word: str, kind: str) -> bool:
        """Say whether a word is of a kind."""
        return self.find(word, kind) is not None

    def has_one(self, words: Sequence[str], kind: str) -> bool:
        """Say whether one of some words is of a kind."""
        return any(self.is_one(word, kind) for word in words)

    def name_all(self, words: Sequence[str], kind: str) -> frozenset[str]:
        """Return the names of all words of a kind."""
        found = (self.find_at(words, at, kind) for at in range(len(words)))
        return frozenset(name for name in found if name is not None)


@cache
def load_words() -> Words:
    """Return the words of `words.toml`."""
    text = resources.files("dateline.claims.rivals").joinpath("words.toml").read_text("utf-8")
    whole: dict[str, dict[str, str]] = {}
    beginnings: dict[str, dict[str, str]] = {}
    for kind, table in tomllib.loads(text).items():
        pairs = [(word, name) for name, words in table.items() for word in words.split()]
        whole[kind] = {word: name for word, name in pairs if not word.endswith("*")}
        beginnings[kind] = {word[:-1]: name for word, name in pairs if word.endswith("*")}
    longest = max(len(word) for table in beginnings.values() for word in table)
    return Words(whole, beginnings, longest)
