import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.web.languages import direction, language_name, mark_attributes
from dateline.web.negotiation import (
    choose_encoding,
    normalise_query,
    read_marks,
    read_seconds,
)


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", "identity"),
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.1", "gzip"),
        ("*", "br"),
        ("*;q=0", "identity"),
        ("br;q=x", "identity"),
        ("identity", "identity"),
    ],
)
def test_the_smallest_encoding_that_is_accepted(accepted, expected) -> None:
    assert choose_encoding(accepted) == expected


def test_only_known_parameters_make_a_page() -> None:
    assert normalise_query(b"utm_source=a&q=x+y&lang=de&q=z") == "lang=de&q=z"
    assert normalise_query(b"q=") == ""
    assert normalise_query(b"q=" + b"x" * 9000).startswith("q=xxx")


@given(st.binary(max_size=200))
@examples(100)
def test_normalising_a_query_twice_changes_nothing(query: bytes) -> None:
    once = normalise_query(query)
    assert normalise_query(once.encode("latin-1")) == once


def test_marks_are_read_weak_and_strong() -> None:
    assert read_marks('W/"a", "b-br"') == {'"a"', '"b-br"'}
    assert read_marks("*") == {"*"}
    assert read_marks("") == set()


def test_only_public_answers_are_kept() -> None:
    assert read_seconds("public, max-age=30") == 30
    assert read_seconds("private, max-age=30") == 0
    assert read_seconds("no-store") == 0


def test_languages_have_a_name_and_a_direction() -> None:
    assert (direction("ar"), direction("fa-IR"), direction("az-Arab")) == ("rtl",) * 3
    assert (direction("en"), direction("ku-Latn"), direction("und")) == ("ltr", "ltr", "auto")
    assert (direction("ckb"), direction("sdh"), direction("azb")) == ("rtl",) * 3
    assert direction("tlh") == "auto"  # whose direction is not known, the text itself decides
    assert direction('"><b>') == "auto"
    assert mark_attributes('x"y') == {"lang": "", "dir": "auto"}
    assert (language_name("uk"), language_name("pt-BR"), language_name("tlh")) == (
        "Українська",
        "Português",
        "tlh",
    )
