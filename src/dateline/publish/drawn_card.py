"""The drawn card: a picture of a headline in its own words, for programs that show links.

Nothing on it is new: the headline, whose it is, how many report it, the site's name. Where no
typeface has the letters of the headline there is no card rather than one with boxes on it.
"""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

from PIL import Image, ImageDraw, ImageFont

from dateline.publish.typeface import Typeface, can_shape, is_right_to_left
from dateline.text import squeeze

WIDTH, HEIGHT = 1200, 630  # what the programs that show such cards ask for
LONGEST = 300  # characters of a headline that are drawn
_VERSION = "1"  # of the drawing: another one makes other addresses
_PAPER, _INK, _SOFT, _RED = "#fffefc", "#191714", "#5c574f", "#8c1d18"
_EDGE = 72
_SIZES = (76, 68, 60, 52, 46, 40, 34, 28)  # of the headline: the largest in which it fits
_SMALL = 34
_LEADING = 1.22
_TOP, _BOTTOM = 150, 480  # the headline's place
_COLOURS = 48
_drawing = Lock()  # a typeface is used by one thread at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWords:
    """What stands on a card; all but headline and site may be ""."""

    headline: str
    source: str
    tally: str  # "7 outlets, 2 origins"
    site: str

    def mark(self) -> str:
        """Return what the card's address carries, so that another card has another address."""
        parts = (_VERSION, self.headline, self.source, self.tally, self.site)
        told = "\0".join(parts).encode("utf-8", "replace")
        return hashlib.blake2b(told, digest_size=6).hexdigest()

    def describe(self) -> str:
        """Return the words as one line, for readers who do not see the picture."""
        parts = (self.headline, self.source, self.tally, self.site)
        return ". ".join(squeeze(part) for part in parts if part)


def can_draw(words: CardWords, faces: Sequence[Typeface]) -> bool:
    """Whether the headline of a card can be drawn; the other words are left out where need be."""
    return _choose_face(_headline(words), faces) is not None


def draw_card(words: CardWords, faces: Sequence[Typeface]) -> bytes | None:
    """Return a card as PNG of 1200 x 630 pixels, None where no typeface has its letters."""
    with _drawing:
        headline = _headline(words)
        face = _choose_face(headline, faces)
        if face is None:
            return None
        card = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
        pen = ImageDraw.Draw(card)
        pen.rectangle((0, 0, WIDTH, 14), fill=_RED)
        pen.line((_EDGE, 118, WIDTH - _EDGE, 118), fill=_INK, width=2)
        right = is_right_to_left(headline)
        _write_line(pen, words.site, faces, (62, _INK, right))
        _write_headline(pen, face, face.clean(headline), right=right)
        _write_line(pen, words.source, faces, (510, _RED, right))
        _write_line(pen, words.tally, faces, (558, _SOFT, right))
        return _encode(card)


def _headline(words: CardWords) -> str:
    line = squeeze(words.headline)
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(None, 1)[0]} …"


def _choose_face(text: str, faces: Sequence[Typeface]) -> Typeface | None:
    found = (face for face in faces if face.covers(text) and face.clean(text))
    return next(found, None)


def _write_headline(pen: ImageDraw.ImageDraw, face: Typeface, text: str, *, right: bool) -> None:
    room = WIDTH - 2 * _EDGE
    for size in _SIZES:
        lines = face.wrap(text, size, room)
        most = int((_BOTTOM - _TOP) / (size * _LEADING))
        if len(lines) <= most:
            break
    for number, line in enumerate(lines[:most]):
        top = _TOP + number * size * _LEADING
        place = WIDTH - _EDGE if right else _EDGE
        _write(pen, (place, top), line, face.at(size), (_INK, right, right))


def _write_line(
    pen: ImageDraw.ImageDraw,
    text: str,
    faces: Sequence[Typeface],
    style: tuple[int, str, bool],  # top, colour, at the right edge
) -> None:
    line = squeeze(text)
    face = _choose_face(line, faces) if line else None
    if face is None:
        return
    top, colour, right = style
    found = face.wrap(face.clean(line), _SMALL, WIDTH - 2 * _EDGE)
    place = WIDTH - _EDGE if right else _EDGE
    _write(pen, (place, top), found[0], face.at(_SMALL), (colour, right, is_right_to_left(line)))


def _write(
    pen: ImageDraw.ImageDraw,
    place: tuple[float, float],
    line: str,
    font: ImageFont.FreeTypeFont,
    style: tuple[str, bool, bool],  # colour, at the right edge, of a text from right to left
) -> None:
    colour, right, turned = style
    # Said for each line: one broken off a right-to-left text may begin with "NATO".
    direction = "rtl" if turned and can_shape() else None
    anchor = "ra" if right else "la"
    pen.text(place, line, fill=colour, font=font, anchor=anchor, direction=direction)


def _encode(card: Image.Image) -> bytes:
    out = io.BytesIO()
    card.quantize(_COLOURS, Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()
