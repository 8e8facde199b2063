"""A typeface as drawn words need it: what it can draw, how wide words are, where lines break.

Whether a letter can be drawn is asked of the typeface itself: what it draws is compared with what
it draws for a code that no typeface knows. Right-to-left and other scripts whose letters join or
change places need the shaping library that Pillow brings in its wheels; without it they cannot be
drawn.
"""

import io
import re
import unicodedata
from functools import cache
from itertools import accumulate

from PIL import ImageFont, features

_UNKNOWN = "\U0010fffe"  # no character, now and for ever
_PROBE = 24  # pixels
_BOLD = (b"Bold", "Bold")
_MOST_KNOWN = 20_000  # letters whose verdict is remembered
# Scripts whose letters join or move: Hebrew to Syriac and on, South and Southeast Asia.
_SHAPED = re.compile(
    "[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u0f00-\u109f\u1780-\u17ff\ufb1d-\ufefc]"
)
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_LETTERS = ("L", "N", "M")  # Unicode categories of what must not go missing from a word


@cache
def can_shape() -> bool:
    """Whether scripts that need shaping can be drawn here."""
    return bool(features.check("raqm"))


class Typeface:
    """One font file."""

    def __init__(self, body: bytes) -> None:
        """Read a font file (TrueType, OpenType, a collection); OSError where it is none."""
        self._body = body
        self._sizes: dict[int, ImageFont.FreeTypeFont] = {}
        self._known: dict[str, bool] = {}
        self._missing = bytes(self.at(_PROBE).getmask(_UNKNOWN))

    def at(self, size: int) -> ImageFont.FreeTypeFont:
        """Return the typeface, bold where it has that, in a size (pixels)."""
        if size not in self._sizes:
            font = ImageFont.truetype(io.BytesIO(self._body), size)
            _make_bold(font)
            self._sizes[size] = font
        return self._sizes[size]

    def covers(self, text: str) -> bool:
        """Whether every letter, digit and mark of the text can be drawn."""
        if not can_shape() and _SHAPED.search(text):
            return False
        return all(self._has(char) for char in set(text) if _is_letter(char))

    def clean(self, text: str) -> str:
        """Return the text without the signs (no letters) that cannot be drawn."""
        return "".join(c for c in text if c.isspace() or _is_joiner(c) or self._has(c)).strip()

    def wrap(self, text: str, size: int, width: int) -> list[str]:
        """Return the text in lines of at most `width` pixels; a longer word is broken."""
        font = self.at(size)
        lines: list[str] = []
        for word in _cut(text):
            longer = (lines[-1] + word) if lines else word.lstrip()
            if lines and font.getlength(longer.rstrip()) <= width:
                lines[-1] = longer
                continue
            lines += _break(font, word.lstrip(), width)
        return [line.strip() for line in lines if line.strip()]

    def _has(self, char: str) -> bool:
        known = self._known.get(char)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            drawn = bytes(self.at(_PROBE).getmask(char))
            known = self._known[char] = char.isspace() or drawn not in (self._missing, b"")
        return known


def is_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is written from right to left."""
    found = (unicodedata.bidirectional(char) for char in text)
    return next((each for each in found if each in ("L", "R", "AL")), "L") != "L"


def _make_bold(font: ImageFont.FreeTypeFont) -> None:
    try:
        if any(name in _BOLD for name in font.get_variation_names()):
            font.set_variation_by_name("Bold")
    except (OSError, NotImplementedError):
        return  # it comes in one weight


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in _LETTERS and not _is_joiner(char)


def _is_joiner(char: str) -> bool:
    return char in "\u200c\u200d" or "\ufe00" <= char <= "\ufe0f"


def _cut(text: str) -> list[str]:
    """Return words, each with the space before it; letters of scripts without spaces alone."""
    words: list[str] = []
    for char in text:
        starts = char.isspace() or _UNSPACED.match(char) is not None
        joins = not starts or unicodedata.category(char)[0] == "M"
        after_space = bool(words) and words[-1].isspace()
        if words and (joins or (after_space and not char.isspace())):
            words[-1] += char
        else:
            words.append(char)
    return words


def _break(font: ImageFont.FreeTypeFont, word: str, width: int) -> list[str]:
    """Return a word in as many pieces as it needs."""
    pieces = []
    while word and font.getlength(word) > width:
        lengths = accumulate(font.getlength(char) for char in word)
        fit = max(sum(1 for length in lengths if length <= width), 1)
        pieces.append(word[:fit])
        word = word[fit:]
    return [*pieces, word]
