"""Rival figures on pairs of sentences that were written before the rules were run on them.

A wrong group on a page is worse than a missing one: no pair that counts two things may meet.
"""

import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from dateline.claims.reader import read_claims
from dateline.claims.rivals import Counted, RivalGroup, group_rivals
from dateline.model import ClaimClues, Figure

START = datetime(2024, 5, 1, 8, tzinfo=UTC)
CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text("utf-8"))["case"]
LEAST_FOUND = 0.6  # of the pairs that count the same


def meet(case: dict[str, Any]) -> bool:
    """Say whether the two numbers of a case stand in one group."""
    counted = list[Counted]()
    for number, text in enumerate((case["one"], case["two"])):
        at = START + timedelta(hours=number)
        figures = read_claims(text, ClaimClues(language="en", published=at)).figures
        counted += [
            Counted(figure=figure, article=number, at=at, language="en") for figure in figures
        ]
    return any(holds(group, case["numbers"]) for group in group_rivals(counted))


def holds(group: RivalGroup, numbers: list[float]) -> bool:
    figures = [f for one in group.speakers for value in one.values for f in value.figures]
    return all(
        any(is_number(each.figure, number) for each in figures if each.article == article)
        for article, number in enumerate(numbers)
    )


def is_number(figure: Figure, number: float) -> bool:
    return number in (figure.value, figure.low, figure.high)


@pytest.mark.parametrize("case", [case for case in CASES if not case["same"]])
def test_two_things_never_meet(case: dict[str, Any]) -> None:
    assert not meet(case)


def test_most_that_count_the_same_meet() -> None:
    same = [case for case in CASES if case["same"]]
    assert sum(map(meet, same)) >= LEAST_FOUND * len(same)
