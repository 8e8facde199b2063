"""The tokens of texts and queries, in any alphabet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.store.tokens import list_tokens, mark_hits


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("The Café", ["the", "cafe"]),
        ("Cafe\u0301 STRASSE Straße", ["cafe", "strasse", "strasse"]),
        ("l’Europe U.S. 3.5", ["l", "europe", "u", "s", "3", "5"]),
        ("Київ і Ёлка", ["киів", "і", "елка"]),
        ("北京大学 NHKは", ["北", "京", "大", "学", "nhk", "は"]),
        ("ภาษา", ["ภ", "า", "ษ", "า"]),
        ("한국어 뉴스", ["한국어", "뉴스"]),
        ("हिन्दी समाचार", ["हिन्दी", "समाचार"]),
        ("مُحَمَّد", ["محمد"]),
        ("שָׁלוֹם", ["שלום"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert list_tokens(text) == tokens


def test_tokens_are_bounded() -> None:
    assert len(list_tokens("x" * 5000)[0]) == 60
    assert len(list_tokens("é" * 5000)[0]) == 60
    assert len(list_tokens("x " * 200_000)) == 50_000


@given(st.text(max_size=300), st.lists(st.text(min_size=1, max_size=5), max_size=3))
@examples(100)
def test_parts_of_a_snippet_are_the_text(text: str, wanted: list[str]) -> None:
    parts = mark_hits(text, {token for word in wanted for token in list_tokens(word)})
    shown = "".join(words for words, _ in parts).removeprefix("… ").removesuffix(" …")
    assert shown in text


def test_snippet_shows_the_hit_far_inside() -> None:
    text = "word " * 500 + "Café here" + " word" * 500
    parts = mark_hits(text, {"cafe"})
    assert ("Café", True) in parts
    assert len("".join(words for words, _ in parts)) < 260


def test_snippet_stands_where_most_words_meet() -> None:
    text = "bridge " + "other " * 100 + "the flood took the bridge away " + "more " * 100
    parts = mark_hits(text, {"flood", "bridge"})
    assert [words for words, hit in parts if hit] == ["flood", "bridge"]
    assert ("floods", True) in mark_hits("many floods came", (), ("floo",))
