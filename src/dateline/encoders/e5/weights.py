"""The model's file: vocabulary, normaliser, and weights of four bits.

Little-endian throughout. A head of eleven fields; the vocabulary's (offsets, scores, UTF-8 pieces
end to end); the normaliser's (a code point, and those that stand for it); then a directory of
tensors, each with name, kind (0 float32, 1 four bits), count and place. Four-bit weights come in
blocks of 32: one float16 scale and 16 bytes, whose low halves are the first 16 weights and whose
high halves the others, each 0 to 15 for -8 to 7 scales.

Only a file whose hash is pinned is read, so what it says of itself is believed.
"""

import mmap
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]
_BLOCK = 32  # weights
_BLOCK_BYTES = 18
_HEAD = struct.Struct("<4sI7ifi")
_TOKENS = struct.Struct("<5iQ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The pieces that texts are cut into, and what is written for what before."""

    pieces: dict[str, int]  # those that a text can have, by their words
    scores: Floats  # log probability, by token
    writing: dict[int, str]  # what stands for a code point: compatibility forms, blanks, nothing
    begin: int
    end: int
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What the file holds; a tensor is unpacked where it is asked for."""

    width: int
    layers: int
    heads: int
    epsilon: float
    vocabulary: Vocabulary
    tensors: Mapping[str, Bytes]

    def vector(self, name: str) -> Floats:
        """Return a tensor of float32 as it is."""
        return np.array(self.tensors[name].view("<f4"), dtype=np.float32)

    def matrix(self, name: str, inputs: int) -> Floats:
        """Return a layer's matrix such that `x @ matrix` goes through it."""
        rows = unpack(self.tensors[name].reshape(-1, inputs // _BLOCK, _BLOCK_BYTES))
        return np.ascontiguousarray(rows.T)

    def table(self, name: str) -> Bytes:
        """Return packed rows of the model's width, for `unpack`; they stay in the file."""
        return self.tensors[name].reshape(-1, self.width // _BLOCK, _BLOCK_BYTES)


def unpack(blocks: Bytes) -> Floats:
    """Return rows of weights from rows of blocks (rows, blocks, 18 bytes)."""
    rows, count, _ = blocks.shape
    scales = np.ascontiguousarray(blocks[:, :, :2]).view("<f2").astype(np.float32)
    found = np.empty((rows, count, _BLOCK), dtype=np.float32)
    found[:, :, :16] = blocks[:, :, 2:] & 15
    found[:, :, 16:] = blocks[:, :, 2:] >> 4
    found -= 8
    found *= scales
    return found.reshape(rows, count * _BLOCK)


def read_weights(path: Path) -> Weights:
    """Read a model's file; it is mapped, so that the table of words stays on the disk."""
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    _, _, width, layers, heads, _, _, _, _, epsilon, _ = _HEAD.unpack_from(data)
    vocabulary, place = _read_vocabulary(data, _HEAD.size)
    everything = np.frombuffer(data, dtype=np.uint8)
    tensors = {
        name: everything[start : start + size] for name, start, size in _read_directory(data, place)
    }
    return Weights(
        width=width,
        layers=layers,
        heads=heads,
        epsilon=epsilon,
        vocabulary=vocabulary,
        tensors=tensors,
    )


def _read_vocabulary(data: mmap.mmap, place: int) -> tuple[Vocabulary, int]:
    """Return the vocabulary, and where the directory of tensors begins."""
    count, begin, end, pad, unknown, size = _TOKENS.unpack_from(data, place)
    place += _TOKENS.size
    offsets = np.frombuffer(data, "<u4", count + 1, place).tolist()
    place += 4 * (count + 1)
    scores = np.array(np.frombuffer(data, "<f4", count, place))
    place += 4 * count
    words = data[place : place + size]
    # <s>, <pad>, <mask> …: what a text that says "<mask>" must not be read as.
    reserved = {begin, end, pad, unknown, count - 1}
    pieces = {
        words[offsets[token] : offsets[token + 1]].decode(): token
        for token in range(count)
        if token not in reserved
    }
    writing, place = _read_writing(data, place + size)
    return Vocabulary(
        pieces=pieces, scores=scores, writing=writing, begin=begin, end=end, unknown=unknown
    ), place


def _read_writing(data: mmap.mmap, place: int) -> tuple[dict[int, str], int]:
    """Return what stands for which code point, and the place behind."""
    _, size = struct.unpack_from("<iI", data, place)
    place += 8
    stop = place + size
    writing = {}
    while place < stop:
        point, count = struct.unpack_from("<IB", data, place)
        place += 5
        writing[point] = "".join(map(chr, struct.unpack_from(f"<{count}I", data, place)))
        place += 4 * count
    return writing, stop


def _read_directory(data: mmap.mmap, place: int) -> Iterator[tuple[str, int, int]]:
    """Yield name, start and size in bytes of each tensor."""
    (count,) = struct.unpack_from("<i", data, place)
    place += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, place)
        place += 2
        name = data[place : place + length].decode()
        _, _, start, size = struct.unpack_from("<BIQQ", data, place + length)
        place += length + 21
        yield name, start, size
