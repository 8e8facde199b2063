"""Scenes that people built: cities, harbours, rails, stages, halls, charts and maps."""

from collections.abc import Callable

import numpy as np

from dateline.sample.pictures.canvas import Canvas, mix


def city(canvas: Canvas) -> None:
    """Draw a skyline at dusk with lit windows."""
    canvas.sky(0.75)
    canvas.glow((0.75, 0.55), 0.05)
    canvas.clouds(0.1, 0.4)
    for base, share, lit in ((0.42, 0.1, 0), (0.5, 0.5, 1), (0.6, 1.0, 1)):
        x = -0.02
        while x < 1:
            w, top = (
                float(canvas.chance.uniform(0.03, 0.08)),
                float(canvas.chance.uniform(base, 0.8)),
            )
            tone = mix(canvas.colours[3], canvas.colours[5], share)
            canvas.area((x, top), (x + w, 1), tone)
            _windows(canvas, (x, top), w, lit)
            x += w + float(canvas.chance.uniform(0, 0.012))


def _windows(canvas: Canvas, corner: tuple[float, float], w: float, lit: int) -> None:
    x, top = corner
    rows, columns = int((1 - top) / 0.035) * lit, max(2, int(w / 0.012))
    lit_cells = np.flatnonzero(canvas.chance.uniform(size=rows * columns) < 0.3)
    for cell in lit_cells.tolist():
        row, column = divmod(cell, columns)
        at = (x + w * (column + 0.3) / columns, top + 0.02 + row * 0.035)
        canvas.area(at, (at[0] + w * 0.4 / columns, at[1] + 0.014), (255, 214, 140, 190))


def harbour(canvas: Canvas) -> None:
    """Draw cranes and a container ship in port."""
    canvas.sky(0.6)
    canvas.glow((0.25, 0.5), 0.05)
    canvas.clouds(0.1, 0.4)
    canvas.ridge(0.62, 0.03, canvas.colours[3])
    canvas.water(0.68)
    dark = canvas.colours[5]
    for x in (0.58, 0.7, 0.83):
        canvas.line([(x, 0.7), (x, 0.28), (x - 0.14, 0.33)], dark, 0.012)
        canvas.line([(x + 0.045, 0.7), (x + 0.03, 0.3), (x, 0.24), (x - 0.14, 0.33)], dark, 0.006)
        canvas.line([(x - 0.08, 0.31), (x - 0.08, 0.5)], dark, 0.003)
    canvas.shape(
        [(0.12, 0.64), (0.62, 0.64), (0.58, 0.75), (0.17, 0.75)], mix(dark, (120, 40, 40), 0.4)
    )
    for cell in range(42):
        row, column = divmod(cell, 14)
        tone = mix(
            ((190, 90, 60), (70, 120, 140), (210, 180, 110))[int(canvas.chance.integers(3))],
            dark,
            0.25,
        )
        x, y = 0.19 + column * 0.027, 0.605 - row * 0.036
        canvas.area((x, y), (x + 0.025, y + 0.034), tone)
    canvas.area((0.13, 0.5), (0.175, 0.64), mix(canvas.colours[2], (255, 255, 255), 0.4))


def rails(canvas: Canvas) -> None:
    """Draw railway tracks under wires."""
    canvas.sky(0.5)
    canvas.glow((0.5, 0.44), 0.05)
    canvas.ridge(0.5, 0.05, canvas.colours[3])
    canvas.ridge(0.53, 0.03, canvas.colours[4])
    canvas.area((0, 0.56), (1, 1), mix(canvas.colours[5], (90, 84, 78), 0.4))
    for centre in (-0.55, 0.0, 0.55):
        for step in range(24):
            y = 0.57 + 0.43 * (step / 24) ** 2
            x, w = 0.5 + centre * (y - 0.5) * 2, (y - 0.52) * 0.32
            canvas.area((x - w, y), (x + w, y + (y - 0.55) * 0.03), (40, 34, 32))
        for side in (-0.22, 0.22):
            end = 0.5 + centre + side * 0.52
            canvas.line([(0.5 + centre * 0.1, 0.56), (end, 1)], (214, 214, 220), 0.006)
    for step in range(5):
        near = (step + 1) / 5
        for side in (-1, 1):
            x = 0.5 + side * (0.06 + 0.36 * near)
            canvas.line(
                [(x, 0.6 + 0.3 * near), (x, 0.44 - 0.3 * near)], canvas.colours[5], 0.01 * near
            )
    canvas.line([(0.5, 0.44), (0.05, 0.1)], canvas.colours[5], 0.002)
    canvas.line([(0.5, 0.44), (0.95, 0.1)], canvas.colours[5], 0.002)


def trams(canvas: Canvas) -> None:
    """Draw a street with a tram."""
    city(canvas)
    canvas.area((0, 0.86), (1, 1), (48, 48, 54))
    body = mix((196, 52, 44), canvas.colours[2], 0.15)
    canvas.area((0.2, 0.6), (0.78, 0.87), body)
    canvas.area((0.2, 0.72), (0.78, 0.75), (240, 236, 226))
    for step in range(8):
        x = 0.22 + step * 0.07
        canvas.area((x, 0.63), (x + 0.055, 0.71), (196, 216, 222))
    for x in (0.28, 0.42, 0.58, 0.7):
        canvas.disc((x, 0.88), 0.02, (24, 24, 28))
    canvas.line([(0.48, 0.6), (0.52, 0.52), (0.46, 0.45)], (24, 24, 28), 0.005)
    canvas.line([(0, 0.44), (1, 0.46)], (24, 24, 28), 0.002)
    canvas.area((0, 0.905), (1, 0.912), (150, 150, 156))


def dome(canvas: Canvas) -> None:
    """Draw a parliament with columns and a dome."""
    canvas.sky(0.8)
    canvas.glow((0.5, 0.5), 0.12)
    canvas.clouds(0.08, 0.35)
    stone = mix(canvas.colours[2], (236, 230, 218), 0.6)
    shade = mix(stone, canvas.colours[4], 0.55)
    canvas.disc((0.5, 0.44), 0.17, mix(shade, (70, 110, 100), 0.5))
    canvas.area((0.4, 0.44), (0.6, 0.56), shade)
    canvas.area((0.497, 0.16), (0.503, 0.3), shade)
    canvas.area((0.12, 0.58), (0.88, 0.84), shade)
    canvas.shape([(0.33, 0.56), (0.5, 0.46), (0.67, 0.56)], stone)
    canvas.area((0.33, 0.56), (0.67, 0.6), stone)
    for step in range(9):
        x = 0.345 + step * 0.037
        canvas.area((x, 0.6), (x + 0.015, 0.83), stone)
    for step in range(6):
        for x in (0.14 + step * 0.032, 0.69 + step * 0.032):
            canvas.area((x, 0.64), (x + 0.014, 0.72), canvas.colours[5])
            canvas.area((x, 0.75), (x + 0.014, 0.81), canvas.colours[5])
    for step in range(4):
        canvas.area(
            (0.3 - step * 0.02, 0.83 + step * 0.018), (0.7 + step * 0.02, 0.86 + step * 0.02), stone
        )
    canvas.area((0, 0.91), (1, 1), canvas.colours[5])


def court(canvas: Canvas) -> None:
    """Draw a hall of columns with light from one side."""
    canvas.sky(1.0)
    canvas.area((0, 0), (1, 1), (*canvas.colours[4], 120))
    for step in range(7):
        x, w = 0.03 + step * 0.15, 0.075
        light = mix(canvas.colours[2], canvas.colours[3], step / 7)
        canvas.area((x, 0.08), (x + w, 0.9), light)
        for flute in range(5):
            at = x + w * flute / 5
            canvas.area((at, 0.1), (at + 0.004, 0.88), (0, 0, 0, 50))
        canvas.area((x - 0.015, 0.05), (x + w + 0.015, 0.1), mix(light, (255, 255, 255), 0.3))
        canvas.area((x - 0.015, 0.88), (x + w + 0.015, 0.92), mix(light, (0, 0, 0), 0.2))
        canvas.shape([(x + w, 0.92), (x + w + 0.2, 1), (x + 0.12, 1), (x, 0.92)], (0, 0, 0, 70))


def stadium(canvas: Canvas) -> None:
    """Draw a pitch under floodlights, stands full."""
    canvas.colours = (
        (10, 18, 40),
        (28, 44, 84),
        (96, 120, 150),
        (40, 46, 70),
        (28, 32, 52),
        (14, 16, 30),
    )
    canvas.sky(0.5)
    canvas.shape([(0, 0.3), (0.5, 0.38), (1, 0.3), (1, 0.62), (0, 0.62)], canvas.colours[4])
    shirts = ((220, 70, 60), (235, 235, 235), (60, 90, 170))
    tones = [(*mix(shirt, canvas.colours[4], 0.3), 220) for shirt in shirts]
    for x, y, shirt in canvas.chances(2600, (0, 1), (0.36, 0.6), (0, len(shirts))):
        canvas.disc((x, y), 0.0035, tones[int(shirt)])
    canvas.shape([(0.18, 0.6), (0.82, 0.6), (1.25, 1), (-0.25, 1)], (58, 128, 66))
    for step in range(0, 8, 2):
        left, right = step / 8, (step + 1) / 8
        top = [(0.18 + 0.64 * left, 0.6), (0.18 + 0.64 * right, 0.6)]
        canvas.shape([*top, (-0.25 + 1.5 * right, 1), (-0.25 + 1.5 * left, 1)], (70, 144, 78))
    canvas.line([(0.5, 0.6), (0.5, 1)], (240, 240, 240, 200), 0.004)
    canvas.line([(0.12, 0.66), (0.88, 0.66)], (240, 240, 240, 160), 0.003)
    for x in (0.12, 0.88):
        canvas.line([(x, 0.5), (x, 0.12)], (20, 22, 34), 0.008)
        canvas.glow((x, 0.12), 0.05, (250, 250, 240))


def stage(canvas: Canvas) -> None:
    """Draw an opera stage: curtain, boards, one light."""
    canvas.area((0, 0), (1, 1), (20, 10, 16))
    canvas.shape([(0.46, 0), (0.54, 0), (0.7, 0.82), (0.3, 0.82)], (255, 236, 190, 60))
    canvas.shape([(0.48, 0), (0.52, 0), (0.62, 0.82), (0.38, 0.82)], (255, 240, 205, 80))
    canvas.shape([(0, 0.8), (1, 0.8), (1, 1), (0, 1)], (74, 46, 32))
    canvas.oval((0.29, 0.785), (0.71, 0.875), (238, 206, 150, 150))
    for step in range(26):
        share = step / 26
        x = share * 0.3
        tone = mix((128, 16, 34), (58, 6, 18), abs((step % 4) - 2) / 2)
        for left in (x, 1 - x - 0.012):
            canvas.shape(
                [(left, 0), (left + 0.013, 0), (left + 0.013, 0.86 - share * 0.04), (left, 0.86)],
                tone,
            )
    canvas.area((0, 0), (1, 0.1), (96, 12, 28))
    canvas.disc((0.5, 0.62), 0.02, (24, 16, 18))
    canvas.shape([(0.485, 0.64), (0.515, 0.64), (0.53, 0.82), (0.47, 0.82)], (24, 16, 18))


def chart(canvas: Canvas) -> None:
    """Draw a market chart, a rising and falling line over bars."""
    canvas.upright = True
    paper, ink = (246, 243, 236), canvas.colours[4]
    canvas.area((0, 0), (1, 1), paper)
    for step in range(1, 8):
        canvas.line([(0.06, step / 8), (0.94, step / 8)], (*ink, 40), 0.002)
    level, points = float(canvas.chance.uniform(0.45, 0.65)), []
    for step in range(45):
        level += float(canvas.chance.normal(-0.003, 0.03))
        level = min(0.82, max(0.16, level))
        x = 0.07 + step * 0.0195
        points.append((x, level))
        bar = float(canvas.chance.uniform(0.03, 0.13))
        canvas.area((x - 0.005, 0.9 - bar), (x + 0.005, 0.9), (*mix(ink, paper, 0.55), 255))
    canvas.shape([(points[0][0], 0.9), *points, (points[-1][0], 0.9)], (*canvas.colours[1], 50))
    canvas.line(points, mix(canvas.colours[1], ink, 0.35), 0.009)
    canvas.disc(points[-1], 0.016, (190, 50, 40))


def chart_map(canvas: Canvas) -> None:
    """Draw a map of an invented coast with a river and a marked place."""
    canvas.upright = True
    sea_tone, ground = mix(canvas.colours[1], (214, 228, 232), 0.6), (236, 230, 214)
    canvas.area((0, 0), (1, 1), sea_tone)
    coast = [(0.0, 0.3)]
    y = 0.36
    for step in range(1, 60):
        y += float(canvas.chance.normal(0, 0.025)) + 0.002
        coast.append((step / 59, min(0.75, max(0.12, y))))
    canvas.shape([(0, 1), *coast, (1, 1)], ground)
    for shift in (0.008, 0.016):
        canvas.line([(x, v - shift) for x, v in coast], (*canvas.colours[4], 60), 0.002)
    canvas.line(coast, canvas.colours[4], 0.004)
    river, x = [], 0.5
    for step in range(24):
        x += float(canvas.chance.normal(0.006, 0.016))
        river.append((x, 1 - step * 0.022))
    canvas.line(river, mix(sea_tone, canvas.colours[3], 0.4), 0.011)
    spot = river[12]
    canvas.disc(spot, 0.06, (190, 50, 40, 70))
    canvas.disc(spot, 0.016, (190, 50, 40))
    for _ in range(9):
        canvas.disc(
            (float(canvas.chance.uniform(0.05, 0.95)), float(canvas.chance.uniform(0.75, 0.97))),
            0.007,
            canvas.colours[4],
        )


PLACES: dict[str, Callable[[Canvas], None]] = {
    "city": city,
    "harbour": harbour,
    "rails": rails,
    "trams": trams,
    "dome": dome,
    "court": court,
    "stadium": stadium,
    "stage": stage,
    "chart": chart,
    "map": chart_map,
}
