"""What every scene is drawn with: skies, ridges, water, light and grain.

A reader's first look at the sample waits for about a hundred pictures, so drawing is kept quick:
soft things are made small and stretched over only the part that they touch, gradients are one
column, and what is not see-through is filled without blending.
"""

import io
from collections.abc import Sequence
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

WIDTH, HEIGHT = 1200, 675
# Drawn larger, then made small: smooth edges. More than 1.5 looks no better and costs as it grows.
_WIDE, _HIGH = 1800, 1012
_SOFTNESS = 3  # what is blurred is drawn this much smaller
_QUALITY = 82

Colour = tuple[int, int, int]
Point = tuple[float, float]

# Sky from top to horizon, then land from far to near.
PALETTES: tuple[tuple[Colour, ...], ...] = (
    ((27, 38, 79), (196, 96, 92), (247, 186, 120), (74, 63, 107), (38, 34, 66), (18, 18, 38)),
    (
        (96, 146, 176),
        (190, 212, 214),
        (243, 231, 205),
        (126, 158, 150),
        (74, 108, 104),
        (35, 58, 60),
    ),
    ((44, 62, 80), (120, 144, 156), (207, 216, 220), (110, 125, 135), (69, 84, 95), (34, 45, 54)),
    ((18, 44, 74), (58, 124, 140), (233, 196, 140), (70, 104, 112), (32, 66, 80), (12, 32, 46)),
    ((92, 58, 88), (214, 122, 98), (252, 214, 158), (134, 86, 96), (82, 52, 74), (42, 28, 48)),
    (
        (58, 94, 120),
        (146, 180, 186),
        (250, 236, 214),
        (152, 142, 110),
        (104, 104, 78),
        (58, 64, 50),
    ),
)


def mix(a: Colour, b: Colour, share: float) -> Colour:
    """Return the colour that lies `share` of the way from `a` to `b`."""
    return tuple(round(x + (y - x) * share) for x, y in zip(a, b, strict=True))  # type: ignore[return-value]


class Canvas:
    """One picture in the making; coordinates are shares of width and height, 0 to 1."""

    def __init__(self, seed: str) -> None:
        """Choose palette and chances from the seed alone."""
        number = crc32(seed.encode())
        self.upright = False  # charts and maps are shown whole and never mirrored
        self.chance = np.random.default_rng(number)
        self.colours = PALETTES[number % len(PALETTES)]
        self._image = Image.new("RGB", (_WIDE, _HIGH))
        self._pen = ImageDraw.Draw(self._image)
        self._glaze = ImageDraw.Draw(self._image, "RGBA")  # blends, at four times the cost

    def sky(self, horizon: float = 0.72) -> None:
        """Fill the picture with a sky that is brightest at the horizon."""
        top, middle, low = self.colours[:3]
        rows = np.linspace(0, 1, _HIGH)
        self._shade(
            0, rows, (0.0, horizon * 0.6, horizon, 1.0), (top, middle, low, mix(low, middle, 0.5))
        )

    def glow(self, at: Point, radius: float, colour: Colour = (255, 236, 200)) -> None:
        """Put a soft light into the sky."""
        reach = 3.4 * radius * _HIGH  # beyond this it adds nothing
        side = round(2 * reach / _SOFTNESS)
        span = np.linspace(-3.4, 3.4, side)
        away = np.hypot(span[:, None], span[None, :])  # from the middle, in radii
        light = np.zeros_like(away)
        for edge, more, blur in ((2.6, 40, 0.22), (1.6, 30, 0.21), (1.0, 185, 0.18)):
            # The logistic curve stands for a disc with a blurred rim.
            light += more / (1 + np.exp(np.clip((away - edge) / blur * 1.7, -30, 30)))
        x, y = self._at(at)
        box = (round(x - reach), round(y - reach), round(x + reach), round(y + reach))
        self._veil(Image.fromarray(light.astype(np.uint8)), colour, box)

    def clouds(self, top: float, bottom: float, share: float = 0.35) -> None:
        """Draw soft bands of cloud between two heights."""
        room = 0.05  # for the blur, above and below
        first, last = round((top - room) * _HIGH), round((bottom + room) * _HIGH)
        wide, high = _WIDE // _SOFTNESS, (last - first) // _SOFTNESS
        veil = Image.new("L", (wide, high))
        pen = ImageDraw.Draw(veil)
        for _ in range(26):
            x, y = self.chance.uniform(-0.1, 1.1), self.chance.uniform(top, bottom)
            w, h = self.chance.uniform(0.08, 0.3), self.chance.uniform(0.006, 0.02)
            up, down = (((side * _HIGH) - first) / _SOFTNESS for side in (y - h, y + h))
            pen.ellipse(((x - w) * wide, up, (x + w) * wide, down), fill=int(255 * share))
        veil = veil.filter(ImageFilter.GaussianBlur(3.5))
        tone = mix(self.colours[2], (255, 255, 255), 0.4)
        self._veil(veil, tone, (0, first, _WIDE, last))

    def _veil(self, mask: Image.Image, colour: Colour, box: tuple[int, int, int, int]) -> None:
        size = (box[2] - box[0], box[3] - box[1])
        self._image.paste(colour, box, mask.resize(size, Image.Resampling.BILINEAR))

    def _shade(
        self, top: int, rows: NDArray[np.float64], stops: Sequence[float], tones: Sequence[Colour]
    ) -> None:
        bands = np.array(tones, dtype=float)
        column = np.stack([np.interp(rows, stops, bands[:, i]) for i in range(3)], axis=1)
        strip = Image.fromarray(column[:, None, :].astype(np.uint8))
        self._image.paste(strip.resize((_WIDE, len(rows)), Image.Resampling.NEAREST), (0, top))

    def ridge(self, height: float, rough: float, colour: Colour) -> NDArray[np.float64]:
        """Draw a line of hills whose feet reach the bottom; returns its profile."""
        xs = np.linspace(0, 1, 400)
        line = np.full_like(xs, height)
        for octave in range(1, 7):
            wave = self.chance.uniform(0.7, 1.3) * 1.9**octave
            line += rough / 1.7**octave * np.sin(xs * wave * 3 + self.chance.uniform(0, 6.28))
        self.shape([(0, 1), *zip(xs.tolist(), line.tolist(), strict=True), (1, 1)], colour)
        return line

    def land(self, start: float = 0.5, layers: int = 4, rough: float = 0.09) -> None:
        """Draw hills one behind the other, paler with distance."""
        for layer in range(layers):
            share = layer / max(1, layers - 1)
            far, near = self.colours[3], self.colours[5]
            self.ridge(start + 0.34 * share, rough * (1 - 0.4 * share), mix(far, near, share))

    def water(self, level: float, bottom: float = 1.0) -> None:
        """Draw a sheet of water with glints."""
        low, deep = self.colours[2], self.colours[4]
        first, last = round(level * _HIGH), round(bottom * _HIGH)
        rows = np.linspace(0, 1, last - first)
        self._shade(first, rows, (0.0, 1.0), (mix(low, deep, 0.35), deep))
        for depth, x, w in self.chances(240, (0, 1), (0, 1), (0.01, 0.05)):
            near = depth**2
            y = level + (bottom - level) * near
            end = (x + w * (0.4 + near), y + 0.002 + 0.002 * near)
            self.area((x, y), end, (*low, 60))

    def chances(self, count: int, *ranges: tuple[float, float]) -> list[list[float]]:
        """Return `count` rows of numbers by chance, one within each of the ranges."""
        low, high = np.array(ranges, dtype=float).T
        drawn: list[list[float]] = self.chance.uniform(low, high, (count, len(ranges))).tolist()
        return drawn

    def shape(self, points: list[Point], colour: tuple[int, ...]) -> None:
        """Fill a polygon."""
        self._with(colour).polygon([self._at(point) for point in points], fill=colour)

    def area(self, start: Point, end: Point, colour: tuple[int, ...]) -> None:
        """Fill a rectangle."""
        self._with(colour).rectangle(self._area(start, end), fill=colour)

    def disc(self, at: Point, radius: float, colour: tuple[int, ...]) -> None:
        """Fill a circle; the radius is a share of the height."""
        self._with(colour).ellipse(self._box(at, radius), fill=colour)

    def oval(self, start: Point, end: Point, colour: tuple[int, ...]) -> None:
        """Fill the ellipse inside a rectangle."""
        self._with(colour).ellipse(self._area(start, end), fill=colour)

    def line(self, points: list[Point], colour: tuple[int, ...], width: float = 0.003) -> None:
        """Draw a line; the width is a share of the height."""
        at = [self._at(point) for point in points]
        pixels = max(1, round(width * _HIGH))
        self._with(colour).line(at, fill=colour, width=pixels, joint="curve")

    def to_jpeg(self) -> bytes:
        """Return the finished picture, with a little grain and a darker rim."""
        done = ImageChops.multiply(self._frame(), _film())
        out = io.BytesIO()
        done.save(out, "JPEG", quality=_QUALITY)
        return out.getvalue()

    def _frame(self) -> Image.Image:
        # Another standpoint for each report, so that two pictures of one scene differ.
        size, smooth = (WIDTH, HEIGHT), Image.Resampling.HAMMING
        if self.upright:
            return self._image.resize(size, smooth)
        mirrored = self.chance.uniform() < 0.5
        zoom = float(self.chance.uniform(1, 1.22))
        w, h = _WIDE / zoom, _HIGH / zoom
        x = float(self.chance.uniform(0, _WIDE - w))
        y = float(self.chance.uniform(0.3, 1)) * (_HIGH - h)
        image = self._image.resize(size, smooth, box=(x, y, x + w, y + h))
        return ImageOps.mirror(image) if mirrored else image

    def _with(self, colour: tuple[int, ...]) -> ImageDraw.ImageDraw:
        return self._glaze if len(colour) == 4 else self._pen

    def _at(self, point: Point) -> Point:
        return point[0] * _WIDE, point[1] * _HIGH

    def _area(self, start: Point, end: Point) -> tuple[float, float, float, float]:
        return (*self._at(start), *self._at(end))

    def _box(self, at: Point, radius: float) -> tuple[float, float, float, float]:
        x, y = self._at(at)
        r = radius * _HIGH
        return x - r, y - r, x + r, y + r


@cache
def _film() -> Image.Image:
    # Laid over every picture: nearly clear, with grain, and darker towards the corners.
    ys, xs = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
    rim = 0.16 * np.clip(xs**2 + ys**2 - 0.6, 0, 1)
    grain = np.random.default_rng(0).normal(0.015, 0.013, rim.shape)
    light = np.clip(255.5 * (1 - rim - grain), 0, 255)
    flat = Image.fromarray(light.astype(np.uint8))
    return Image.merge("RGB", (flat, flat, flat))
