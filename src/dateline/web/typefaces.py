"""The typefaces that this machine has for drawing cards: from packages, then from the system.

Nothing is downloaded. Where there is none, there are no cards.
"""

import os
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from pathlib import Path

from dateline.publish.typeface import Typeface

GROUP = "fontpkg.family"  # packages that carry a family of typefaces name it so
ENDINGS = (".ttf", ".otf", ".ttc")
LARGEST = 40_000_000  # bytes of a font file


@cache
def find_typefaces() -> tuple[Typeface, ...]:
    """Return the typefaces of this machine, best first; read once."""
    faces = []
    for path in (*_list_packaged(), *_list_installed()):
        with suppress(OSError):
            if path.stat().st_size <= LARGEST:
                faces.append(Typeface(path.read_bytes()))
    return tuple(faces)


def _list_packaged() -> Iterator[Path]:
    for each in sorted(entry_points(group=GROUP), key=lambda found: found.name):
        with suppress(ImportError, AttributeError):
            root = Path(each.load().ROOT)
            upright = (path for path in root.rglob("*") if "italic" not in path.name.casefold())
            yield from sorted(path for path in upright if path.suffix.casefold() in ENDINGS)


def _list_installed() -> list[Path]:
    table = tomllib.loads(files("dateline.web").joinpath("typefaces.toml").read_text("utf-8"))
    ranks = {name.casefold(): rank for rank, name in enumerate(table["names"])}
    found: dict[int, Path] = {}
    for path in _walk(table["folders"]):
        rank = ranks.get(path.stem.casefold())
        if rank is not None and path.suffix.casefold() in ENDINGS:
            found.setdefault(rank, path)
    return [found[rank] for rank in sorted(found)]


def _walk(folders: Iterable[str]) -> Iterator[Path]:
    for folder in folders:
        for root, _folders, names in os.walk(folder):
            yield from (Path(root, name) for name in names)
