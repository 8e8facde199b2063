"""The pictures of the sample: alike for a seed, of one size, not alike for two, drawn once."""

import io
import threading

import numpy as np
import pytest
from PIL import Image

from dateline.sample import pictures
from dateline.sample.pictures import draw_picture
from dateline.sample.pictures.canvas import HEIGHT, WIDTH, Canvas
from dateline.sample.pictures.scenes import SCENES


def look(body: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(body), formats=("JPEG",)) as image:
        assert image.size == (WIDTH, HEIGHT) and image.mode == "RGB"
        return np.asarray(image, dtype=float)


@pytest.mark.heavy
@pytest.mark.parametrize("scene", sorted(SCENES))
def test_every_scene_is_a_picture_of_something(scene: str) -> None:
    body = draw_picture(scene, "a report")
    seen = look(body)
    assert seen.std() > 8, "the picture is nearly of one colour"
    assert (np.ptp(seen, axis=(0, 1)) > 60).any(), "the picture has no contrast"
    assert 15_000 < len(body) < 250_000


def test_a_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    def drawn(seed: str) -> bytes:
        canvas = Canvas(seed)
        SCENES["city"](canvas)
        return canvas.to_jpeg()

    assert drawn("one") == drawn("one")
    assert np.abs(look(drawn("one")) - look(drawn("two"))).mean() > 3


def test_edges_are_smooth() -> None:
    canvas = Canvas("edge")
    canvas.upright = True
    canvas.shape([(0, 0), (1, 0), (0, 1)], (255, 255, 255))
    row = look(canvas.to_jpeg())[HEIGHT // 2, :, 0]
    between = (row > 40) & (row < 200)
    assert 1 <= between.sum() <= 12


def test_a_glow_beyond_the_edge_is_cut_not_refused() -> None:
    canvas = Canvas("light")
    canvas.upright = True
    canvas.glow((1.0, 0.0), 0.1)
    seen = look(canvas.to_jpeg())
    assert seen[2, -3].mean() > 150 and seen[-1, 0].mean() < 5


def test_what_is_see_through_lets_the_ground_through() -> None:
    canvas = Canvas("glass")
    canvas.upright = True
    canvas.area((0, 0), (1, 1), (200, 0, 0))
    canvas.area((0, 0), (1, 1), (0, 0, 200, 128))
    red, _, blue = look(canvas.to_jpeg())[HEIGHT // 2, WIDTH // 2]
    assert 70 < red < 130 and 70 < blue < 130


def test_an_unknown_scene_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        draw_picture("no such scene", "a")


def test_many_who_ask_at_once_have_one_picture_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []

    def draw(canvas: Canvas) -> None:
        calls.append("drawn")
        canvas.sky()

    monkeypatch.setitem(pictures.SCENES, "counted", draw)
    asked = [threading.Thread(target=draw_picture, args=("counted", "s")) for _ in range(6)]
    for thread in asked:
        thread.start()
    for thread in asked:
        thread.join()
    assert calls == ["drawn"]
