"""Cutting texts into pieces: the best way, the same way from memory, never too long."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.encoders.toy import PIECES, write_toy
from tests.examples import examples

from dateline.encoders.e5 import tokens
from dateline.encoders.e5.tokens import Tokenizer
from dateline.encoders.e5.weights import Vocabulary, read_weights

UNKNOWN = min(PIECES.values()) - 10


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    path: Path = tmp_path_factory.mktemp("toy") / "toy.bin"
    write_toy(path)
    return read_weights(path).vocabulary


def show(vocabulary: Vocabulary, text: str, longest: int = 1000) -> list[str]:
    names = {token: piece for piece, token in vocabulary.pieces.items()}
    cut = Tokenizer(vocabulary).cut(text, longest)
    assert (cut[0], cut[-1]) == (vocabulary.begin, vocabulary.end)
    return [names.get(token, "?") for token in cut[1:-1]]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("the the", ["▁the", "▁the"]),
        ("  the \t\u00a0 the ", ["▁the", "▁the"]),
        ("aﬁ", ["▁a", "ab"]),
        ("th\u0007e", ["▁the"]),
        ("e\u0301", ["▁", "é"]),
        ("xb", ["▁", "?", "b"]),
        ("<s>", ["▁", "?", "?", "?"]),
    ],
)
def test_known_texts(vocabulary: Vocabulary, text: str, pieces: list[str]) -> None:
    assert show(vocabulary, text) == pieces


def every_way(word: str) -> Iterator[float]:
    """Yield the sum of scores of every way to cut a word."""
    if not word:
        yield 0.0
    for size in range(1, len(word) + 1):
        score = PIECES.get(word[:size], UNKNOWN if size == 1 else None)
        if score is not None:
            yield from (score + rest for rest in every_way(word[size:]))


@given(word=st.text("abx:", min_size=1, max_size=9))
@examples(60)
def test_no_other_way_has_a_larger_sum(vocabulary: Vocabulary, word: str) -> None:
    cut = show(vocabulary, word)
    assert sum(PIECES.get(piece, UNKNOWN) for piece in cut) == pytest.approx(
        max(every_way("▁" + word))
    )


def test_memory_is_bounded_and_changes_nothing(
    vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "_REMEMBERED", 3)
    tokenizer = Tokenizer(vocabulary)
    text = "the abab ba aab the bb " + "a" * 50
    first = tokenizer.cut(text, 1000)
    assert tokenizer.cut(text, 1000) == first
    assert 0 < len(tokenizer._known) <= 3
    assert max(map(len, tokenizer._known)) <= 24


@pytest.mark.parametrize("longest", [2, 3, 10, 64])
def test_a_long_text_is_cut_off(vocabulary: Vocabulary, longest: int) -> None:
    whole = Tokenizer(vocabulary).cut("ab the x " * 100, 10_000)
    cut = Tokenizer(vocabulary).cut("ab the x " * 100, longest)
    assert cut == [*whole[: longest - 1], vocabulary.end]
