"""Countries, their people, states and seats, as words of many languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale, UnknownLocaleError

from dateline.claims.naming.lexicon import read_list

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory."""

    code: str  # ISO 3166 alpha-2
    name: str  # English
    geoname: int
    population: int
    capitals: tuple[str, ...]  # English


@cache
def read_countries() -> Mapping[str, Country]:
    """Return all countries by code."""
    return {
        code: Country(
            code, one["names"][0], one["id"], one["population"], tuple(one.get("capitals", ()))
        )
        for code, one in read_list("countries.toml")["country"].items()
    }


@cache
def read_territories(language: str) -> Mapping[Words, str]:
    """Return countries' names in English and in a language, as case-folded words, with the code."""
    found: dict[Words, str] = {}
    listed = read_list("countries.toml")["country"]
    for code, one in sorted(listed.items(), key=lambda pair: pair[1]["population"]):
        for name in one["names"]:
            found[_split(name)] = code
    for code, name in _read_local_names(language):
        if code in listed:
            found.setdefault(_split(name), code)
    return found


def _read_local_names(language: str) -> Iterator[tuple[str, str]]:
    if language in ("", "en"):
        return
    try:
        territories = Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return
    for code, name in territories.items():
        if len(code) == 2:
            yield code, name


@cache
def read_people(language: str) -> Mapping[Words, str]:
    """Return demonyms of English as case-folded words, with the code; their plurals too."""
    found: dict[Words, str] = {}
    if language not in ("en", ""):
        return found
    listed = read_list("countries.toml")["country"]
    ranked = sorted(listed.items(), key=lambda pair: pair[1]["population"])
    pairs = [(name, code) for code, one in ranked for name in one.get("people", ())]
    for name, code in pairs:
        found[_split(name)] = code
        if name[-1] in "nicek":  # "Russians", "Israelis", "Czechs"
            found[_split(name + "s")] = code
    return found


@cache
def read_state_names() -> Mapping[Words, str]:
    """Return states that news names like countries, with their country, and regions, with ""."""
    lists = read_list("states.toml")
    regions = {_split(name): "" for name in lists["regions"] if " " in name or name == "Europe"}
    states = {_split(name): code for code, one in lists["states"].items() for name in one}
    return regions | states


def _split(name: str) -> Words:
    return tuple(name.casefold().replace("’", "'").split())


_INFLECTING = ("ru", "uk", "be", "bg", "sr", "mk", "el", "pl", "cs", "sk", "hr")
_ENDINGS = "аеєиіїйоуыьэюяaeiouyąęěíáýůαεηιουωάέήίόύώϊςσ"


@cache
def _read_stems(language: str) -> Mapping[str, str]:
    """Return countries of one word by their stem, where grammar changes the ending."""
    names = read_territories(language)
    stems = ((words[0], code) for words, code in names.items() if len(words) == 1)
    found = {word.rstrip(_ENDINGS): code for word, code in stems if not word.isascii()}
    return {stem: code for stem, code in found.items() if len(stem) > 2}


def find_inflected(word: str, language: str) -> str:
    """Return the country that a case-folded word is a form of, "" without one."""
    if language not in _INFLECTING or len(word) < 4 or word.isascii():
        return ""
    stem = word.rstrip(_ENDINGS)
    if len(word) - len(stem) > 3:
        return ""
    stems = _read_stems(language)
    shorter = [stem.removesuffix(cut).rstrip(_ENDINGS) for cut in "мхв" if stem.endswith(cut)]
    return next((stems[form] for form in (stem, *shorter) if form in stems), "")
