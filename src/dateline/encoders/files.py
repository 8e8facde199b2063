"""Model files that come inside packages: where they are, and that they are the ones known.

Nothing is fetched at run time. The hashes are pinned beside each model, so that vectors in the
store and the model that made them are never of two kinds.
"""

import hashlib
import importlib.util
from collections.abc import Mapping
from pathlib import Path

from dateline.errors import OperatorError

_BLOCK = 1 << 20


def check_files(module: str, package: str, pinned: Mapping[str, str]) -> Path:
    """Return the folder of a module whose files have these SHA-256; the module is not imported.

    OperatorError where it is not installed, or where its files are not those that are known.
    """
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        raise OperatorError(
            f"The package {package} is missing, which story_model needs: install it, or set "
            'story_model = "none" to compare articles by their words alone.'
        )
    folder = Path(spec.origin).parent
    for name, wanted in pinned.items():
        if hash_file(folder / name) != wanted:
            raise OperatorError(
                f"The model file {folder / name} is not the one that is known "
                f"(SHA-256 {wanted[:12]}…): install {package} again as requirements/lock.txt has "
                'it, or set story_model = "none".'
            )
    return folder


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file, "" where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                digest.update(block)
    except OSError:
        return ""
    return digest.hexdigest()
