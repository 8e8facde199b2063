"""The word lists that names are found with, read once."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from dateline.claims.naming.folding import fold_name_word, fold_word

NOUNS_HIGH = ("de", "lb", "gsw", "nds")  # languages that capitalise all nouns
BARE_GENITIVE = ("ru", "uk", "be")  # whose an office is stands behind it in its case alone
_SHORT = 7  # letters up to which a word is no compound
_EMPTY: frozenset[str] = frozenset()


@cache
def read_list(name: str) -> dict[str, Any]:
    """Return one of the room's TOML files."""
    path = resources.files("dateline.claims.naming").joinpath(name)
    return tomllib.loads(path.read_text("utf-8"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """How one language calls people by office or courtesy; all words case-folded."""

    courtesy: Mapping[str, str] = field(default_factory=dict)  # word -> "m", "f" or "x"
    nouns: frozenset[str] = _EMPTY
    first_cases: Mapping[str, str] = field(default_factory=dict)  # of the forms of nouns
    modifiers: frozenset[str] = _EMPTY
    heads: frozenset[str] = _EMPTY
    genders: Mapping[str, str] = field(default_factory=dict)
    endings: tuple[str, ...] = ()
    occupations: frozenset[str] = _EMPTY  # in lower case alone: "Baker" is a surname
    agents: tuple[str, ...] = ()  # endings of words for who does something
    no_agents: frozenset[str] = _EMPTY  # words that end so and are none


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """Small words of one language, case-folded."""

    openers: frozenset[str] = _EMPTY
    function: frozenset[str] = _EMPTY  # of these, with pronouns, those that alone are no name
    times: frozenset[str] = _EMPTY
    joints: frozenset[str] = _EMPTY
    he: frozenset[str] = _EMPTY
    she: frozenset[str] = _EMPTY
    they: frozenset[str] = _EMPTY
    who: frozenset[str] = _EMPTY
    says: frozenset[str] = _EMPTY
    into: frozenset[str] = _EMPTY
    the: frozenset[str] = _EMPTY
    of: frozenset[str] = _EMPTY
    common: frozenset[str] = _EMPTY
    kinds: frozenset[str] = _EMPTY  # what an organisation is called behind its name
    documents: frozenset[str] = _EMPTY  # what is by someone: "a cable from the Jiji news agency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisations:
    """What tells an organisation, in all languages; heads and joined as they are written."""

    heads: frozenset[str]
    joined: frozenset[str]
    known: Mapping[tuple[str, ...], str]  # words -> name
    acronyms: Mapping[tuple[str, ...], str]  # words of any of its names -> acronym
    long: Mapping[str, str]  # acronym -> English name
    countries: Mapping[str, str]  # acronym -> country


@cache
def read_titles(language: str) -> Titles:
    """Return a language's titles; of one that has no list, English ones' courtesy is none."""
    lists = read_list("titles.toml").get(language)
    if lists is None:
        return Titles()
    more = read_list("occupations.toml").get(language, {})
    courtesy = {word: sex for sex in "mfx" for word in lists[f"courtesy_{sex}"].casefold().split()}
    genders = {word: sex for sex in "mf" for word in lists[sex].casefold().split()}
    nouns = lists["nouns"].casefold().split()
    return Titles(
        courtesy=courtesy,
        nouns=frozenset(_list_forms(nouns, language)),
        first_cases={form: noun for noun in nouns for form in _list_forms([noun], language)},
        modifiers=frozenset(lists["modifiers"].casefold().split()),
        heads=frozenset(lists["heads"].casefold().split()),
        genders=genders,
        endings=tuple(lists.get("endings", "").split()),
        occupations=frozenset(_list_forms(more.get("nouns", "").casefold().split(), language)),
        agents=tuple(more.get("agents", "").split()),
        no_agents=frozenset(more.get("no_agents", "").split()),
    )


def _list_forms(nouns: Sequence[str], language: str) -> Iterator[str]:
    """Yield offices with the forms that grammar gives them, where the list has the first case."""
    endings = read_list("letters.toml")["cases"].get(language, {})
    for noun in nouns:
        yield noun
        stem, last = (noun[:-1], noun[-1]) if noun[-1] in endings else (noun, "")
        yield from (stem + ending for ending in endings.get(last, "").split())


def is_office(low: str, language: str) -> bool:
    """Say whether a case-folded word is an office, alone or as a compound's last part."""
    titles = read_titles(language)
    if low in titles.nouns:
        return True
    tail = low.rpartition("-")[2]
    if tail != low and tail in titles.nouns:
        return True
    return bool(titles.endings) and len(low) > _SHORT and low.endswith(titles.endings)


def is_first_case(low: str, language: str) -> bool:
    """Say whether a case-folded word is an office in the form that a subject has."""
    return read_titles(language).first_cases.get(low) == low


@cache
def read_grammar(language: str) -> Grammar:
    """Return a language's small words; empty where there is no list."""
    lists = read_list("grammar.toml").get(language, {})
    words = {name: frozenset(listed.casefold().split()) for name, listed in lists.items()}
    openers = words.get("openers", _EMPTY)
    function = words.get("function", openers)
    pronouns = _EMPTY.union(*(words.get(name, _EMPTY) for name in ("he", "she", "they", "who")))
    return Grammar(**words | {"openers": openers | function, "function": function | pronouns})


@cache
def read_given_names() -> Mapping[str, str]:
    """Return given names, folded, with "m", "f" or "x"."""
    lists = read_list("firsts.toml")
    found: dict[str, str] = {}
    pairs = [(sex, names) for sex in "mfx" for names in lists[sex].values()]
    for sex, names in pairs:
        for word in map(fold_word, names.split()):
            found[word] = sex if found.get(word, sex) == sex else "x"
    return found


@cache
def read_same_names() -> Mapping[str, str]:
    """Return, of given names that differ by language alone, the one that stands for all, folded."""
    groups = read_list("firsts.toml")["same"]["groups"]
    parted = [group.split(":") for group in groups]
    return {fold_word(name): key for key, names in parted for name in names.split()}


@cache
def read_organisations() -> Organisations:
    """Return what tells an organisation."""
    lists = read_list("organisations.toml")
    heads = {word for words in lists["heads"].values() for word in words.split()}
    joined = {word for words in lists["joined"].values() for word in words.split()}
    known = {
        tuple(word.casefold().split("-")): word.replace("-", " ")
        for words in lists["known"].values()
        for word in words.split()
    }
    known |= {(key[0] + "-" + key[1],): known[key] for key in list(known) if key[0] == "al"}
    acronyms: dict[tuple[str, ...], str] = {}
    for short, facts in lists["acronym"].items():
        for name in (short, facts["name"], *facts.get("also", ())):
            acronyms[tuple(name.split())] = short
    return Organisations(
        heads=frozenset(heads),
        joined=frozenset(joined),
        known=known,
        acronyms=acronyms,
        long={short: facts["name"] for short, facts in lists["acronym"].items()},
        countries={short: facts.get("country", "") for short, facts in lists["acronym"].items()},
    )


@cache
def read_known_surnames() -> frozenset[str]:
    """Return, case-folded, the names of one word by which news calls people it never introduces."""
    return frozenset(read_list("firsts.toml")["known"]["surnames"].casefold().split())


@cache
def read_small(name: str) -> frozenset[str]:
    """Return one of the small lists, case-folded."""
    return frozenset(str(read_list("small.toml")[name]).casefold().split())


@cache
def read_meant_people() -> Mapping[str, tuple[str, ...]]:
    """Return, by folded surname, the full names of people whom a surname alone means."""
    people = [tuple(name.split()) for name in read_list("firsts.toml")["meant"]["people"]]
    return {fold_name_word(name[-1]): name for name in people}
