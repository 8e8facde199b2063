"""The worked example of a page: every statement that a careful reader takes from it."""

import re
import tomllib
from pathlib import Path

import pytest

from dateline.claims.page import Page
from dateline.claims.statements import find_statements
from dateline.model import ClaimClues, Statement, StatementKind

# How the article itself calls who speaks, in the order of the expectation.
WRITTEN = (
    *("Mr Stoltenberg", "he", "The head of NATO", "the Secretary General"),
    *("The president of Ukraine Volodymyr Zelensky", "Moscow", "the government in Tokyo"),
    "Japanese government spokesman Hirokazu Matsuno",
    "A spokesman for the Japanese Foreign Ministry",
    *("Mr Matsuno", "a cable from the Jiji news agency"),
    "Ukrainian Foreign Minister Dmytro Kuleba",
    *("Moscow", "Moscow", "Moscow", "authorities in Taipei"),
)


def plain(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold().replace("’", "'"))


@pytest.fixture(scope="module")
def expected(shared: Path) -> list[dict[str, str]]:
    reading = tomllib.loads((shared / "seed" / "reading.toml").read_text("utf-8"))
    found: list[dict[str, str]] = reading["statement"]
    return found


@pytest.fixture(scope="module")
def statements(shared: Path) -> list[Statement]:
    text = (shared / "seed" / "article.txt").read_text("utf-8")
    return list(find_statements(Page(text, ClaimClues(language="en"))))


def test_all_sixteen_come_out(expected: list[dict[str, str]], statements: list[Statement]) -> None:
    assert len(expected) == len(WRITTEN) == 16
    by_content = {tuple(plain(s.content)): s for s in statements}
    for want, speaker in zip(expected, WRITTEN, strict=True):
        content = want.get("content") or want["quote"]
        statement = by_content.get(tuple(plain(content)))
        assert statement is not None, f"not found: {content}"
        assert statement.speaker == speaker
        assert statement.cue == want["cue"]
        assert statement.kind == StatementKind(want["kind"])
        told = plain(want.get("told_to", ""))  # "CNN", where it is "the American network CNN"
        assert plain(statement.told_to)[-len(told) :] == told if told else not statement.told_to


def test_little_else_is_read_into_it(statements: list[Statement]) -> None:
    # What the Japanese government calls on its citizens to do, and whom Zelensky invited.
    assert sum(statement.confidence >= 0.5 for statement in statements) <= 19
