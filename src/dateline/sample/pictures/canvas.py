"""What every scene is drawn with: skies, ridges, water, light and grain."""

import io
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageOps

WIDTH, HEIGHT = 1200, 675
_SCALE = 2  # drawn larger, then made small: smooth edges
_SOFT = (WIDTH // 2, HEIGHT // 2)  # what is blurred is drawn at this size

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
        self.image = Image.new("RGB", (WIDTH * _SCALE, HEIGHT * _SCALE))
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def sky(self, horizon: float = 0.72) -> None:
        """Fill the picture with a sky that is brightest at the horizon."""
        top, middle, low = self.colours[:3]
        stops = np.array([0.0, horizon * 0.6, horizon, 1.0])
        rows = np.linspace(0, 1, HEIGHT * _SCALE)
        bands = np.array([top, middle, low, mix(low, middle, 0.5)], dtype=float)
        column = np.stack([np.interp(rows, stops, bands[:, i]) for i in range(3)], axis=1)
        grid = np.repeat(column[:, None, :], WIDTH * _SCALE, axis=1)
        self.image.paste(Image.fromarray(grid.astype(np.uint8)))
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def glow(self, at: Point, radius: float, colour: Colour = (255, 236, 200)) -> None:
        """Put a soft light into the sky."""
        halo = Image.new("L", _SOFT)
        x, y, r = at[0] * _SOFT[0], at[1] * _SOFT[1], radius * _SOFT[1]
        for step, light in ((2.6, 40), (1.6, 70), (1.0, 255)):
            box = (x - r * step, y - r * step, x + r * step, y + r * step)
            ImageDraw.Draw(halo).ellipse(box, fill=light)
            halo = halo.filter(ImageFilter.GaussianBlur(r * 0.18 / step))
        self._veil(halo, colour)

    def clouds(self, top: float, bottom: float, share: float = 0.35) -> None:
        """Draw soft bands of cloud between two heights."""
        veil = Image.new("L", _SOFT)
        pen = ImageDraw.Draw(veil)
        for _ in range(26):
            x, y = self.chance.uniform(-0.1, 1.1), self.chance.uniform(top, bottom)
            w, h = self.chance.uniform(0.08, 0.3), self.chance.uniform(0.006, 0.02)
            box = (x - w) * _SOFT[0], (y - h) * _SOFT[1], (x + w) * _SOFT[0], (y + h) * _SOFT[1]
            pen.ellipse(box, fill=int(255 * share))
        veil = veil.filter(ImageFilter.GaussianBlur(3.5))
        self._veil(veil, mix(self.colours[2], (255, 255, 255), 0.4))

    def _veil(self, mask: Image.Image, colour: Colour) -> None:
        # Soft things are drawn small and made large: the blur is what takes the time.
        self.image.paste(colour, mask=mask.resize(self.image.size, Image.Resampling.BILINEAR))

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
        steps = 60
        for step in range(steps):
            y = level + (bottom - level) * step / steps
            tone = mix(mix(low, deep, 0.35), deep, step / steps)
            self.area((0, y), (1, bottom), tone)
        for _ in range(240):
            depth = self.chance.uniform(0, 1) ** 2
            y = level + (bottom - level) * depth
            x, w = self.chance.uniform(0, 1), self.chance.uniform(0.01, 0.05) * (0.4 + depth)
            self.area((x, y), (x + w, y + 0.002 + 0.002 * depth), (*low, 60))

    def shape(self, points: list[Point], colour: tuple[int, ...]) -> None:
        """Fill a polygon."""
        self.pen.polygon([self._at(point) for point in points], fill=colour)

    def area(self, start: Point, end: Point, colour: tuple[int, ...]) -> None:
        """Fill a rectangle."""
        self.pen.rectangle(self._area(start, end), fill=colour)

    def disc(self, at: Point, radius: float, colour: tuple[int, ...]) -> None:
        """Fill a circle; the radius is a share of the height."""
        self.pen.ellipse(self._box(at, radius), fill=colour)

    def line(self, points: list[Point], colour: tuple[int, ...], width: float = 0.003) -> None:
        """Draw a line; the width is a share of the height."""
        at = [self._at(point) for point in points]
        self.pen.line(at, fill=colour, width=max(1, round(width * HEIGHT * _SCALE)), joint="curve")

    def lights(self, start: Point, end: Point, count: int) -> None:
        """Scatter small warm lights inside a rectangle."""
        for _ in range(count):
            x = self.chance.uniform(start[0], end[0])
            y = self.chance.uniform(start[1], end[1])
            self.disc((x, y), self.chance.uniform(0.0015, 0.004), (255, 222, 160, 200))

    def to_jpeg(self) -> bytes:
        """Return the finished picture, with a little grain and a darker rim."""
        small = self._frame().resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        grid = np.asarray(small, dtype=np.float32)
        ys, xs = np.mgrid[-1 : 1 : HEIGHT * 1j, -1 : 1 : WIDTH * 1j]
        rim = 1 - 0.16 * np.clip(xs**2 + ys**2 - 0.6, 0, 1)
        grain = self.chance.normal(0, 2.2, (HEIGHT, WIDTH, 1))
        done = np.clip(grid * rim[..., None] + grain, 0, 255).astype(np.uint8)
        out = io.BytesIO()
        Image.fromarray(done).save(out, "JPEG", quality=84, optimize=True)
        return out.getvalue()

    def _frame(self) -> Image.Image:
        # Another standpoint for each report, so that two pictures of one scene differ.
        if self.upright:
            return self.image
        image = ImageOps.mirror(self.image) if self.chance.uniform() < 0.5 else self.image
        zoom = float(self.chance.uniform(1, 1.22))
        w, h = image.width / zoom, image.height / zoom
        x = float(self.chance.uniform(0, image.width - w))
        y = float(self.chance.uniform(0.3, 1)) * (image.height - h)
        return image.crop((round(x), round(y), round(x + w), round(y + h)))

    def _at(self, point: Point) -> Point:
        return point[0] * WIDTH * _SCALE, point[1] * HEIGHT * _SCALE

    def _area(self, start: Point, end: Point) -> tuple[float, float, float, float]:
        return (*self._at(start), *self._at(end))

    def _box(self, at: Point, radius: float) -> tuple[float, float, float, float]:
        x, y = self._at(at)
        r = radius * HEIGHT * _SCALE
        return x - r, y - r, x + r, y + r
