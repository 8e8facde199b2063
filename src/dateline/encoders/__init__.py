"""What turns words into meaning: the models that compare articles across languages.

Each model's files come inside a package, so nothing is fetched, and their hashes are pinned here
(`files.py`). Every text is bounded and cleaned first: an encoder never raises on what somebody
wrote. Read `e5/__init__.py` for the one that is used unless the operator says otherwise.
"""

from typing import TYPE_CHECKING, Protocol

from dateline.encoders.files import check_files, hash_file
from dateline.encoders.use import SentenceEncoder, open_use
from dateline.encoders.words import LONGEST, clean_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

__all__ = [
    "LONGEST",
    "MODELS",
    "NONE",
    "Encoder",
    "SentenceEncoder",
    "check_files",
    "clean_text",
    "hash_file",
    "open_encoder",
]

NONE = "none"
MODELS = ("e5", "use", NONE)  # what the setting `story_model` may name


class Encoder(Protocol):
    """Texts to vectors in which meaning is near."""

    @property
    def name(self) -> str:
        """The model and its version; vectors of two names are never compared."""

    def encode(self, texts: "Sequence[str]") -> "npt.NDArray[np.float32]":
        """Return one vector of length one a text; no text makes it raise."""


def open_encoder(name: str) -> Encoder | None:
    """Return the encoder that the setting `story_model` names; None for "none".

    OperatorError where its package is missing, or its files are not the ones that are known.
    """
    if name == NONE:
        return None
    if name == "use":
        return open_use()
    from dateline.encoders.e5 import open_e5  # numpy is loaded where a model is wanted

    return open_e5()
