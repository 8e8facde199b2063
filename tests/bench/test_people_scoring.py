"""The scores of people on passages whose numbers can be told by hand."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[2] / "bench"
TEXT = "Ada Lund met Bo Lund. Lund said the minister left. He slept."
ADA, BO, LUND = (0, 8), (13, 20), (22, 26)
MINISTER, HE = (32, 44), (51, 53)


@pytest.fixture
def scoring(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCH))
    return importlib.import_module("people_scoring")


@pytest.fixture
def written(scoring: ModuleType) -> ModuleType:
    return importlib.import_module("written")


def score(scoring: ModuleType, written: ModuleType, found: list[object]) -> object:
    people = (
        written.Person("Ada Lund", "finance minister", (ADA, LUND), (MINISTER,), (HE,)),
        written.Person("Bo Lund", "", (BO,), (), ()),
    )
    passage = written.Passage("politics", "en", "", TEXT, people)
    result = scoring.Result()
    ours = scoring.sort_found(passage, found, frozenset({"he"}))
    scoring.score_passage(passage, found, ours, result)
    return result.rows["all"]


def test_all_right(scoring: ModuleType, written: ModuleType) -> None:
    ada = scoring.Found("Ada Lund", (ADA, LUND, MINISTER, HE), "the minister of finance")
    row = score(scoring, written, [ada, scoring.Found("Bo Lund", (BO,))])
    assert row.names.rates() == row.titled.rates() == (1, 1, 1)
    assert row.titles_found == row.titles == 1
    assert set(row.precisions) == set(row.recalls) == {1}
    assert (row.whole, row.people) == (2, 2)
    assert (row.pronouns.right, row.pronouns.found) == (1, 1)
    assert row.roles == [pytest.approx(4 / 5)]


def test_two_people_in_one_entity(scoring: ModuleType, written: ModuleType) -> None:
    row = score(scoring, written, [scoring.Found("Ada Lund", (ADA, BO, LUND))])
    assert row.names.rates() == (1, 1, 1)
    assert row.whole == 0
    # By mention: Ada, Lund, Bo, and the minister, who was not found and is alone.
    assert sorted(row.precisions) == pytest.approx([1 / 3, 2 / 3, 2 / 3, 1])
    assert sorted(row.recalls) == pytest.approx([1 / 3, 2 / 3, 2 / 3, 1])


def test_a_wider_span_overlaps_but_is_not_exact(scoring: ModuleType, written: ModuleType) -> None:
    row = score(scoring, written, [scoring.Found("Ada Lund", ((0, 12),))])
    assert (row.names.right, row.names.exact) == (1, 0)
    assert row.names.rates() == (1, pytest.approx(1 / 3), pytest.approx(1 / 2))


def test_nobody_found(scoring: ModuleType, written: ModuleType) -> None:
    row = score(scoring, written, [])
    assert row.names.rates() == (0, 0, 0)
    assert row.whole == 0
    assert row.roles == [0]


@pytest.mark.parametrize(
    ("words", "name", "is_name"),
    [
        ("Lund", "Ada Lund", True),
        ("Nacho", "Ignacio Barragán", True),
        ("Ивана Петрова", "Иван Петров", True),
        ("The minister", "Theresa Maybury", False),
        ("L'agriculteur", "Gaspard Lestrade", False),
        ("the 52-year-old officer", "Kemal Aydinoglu", False),
    ],
)
def test_names_are_told_from_titles(
    written: ModuleType, words: str, name: str, *, is_name: bool
) -> None:
    assert written.is_name(words, name) is is_name


def test_a_mention_near_other_words(written: ModuleType) -> None:
    text = "He and then the other: he left."
    near = {"text": "he", "near": "he left"}
    assert list(written.locate(text, [near])) == [(23, 25)]
    with pytest.raises(ValueError, match="not in"):
        list(written.locate(text, ["she"]))
