"""Names in Latin letters: one key for a person whatever the alphabet and the way of writing.

Cyrillic and Greek become Latin letters by one table each, marks go, and what transliterations
differ in is made alike: the ending of Zelensky, Zelenskiy, Zelenskyy and Зеленский, and doubled
letters. Nothing else is folded: "Ivanov" and "Ivanova" stay two.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources

_IS_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_IS_CYRILLIC = re.compile("[\u0400-\u052f]")
_NOT_LETTER = re.compile(r"[^\w]+|_")
_DOUBLED = re.compile(r"([a-z])\1")
_SLAVIC_END = re.compile(r"(?<=[bcdfghklmnprstvz])(?:iy|yy|ii|yi|ij|iyi)$")
_SKY_END = re.compile(r"(?<=s)k(?:i|yj)$|(?<=ts)k(?:i|yj)$")


@lru_cache(maxsize=20_000)
def fold_word(word: str) -> str:
    """Return a word of a name in lower-case Latin letters without marks; other scripts stay."""
    low = word.casefold()
    if low.isascii():
        return low
    plain = _drop_marks(low) if not _IS_CYRILLIC.search(low) else low
    if _IS_GREEK.search(plain):
        for pair, letters in letters_of("greek_pairs").items():
            plain = plain.replace(pair, letters)
        greek = letters_of("greek")
        return "".join(greek.get(letter, letter) for letter in plain)
    if _IS_CYRILLIC.search(plain):
        cyrillic = letters_of("cyrillic")
        return _drop_marks("".join(cyrillic.get(letter, letter) for letter in plain))
    latin = letters_of("latin")
    return "".join(latin.get(letter, letter) for letter in plain)


def letters_of(table: str) -> dict[str, str]:
    """Return one of the tables of letters.toml."""
    return _read_letters()[table]


@cache
def _read_letters() -> dict[str, dict[str, str]]:
    path = resources.files("dateline.claims.naming").joinpath("letters.toml")
    return tomllib.loads(path.read_text("utf-8"))


def _drop_marks(word: str) -> str:
    apart = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


@lru_cache(maxsize=20_000)
def fold_name_word(word: str) -> str:
    """Return a word of a name for comparing: folded, alike where transliterations differ."""
    folded = _NOT_LETTER.sub("", fold_word(word))
    ended = _SKY_END.sub("ky", _SLAVIC_END.sub("y", folded))
    return _DOUBLED.sub(r"\1", ended)


def make_key(words: Iterable[str]) -> str:
    """Return the slug of a person's name from its words: "jens-stoltenberg"."""
    pieces = (_NOT_LETTER.sub("-", fold_word(word)).strip("-").split("-") for word in words)
    return "-".join(fold_name_word(part) for piece in pieces for part in piece if part)


def make_slug(words: Iterable[str]) -> str:
    """Return the slug of a place's or an organisation's name, nothing folded but letters."""
    return "-".join(
        filter(None, (_NOT_LETTER.sub("-", fold_word(word)).strip("-") for word in words))
    )
