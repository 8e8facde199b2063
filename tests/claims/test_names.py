"""What an article names, as a whole: spans, heads of phrases, keys, and any text whatever."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.claims.work import count_calls
from tests.examples import examples

from dateline.claims.names import Names, find_names
from dateline.claims.naming.folding import fold_name_word, make_key
from dateline.claims.page import Page
from dateline.model import ClaimClues, Entity, EntityKind

LANGUAGES = ("en", "de", "fr", "es", "ru", "uk", "el", "it", "tr", "zh", "")
PIECES = st.sampled_from(
    [
        *("Ann", "Vale", "Mr", "Dr.", "President", "the", "of", "von", "der", "Berlin", "Moscow"),
        *("’s", ",", ".", "\n\n", "“", "”", "said", "who", "he", "Ministry", "NATO", "UN", "U.S."),
        *("Мария", "Захарова", "Νίκος", "Ελλάδας", "d’", "l'", "J", "-", "&", "(", ")", "45", "@"),
        *(
            "Secretary",
            "General",
            "Texas",
            "Ill",
            "County",
            "St",
            "\u200b",
            "İ",
            "ß",
            "ǅ",
            "習近平",
        ),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=200)


def read(text: str, language: str = "en") -> Names:
    return find_names(Page(text, ClaimClues(language=language)))


def find(names: Names, name: str) -> Entity:
    return next(one for one in names.entities if one.name == name)


@examples(200)
@given(TEXTS, st.sampled_from(LANGUAGES))
def test_spans_are_places_in_the_text_in_order(text: str, language: str) -> None:
    names = read(text, language)
    for one in names.entities:
        assert one.name.strip() and one.key and one.mentions
        assert list(one.mentions) == sorted(set(one.mentions))
        for start, end in one.mentions:
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()
            assert names.at((start, end)) is not None
    firsts = [one.mentions[0] for one in names.entities]
    assert firsts == sorted(firsts)


@examples(100)
@given(TEXTS, st.integers(-5, 300), st.integers(-5, 300))
def test_any_span_may_be_asked_for(text: str, start: int, end: int) -> None:
    names = read(text)
    found = names.at((start, end))
    assert found is None or found in names.entities


HEADS = [
    ("spokesman Peter Marsh", "Peter Marsh"),
    ("Peter Marsh, the mayor", "Peter Marsh"),
    ("a spokesman for Peter Marsh", None),
    ("supporters of President Peter Marsh", None),
    ("Peter Marsh’s lawyers", None),
    ("Peter Marsh’s", "Peter Marsh"),
    ("The deputy director, Peter Marsh,", "Peter Marsh"),
    ("the head of the regional police, Peter Marsh", "Peter Marsh"),
    ("The president of Ghana Peter Marsh", "Peter Marsh"),
    ("company chairman and chief executive Peter Marsh", "Peter Marsh"),
    ("Peter Marsh and Ann Vale", None),
    ("the Jiji news agency", "Jiji"),
    ("the government in Tokyo", None),
    ("authorities in Taipei", None),
    ("A spokesman for the Japanese Foreign Ministry", None),
    ("But Peter Marsh", "Peter Marsh"),
    ("Peter Marsh (R-Ohio)", "Peter Marsh"),
    ("Tokyo", "Tokyo"),
]


@pytest.mark.parametrize(("words", "name"), HEADS)
def test_the_head_of_a_phrase(words: str, name: str | None) -> None:
    text = f"{words} said so. Peter Marsh and Ann Vale met in Tokyo."
    found = read(text).at((0, len(words)))
    assert (found and found.name) == name


SAME = [
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "Volodymyr Zelenskiy", "Владимир Зеленский"),
    ("Volodymyr Zelensky", "Володимир Зеленський", "Βολοντίμιρ Ζελένσκι", "Wolodymyr Zelensky"),
    ("Sergei Lavrov", "Sergey Lavrov", "Сергей Лавров", "Sergej Lavrov"),
    ("Dmytro Kuleba", "Dmitry Kuleba", "Дмитро Кулеба", "Дмитрий Кулеба"),
    ("José Muñoz", "Jose Munoz"),
    ("Mohammed Salem", "Mohamed Salem"),
    ("Henry Barlow", "Henry J. Barlow"),
]
APART = [
    ("Petro Ivanov", "Petro Ivanova"),
    ("Ann Vale", "Anna Vale"),
    ("Vitali Klitschko", "Vladimir Klitschko"),
    ("Jan Brand", "Jan Brandt"),
    ("George Bush", "Jeb Bush"),
    ("Ivan Petrenko", "Ivan Petrov"),
]


def key_of(name: str) -> str:
    language = "ru" if "а" <= name[1].lower() <= "я" else "el" if "α" <= name[1] <= "ω" else "en"
    names = read(f"{name}, 45, спал. {name} slept.", language)
    return next(one.key for one in names.entities if one.kind is EntityKind.PERSON)


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_one_person_has_one_key(names: tuple[str, ...]) -> None:
    assert len({key_of(name) for name in names}) == 1


@pytest.mark.parametrize("names", APART, ids=lambda names: names[0])
def test_two_people_have_two_keys(names: tuple[str, ...]) -> None:
    assert len({key_of(name) for name in names}) == len(names)


@given(st.text(max_size=40))
def test_folding_is_done_once(word: str) -> None:
    assert fold_name_word(fold_name_word(word)) == fold_name_word(word) or not word.isascii()
    assert not make_key([word]).startswith("-")


def test_a_surname_alone_has_the_key_of_whom_news_means_by_it() -> None:
    alone = [read("It pleased Zelensky."), read("Это не понравилось Зеленскому.", "ru")]
    keys = {one.key for names in alone for one in names.entities}
    assert keys == {key_of("Volodymyr Zelensky")}


def test_an_oblique_form_has_the_key_of_the_first_case() -> None:
    found = read("Говорили про Владимира Мединова.", "ru").entities[0]
    assert found.key == key_of("Vladimir Medinov")


def test_keys_are_slugs_that_can_be_read() -> None:
    assert key_of("Jens Brandt") == "jens-brandt"


def test_an_empty_list_of_names_answers() -> None:
    assert Names(()).at((0, 5)) is None


def test_sex_is_told_by_courtesy_or_given_name() -> None:
    names = read("Ms Tamberlane met Peter Marsh.")
    assert [names.sexes.get(one.key) for one in names.entities] == ["f", "m"]


def test_a_place_has_its_country_and_point() -> None:
    kyiv = find(read("The envoy flew to Kiev."), "Kiev")
    assert (kyiv.key, kyiv.country, kyiv.geoname) == ("kyiv", "UA", 703448)
    assert kyiv.latitude is not None and abs(kyiv.latitude - 50.45) < 0.1


PLACED = [
    ("She was born in Paris, Texas.", "Paris", "US"),
    ("The mayor of Paris spoke in France.", "Paris", "FR"),
    ("Police in London, Ontario, made an arrest.", "London", "CA"),
    ("Georgia joined the talks; the Georgian envoy left Tbilisi.", "Georgia", "GE"),
    ("Voters in Atlanta and elsewhere in Georgia, the U.S. says, queued.", "Georgia", "US"),
    ("From Washington came no answer.", "Washington", "US"),
]


@pytest.mark.parametrize(("text", "name", "country"), PLACED)
def test_what_stands_beside_a_place_tells_which(text: str, name: str, country: str) -> None:
    assert find(read(text), name).country == country


def code(number: int) -> str:
    return "".join(chr(97 + number // 26**place % 26) for place in range(3))


HOSTILE: list[Callable[[int], str]] = [
    lambda n: "A" * n,
    lambda n: "Ann Vale " * n,
    lambda n: "the president of the " * n,
    lambda n: "Mr. " * n,
    lambda n: "A. " * n,
    lambda n: "President, " * n,
    lambda n: "Ann Vale, the mayor, " * n,
    lambda n: "Ministry of " * n,
    lambda n: "Ann’s " * n,
    lambda n: " ".join(f"Mayor Ann Val{code(k)} left. The mayor spoke." for k in range(n)),
    lambda n: " ".join(f"Mayor Anna{code(k)} Vale left." for k in range(n)),
    lambda n: " ".join(f"Mr Val{code(k)} said," for k in range(n)),
    lambda n: "de la von " * n,
    lambda n: "Vale the mayor said. " * n,
]


@pytest.mark.heavy
@pytest.mark.parametrize("make", HOSTILE)
def test_hostile_text_takes_work_by_its_length(make: Callable[[int], str]) -> None:
    read("Ann Vale of Paris")  # lists are read once
    small, large = (count_calls(partial(read, make(size))) for size in (150, 1200))
    assert large < 16 * max(small, 500)  # eight times the text; a square would be sixty-four
