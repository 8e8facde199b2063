"""The model's file, read as it was written."""

from pathlib import Path

import numpy as np
from tests.encoders.toy import HEADS, INNER, LAYERS, PIECES, WIDTH, write_toy

from dateline.encoders.e5.weights import read_weights, unpack


def test_a_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    toy = write_toy(tmp_path / "toy.bin")
    weights = read_weights(tmp_path / "toy.bin")
    assert (weights.width, weights.layers, weights.heads) == (WIDTH, LAYERS, HEADS)
    assert np.array_equal(weights.vector("l1.fi.b"), toy.tensors["l1.fi.b"])
    assert np.array_equal(weights.matrix("l0.q.w", WIDTH), toy.tensors["l0.q.w"].T)
    assert np.array_equal(weights.matrix("l1.fo.w", INNER), toy.tensors["l1.fo.w"].T)
    rows = [5, 2, 5]
    assert np.array_equal(unpack(weights.table("emb.word")[rows]), toy.tensors["emb.word"][rows])


def test_a_vocabulary_has_no_piece_that_only_the_model_may_write(tmp_path: Path) -> None:
    toy = write_toy(tmp_path / "toy.bin")
    vocabulary = read_weights(tmp_path / "toy.bin").vocabulary
    assert set(vocabulary.pieces) == set(PIECES)
    found = {piece: vocabulary.scores[token] for piece, token in vocabulary.pieces.items()}
    assert found == {piece: np.float32(toy.scores[piece]) for piece in PIECES}
    assert (vocabulary.begin, vocabulary.end, vocabulary.unknown) == (0, 2, 3)
    assert vocabulary.writing == {9: " ", 0xFB01: "ab", 7: "", 0xA0: " "}


def test_the_first_half_of_a_block_is_in_the_low_bits() -> None:
    block = np.zeros((1, 1, 18), dtype=np.uint8)
    block[0, 0, :2] = np.array([0.5], dtype="<f2").view(np.uint8)
    block[0, 0, 2] = 0x1F
    found = unpack(block)[0]
    assert found[0] == 3.5 and found[16] == -3.5
    assert set(found[1:16]) == {-4.0}
