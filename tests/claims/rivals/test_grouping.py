"""Rival figures: what counts the same stands together, whoever says it in whatever language."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.claims.figures import find_figures
from dateline.claims.page import Page
from dateline.claims.reader import read_claims
from dateline.claims.rivals import Counted, RivalGroup, add_clauses, group_rivals
from dateline.model import ClaimClues, DateRange

START = datetime(2024, 5, 1, 8, tzinfo=UTC)


def read(number: int, text: str, by: str = "", language: str = "en") -> list[Counted]:
    """Read one article of one hour, all whose figures are of one speaker."""
    page = Page(text, ClaimClues(language=language))
    figures = [
        replace(figure, by=by, by_key=by.casefold()) for figure in find_figures(page, (), ())
    ]
    at = START + timedelta(hours=number)
    return [
        Counted(figure=figure, article=number, at=at, language=language)
        for figure in add_clauses(page, figures)
    ]


def show(group: RivalGroup) -> list[tuple[str, list[float | None]]]:
    return [(one.by, [value.value for value in one.values]) for one in group.speakers]


def test_tolls_of_three_languages_stand_together_by_speaker() -> None:
    counted = [
        *read(1, "At least 12 people were killed and 30 injured when the dam broke.", "Police"),
        *read(
            2,
            "Bei dem Dammbruch wurden 15 Menschen getötet und 40 verletzt.",
            "Innenministerium",
            "de",
        ),
        *read(3, "Le barrage a fait 19 morts et 44 blessés.", "Préfecture", "fr"),
    ]
    dead, injured = group_rivals(counted)
    assert dead.deeds == ("dead",)
    assert show(dead) == [("Police", [12]), ("Innenministerium", [15]), ("Préfecture", [19])]
    assert injured.deeds == ("injured",)
    assert show(injured) == [("Police", [30]), ("Innenministerium", [40]), ("Préfecture", [44])]


def test_a_number_that_a_speaker_changes_is_an_update() -> None:
    counted = [
        *read(1, "The flood killed 12 people.", "Police"),
        *read(2, "The flood killed 12 people.", "Police"),
        *read(3, "The flood killed 17 people.", "Police"),
        *read(4, "The flood killed 40 people.", "Rebels"),
    ]
    (group,) = group_rivals(counted)
    police, rebels = group.speakers
    assert [(v.value, v.is_update, len(v.figures)) for v in police.values] == [
        (12, False, 2),
        (17, True, 1),
    ]
    assert [(v.value, v.is_update) for v in rebels.values] == [(40, False)]


def test_numbers_are_listed_by_the_day_for_which_they_hold() -> None:
    late, early = (
        read(1, "The flood killed 17 people.", "A"),
        read(2, "The flood killed 12 people.", "A"),
    )
    days = (date(2024, 4, 30), date(2024, 4, 2))
    dated = [
        replace(one, figure=replace(one.figure, as_of=DateRange(first=day, last=day)))
        for one, day in zip([*late, *early], days, strict=True)
    ]
    (group,) = group_rivals(dated)
    assert [(v.value, v.as_of) for v in group.speakers[0].values] == [
        (12, date(2024, 4, 2)),
        (17, date(2024, 4, 30)),
    ]


def test_the_living_and_the_dead_of_one_kind_are_two_groups() -> None:
    counted = [
        *read(1, "About 20,000 foreign volunteers joined the fight.", "Minister"),
        *read(2, "The spokesman put the number of foreign fighters at 7,000.", "Moscow"),
        *read(3, "He said that 2,000 foreign fighters had been killed.", "Moscow"),
        *read(4, "Only 400 foreign volunteers have been killed.", "Minister"),
    ]
    living, dead = group_rivals(counted)
    assert show(living) == [("Minister", [20000]), ("Moscow", [7000])]
    assert show(dead) == [("Moscow", [2000]), ("Minister", [400])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The blast killed 12 people.", "The blast injured 15 people."),
        ("The blast killed 12 soldiers.", "The blast killed 15 children."),
        ("A fine of $3 million was paid.", "A fine of €4 million was paid."),
        ("A fine of $3 million was paid.", "The bridge cost $4 million."),
        ("He owns 12 boats.", "He owns 12 boats."),
        ("He owns 12 boats.", "The port has 12,000 boats."),
        ("The 25-year-old man fled.", "The 31-year-old man fled."),
        ("Prices rose 3 percent.", "Prices rose 5 percent."),
        ("It is 12.", "It is 15."),
    ],
)
def test_what_counts_other_things_is_no_rival(one: str, other: str) -> None:
    assert group_rivals([*read(1, one, "A"), *read(2, other, "B")]) == ()


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "The police counted 4,000 protesters.", "Some 20,000 demonstrators came."),
        ("en", "A fine of $3 million was paid.", "The company faces a fine of $4 million."),
        ("en", "The death toll rose to 120.", "Officials said 131 people had died."),
        ("de", "4000 Demonstranten kamen.", "Rund 20.000 Demonstranten kamen."),
        ("es", "Murieron 12 personas.", "El ataque dejó 15 muertos."),
        ("ru", "Погибли 12 человек.", "Число погибших выросло до 15."),
        ("uk", "Загинули 12 людей.", "Загинуло щонайменше 15 осіб."),
        ("el", "Σκοτώθηκαν 12 άνθρωποι.", "Τουλάχιστον 15 νεκροί."),
    ],
)
def test_what_counts_the_same_is_a_rival(language: str, one: str, other: str) -> None:
    counted = [*read(1, one, "A", language), *read(2, other, "B", language)]
    (group,) = group_rivals(counted)
    assert [speaker.by for speaker in group.speakers] == ["A", "B"]


def test_an_encoder_may_join_what_no_list_of_words_joins() -> None:
    counted = [
        *read(1, "The farmer lost 40 sheep.", "A"),
        *read(2, "Der Bauer verlor 55 Schafe.", "B", "de"),
    ]

    def encode(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return np.array([[1.0, 0.0]] * len(texts), dtype=np.float32)

    assert group_rivals(counted) == ()
    (group,) = group_rivals(counted, encode)
    assert show(group) == [("A", [40]), ("B", [55])]


def test_the_order_of_the_input_does_not_matter() -> None:
    texts = [
        "The flood killed 12 people.",
        "It killed 15 people.",
        "There were 40 injured, 13 dead.",
    ]
    counted = [
        one for number, text in enumerate(texts) for one in read(number, text, f"by {number}")
    ]
    expected = group_rivals(counted)
    assert expected
    for seed in range(5):
        shuffled = random.Random(seed).sample(counted, len(counted))
        assert group_rivals(shuffled) == expected


@given(st.lists(st.text(max_size=60), max_size=6))
def test_any_texts_can_be_grouped(texts: list[str]) -> None:
    counted = [one for number, text in enumerate(texts) for one in read(number, text + " 5 boats")]
    for group in group_rivals(counted):
        figures = [f for speaker in group.speakers for v in speaker.values for f in v.figures]
        assert len(figures) >= 2
        assert all(one in counted for one in figures)


def test_verbs_on_both_sides_go_to_their_own_number() -> None:
    counted = [
        *read(1, "The blast killed 12 and injured 30.", "A"),
        *read(2, "The blast killed 14 and injured 33.", "B"),
    ]
    dead, injured = group_rivals(counted)
    assert (dead.deeds, show(dead)) == (("dead",), [("A", [12]), ("B", [14])])
    assert (injured.deeds, show(injured)) == (("injured",), [("A", [30]), ("B", [33])])


def test_seed(shared: Path) -> None:
    text = (shared / "seed" / "article.txt").read_text("utf-8")
    speakers = {20000: "Kuleba", 7000: "Moscow", 2000: "Moscow"}
    counted = [
        replace(one, figure=replace(one.figure, by=by, by_key=by.casefold()))
        for one in read(1, text)
        if (by := speakers.get(one.figure.value or 0, ""))
    ]
    (group,) = group_rivals(counted)
    assert show(group) == [("Kuleba", [20000]), ("Moscow", [7000])]


def test_an_article_does_not_quarrel_with_itself() -> None:
    counted = [
        *read(1, "The flood killed 12 people. Last year 30 people were killed by one."),
        *read(2, "The flood killed 15 people. In 1999, a flood killed 31 people."),
        *read(3, "Officials say 12 people were killed.", "Officials"),
    ]
    (group,) = group_rivals(counted)
    assert show(group) == [("", [12, 15]), ("Officials", [12])]


REPORT = """A train of the Red Cross reached the town on Thursday with 40 tonnes of food.

Only 3,000 foreign volunteers came to Ukraine, the Kremlin spokesman Dmitry Peskov \
told reporters on Thursday."""


def test_seed_and_a_report_of_another_number_stand_side_by_side_by_speaker(shared: Path) -> None:
    texts = [(shared / "seed" / "article.txt").read_text("utf-8"), REPORT]
    at = datetime(2022, 11, 11, 9, tzinfo=UTC)
    counted = [
        Counted(figure=figure, article=number, at=at, language="en")
        for number, text in enumerate(texts)
        for figure in read_claims(text, ClaimClues(language="en", published=at)).figures
    ]
    (group,) = (one for one in group_rivals(counted) if not one.deeds)
    said = {one.by: [(value.value, value.as_of) for value in one.values] for one in group.speakers}
    assert (20000, date(2022, 3, 31)) in said["Dmytro Kuleba"]
    assert (7000, date(2022, 6, 30)) in said["Moscow"]
    assert [number for number, _ in said["Dmitry Peskov"]] == [3000]
