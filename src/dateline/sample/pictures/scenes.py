"""The scenes: what each kind of report is illustrated with."""

from collections.abc import Callable

from dateline.sample.pictures.canvas import Canvas, mix
from dateline.sample.pictures.places import PLACES


def hills(canvas: Canvas) -> None:
    """Draw hills behind hills."""
    canvas.sky(0.7)
    canvas.glow((float(canvas.chance.uniform(0.2, 0.8)), 0.42), 0.05)
    canvas.clouds(0.1, 0.4)
    canvas.land(0.5, 5)


def sea(canvas: Canvas) -> None:
    """Draw a sea with islands on the horizon."""
    canvas.sky(0.55)
    canvas.glow((0.66, 0.45), 0.045)
    canvas.clouds(0.08, 0.38)
    canvas.ridge(0.53, 0.03, mix(canvas.colours[3], canvas.colours[2], 0.3))
    canvas.water(0.57)


def flood(canvas: Canvas) -> None:
    """Draw a drowned plain: roofs, trees and poles standing in water."""
    canvas.sky(0.45)
    canvas.clouds(0.05, 0.35, 0.6)
    canvas.ridge(0.42, 0.06, mix(canvas.colours[3], canvas.colours[2], 0.35))
    canvas.ridge(0.47, 0.03, canvas.colours[3])
    canvas.water(0.5)
    for _ in range(13):
        depth = float(canvas.chance.uniform(0.05, 1)) ** 1.5
        x, y, w = float(canvas.chance.uniform(0, 1)), 0.53 + 0.36 * depth, 0.02 + 0.06 * depth
        _roof(canvas, x, y, w)
    for step in range(9):
        x = 0.08 + step * 0.11
        top = 0.4 + 0.012 * step
        canvas.line([(x, top), (x, 0.6 + 0.03 * step)], canvas.colours[5], 0.005)
        canvas.line([(x - 0.02, top + 0.03), (x + 0.02, top + 0.03)], canvas.colours[5], 0.004)


def _roof(canvas: Canvas, x: float, y: float, w: float) -> None:
    tone = mix((150, 74, 58), canvas.colours[5], float(canvas.chance.uniform(0.2, 0.7)))
    canvas.area((x - w * 0.8, y), (x + w * 0.8, y + w * 0.35), mix(tone, (225, 215, 200), 0.55))
    canvas.shape(
        [(x - w, y), (x - w * 0.6, y - w * 0.7), (x + w * 0.6, y - w * 0.7), (x + w, y)], tone
    )
    canvas.area((x - w, y + w * 0.36), (x + w, y + w * 0.42), (255, 255, 255, 70))


def dam(canvas: Canvas) -> None:
    """Draw a concrete dam between two slopes, with a breach."""
    canvas.sky(0.5)
    canvas.clouds(0.05, 0.3)
    canvas.ridge(0.36, 0.12, canvas.colours[3])
    stone = mix(canvas.colours[2], (150, 150, 150), 0.6)
    canvas.shape([(0.1, 0.42), (0.9, 0.42), (0.78, 0.95), (0.24, 0.95)], stone)
    for step in range(14):
        x = 0.14 + step * 0.056
        canvas.line([(x, 0.42), (0.5 + (x - 0.5) * 0.7, 0.95)], (0, 0, 0, 36), 0.002)
    canvas.area((0.09, 0.4), (0.91, 0.43), mix(stone, (40, 40, 40), 0.4))
    canvas.shape(
        [(0.55, 0.4), (0.66, 0.4), (0.63, 0.56), (0.6, 0.7), (0.57, 0.58)], (232, 238, 238)
    )
    canvas.shape([(0.57, 0.5), (0.64, 0.5), (0.74, 1), (0.5, 1)], (226, 234, 236, 220))
    canvas.shape([(0, 0.3), (0.12, 0.4), (0.25, 0.7), (0.3, 1), (0, 1)], canvas.colours[4])
    canvas.shape([(1, 0.26), (0.88, 0.4), (0.77, 0.68), (0.7, 1), (1, 1)], canvas.colours[5])


def mountain(canvas: Canvas) -> None:
    """Draw steep mountains with snow on them."""
    canvas.sky(0.6)
    canvas.clouds(0.08, 0.4)
    for base, tone in ((0.5, canvas.colours[3]), (0.62, canvas.colours[4])):
        for _ in range(6):
            x, h = float(canvas.chance.uniform(0, 1)), float(canvas.chance.uniform(0.2, 0.4))
            canvas.shape(
                [(x - h * 0.7, base + 0.3), (x, base - h), (x + h * 0.8, base + 0.3)], tone
            )
            peak = [(x - h * 0.17, base - h * 0.68), (x, base - h), (x + h * 0.2, base - h * 0.68)]
            canvas.shape([*peak, (x + h * 0.05, base - h * 0.74)], (245, 246, 248, 220))
    canvas.land(0.72, 3, 0.05)


def field(canvas: Canvas) -> None:
    """Draw a wide field with furrows that run to the horizon."""
    canvas.sky(0.52)
    canvas.glow((0.3, 0.46), 0.04)
    canvas.clouds(0.08, 0.4, 0.5)
    canvas.ridge(0.53, 0.02, canvas.colours[4])
    canvas.area((0, 0.56), (1, 1), mix((186, 156, 84), canvas.colours[5], 0.25))
    for step in range(-20, 41):
        canvas.line(
            [(0.5 + (step / 20 - 0.5) * 0.35, 0.56), (step / 20 * 2 - 0.5, 1)], (40, 40, 20, 90)
        )
    for _ in range(5):
        x = float(canvas.chance.uniform(0.05, 0.95))
        canvas.disc((x, 0.53), 0.035, canvas.colours[5])
        canvas.area((x - 0.002, 0.53), (x + 0.002, 0.57), canvas.colours[5])


def storm(canvas: Canvas) -> None:
    """Draw heavy cloud and slanting rain over a coast."""
    canvas.sky(0.6)
    canvas.area((0, 0), (1, 1), (30, 36, 44, 90))
    canvas.clouds(0, 0.5, 0.5)
    canvas.land(0.6, 2, 0.05)
    canvas.water(0.72)
    for x, y, length in canvas.chances(420, (-0.1, 1), (0, 1), (0.02, 0.07)):
        canvas.line([(x, y), (x + length * 0.25, y + length)], (230, 236, 240, 70), 0.0015)


def stars(canvas: Canvas) -> None:
    """Draw a night sky above the dome of an observatory."""
    canvas.colours = (
        (6, 10, 28),
        (22, 30, 66),
        (64, 66, 110),
        (30, 32, 58),
        (18, 20, 40),
        (8, 9, 20),
    )
    canvas.sky(0.85)
    for x, y, bright, size in canvas.chances(700, (0, 1), (0, 0.8), (60, 255), (0.0007, 0.0022)):
        canvas.disc((x, y), size, (255, 250, 235, int(bright)))
    canvas.glow((0.72, 0.25), 0.06, (236, 214, 190))
    canvas.land(0.72, 3, 0.05)
    canvas.disc((0.3, 0.76), 0.1, (205, 208, 216))
    canvas.area((0.235, 0.76), (0.365, 0.9), (176, 180, 190))
    canvas.shape([(0.29, 0.76), (0.31, 0.6), (0.33, 0.61), (0.32, 0.76)], (30, 32, 48))


SCENES: dict[str, Callable[[Canvas], None]] = {
    "hills": hills,
    "sea": sea,
    "flood": flood,
    "dam": dam,
    "mountain": mountain,
    "field": field,
    "storm": storm,
    "stars": stars,
    **PLACES,
}
