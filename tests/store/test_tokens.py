"""The tokens of texts and queries, in any alphabet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.store.tokens import (
    _TOKEN,
    fold,
    list_bare,
    list_tokens,
    list_words,
    spell_out,
    write_lines,
)


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


def test_words_as_they_stand() -> None:
    assert list_words("Bundes\u00adkanzler “Żółć”") == ["Bundes\u00adkanzler", "Żółć"]
    assert list_bare("Bundes\u00adkanzler “ŻÓŁĆ” Cafe\u0301") == ["bundeskanzler", "żółć", "café"]
    assert list_bare("İSTANBUL USA") == ["istanbul", "usa"]
    assert spell_out("Thomas MÜLLER, Århus") == "thomas mueller, aarhus"
    assert spell_out("Thomas Mueller") == spell_out("Łódź") == ""


@given(st.text(max_size=80))
@examples(200)
def test_what_is_folded_stays_so(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert list_tokens(" ".join(list_tokens(text))) == list_tokens(text)


def test_tokens_are_bounded() -> None:
    assert len(list_tokens("x" * 5000)[0]) == 60
    assert len(list_tokens("é" * 5000)[0]) == 60
    assert len(list_tokens("x " * 200_000)) == 50_000


@given(st.lists(st.text(max_size=60) | st.sampled_from(["", "Über 北京", "x_y", "ภาษา a"])))
@examples(100)
def test_lines_have_the_tokens_of_each(lines: list[str]) -> None:
    written = [line.split() for line in write_lines(lines)]
    assert written == [list_tokens(line.replace("\n", " ")) for line in lines]


@given(st.text(alphabet=st.sampled_from("aB3 _-éßłı’\u0301\u093f北\u00adة"), max_size=80))
@examples(200)
def test_the_fast_ways_find_the_same_tokens(text: str) -> None:
    assert list_tokens(text) == [token[:60] for token in _TOKEN.findall(fold(text))]
