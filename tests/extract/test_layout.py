"""Plain texts, and the placeholders that stand in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.extract.layout import read_source_line, read_text_layout
from dateline.extract.placeholders import is_placeholder, is_slug_of

BODY = (
    "The dam held through the night, engineers said, and the first families went home at dawn.\n\n"
    "Nobody was hurt, the mayor said, though the mill is lost and the bridge will stay shut."
)


def test_the_parts_of_a_page_are_found() -> None:
    head, tail = "untitled design\n\nFlood: Dam holds", "Most popular\n\nGet the latest"
    text = f"{head}\n\n{BODY}\n\nSource: News Beast\n\n{tail}"
    layout = read_text_layout(text)
    assert text[slice(*layout.headline)] == "Flood: Dam holds"
    assert text[slice(*layout.body)] == BODY
    assert layout.source == "News Beast"
    parts = [text[a:b] for a, b in layout.furniture]
    assert parts == ["untitled design", "Source: News Beast", "Most popular", "Get the latest"]


def test_a_text_that_is_only_a_text_has_no_headline() -> None:
    layout = read_text_layout(BODY)
    assert layout.headline == (0, 0)
    assert BODY[slice(*layout.body)] == BODY


def test_furniture_without_a_source_line_is_left_out() -> None:
    text = f"Dam holds\n\n{BODY}\n\nYou may also like\n\nRelated"
    layout = read_text_layout(text)
    assert text[slice(*layout.body)] == BODY


def test_a_source_inside_the_text_is_no_source_line() -> None:
    text = f"Dam holds\n\nSource: an official\n\n{BODY}"
    assert read_text_layout(text).source == ""


@pytest.mark.parametrize(
    "line",
    [
        "Source: X",
        "SOURCE: X",
        "Source : X",
        "Quelle: X",
        "Fuente: X",
        "Fonte: X",
        "Bron: X",
        "Källa: X",
        "Kilde: X",
        "Lähde: X",
        "Źródło: X",
        "Zdroj: X",
        "Источник: X",
        "Джерело: X",
        "Πηγή: X",
        "出典：X",
        "Kaynak: X",
    ],
)
def test_a_source_line_is_known_in_many_languages(line: str) -> None:
    assert read_source_line(line) == "X"


@pytest.mark.parametrize(
    "line", ["Sources say: no", "Source code: see below " * 9, "Source:", "The source: X"]
)
def test_other_lines_are_none(line: str) -> None:
    assert read_source_line(line) == ""


@given(
    st.text(max_size=300)
    | st.lists(st.sampled_from(["A line", "\n", "\r\n", "Source: X", ".", "untitled"])).map("".join)
)
@examples(150)
def test_spans_lie_inside_the_text_and_do_not_overlap(text: str) -> None:
    layout = read_text_layout(text)
    spans = [layout.headline, layout.body, *layout.furniture]
    covered = [at for start, end in spans for at in range(start, end)]
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert len(covered) == len(set(covered))


@pytest.mark.parametrize(
    "name",
    [
        "untitled design",
        "Untitled-Design-3",
        "Untitled design (2)",
        "Ohne Titel",
        "IMG_1234",
        "IMG_1234.jpg",
        "image001",
        "DSC00412",
        "photo",
        "Foto 3",
        "default",
        "default-image",
        "placeholder",
        "og-image",
        "logo",
        "WhatsApp Image 2031-05-04 at 10.00.00",
        "Screenshot 2031-05-04",
        "nato-wary-of-russia.jpg",
        "d41d8cd98f00b204e9800998ecf8427e",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "1200x675",
        "12345678",
        "GettyImages-1234567",
        "image.png",
        "alt text",
        "null",
        "",
        "...",
        "thumbnail",
        "Без названия",
    ],
)
def test_names_that_tools_leave_are_placeholders(name: str) -> None:
    assert is_placeholder(name)


@pytest.mark.parametrize(
    "name",
    [
        "A dam in the north",
        "Photo of a dam",
        "Image of the Virgin is returned",
        "Jens Stoltenberg",
        "Default on debt looms",
        "Kyiv",
        "Cover of darkness",
        "Logo of the party is painted over",
        "Screen time for children is cut",
        "Main square of Ostrava",
        "NATO",
        "Figure skating final",
        "7 May 2031",
        "Untitled, a painting by Basquiat, is sold",
        "Fehler im System",
        "港で火災",
    ],
)
def test_words_that_a_person_wrote_are_not(name: str) -> None:
    assert not is_placeholder(name)


def test_the_headline_as_a_file_name_is_no_description() -> None:
    assert is_slug_of("nato-wary-of-withdrawal", "NATO wary of withdrawal from Kherson")
    assert not is_slug_of("NATO wary", "NATO wary of withdrawal")
