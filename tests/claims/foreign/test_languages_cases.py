"""Sentences of every language that is read, and what is read in them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dateline.claims.languages import find_foreign, level_of
from dateline.claims.names import Names
from dateline.claims.page import Page
from dateline.model import ClaimClues, Statement

HERE = Path(__file__).parent
FULL = ("de", "fr", "es", "ru", "uk", "el")


def load_cases() -> list[Any]:
    cases = []
    for path in sorted(HERE.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text("utf-8"))["case"], start=1):
            language = case.get("language", path.stem)
            cases.append(pytest.param(language, case, id=f"{path.stem}-{language}-{number}"))
    return cases


def as_row(statement: Statement) -> dict[str, Any]:
    row: dict[str, Any] = {
        "kind": statement.kind.value,
        "content": statement.content,
        "speaker": statement.speaker,
        "cue": statement.cue,
    }
    if statement.hedge.value != "said":
        row["hedge"] = statement.hedge.value
    if statement.negated:
        row["negated"] = True
    if statement.told_to:
        row["told_to"] = statement.told_to
    if statement.inside is not None:
        row["inside"] = statement.inside
    return row


@pytest.mark.parametrize(("language", "case"), load_cases())
def test_what_is_read_in_a_sentence(language: str, case: dict[str, Any]) -> None:
    page = Page(case["text"], ClaimClues(language=language))
    assert [as_row(one) for one in find_foreign(page, Names(entities=()))] == case["said"]


def test_every_language_has_its_cases() -> None:
    counts: dict[str, int] = {}
    for param in load_cases():
        counts[param.values[0]] = counts.get(param.values[0], 0) + 1
    assert all(counts[language] >= 25 for language in FULL)
    others = [language for language in counts if level_of(language) == "quotes"]
    assert len([language for language in others if counts[language] >= 4]) >= 12
