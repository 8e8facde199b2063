"""The vectors of sentences that this process has met: none is encoded twice while it is kept.

An article is compared with several others, now and when the next ones come. An encoder is a pure
function, so what it made may be kept for the whole process; the bound is on how much.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from dateline.pipeline.edges import Encoder

if TYPE_CHECKING:
    import numpy.typing as npt

KEPT = 8_192  # sentences, at most some 16 MB; those asked for longest ago are forgotten first


@dataclass(slots=True)
class Sentences:
    """Vectors by sentence, of one model at a time."""

    kept: int = KEPT
    model: str = ""
    known: "dict[str, npt.NDArray[np.float32]]" = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def encode(self, encoder: Encoder, texts: Sequence[str]) -> "npt.NDArray[np.float32]":
        """Return one vector of length one a text, as the encoder would."""
        wanted = list(dict.fromkeys(texts))
        with self.lock:
            if self.model != encoder.name:
                self.model, self.known = encoder.name, {}
            found = {text: self.known.pop(text) for text in wanted if text in self.known}
        new = [text for text in wanted if text not in found]
        if new:
            found.update(zip(new, encoder.encode(new), strict=True))
        with self.lock:
            if self.model == encoder.name:
                self.known |= found
            for text in list(islice(self.known, max(0, len(self.known) - self.kept))):
                del self.known[text]
        return np.array([found[text] for text in texts], dtype=np.float32)


HERE = Sentences()  # of this process
