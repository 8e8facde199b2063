"""Who said what in English, construction by construction, and on every text whatever it is."""

import json
import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.claims.page import Page
from dateline.claims.statements import find_statements
from dateline.model import ClaimClues, Statement

CASES = Path(__file__).parent / "english" / "cases.txt"
TOLD_FROM = 0.4  # confidence of what the cases list


def read(text: str) -> tuple[Statement, ...]:
    return find_statements(Page(text, ClaimClues(language="en")))


def read_cases() -> list[tuple[str, list[str]]]:
    """The file: "> sentence", then a line for each statement; "#" begins a group."""
    cases: list[tuple[str, list[str]]] = []
    for line in CASES.read_text("utf-8").splitlines():
        if line.startswith("> "):
            cases.append((line[2:], []))
        elif line and not line.startswith("#"):
            cases[-1][1].append(line)
    return cases


def describe(statement: Statement) -> str:
    parts = [statement.kind.value, statement.speaker, statement.cue, statement.content]
    parts += [f"told {statement.told_to}"] if statement.told_to else []
    parts += [f"hedge {statement.hedge}"] if statement.hedge != "said" else []
    parts += ["not"] if statement.negated else []
    parts += [f"in {statement.inside}"] if statement.inside is not None else []
    return " | ".join(parts).replace("\n", r"\n")


@pytest.mark.parametrize(("text", "expected"), read_cases(), ids=lambda case: str(case)[:60])
def test_constructions(text: str, expected: list[str]) -> None:
    told = [s for s in read(text.replace(r"\n", "\n")) if s.confidence >= TOLD_FROM]
    assert [describe(statement) for statement in told] == expected


def test_there_are_many_constructions() -> None:
    assert len(read_cases()) >= 120


def check_spans(text: str) -> None:
    statements = read(text)
    for statement in statements:
        words = [text[start:end] for start, end in statement.spans]
        assert statement.content == " ".join(words)
        assert all(word == word.strip() and word for word in words)
        edges = [edge for span in statement.spans for edge in span]
        assert edges == sorted(edges)
        for span, word in (
            (statement.source_span, statement.speaker),
            (statement.cue_span, statement.cue),
            (statement.told_to_span, statement.told_to),
        ):
            assert word == (text[span[0] : span[1]] if span else "")
        assert 0 <= statement.confidence <= 1
        assert statement.inside is None or 0 <= statement.inside < len(statements)


WORDS = """said says told Ann Roe the mayor that “ ” " '' ‘ ’ ' , . : ; — - ( ) which who and but he
she it according to claimed asked him to expected was is not did allegedly poll in a of for Mr. \n
\n\n REPORTS Police their claim called “bad” ,” .” 's he's 12 on Monday adding saying"""


@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=60))
def test_spans_give_their_words_in_what_looks_like_news(words: list[str]) -> None:
    check_spans(" ".join(words))
    check_spans("".join(words))


@given(st.text(max_size=200))
def test_spans_give_their_words_in_any_text(text: str) -> None:
    check_spans(text)


PIECES = [
    *("“", '"', "'", "''", "” ", "“a” said ", '"a" ', "he said ", "he said, ", "said that he "),
    *("and ", "who said ", "Ann, ", "(", "a: ", "A: b\n", "according to a ", "his claim that "),
    *("saying ", "is expected to ", "; he said ", "“a\n\n", "— ", "allegedly ", "Ann and ", "x"),
    *("he said he said, “a” and ", "in a poll, he said ", "Ann said, and "),
]


@pytest.mark.heavy
@pytest.mark.parametrize("piece", PIECES)
def test_texts_without_end_are_read(piece: str) -> None:
    check_spans(piece * (60_000 // len(piece)))


def test_nothing_is_said_in_nothing() -> None:
    assert read("") == read(" \n\n ") == read("…") == ()


def test_all_spans_of_published_articles_give_their_words(shared: Path) -> None:
    for name in ("polnear_train", "polnear_dev"):
        for text in published_texts(shared / "bench" / f"{name}.jsonl.xz"):
            check_spans(text)


def published_texts(path: Path) -> list[str]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]
