"""Pictures for the reports, drawn by us: abstract scenes, the same for the same seed."""

from functools import lru_cache

from dateline.sample.pictures.canvas import Canvas
from dateline.sample.pictures.scenes import SCENES


@lru_cache(maxsize=256)
def draw_picture(scene: str, seed: str) -> bytes:
    """Return a JPEG of 1200 x 675; an unknown scene is a KeyError."""
    canvas = Canvas(seed)
    SCENES[scene](canvas)
    return canvas.to_jpeg()
