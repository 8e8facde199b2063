"""The tokens of texts and queries, in any alphabet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.store.tokens import _TOKEN, fold, list_tokens, mark_all, mark_hits, write_lines


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
        ("Łódź Wałęsa", ["lodz", "walesa"]),
        ("København Đoković Þórður", ["kobenhavn", "dokovic", "thordur"]),
        ("Kılıçdaroğlu İstanbul", ["kilicdaroglu", "istanbul"]),
        ("Œuvre, Æther, Ħaż-Żebbuġ", ["oeuvre", "aether", "haz", "zebbug"]),
        ("القاهرة القاهره", ["القاهره", "القاهره"]),
        ("مستشفى مستشفي محـــمد", ["مستشفي", "مستشفي", "محمد"]),
        ("رئیس رئيس", ["رييس", "رييس"]),
        ("Bundes\u00adkanzler\u200bamt, ge\u2060heim", ["bundeskanzleramt", "geheim"]),
        ("می\u200cخواهد", ["مي", "خواهد"]),
        ("", []),
    ],
)
def test_tokens(text: str, tokens: list[str]) -> None:
    assert list_tokens(text) == tokens


@given(st.text(max_size=80))
@examples(200)
def test_what_is_folded_stays_so(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert list_tokens(" ".join(list_tokens(text))) == list_tokens(text)


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


def test_a_mark_is_no_part_of_the_word_beside_it() -> None:
    parts = [("“", False), ("Police", True), ("”: two ", False), ("Cafés", True), (" shut", False)]
    assert list(mark_all("“Police”: two Cafés shut", {"police"}, ("cafe",))) == parts
    assert mark_all("北京大学", {"北", "京"}) == (("北京", True), ("大学", False))
    assert mark_all("nothing", {"police"}) == (("nothing", False),)


@given(st.text(max_size=300), st.lists(st.text(min_size=1, max_size=5), max_size=3))
@examples(100)
def test_marking_all_keeps_all(text: str, wanted: list[str]) -> None:
    parts = mark_all(text, {token for word in wanted for token in list_tokens(word)})
    assert "".join(words for words, _ in parts) == text


@given(st.lists(st.text(max_size=60) | st.sampled_from(["", "Über 北京", "x_y", "ภาษา a"])))
@examples(100)
def test_lines_have_the_tokens_of_each(lines: list[str]) -> None:
    written = [line.split() for line in write_lines(lines)]
    assert written == [list_tokens(line.replace("\n", " ")) for line in lines]


@given(st.text(alphabet=st.sampled_from("aB3 _-éß’\u0301\u093f北"), max_size=80))
@examples(200)
def test_the_fast_ways_find_the_same_tokens(text: str) -> None:
    assert list_tokens(text) == [token[:60] for token in _TOKEN.findall(fold(text))]


def test_neighbouring_letters_of_a_script_without_spaces_are_one_hit() -> None:
    text = "昨年の元日に起きた地震を受け、" * 12 + "そして東京で会議があった。"
    parts = mark_hits(text, frozenset("東京"))
    assert [words for words, is_hit in parts if is_hit] == ["東京"]
