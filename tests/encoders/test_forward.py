"""The model's arithmetic, beside the same model written as plainly as it can be."""

import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.encoders.toy import HEADS, LAYERS, WIDTH, Toy, write_toy
from tests.examples import examples

from dateline.encoders.e5 import forward
from dateline.encoders.e5.forward import Forward, bend
from dateline.encoders.e5.weights import read_weights

Doubles = npt.NDArray[np.float64]
TOKENS = st.lists(st.integers(0, 15), min_size=1, max_size=24)


@pytest.fixture(scope="module")
def toy_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("toy") / "toy.bin"
    write_toy(path)
    return path


@pytest.fixture(scope="module")
def toy(toy_path: Path) -> Toy:
    return write_toy(toy_path.with_name("again.bin"))


@pytest.fixture(scope="module")
def model(toy_path: Path) -> Forward:
    return Forward(read_weights(toy_path))


def even(x: Doubles, toy: Toy, name: str) -> Doubles:
    centred = x - x.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-12)
    return centred / spread * toy.tensors[name + ".w"] + toy.tensors[name + ".b"]


def go_plainly(toy: Toy, text: list[int]) -> Doubles:
    """Send one text through the model, one head at a time, in double precision."""
    t = {name: values.astype(np.float64) for name, values in toy.tensors.items()}
    x = t["emb.word"][text] + t["emb.pos"].reshape(-1, WIDTH)[: len(text)] + t["emb.type"]
    x = even(x, toy, "emb.ln")
    size = WIDTH // HEADS
    for n in (f"l{layer}." for layer in range(LAYERS)):
        q, k, v = (x @ t[f"{n}{part}.w"].T + t[f"{n}{part}.b"] for part in "qkv")
        heads = []
        for head in (slice(h * size, (h + 1) * size) for h in range(HEADS)):
            shares = np.exp(q[:, head] @ k[:, head].T / math.sqrt(size))
            heads.append(shares / shares.sum(axis=1, keepdims=True) @ v[:, head])
        x = even(x + np.hstack(heads) @ t[n + "ao.w"].T + t[n + "ao.b"], toy, n + "aln")
        wide = x @ t[n + "fi.w"].T + t[n + "fi.b"]
        wide *= (1 + np.vectorize(math.erf)(wide / math.sqrt(2))) / 2
        x = even(x + wide @ t[n + "fo.w"].T + t[n + "fo.b"], toy, n + "oln")
    mean = x.mean(axis=0)
    return mean / np.linalg.norm(mean)


def test_texts_of_many_lengths_go_as_each_alone_would(
    model: Forward, toy: Toy, monkeypatch: pytest.MonkeyPatch
) -> None:
    lot = np.random.default_rng(3)
    texts = [lot.integers(0, 16, size).tolist() for size in (5, 64, 1, 5, 17, 5, 64, 2, 40)]
    monkeypatch.setattr(forward, "CHUNK", 100)  # several chunks, and blocks that end within texts
    monkeypatch.setattr(forward, "_BLOCK", 48)
    monkeypatch.setattr(forward, "_FEW", 7)
    found = model.run(texts)
    for text, vector in zip(texts, found, strict=True):
        assert np.allclose(vector, go_plainly(toy, text), atol=2e-3)


@given(texts=st.lists(TOKENS, min_size=1, max_size=5))
@examples(40)
def test_a_text_has_the_same_vector_in_any_company(model: Forward, texts: list[list[int]]) -> None:
    together = model.run(texts)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-4)
    assert np.allclose(model.run(texts[:1])[0], together[0], atol=1e-5)


def test_no_texts_give_no_vectors(model: Forward) -> None:
    assert model.run([]).shape == (0, WIDTH)


def test_the_bend_is_nearly_the_gaussian_one() -> None:
    x = np.linspace(-9, 9, 2001, dtype=np.float32)
    stretched = (x * np.float32(forward._STRETCH)).reshape(1, -1)
    bend(stretched, np.empty_like(stretched))
    exact = x * (1 + np.vectorize(math.erf)(x / math.sqrt(2))) / 2
    assert np.abs(stretched[0] / (2 * forward._STRETCH) - exact).max() < 6e-4
