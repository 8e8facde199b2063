"""Names that begin so, or nearly so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model import EntityKind
from dateline.store import Store
from dateline.store.name_starts import begins_nearly, find_starts, find_whole, list_starts
from dateline.store.people import count_names, find_namesakes, find_people

NAMES = {
    ("jens-stoltenberg", "Jens Stoltenberg", "person"): 50,
    ("jens-stoltenberg", "Stoltenberg", "person"): 9,
    ("jens-spahn", "Jens Spahn", "person"): 7,
    ("kherson", "Kherson", "place"): 30,
    ("kherson-council", "Kherson Council", "organisation"): 3,
    ("xi-jinping", "Xi Jinping", "person"): 20,
    ("习近平", "习近平", "person"): 5,
    ("이란", "이란", "place"): 9,
    ("зеленський", "Володимир Зеленський", "person"): 40,
    ("gerd-müller", "Gerd Müller", "person"): 6,
    ("hertha-mueller", "Hertha Mueller", "person"): 5,
    ("kılıçdaroğlu", "Kemal Kılıçdaroğlu", "person"): 4,
    ("łódź", "Łódź", "place"): 2,
}


@pytest.fixture
def named(store: Store, make) -> Store:
    with store.write(make.now) as tx:
        count_names(tx, NAMES)
    return store


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("jen", ["jens-stoltenberg", "jens-spahn"]),
        ("stolt", ["jens-stoltenberg"]),
        ("JENS SP", ["jens-spahn"]),
        ("Kherson", ["kherson", "kherson-council"]),
        ("stoltenbarg", ["jens-stoltenberg"]),
        ("stotlenberg", ["jens-stoltenberg"]),
        ("toltenberg", ["jens-stoltenberg"]),
        ("dtoltenberg", ["jens-stoltenberg"]),
        ("sstoltenberg", ["jens-stoltenberg"]),
        ("Зеленск", ["зеленський"]),
        ("习近", ["习近平"]),
        ("muller", ["gerd-müller"]),
        ("mueller", ["gerd-müller", "hertha-mueller"]),
        ("Müller", ["gerd-müller", "hertha-mueller"]),
        ("kilicdar", ["kılıçdaroğlu"]),
        ("lodz", ["łódź"]),
        ("xi ji", ["xi-jinping"]),
        ("st", []),
        ("xi", ["xi-jinping"]),
        ("이란", ["이란"]),
        ("习近", ["习近平"]),
        ("x", []),
        ("", []),
        ("%", []),
        ("berg", []),
        ("nobody", []),
    ],
)
def test_who_begins_so(named: Store, typed: str, keys: list[str]) -> None:
    with named.read() as tx:
        assert find_starts(tx, typed, 5) == keys
        assert [person.key for person in find_people(tx, typed, 5)] == keys


def test_whole_words_and_kinds(named: Store) -> None:
    with named.read() as tx:
        assert find_whole(tx, "Jens", 9) == ["jens-stoltenberg", "jens-spahn"]
        assert find_whole(tx, "xi", 9) == ["xi-jinping"]
        assert find_whole(tx, "stolten", 9) == []
        assert find_namesakes(tx, "Kherson", [EntityKind.PLACE], 9)[0] == ["kherson"]
        keys, people = find_namesakes(tx, "Kherson", [EntityKind.ORGANISATION], 9)
        assert keys == ["kherson", "kherson-council"], "the key itself is always meant"
        assert [one.name for one in people] == ["Kherson", "Kherson Council"]
        assert find_namesakes(tx, "nobody", [EntityKind.PLACE], 9) == (["nobody"], [])


def test_a_name_that_is_used_no_more_is_found_no_more(named: Store, make) -> None:
    with named.write(make.now) as tx:
        count_names(tx, {name: -count for name, count in NAMES.items() if "jens" in name[0]})
        assert find_starts(tx, "jens", 5) == find_starts(tx, "stoltenberg", 5) == []


LETTERS = "abc "


@given(st.text(LETTERS, min_size=5, max_size=9), st.text(LETTERS, max_size=5), st.data())
def test_one_slip_is_forgiven(word: str, rest: str, data) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    slips = [
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    ]
    for typed in slips:
        assert begins_nearly(word + rest, typed), (word, typed)


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_has_starts(name: str, typed: str) -> None:
    assert all(len(start) <= 60 for start in list_starts(name))
    assert begins_nearly(name, typed) in (True, False)


def test_two_slips_are_not_forgiven() -> None:
    assert not begins_nearly("stoltenberg", "staltenbarg")
    assert not begins_nearly("kherson", "khxxson")
