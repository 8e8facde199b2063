"""The model: twelve layers of attention over a text's tokens, in numpy on one core.

Nearly all of the time is in the products of matrices, so the tokens of many texts go through each
matrix together, without padding; texts are sorted by length, and only attention, which is among
the tokens of one text, goes by groups of texts of one length. Everything else works in place.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from dateline.encoders.e5.weights import Floats, Weights, unpack

CHUNK = 1024  # tokens that go through the layers together
_BLOCK = 256  # tokens that go through the wide half of a layer together
_FEW = 64  # tokens whose widest values fit into a core's cache twice
_HIGHEST = np.float32(84)  # e⁸⁴ is a float32 still, 64 times as well; seen are -54 to 69
_SMALL = np.float32(1e-12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """How a token's values are evened out after each half of a layer."""

    scale: Floats
    shift: Floats
    share: Floats  # one part of the width, as often: a product with it is the mean
    epsilon: float

    def apply(self, values: Floats) -> None:
        """Give each row mean 0 and variance 1, then the layer's own scale."""
        values -= (values @ self.share)[:, None]
        spread = np.vecdot(values, values)
        spread /= values.shape[1]
        spread += self.epsilon
        np.sqrt(spread, out=spread)
        values *= np.reciprocal(spread, out=spread)[:, None]
        values *= self.scale
        values += self.shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer's matrices, as `x @ matrix + bias` takes them."""

    mix: Floats  # queries, keys and values side by side; queries already scaled
    mix_bias: Floats
    out: Floats
    out_bias: Floats
    out_norm: Norm
    up: Floats
    up_bias: Floats
    down: Floats
    down_bias: Floats
    down_norm: Norm


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Arrays that all layers of all chunks of a call use again."""

    mixed: Floats
    context: Floats
    added: Floats
    wide: Floats
    free: Floats


class Forward:
    """The model's weights, unpacked (85 MB), and the way through them."""

    def __init__(self, weights: Weights) -> None:
        self._width = weights.width
        self._heads = weights.heads
        self._words = weights.table("emb.word")
        places = weights.vector("emb.pos").reshape(-1, weights.width)
        self._places = places + weights.vector("emb.type")[: weights.width]
        self._norm = _read_norm(weights, "emb.ln")
        self._layers = [_read_layer(weights, f"l{number}.") for number in range(weights.layers)]

    def run(self, texts: Sequence[Sequence[int]]) -> Floats:
        """Return one vector of length one a text, from its tokens."""
        found = np.zeros((len(texts), self._width), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        chunks = list(_split([len(texts[number]) for number in order]))
        most = max((sum(len(texts[n]) for n in order[a:b]) for a, b in chunks), default=0)
        room = self._make_room(most)
        for start, stop in chunks:
            numbers = order[start:stop]
            found[numbers] = self._run_chunk([texts[number] for number in numbers], room)
        found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), _SMALL)
        return found

    def _make_room(self, tokens: int) -> Room:
        """Return the arrays for so many tokens."""
        inner = self._layers[0].up.shape[1]
        block = min(tokens, _BLOCK)
        return Room(
            mixed=np.empty((tokens, 3 * self._width), dtype=np.float32),
            context=np.empty((tokens, self._width), dtype=np.float32),
            added=np.empty((tokens, self._width), dtype=np.float32),
            wide=np.empty((block, inner), dtype=np.float32),
            free=np.empty((min(tokens, _FEW), inner), dtype=np.float32),
        )

    def _run_chunk(self, texts: Sequence[Sequence[int]], room: Room) -> Floats:
        """Return the mean of each text's tokens after the last layer."""
        values = self._embed(texts)
        lengths = [len(text) for text in texts]
        for layer in self._layers:
            self._attend(values, layer, lengths, room)
            _think(values, layer, room)
        starts = np.cumsum([0, *lengths[:-1]])
        sums: Floats = np.add.reduceat(values, starts, axis=0)
        return sums / np.array(lengths, dtype=np.float32)[:, None]

    def _embed(self, texts: Sequence[Sequence[int]]) -> Floats:
        """Return what the layers start from: a token's own values and those of its place."""
        values = unpack(self._words[np.concatenate([np.asarray(text) for text in texts])])
        values += self._places[np.concatenate([np.arange(len(text)) for text in texts])]
        self._norm.apply(values)
        return values

    def _attend(self, values: Floats, layer: Layer, lengths: Sequence[int], room: Room) -> None:
        """Let the tokens of each text take from one another; `values` is changed."""
        tokens = len(values)
        mixed, context, added = room.mixed[:tokens], room.context[:tokens], room.added[:tokens]
        np.matmul(values, layer.mix, out=mixed)
        mixed += layer.mix_bias
        start = 0
        for length, same in groupby(lengths):
            stop = start + length * len(list(same))
            self._attend_alike(mixed[start:stop], context[start:stop], length)
            start = stop
        np.matmul(context, layer.out, out=added)
        added += layer.out_bias
        values += added
        layer.out_norm.apply(values)

    def _attend_alike(self, mixed: Floats, context: Floats, length: int) -> None:
        """Attention in texts of one length: (texts, heads, tokens, values of a head)."""
        shape = (-1, length, 3, self._heads, self._width // self._heads)
        queries, keys, taken = mixed.reshape(shape).transpose(2, 0, 3, 1, 4)
        shares = np.matmul(queries, keys.swapaxes(2, 3))
        np.minimum(shares, _HIGHEST, out=shares)  # the usual `- max` is slow along short rows
        np.maximum(shares, -_HIGHEST, out=shares)
        np.exp(shares, out=shares)
        shares /= shares.sum(axis=3, keepdims=True)
        merged = context.reshape(-1, length, self._heads, self._width // self._heads)
        np.matmul(shares, taken, out=merged.transpose(0, 2, 1, 3))


def _think(values: Floats, layer: Layer, room: Room) -> None:
    """Send each token through the layer's wide half; `values` is changed."""
    for start in range(0, len(values), _BLOCK):
        part = values[start : start + _BLOCK]
        wide, added = room.wide[: len(part)], room.added[: len(part)]
        np.matmul(part, layer.up, out=wide)
        for few in range(0, len(wide), _FEW):
            _bend_few(wide[few : few + _FEW], layer.up_bias, room.free)
        np.matmul(wide, layer.down, out=added)
        added += layer.down_bias
        part += added
        layer.down_norm.apply(part)


def _bend_few(wide: Floats, bias: Floats, free: Floats) -> None:
    wide += bias
    bend(wide, free[: len(wide)])


# The Gaussian error linear unit is x Φ(x), and Φ(x) is nearly (1 + tanh(a x + b x³)) / 2. The
# matrix before it is scaled by s = ∛b and the one behind it by 1 / 2s, which saves two rounds.
_CUBIC = float(np.sqrt(2 / np.pi) * 0.044715)
_STRETCH = float(np.cbrt(_CUBIC))
_LINEAR = np.float32(np.sqrt(2 / np.pi) / _STRETCH)


def bend(values: Floats, free: Floats) -> None:
    """Put `2 s gelu(x)` where `s x` was, s being `_STRETCH`; `free` is lost."""
    np.multiply(values, values, out=free)
    free += _LINEAR
    free *= values
    np.tanh(free, out=free)
    free += np.float32(1)
    values *= free


def _split(lengths: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield from where to where texts go together: at most CHUNK tokens, at least one text."""
    start, tokens = 0, 0
    for number, length in enumerate(lengths):
        if number > start and tokens + length > CHUNK:
            yield start, number
            start, tokens = number, 0
        tokens += length
    if lengths:
        yield start, len(lengths)


def _read_norm(weights: Weights, name: str) -> Norm:
    return Norm(
        scale=weights.vector(name + ".w"),
        shift=weights.vector(name + ".b"),
        share=np.full(weights.width, 1 / weights.width, dtype=np.float32),
        epsilon=weights.epsilon,
    )


def _read_layer(weights: Weights, name: str) -> Layer:
    """Return a layer, with what can be multiplied beforehand multiplied."""
    width = weights.width
    each = np.float32((width // weights.heads) ** -0.5)
    parts = [weights.matrix(f"{name}{part}.w", width) for part in "qkv"]
    biases = [weights.vector(f"{name}{part}.b") for part in "qkv"]
    up = weights.matrix(name + "fi.w", width)
    return Layer(
        mix=np.hstack([parts[0] * each, *parts[1:]]),
        mix_bias=np.hstack([biases[0] * each, *biases[1:]]),
        out=weights.matrix(name + "ao.w", width),
        out_bias=weights.vector(name + "ao.b"),
        out_norm=_read_norm(weights, name + "aln"),
        up=up * np.float32(_STRETCH),
        up_bias=weights.vector(name + "fi.b") * np.float32(_STRETCH),
        down=weights.matrix(name + "fo.w", up.shape[1]) * np.float32(0.5 / _STRETCH),
        down_bias=weights.vector(name + "fo.b"),
        down_norm=_read_norm(weights, name + "oln"),
    )
