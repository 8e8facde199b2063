"""Pictures for the reports, drawn by us: abstract scenes, the same for the same seed."""

import threading
from functools import lru_cache
from zlib import crc32

from dateline.sample.pictures.canvas import Canvas
from dateline.sample.pictures.scenes import SCENES

# Who asks for a picture that is being drawn waits for it instead of drawing it again; who asks for
# another one is held up only by a chance of one in so many.
_EASELS = tuple(threading.Lock() for _ in range(64))


def draw_picture(scene: str, seed: str) -> bytes:
    """Return a JPEG of 1200 x 675; an unknown scene is a KeyError. Safe from many threads."""
    with _EASELS[crc32(f"{scene}/{seed}".encode()) % len(_EASELS)]:
        return _draw(scene, seed)


@lru_cache(maxsize=256)
def _draw(scene: str, seed: str) -> bytes:
    canvas = Canvas(seed)
    SCENES[scene](canvas)
    return canvas.to_jpeg()
