"""The style sheet: columns that give way to what is in them, colours that can be read."""

import re
from importlib.resources import files

import pytest

from dateline.web.templating import read_static, squeeze_style

CSS = read_static("style.css").decode()
DARK_AT = CSS.index("prefers-color-scheme:dark")
LEAST_CONTRAST = 4.5  # WCAG 2 AA for small text
PAIRS = [
    *(("ink", "paper"), ("ink", "tint"), ("soft", "paper"), ("soft", "tint"), ("ink", "hit")),
    *(("red", "paper"), ("red", "tint"), ("paper", "ink"), ("paper", "red")),
]


def test_the_style_sheet_and_all_scripts_are_small() -> None:
    scripts = [f.name for f in files("dateline.web").joinpath("static").iterdir()]
    assert len(CSS.encode()) < 20_000
    assert sum(len(read_static(name)) for name in scripts if name.endswith(".js")) < 15_000


def read_colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+):#([0-9a-f]{6})\b", css))


def measure_light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(scheme: str, words: str, ground: str) -> None:
    light = read_colours(CSS[:DARK_AT])
    colours = light if scheme == "light" else light | read_colours(CSS[DARK_AT : DARK_AT + 500])
    low, high = sorted(measure_light(colours[name]) for name in (words, ground))
    assert (high + 0.05) / (low + 0.05) >= LEAST_CONTRAST


def test_columns_are_no_wider_than_the_page_however_long_a_word_is() -> None:
    # A column of "1fr" is never narrower than its longest word; minmax(0, 1fr) is.
    columns = re.findall(r"grid-template-columns:([^;}]*)", CSS)
    wide = [each for each in columns if re.search(r"\dfr", re.sub(r"minmax\(.*?fr\)", "", each))]
    assert len(columns) > 10
    assert wide == ["1fr auto 1fr"]  # of the masthead: the site's own name


def test_a_style_sheet_is_served_without_what_browsers_skip() -> None:
    style = """/* why */
    .a > .b, .c :hover { margin: 0 1px; content: " , : { "; }
    .e {
      margin-block-start: 1px; min-inline-size: 2px;
      &:hover { border-block-end: 0; }
      > .f { inset-block-start: 0; }
    }
    @media (max-width: 9rem) { .d { font: 1rem/1.5 var(--x) } }
    """
    assert squeeze_style(style) == (
        '.a>.b,.c :hover{margin:0 1px;content:" , : { "}'
        ".e{margin-top:1px;min-width:2px;&:hover{border-bottom:0}>.f{top:0}}"
        "@media (max-width:9rem){.d{font:1rem/1.5 var(--x)}}"
    )
