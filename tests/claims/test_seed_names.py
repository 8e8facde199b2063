"""The worked example: every person and role of it, and whom each of its sources means."""

from __future__ import annotations

import json
import lzma
import tomllib
from pathlib import Path
from typing import Any

import pytest

from dateline.claims.names import Names, find_names
from dateline.claims.page import Page
from dateline.claims.speakers import resolve_speakers
from dateline.model import ClaimClues, EntityKind, Statement, StatementKind

# The words of the article that name the source of each statement, in the order of the reading.
SOURCES = [
    *("Mr Stoltenberg", "he", "The head of NATO", "the Secretary General"),
    *("The president of Ukraine Volodymyr Zelensky", "Moscow", "the government in Tokyo"),
    "Japanese government spokesman Hirokazu Matsuno",
    *("A spokesman for the Japanese Foreign Ministry", "Mr Matsuno"),
    *("a cable from the Jiji news agency", "Ukrainian Foreign Minister Dmytro Kuleba"),
    *("Moscow", "Moscow", "Moscow", "authorities in Taipei"),
]


@pytest.fixture(scope="module")
def page(shared: Path) -> Page:
    text = (shared / "seed" / "article.txt").read_text("utf-8")
    return Page(text, ClaimClues(language="en"))


@pytest.fixture(scope="module")
def statements(shared: Path) -> list[dict[str, Any]]:
    reading = tomllib.loads((shared / "seed" / "reading.toml").read_text("utf-8"))
    told: list[dict[str, Any]] = reading["statement"]
    return told


@pytest.fixture(scope="module")
def names(page: Page) -> Names:
    return find_names(page)


def test_persons_and_their_roles(names: Names, statements: list[dict[str, Any]]) -> None:
    roles = {one["speaker"]: one["role"] for one in statements if "role" in one}
    found = {one.name: one.role for one in names.entities if one.kind is EntityKind.PERSON}
    assert {name: found.get(name) for name in roles} == roles


def test_every_source_means_who_the_reading_says(
    page: Page, names: Names, statements: list[dict[str, Any]]
) -> None:
    told, at = [], 0
    for words in SOURCES:
        found = page.text.find(words, at)
        start = found if found >= 0 else page.text.index(words)
        at = start + 1 if words != "Moscow" or at > start else start
        told.append(make_statement(page.text, start, start + len(words)))
    resolved = resolve_speakers(page, names, told)
    assert [one.speaker_resolved for one in resolved] == [one["speaker"] for one in statements]
    unnamed = {one.speaker_resolved for one in resolved if one.speaker_kind is None}
    assert unnamed == {
        "the government in Tokyo",
        "a spokesman for the Japanese Foreign Ministry",
        "authorities in Taipei",
    }


@pytest.mark.parametrize(("name", "language"), [("polnear_dev", "en"), ("german_quotes_dev", "de")])
def test_spans_of_real_articles_are_places_in_their_text(
    shared: Path, name: str, language: str
) -> None:
    with lzma.open(shared / "bench" / f"{name}.jsonl.xz", "rt", encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file]
    for text in texts:
        for one in find_names(Page(text, ClaimClues(language=language))).entities:
            words = [text[start:end] for start, end in one.mentions]
            assert words and all(word and word == word.strip() for word in words)


def make_statement(text: str, start: int, end: int) -> Statement:
    return Statement(
        spans=(),
        content="",
        kind=StatementKind.INDIRECT,
        speaker=text[start:end],
        source_span=(start, end),
        cue="said",
        cue_span=None,
    )
