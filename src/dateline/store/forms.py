"""Forms of words: "rockets" is found by "rocket", in the language of the article.

A form is the stem of a word, folded like every token. Where accents are left out ("wyborow" for
"wyborów") a stemmer may miss the ending, so a word also has the stem of what it is without them;
and of how it is written where a keyboard lacks its letters ("Mueller").

The stemmers are Snowball's, by way of PyStemmer; numbers, and scripts that none of them reads, have
no forms: there a word is its token.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
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
_LAST = "\u1fff"
# Here a stem may begin with other letters than its word does: these languages have prefixes, or the
# stemmer writes in another script.
_CHANGES_HEAD = frozenset({"ar", "bs", "fa", "ga", "hr", "id", "ne", "nl", "sr"})
_HEAD = 3  # letters that a stem and its words share
_HEADS = {"et": 2, "fi": 2}  # where a double consonant may become one
# Here these letters are others, and nobody writes "ue" for "ü".
_NOT_SPELLED = frozenset({"az", "et", "fi", "hu", "sk", "tr"})
_KEPT = 20_000  # words whose forms are remembered
_ASKED, _TOLD = 100, 1000  # words that were looked for, and what is remembered of each
_MOST_LETTERS = 60  # of a word


_ACCENT = re.compile(r"[^\W\x00-\x7f]")  # a letter beyond ASCII


class _ScriptOfLetter(dict[str, str]):
    """The script of a letter, "" for those that have no forms."""

    def __missing__(self, letter: str) -> str:
        if letter > _LAST:
            return ""
        self[letter] = found = next(
            (
                script
                for script, ranges in _SCRIPTS.items()
                if any(first <= letter <= last for first, last in ranges)
            ),
            "",
        )
        return found


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
        if _ACCENT.search(text):
            bare = list_bare(text)
            words.update(bare)
            words.update(_list_spelled(bare, tongue))
    return [FORM + form for form in _stem_all(words, tongue)]


@lru_cache(_KEPT)
def read_forms(word: str, language: str) -> frozenset[str]:
    """Return the forms of one word in a language, folded; none where it has none."""
    tongue = base_language(language)
    if word.isascii() and word.isalpha():  # the same, three times as fast
        return frozenset(_stem_script("latin", [word[:_MOST_LETTERS].lower()], tongue))
    bare = list_bare(word)
    written = {*cut_folded(fold(word)), *bare, *_list_spelled(bare, tongue)}
    return frozenset(_stem_all(written, tongue))


def find_forms(word: str, languages: Iterable[str]) -> tuple[str, ...]:
    """Return the index's tokens for the forms of a word in any of the languages."""
    found = {form for language in languages or ("",) for form in read_forms(word, language)}
    return tuple(FORM + form for form in sorted(found)) or (FORM,)  # which nothing has


class Alike(dict[str, bool]):
    """Whether a word shares a form with one that is looked for, by the word: told once."""

    def __init__(self, word: str, language: str) -> None:
        super().__init__()
        self.forms, self.language = read_forms(word, language), language

    def __missing__(self, word: str) -> bool:
        if len(self) >= _TOLD:
            self.clear()
        self[word] = told = not self.forms.isdisjoint(read_forms(word, self.language))
        return told


@lru_cache(_ASKED)
def find_alike(word: str, language: str) -> Alike:
    """Return what tells whether words of a text in a language share a form with `word`."""
    return Alike(word, language)


@lru_cache(_KEPT)
def list_heads(word: str, language: str) -> tuple[str, ...]:
    """Return what all folded words begin with that share a form with `word`: to look no further."""
    tongue = base_language(language)
    if tongue in _CHANGES_HEAD:
        return ("",)
    forms = read_forms(word, language)
    return tuple(sorted({head for form in forms for head in _list_heads(form, tongue)}))


def _list_heads(form: str, tongue: str) -> Iterator[str]:
    """Yield what the words of a form may begin with: its last letter may be another one."""
    # Two of them in "Києва", which is of "Київ", and in "lying".
    sure = len(form) - (2 if tongue == "uk" or form.endswith("ie") else 1)
    size = max(min(_HEADS.get(tongue, _HEAD), sure), min(1, len(form) - 1))
    yield form[:size]
    for at in range(size):
        if form[at : at + 2] in ("ae", "oe", "ue", "aa"):  # "Mueller" is of "Müller"
            yield (form[: at + 1] + form[at + 2 :])[:size]
        if tongue == "de" and form[at] in "aou":  # where the stemmer knows that
            yield (form[: at + 1] + "e" + form[at + 1 :])[:size]


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
        found += _stem_script(script, written, tongue)
    return list(dict.fromkeys(cut_folded(fold("\n".join(found)))))


def _stem_script(script: str, words: list[str], tongue: str) -> list[str]:
    """Return the stems of words in one script; themselves where no stemmer reads them."""
    name = _load_names()[script].get(tongue)
    if name is None:
        return words
    if name == "ukrainian":
        return ukrainian.list_stems(fold("\n".join(words)).split("\n"))
    with _turn:
        stems: list[str] = _load_stemmer(name).stemWords(words)
    return [stem or word for stem, word in zip(stems, words, strict=True)]


@cache
def _load_stemmer(name: str) -> Stemmer.Stemmer:
    stemmer = Stemmer.Stemmer(name)
    stemmer.maxCacheSize = 0
    return stemmer


@cache
def _load_names() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("dateline.store").joinpath("stemmers.toml").read_text("utf-8"))
