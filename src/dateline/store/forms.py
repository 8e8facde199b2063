"""Forms of words: "rockets" is found by "rocket", in the language of the article.

A form is the stem of a word, folded like every token. Where accents are left out ("wyborow" for
"wyborów") a stemmer may miss the ending, so a word also has the stem of what it is without them;
and of how it is written where a keyboard lacks its letters ("Mueller").

The stemmers are Snowball's, by way of PyStemmer; numbers, and scripts that none of them reads, have
no forms: there a word is its token.
"""

import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from threading import Lock

import Stemmer

from dateline.store import ukrainian
from dateline.store.tokens import cut_folded, fold, list_bare, spell_out
from dateline.text import base_language

FORM = "_z"  # what the token of a form begins with: no word does
_SCRIPTS = {
    "latin": (("a", "z"), ("\u00df", "\u024f"), ("\u1e00", "\u1eff")),
    "cyrillic": (("\u0400", "\u052f"),),
    "greek": (("\u0370", "\u03ff"), ("\u1f00", "\u1fff")),
    "arabic": (("\u0620", "\u06d3"), ("\u0750", "\u077f")),
    "devanagari": (("\u0904", "\u0963"),),
    "armenian": (("\u0531", "\u0587"),),
    "tamil": (("\u0b83", "\u0bd7"),),
}
# Here a stem may begin with other letters than its word does: these languages have prefixes, or the
# stemmer writes in another script.
_CHANGES_HEAD = frozenset({"ar", "bs", "fa", "ga", "hr", "id", "ne", "nl", "sr"})
# Here these letters are others, and nobody writes "ue" for "ü".
_NOT_SPELLED = frozenset({"az", "et", "fi", "hu", "sk", "tr"})
_KEPT = 20_000  # words whose forms are remembered
_MOST_LETTERS = 60  # of a word


class _ScriptOfLetter(dict[str, str]):
    """The script of a letter, "" for those that have no forms."""

    def __missing__(self, letter: str) -> str:
        for script, ranges in _SCRIPTS.items():
            if any(first <= letter <= last for first, last in ranges):
                self[letter] = script
                return script
        return ""


_script_of = _ScriptOfLetter()
_turn = Lock()  # a stemmer has one buffer


def has_forms(token: str) -> bool:
    """Say whether a token is looked for by its forms."""
    return bool(token and _script_of[token[0]])


def list_forms(tokens: Iterable[str], texts: Iterable[str], language: str) -> list[str]:
    """Return the index's tokens for the forms of texts, of which `tokens` are the tokens."""
    tongue = base_language(language)
    words = set(tokens)
    for text in texts:
        if not text.isascii():
            bare = list_bare(text)
            words.update(bare)
            words.update(_list_spelled(bare, tongue))
    return [FORM + form for form in _stem_all(words, tongue)]


@lru_cache(_KEPT)
def read_forms(word: str, language: str) -> frozenset[str]:
    """Return the forms of one word in a language, folded; none where it has none."""
    tongue = base_language(language)
    bare = list_bare(word)
    written = {*cut_folded(fold(word)), *bare, *_list_spelled(bare, tongue)}
    return frozenset(_stem_all(written, tongue))


def find_forms(word: str, languages: Iterable[str]) -> tuple[str, ...]:
    """Return the index's tokens for the forms of a word in any of the languages."""
    found = {form for language in languages or ("",) for form in read_forms(word, language)}
    return tuple(FORM + form for form in sorted(found))


@lru_cache(_KEPT)
def list_heads(word: str, language: str) -> tuple[str, ...]:
    """Return what all folded words begin with that share a form with `word`: to look no further."""
    if base_language(language) in _CHANGES_HEAD:
        return ("",)
    return tuple({form[:1]: None for form in read_forms(word, language)})


def _list_spelled(words: Iterable[str], tongue: str) -> list[str]:
    spelled = "" if tongue in _NOT_SPELLED else spell_out(" ".join(words))
    return spelled.split()


def _stem_all(words: Iterable[str], tongue: str) -> list[str]:
    """Return the forms of words, folded, each once."""
    found: list[str] = []
    by_script: dict[str, list[str]] = {}
    for word in words:
        script = _script_of[word[0]]
        if script:
            by_script.setdefault(script, []).append(word[:_MOST_LETTERS])
    for script, written in by_script.items():
        name = _load_names()[script].get(tongue)
        found += written if name is None else _stem(name, written)
    return list(dict.fromkeys(cut_folded(fold("\n".join(found)))))


def _stem(name: str, words: list[str]) -> list[str]:
    if name == "ukrainian":
        return ukrainian.list_stems(fold("\n".join(words)).split("\n"))
    with _turn:
        stems: list[str] = _load_stemmer(name).stemWords(words)
    return [stem or word for stem, word in zip(stems, words, strict=True)]


@cache
def _load_stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name)


@cache
def _load_names() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("dateline.store").joinpath("stemmers.toml").read_text("utf-8"))
