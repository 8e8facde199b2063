"""A model file of a few kilobytes: the format of the real one, with weights drawn by lot."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
WIDTH, LAYERS, HEADS, INNER, PLACES = 64, 2, 4, 96, 80
SPECIAL = {"<s>": 0.0, "<pad>": 0.0, "</s>": 0.0, "<unk>": 0.0}
PIECES = {
    "▁": -4.0,
    "a": -3.0,
    "b": -3.5,
    "ab": -5.0,
    "▁a": -4.5,
    "bab": -6.0,
    "abab": -9.0,
    "é": -7.0,
    "▁the": -2.0,
    "query": -3.0,
    ":": -3.0,
}
WRITING = {"\t": " ", "ﬁ": "ab", "\u0007": "", "\u00a0": " "}


@dataclass(slots=True)
class Toy:
    """What was written, unpacked: names to rows of weights as the file holds them."""

    tensors: dict[str, Floats] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)


def write_toy(path: Path, seed: int = 7) -> Toy:
    """Write a model file; return what a reader must find in it."""
    toy = Toy(scores=SPECIAL | PIECES | {"<mask>": 0.0})
    head = struct.pack(
        "<4sI7ifi", b"E5S1", 1, WIDTH, LAYERS, HEADS, INNER, len(toy.scores), PLACES, 1, 1e-12, 32
    )
    parts = [(name, *pack_tensor(toy, name, shape, seed)) for name, shape in name_tensors()]
    vocabulary = pack_vocabulary(toy)
    start = len(head + vocabulary) + 4 + sum(2 + len(name) + 21 for name, _, _ in parts)
    directory, body = struct.pack("<i", len(parts)), b""
    for name, kind, data in parts:
        place = struct.pack("<BIQQ", kind, toy.tensors[name].size, start + len(body), len(data))
        directory += struct.pack("<H", len(name)) + name.encode() + place
        body += data
    path.write_bytes(head + vocabulary + directory + body)
    return toy


def name_tensors() -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield each tensor's name and shape; those of two numbers are packed."""
    yield "emb.word", (len(SPECIAL | PIECES) + 1, WIDTH)
    yield "emb.pos", (PLACES * WIDTH,)
    yield from ((name, (WIDTH,)) for name in ("emb.type", "emb.ln.w", "emb.ln.b"))
    for layer in range(LAYERS):
        start = f"l{layer}."
        for part in ("q", "k", "v", "ao"):
            yield f"{start}{part}.w", (WIDTH, WIDTH)
            yield f"{start}{part}.b", (WIDTH,)
        yield from ((f"{start}{norm}", (WIDTH,)) for norm in ("aln.w", "aln.b", "oln.w", "oln.b"))
        yield f"{start}fi.w", (INNER, WIDTH)
        yield f"{start}fi.b", (INNER,)
        yield f"{start}fo.w", (WIDTH, INNER)
        yield f"{start}fo.b", (WIDTH,)


def pack_tensor(toy: Toy, name: str, shape: tuple[int, ...], seed: int) -> tuple[int, bytes]:
    """Draw a tensor, note what it unpacks to, and return its kind and bytes."""
    lot = np.random.default_rng([seed, *name.encode()])
    if len(shape) == 1:
        values = lot.normal(size=shape).astype("<f4")
        toy.tensors[name] = values
        return 0, values.tobytes()
    blocks = shape[0] * shape[1] // 32
    fours = lot.integers(0, 16, size=(blocks, 32), dtype=np.uint8)
    scales = lot.uniform(0.01, 0.06, size=(blocks, 1)).astype("<f2")
    toy.tensors[name] = ((fours.astype(np.float32) - 8) * scales.astype(np.float32)).reshape(shape)
    halves = fours[:, :16] | fours[:, 16:] << 4
    return 1, np.hstack([scales.view(np.uint8), halves]).tobytes()


def pack_vocabulary(toy: Toy) -> bytes:
    """Return pieces, scores and normaliser as bytes."""
    words = [piece.encode() for piece in toy.scores]
    ends = np.cumsum([0, *map(len, words)]).astype("<u4")
    scores = np.array(list(toy.scores.values()), dtype="<f4")
    fields = struct.pack("<5iQ", len(words), 0, 2, 1, 3, len(b"".join(words)))
    writing = b"".join(
        struct.pack(f"<IB{len(new)}I", ord(old), len(new), *map(ord, new))
        for old, new in WRITING.items()
    )
    counts = struct.pack("<iI", len(WRITING), len(writing))
    return fields + ends.tobytes() + scores.tobytes() + b"".join(words) + counts + writing
