"""The written set keeps to its own rules: words are found, ranges run forward, nothing is short."""

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from bench.written import FOLDER, locate, read_set

from dateline.sentences import split_sentences

KINDS = (
    "business",
    "disasters_and_courts",
    "politics",
    "sport_science_culture",
    "war_and_diplomacy",
)
LANGUAGES = ("en", "de", "fr", "es", "ru", "uk", "el")
FILES = sorted(FOLDER.glob("*.toml"))


def read_records(path: Path) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = tomllib.loads(path.read_text("utf-8"))["passage"]
    return records


def count_sentences(path: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for record in read_records(path):
        counts[record["language"]] += len(split_sentences(record["text"], record["language"]))
    return counts


def test_there_are_five_kinds() -> None:
    assert tuple(path.stem for path in FILES) == KINDS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_kind_is_large_and_in_all_languages(path: Path) -> None:
    counts = count_sentences(path)
    assert counts.total() >= 150
    assert set(counts) == set(LANGUAGES)
    assert counts["en"] >= 100
    assert counts.total() - counts["en"] >= 45


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_passages_are_short_and_hold_only_known_fields(path: Path) -> None:
    for record in read_records(path):
        assert 2 <= len(split_sentences(record["text"], record["language"])) <= 8
        assert set(record) <= {"language", "published", "text", "dates", "people"}
        assert record["text"] == record["text"].strip()
        if "published" in record:
            date.fromisoformat(record["published"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_dates_stand_in_their_text_in_order(path: Path) -> None:
    for record in read_records(path):
        at = 0
        for given in record["dates"]:
            assert set(given) in ({"text"}, {"text", "from", "to"})
            start = record["text"].find(given["text"], at)
            assert start >= 0, (given, record["text"])
            at = start + len(given["text"])
            if "from" in given:
                assert date.fromisoformat(given["from"]) <= date.fromisoformat(given["to"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_people_stand_in_their_text_in_order(path: Path) -> None:
    for record in read_records(path):
        taken: set[tuple[int, int]] = set()
        for person in record["people"]:
            assert set(person) <= {"name", "mentions", "pronouns", "role"}
            assert person["mentions"], person["name"]
            spans = list(locate(record["text"], person["mentions"]))
            spans += locate(record["text"], person.get("pronouns", ()))
            assert len(set(spans)) == len(spans)
            assert not taken & set(spans), "one place stands for two people"
            taken |= set(spans)


def test_every_person_is_named() -> None:
    for passage in read_set():
        for person in passage.people:
            assert person.names, person.name


def test_the_counts_told_are_those_of_the_files() -> None:
    told = (FOLDER / "README.md").read_text("utf-8")
    for path in FILES:
        counts = count_sentences(path)
        numbers = [counts[language] for language in LANGUAGES] + [counts.total()]
        assert f"| {path.stem} | " + " | ".join(map(str, numbers)) + " |" in told
