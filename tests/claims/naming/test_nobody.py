"""What is called like a person and is none: clubs, parks, papers, the rest of a place's name."""

import pytest

from dateline.claims.names import find_names
from dateline.claims.naming.lexicon import read_grammar
from dateline.claims.page import Page
from dateline.model import ClaimClues, EntityKind


def list_people(text: str, language: str = "en") -> list[str]:
    entities = find_names(Page(text, ClaimClues(language=language))).entities
    return [one.name for one in entities if one.kind is EntityKind.PERSON]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The champion Miami Dolphins beat the Green Bay Packers."),
        ("en", "Crowds filled the Los Angeles Coliseum."),
        ("en", "The Japan-U.S. Status of Forces Agreement was signed."),
        ("en", "He stayed inside Jasper National Park and at Jasper Park Lodge."),
        ("en", "A resident of St. Lawrence Island told the court so."),
        ("en", "The Chosun Ilbo said so, and it told Daily Maverick."),
        ("en", "She sent the papers to Paris Guest House."),
        ("en", "Police Federation says no."),
        ("en", "Officials in Anderson County and Jackson Township said so."),
        ("en", "Perry County sued. The house at 125 N. Clinton St. burned."),
        ("en", "Children of Kit Carson Elementary ate at the Ann Vale Restaurant."),
        ("es", "La obra de San Joaquín de Flores sigue."),
        ("de", "Am Rand von Elmshorn schlug ein Stein ein."),
    ],
)
def test_nobody_is_found(language: str, text: str) -> None:
    assert list_people(text, language) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "The Twitter-happy Sam Vale and the Mars-obsessed Ann Marsh met.",
            ["Sam Vale", "Ann Marsh"],
        ),
        (
            "A Paris-born painter, Ms. Mei-ling Soong, met Omar Al-rashed.",
            ["Mei-ling Soong", "Omar Al-rashed"],
        ),
    ],
)
def test_what_a_thing_is_to_somebody_is_no_part_of_a_name(text: str, names: list[str]) -> None:
    assert list_people(text) == names


def test_a_name_ends_before_what_is_joined_to_it() -> None:
    assert list_people("The Taylor Swift-themed class of Ann Vale OBE began.") == [
        "Taylor Swift",
        "Ann Vale",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Voters liked what Malcolm X. He spoke last.", "Malcolm X."),
        ("It was news to Sam Vale Jr. But he smiled.", "Sam Vale Jr"),
        ("HARBOUR BLAZE Sam Vale said on Monday that he was safe.", "Sam Vale"),
        ("After Vale left, nobody spoke — After Sam Vale came, all did.", "Sam Vale"),
    ],
)
def test_a_name_ends_where_a_sentence_or_a_heading_does(text: str, name: str) -> None:
    assert list_people(text) == [name]


@pytest.mark.parametrize("name", ["KIM JONG Un", "Jean DUPONT", "Robert Parish", "J. K. Rowling"])
def test_capitals_and_dots_inside_a_name_stay_in_it(name: str) -> None:
    assert list_people(f"The prize went to {name} on Monday, said the jury of {name}.") == [name]


def test_a_caption_and_its_text_name_one_person_twice() -> None:
    text = "Elon Musk Elon Musk said on Monday that the rocket flew."
    (one,) = find_names(Page(text, ClaimClues(language="en"))).entities
    assert (one.name, one.key, one.mentions) == ("Elon Musk", "elon-musk", ((0, 9), (10, 19)))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "`` He said the road was open .\n`` He said it was dry .\n`` He told us so ."),
        ("en", "Photo: Ann Vale\nIt said so.\nPhoto: AFP\nIt told Reuters that It said so."),
        ("en", "READ NEXT: WHO IS THIS?\nMUST SEE\n`` We said so , '' it said .\n`` We told all ."),
        ("de", "Foto: dpa\nEr sagte das.\n`` Er sagte , Er habe es gesagt ."),
        ("fr", "Photo AFP\nElle a déclaré cela.\n`` Elle a dit , '' a dit Elle ."),
        ("ru", "Фото: ТАСС\nОн сказал это.\n`` Он заявил , что Он сказал ."),
        ("el", "Φωτογραφία\nΑυτός είπε.\n`` Αυτός δήλωσε , είπε Αυτός ."),
    ],
)
def test_a_small_word_is_never_a_name_alone(language: str, text: str) -> None:
    found = find_names(Page(text, ClaimClues(language=language))).entities
    small = read_grammar(language).function
    assert [one.name for one in found if one.name.casefold() in small] == []


def test_who_has_the_name_of_a_small_word_keeps_it() -> None:
    text = "The biologist He Jiankui spoke. Mr. He said so, and reporters asked He again."
    assert list_people(text) == ["He Jiankui"]
