"""A light stemmer for Ukrainian, which Snowball has none for: case endings, and vowels that change.

It knows nouns and adjectives, not verbs; what it makes of a word need be no word. Its endings are
`ukrainian.toml`.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

_CONSONANTS = frozenset("бвгґджзклмнпрстфхцчшщ")


def list_stems(words: Iterable[str]) -> list[str]:
    """Return the stems of folded words: one a word, or two where its ending may be part of it."""
    return [stem for word in words for stem in _list_stems(word)]


def _list_stems(word: str) -> list[str]:
    rules = _load_rules()
    shortest = rules["shortest"]
    for ending, kept in rules["both"].items():
        if word.endswith(ending) and len(word) - len(ending) >= shortest:
            bare = word[: -len(ending)]
            return [_settle(bare, rules), bare + kept]
    for size in (4, 3, 2, 1):
        if len(word) - size >= shortest and word[-size:] in rules["endings"]:
            return [_settle(word[:-size], rules)]
    return [_settle(word, rules)]


def _settle(stem: str, rules: dict[str, Any]) -> str:
    """Return a stem with its last syllable as it is in every form of the word."""
    if len(stem) > rules["shortest"] and stem[-1] == stem[-2] and stem[-1] in _CONSONANTS:
        stem = stem[:-1]  # "рішення", "рішень"
    if len(stem) > rules["shortest"] and stem[-2:] in rules["lost"]:
        return str(stem[:-2] + rules["lost"][stem[-2:]])
    if len(stem) < rules["shortest"] or stem[-1] not in _CONSONANTS:
        return stem
    return str(stem[:-2] + rules["closed"].get(stem[-2], stem[-2]) + stem[-1])


@cache
def _load_rules() -> dict[str, Any]:
    table = tomllib.loads(files("dateline.store").joinpath("ukrainian.toml").read_text("utf-8"))
    return table | {"endings": frozenset(table["endings"])}
