"""The drawn card: real letters of real scripts, none where a script cannot be drawn."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont
from tests.examples import examples

from dateline.publish.drawn_card import CardWords, can_draw, draw_card
from dateline.publish.typeface import Typeface, can_shape, is_right_to_left
from dateline.web.typefaces import find_typefaces

HEADLINES = {
    "en": "Ferry runs aground, all ashore by morning",
    "de": "Fähre läuft auf Grund – alle wohlauf",
    "uk": "Пором сів на мілину, ґанок гавані пошкоджено",
    "el": "Το πλοίο προσάραξε, όλοι είναι ασφαλείς",
    "ar": "جنوح العبّارة ووصول جميع الركاب إلى الشاطئ",
}


def words(headline: str, **given: str) -> CardWords:
    values = {"source": "The Post", "tally": "7 outlets, 2 origins", "site": "The Site"}
    return CardWords(headline=headline, **(values | given))


def drawn(headline: str) -> Image.Image:
    faces = find_typefaces()
    if not can_draw(words(headline), faces):
        pytest.skip("no typeface with these letters on this machine")
    body = draw_card(words(headline), faces)
    assert body is not None
    return Image.open(io.BytesIO(body)).convert("L")


def columns_with_ink(card: Image.Image) -> list[int]:
    place = card.crop((0, 140, card.width, 490))
    box = place.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert box is not None
    return [box[0], box[2]]


@pytest.mark.parametrize("language", HEADLINES)
def test_the_headline_is_drawn(language: str) -> None:
    card = drawn(HEADLINES[language])
    assert card.size == (1200, 630)
    left, right = columns_with_ink(card)
    assert left >= 60 and right <= 1140
    if language == "ar":
        assert right > 1100  # it begins at the right edge
    else:
        assert left < 90


@pytest.mark.parametrize("language", HEADLINES)
def test_other_words_are_another_card(language: str) -> None:
    half = HEADLINES[language].rsplit(None, 2)[0]
    assert drawn(HEADLINES[language]).tobytes() != drawn(half).tobytes()


def test_joined_letters_are_not_drawn_apart() -> None:
    face = next((each for each in find_typefaces() if each.covers("سلام")), None)
    if face is None or not can_shape():
        pytest.skip("no typeface with Arabic letters on this machine")
    font = face.at(60)
    assert font.getlength("سلام") < sum(font.getlength(letter) for letter in "سلام")


def test_what_no_typeface_has_makes_no_card() -> None:
    small = Typeface(_default_font())
    assert draw_card(words("Ferry runs aground"), [small]) is not None
    assert draw_card(words("渡轮搁浅"), [small]) is None
    assert draw_card(words("Ferry"), []) is None
    assert draw_card(words("  "), [small]) is None
    assert draw_card(words("🚢🚢"), [small]) is None


def test_a_sign_that_cannot_be_drawn_is_left_out() -> None:
    small = Typeface(_default_font())
    assert small.clean("Ferry 🚢 aground") == "Ferry  aground"
    assert draw_card(words("Ferry 🚢 aground", source="渡轮"), [small]) is not None


def test_lines_are_as_wide_as_they_may_be() -> None:
    face = Typeface(_default_font())
    lines = face.wrap("one two three " * 20 + "x" * 200, 40, 600)
    assert all(face.at(40).getlength(line) <= 600 for line in lines)
    assert "".join(lines).replace(" ", "") == ("onetwothree" * 20) + "x" * 200


def test_equal_words_make_equal_bytes_and_marks() -> None:
    face = Typeface(_default_font())
    assert draw_card(words("Ferry"), [face]) == draw_card(words("Ferry"), [face])
    assert words("Ferry").mark() == words("Ferry").mark() != words("Ferry", tally="").mark()


def test_the_direction_is_that_of_the_first_letter() -> None:
    assert is_right_to_left("2026: سلام NATO")
    assert not is_right_to_left("NATO سلام")
    assert not is_right_to_left("2026")


@given(st.text(max_size=400), st.text(max_size=60))
@examples(30)
def test_any_words_are_drawn_or_not_but_never_raise(headline: str, source: str) -> None:
    faces = [Typeface(_default_font()), *find_typefaces()[:1]]
    told = words(headline, source=source)
    body = draw_card(told, faces)
    assert (body is not None) == can_draw(told, faces)
    assert told.mark() and told.describe()


def _default_font() -> bytes:
    font = ImageFont.load_default(20)
    assert isinstance(font, ImageFont.FreeTypeFont)
    source = font.path
    return Path(source).read_bytes() if isinstance(source, str) else source.getvalue()
