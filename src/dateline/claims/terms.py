"""The words by which statements are compared: what they say beside their grammar and their topic.

A word weighs by how rare it is in the article that the statement stands in, not in the story: so
two statements are one or two whatever else came between them, in whatever order.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from dateline.sentences import split_sentences
from dateline.text import base_language, list_tokens

LONGEST_TEXT = 200_000  # code points of an article in which words are counted
LONGEST = 400  # words of a statement that are compared
_STEM = 5  # letters that the forms of a word share, in languages whose endings change
_ENDINGS = ("ings", "ing", "ies", "ed", "es", "s", "e", "y")
_LETTERS_LEFT = 4
_NOT = re.compile(r"n['’ʼ]t\b")
_THOUSANDS = re.compile(r"(?<=\d)[.,'’ \u00a0\u2009\u202f](?=\d{3}(?!\d))")
_PARTING = re.compile(r"[,،、;:.!?…—–]")
_DECIMALS = re.compile(r"(?<=\d)[.,](?=\d)")


def list_content(text: str) -> list[str]:
    """Return the words of a statement in order, case-folded, a number as one word."""
    plain = unicodedata.normalize("NFKC", text)
    plain = _NOT.sub(" not", plain)
    plain = _DECIMALS.sub("d", _THOUSANDS.sub("", plain))
    return list_tokens(plain)[:LONGEST]


def find_terms(words: Sequence[str], language: str) -> list[str]:
    """Return the stems of the words that say something, in order, repeated ones too."""
    dropped = _load_words("function", language) | _load_words("negation", language)
    numbers = _load_numbers(base_language(language))
    return [
        numbers.get(word) or _stem(word, language)
        for word in words
        if word not in dropped and _says(word)
    ]


def count_terms(text: str, contents: Sequence[str], language: str) -> tuple[dict[str, int], ...]:
    """Return the terms of each content, each with how many sentences of the article have it."""
    stems = [find_terms(list_content(content), language) for content in contents]
    wanted = {stem for one in stems for stem in one}
    counts: Counter[str] = Counter()
    text = text[:LONGEST_TEXT]
    for start, end in split_sentences(text, language) if wanted else ():
        words = list_content(text[start:end])
        counts.update(wanted.intersection(find_terms(words, language)))
    return tuple({stem: max(1, counts[stem]) for stem in one} for one in stems)


def is_negated(words: Sequence[str], language: str) -> bool:
    """Say whether a content has a word that turns it into its contrary."""
    return not _load_words("negation", language).isdisjoint(words)


def count_negations(words: Sequence[str], language: str) -> int:
    """Return how many words of a content negate; French "ne … pas" is one."""
    negations = _load_words("negation", language)
    found = sum(word in negations for word in words)
    return min(found, 1) if base_language(language) == "fr" else found


def knows_negation(language: str) -> bool:
    """Say whether the words that negate are known in a language."""
    return bool(_load_words("negation", language))


def is_one_clause(content: str, words: Sequence[str], language: str) -> bool:
    """Say whether a content has no mark and no word inside that joins clauses.

    False in a language whose joining words are not known.
    """
    joining = _load_words("joining", language)
    return bool(joining) and joining.isdisjoint(words) and not _PARTING.search(content[:-1])


def is_number(word: str) -> bool:
    """Say whether a word has a digit."""
    return any(letter.isdigit() for letter in word)


def list_numbers(terms: Mapping[str, int]) -> frozenset[str]:
    """Return the numbers among terms."""
    return frozenset(term for term in terms if is_number(term))


def _says(word: str) -> bool:
    return len(word) > 2 or is_number(word) or not word.isascii()


def _stem(word: str, language: str) -> str:
    if is_number(word):
        return word
    if base_language(language) != "en":
        return word[:_STEM]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LETTERS_LEFT:
            return word[: -len(ending)]
    return word


@cache
def _load_numbers(language: str) -> dict[str, str]:
    """Return the number words of a language, each with its figure."""
    words = _load_all()["number"].get(language, "").split()
    return {form: str(value) for value, forms in enumerate(words, 2) for form in forms.split("/")}


def _load_words(kind: str, language: str) -> frozenset[str]:
    return _split_words(kind, base_language(language))


@cache
def _split_words(kind: str, language: str) -> frozenset[str]:
    return frozenset(_load_all()[kind].get(language, "").split())


@cache
def _load_all() -> dict[str, dict[str, str]]:
    body = resources.files("dateline.claims").joinpath("ledger_words.toml").read_text("utf-8")
    return tomllib.loads(body)
