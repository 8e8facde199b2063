"""The words of figures in one language, read once from `words/*.toml`.

A language without a file of its own has digits, money, symbols and the scales of `common.toml`.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from dateline.claims.figures.pieces import Phrases

LANGUAGES = ("en", "de", "fr", "es", "ru", "uk", "el")
Table = dict[str, Any]


@dataclass(frozen=True)
class Format:
    """How a language writes digits."""

    comma_decimal: bool
    spaced: bool  # 1 250
    ordinal_stop: bool = False  # "24." is the 24th


@dataclass(frozen=True)
class Numbers:
    """The words that make numbers."""

    small: dict[str, float]
    hundred: frozenset[str]
    scales: dict[str, float]
    vague: dict[str, float]
    vague_of: frozenset[str]  # vague only before "of"
    short: Phrases[float]
    short_of_money: Phrases[float]
    several: Phrases[str]
    articles: frozenset[str]
    multiples_before: frozenset[str]  # words behind "twice" that make it a multiple
    not_two: frozenset[str]  # words before "two" that make it a pronoun
    bare_scales: frozenset[str]  # scales that mean one of them alone: Spanish "mil"
    joiners: frozenset[str]
    of: frozenset[str]
    halves: dict[str, float]
    and_half: Phrases[float]
    fractions: dict[str, float]
    alone: frozenset[str]
    half_of: frozenset[str]
    shares: Phrases[str]
    multiples: dict[str, float]
    multiplied: dict[str, float]
    ordinals: frozenset[str]
    unlikely: frozenset[str]
    not_after: frozenset[str]
    not_before: frozenset[str]
    is_open: bool = False  # a fraction stands before a bare genitive: Russian "половина жителей"
    is_compound: bool = False  # German: "fünfundzwanzigtausend" is one word


@dataclass(frozen=True)
class Around:
    """The words that make a number a bound, a range, a change or rough."""

    bounds: Phrases[str]  # "about", "least", "most", before the number
    behind: Phrases[str]  # the same, after it
    strictly_amounts: frozenset[str]
    skip: Phrases[str]
    minus: frozenset[str]
    to: Phrases[str]
    onto: Phrases[str]  # the same, only behind "from": German "von 5 auf 7"
    between: frozenset[str]
    and_: frozenset[str]
    either: frozenset[str]
    from_: Phrases[str]
    change: dict[str, str]  # verb: "up" or "down"
    change_by: Phrases[str]
    change_of_units: frozenset[str]  # verbs that tell a change only with a unit


@dataclass(frozen=True)
class Units:
    """What follows or precedes a number and says of which kind it is."""

    money: Phrases[str]
    money_before: Phrases[str]
    money_after: Phrases[str]
    ascii_money: Phrases[str]
    symbols: Phrases[str]
    words: Phrases[str]
    per: Phrases[str]
    per_of: Phrases[str]
    people: Phrases[str]
    kinds: frozenset[str]  # canonical names of money
    durations: frozenset[str]
    spaced: frozenset[str]  # letters that are a unit behind a space too


@dataclass(frozen=True)
class Grammar:
    """The words that end a phrase, or show that a number is none."""

    months: frozenset[str]
    before_year: frozenset[str]
    after_year: frozenset[str]
    clock: frozenset[str]
    clock_before: frozenset[str]  # needed before, where the clock's word is an hour's too
    labels: frozenset[str]
    scores: frozenset[str]
    streets: frozenset[str]
    age_before: frozenset[str]
    stop: frozenset[str]
    trail: frozenset[str]
    heads: frozenset[str]
    millions_of: frozenset[str]
    metres_of: frozenset[str]
    tolls: frozenset[str]  # verbs whose bare number counts people: "wounding 120"
    pronouns: frozenset[str]
    nouns_too: frozenset[str]
    more: frozenset[str]
    superlatives: frozenset[str]
    titles: frozenset[str]  # with a full stop inside a name: "Mr."
    hanging: frozenset[str]  # prepositions on which no antecedent hangs
    high_months: frozenset[str]  # months only where they are written high: "May"
    numbered: frozenset[str]
    possessives: frozenset[str]
    subjects: frozenset[str]
    money_words: frozenset[str]
    weighed: frozenset[str]  # of which there are pounds that weigh
    again: frozenset[str]  # behind a bare number that counts what was counted before
    not_as_of: frozenset[str]  # before a date that says nothing of when a figure holds
    adjective_ends: tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """Everything that one language says about figures."""

    language: str
    format: Format
    numbers: Numbers
    around: Around
    units: Units
    grammar: Grammar
    starts: frozenset[str]  # words with which a number may begin


@cache
def read_lexicon(language: str) -> Lexicon:
    """Return the words of a language ("en"), or what all languages share."""
    table = _read(language) if language in LANGUAGES else {}
    common = _read("common")
    numbers = _read_numbers(table.get("numbers", {}), common, has_file=bool(table))
    starts = (
        set(numbers.small) | set(numbers.halves) | set(numbers.vague) | set(numbers.alone)
        | set(numbers.multiples) | set(numbers.multiplied) | set(numbers.articles)
        | set(numbers.scales) | set(numbers.hundred)
    )  # fmt: skip
    return Lexicon(
        language,
        Format(
            language in _set(common["format"]["comma_decimals"]),
            language in _set(common["format"]["spaced_thousands"]),
            bool(table.get("format", {}).get("ordinal_stop")),
        ),
        numbers,
        _read_around(table),
        _read_units(table, common),
        _read_grammar(table),
        frozenset(starts) if table else frozenset(),
    )


def _read(name: str) -> Table:
    folder = resources.files("dateline.claims.figures").joinpath("words")
    return tomllib.loads(folder.joinpath(f"{name}.toml").read_text("utf-8"))


def _read_numbers(table: Table, common: Table, *, has_file: bool) -> Numbers:
    shared = _scales(common["short"])
    if not has_file:
        shared |= _scales(common["others"])
    return Numbers(
        small=_values(table.get("small", "")) | _values(table.get("halves", "")),
        hundred=_set(table.get("hundred", "")),
        scales=_values(table.get("scales", "")),
        vague=_values(table.get("vague", "")),
        vague_of=_set(table.get("vague_of", "")),
        short=Phrases(shared, exact=True),
        short_of_money=Phrases(_scales(common["short_of_money"]), exact=True),
        several=_phrases(table.get("several", "")),
        articles=_set(table.get("articles", "")),
        multiples_before=_set(table.get("multiples_before", "")),
        not_two=_set(table.get("not_two", "")),
        bare_scales=_set(table.get("bare_scales", "")),
        joiners=_set(table.get("joiners", "")),
        of=_set(table.get("of", "")),
        halves=_values(table.get("halves", "")),
        and_half=Phrases(_named_values(table.get("and_half", ""))),
        fractions=_values(table.get("fractions", "")),
        alone=_set(table.get("alone", "")),
        half_of=_set(table.get("half_of", "")),
        shares=_phrases(table.get("shares", "")),
        multiples=_values(table.get("multiples", "")),
        multiplied=_values(table.get("multiplied", "")),
        ordinals=_set(table.get("ordinals", "")),
        unlikely=_set(table.get("unlikely", "")),
        not_after=_set(table.get("not_after", "")),
        not_before=_set(table.get("not_before", "")),
        is_open=bool(table.get("is_open")),
        is_compound=bool(table.get("is_compound")),
    )


def _read_around(table: Table) -> Around:
    around, ranges = table.get("around", {}), table.get("ranges", {})
    change = table.get("change", {})
    kinds = ("about", "least", "most")
    before = {form: kind for kind in kinds for form in _forms(around.get(kind, ""))}
    after = {form: kind for kind in kinds for form in _forms(around.get(f"after_{kind}", ""))}
    verbs = {word: way for way in ("up", "down") for word in change.get(way, "").split()}
    signs = {"~": "about", "≈": "about", "±": "about", ">": "least", "≥": "least", "<": "most"}
    return Around(
        bounds=Phrases(signs | {"≤": "most"} | before),
        behind=Phrases({"+": "least"} | after),
        strictly_amounts=_set(around.get("strictly_amounts", "")),
        skip=_phrases(around.get("skip", "")),
        minus=frozenset({*_set(around.get("minus", "").replace(",", ""))}),
        to=_phrases(ranges.get("to", "")),
        onto=_phrases(",".join(ranges.get("onto", "").split())),
        between=_set(ranges.get("between", "")),
        and_=_set(ranges.get("and", "").replace(",", "")),
        either=_set(ranges.get("dash_words", "")),
        from_=_phrases(ranges.get("from", "")),
        change=verbs,
        change_by=_phrases(change.get("by", "")),
        change_of_units=_set(change.get("of_units", "")),
    )


def _read_units(table: Table, common: Table) -> Units:
    money = dict(common["money"])
    before, after = money.pop("before"), money.pop("after")
    in_ascii = money.pop("written_in_ascii")
    per, words = table.get("per", {}), table.get("units", {})
    if not table:
        words = common["other_words"]
    named = dict(form.partition("=")[::2] for form in _forms(per.get("of", "")))
    kinds, names = {*money, *before, *after}, _set(common["names"]["money"])
    return Units(
        money=Phrases(_canonical(money), exact=True),
        money_before=Phrases(_canonical(before), exact=True),
        money_after=Phrases(_canonical(after), exact=True),
        ascii_money=Phrases(_canonical(in_ascii), exact=True),
        symbols=Phrases(_canonical(common["symbols"]), exact=True),
        words=Phrases(_canonical(words)),
        per=_phrases(per.get("words", "/")),
        per_of=Phrases({form: name or form for form, name in named.items()}),
        people=_phrases(table.get("phrases", {}).get("people", "")),
        kinds=frozenset(kinds | {name for name in words if name.rpartition(" ")[2] in names}),
        durations=_set(common["names"]["durations"]),
        spaced=frozenset(common["names"]["spaced"].split()),
    )


def _read_grammar(table: Table) -> Grammar:
    hints, phrases = table.get("not", {}), table.get("phrases", {})
    return Grammar(
        months=_set(hints.get("months", "")),
        after_year=_set(hints.get("after_year", "")),
        before_year=_set(hints.get("before_year", "")),
        clock=_set(hints.get("clock", "am pm utc gmt")),
        clock_before=_set(hints.get("clock_before", "")),
        labels=_set(hints.get("labels", "no. nr. nº n°")),
        scores=_set(hints.get("scores", "")),
        streets=_set(hints.get("streets", "")),
        age_before=_set(hints.get("age_before", "")),
        stop=_set(phrases.get("stop", "")),
        trail=_set(phrases.get("trail", "")),
        heads=_set(phrases.get("heads", "")),
        metres_of=_set(phrases.get("metres_of", "")),
        millions_of=_set(phrases.get("millions_of", "")),
        tolls=_set(phrases.get("tolls", "")),
        pronouns=_set(phrases.get("pronouns", "")),
        nouns_too=_set(phrases.get("nouns_too", "")),
        more=_set(phrases.get("more", "")),
        superlatives=_set(phrases.get("superlatives", "")),
        titles=_set(phrases.get("titles", "")),
        hanging=_set(phrases.get("hanging", "")),
        high_months=_set(hints.get("high_months", "")),
        numbered=_set(phrases.get("numbered", "")),
        possessives=_set(phrases.get("possessives", "")),
        subjects=_set(phrases.get("subjects", "")),
        weighed=_set(phrases.get("weighed", "")),
        again=_set(phrases.get("again", "")),
        money_words=_set(phrases.get("money_words", "")),
        not_as_of=_set(hints.get("not_as_of", "")),
        adjective_ends=tuple(phrases.get("adjective_ends", "").split()),
    )


def _set(words: str) -> frozenset[str]:
    return frozenset(words.casefold().split())


def _forms(forms: str) -> list[str]:
    return [form for piece in forms.split(",") if (form := piece.strip())]


def _phrases(forms: str) -> Phrases[str]:
    return Phrases({form: form for form in _forms(forms)})


def _values(pairs: str) -> dict[str, float]:
    split = (pair.partition("=") for pair in pairs.split())
    return {word.replace("_", " ").casefold(): float(value) for word, _, value in split}


def _named_values(pairs: str) -> dict[str, float]:
    split = (pair.partition("=") for pair in _forms(pairs))
    return {form: float(value) for form, _, value in split}


def _scales(table: Table) -> dict[str, float]:
    return {form: float(value) for value, forms in table.items() for form in _forms(forms)}


def _canonical(table: Table) -> dict[str, str]:
    return {form: name for name, forms in table.items() for form in _forms(forms)}
