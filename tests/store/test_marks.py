"""Marks on hits: whole terms, in every form of a word; nothing of the text is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.store.marks import mark_all, mark_hits
from dateline.store.matching import cut_terms
from dateline.store.terms import Cut, Term

TYPED = st.lists(
    st.builds(Term, st.text(min_size=1, max_size=5), st.booleans(), st.booleans()), max_size=3
)


def cut(*terms: Term | str) -> tuple[Cut, ...]:
    return cut_terms([Term(term) if isinstance(term, str) else term for term in terms])


def marked(text: str, *terms: Term | str, language: str = "") -> list[str]:
    """What is marked in a text, and the same in its best passage where the text is short."""
    parts = mark_all(text, cut(*terms), language)
    assert "".join(words for words, _ in parts) == text
    hits = [words for words, is_hit in parts if is_hit]
    best = [words for words, is_hit in mark_hits(text, cut(*terms), language) if is_hit]
    assert len(text) > 200 or best == hits
    return hits


@given(st.text(max_size=300), TYPED, st.sampled_from(["", "en", "de", "uk", "ar", "th"]))
@examples(100)
def test_parts_are_the_text(text: str, terms: list[Term], language: str) -> None:
    parts = mark_hits(text, cut(*terms), language)
    shown = "".join(words for words, _ in parts).removeprefix("… ").removesuffix(" …")
    assert shown in text
    parts = mark_all(text, cut(*terms), language)
    assert "".join(words for words, _ in parts) == text


def test_snippet_shows_the_hit_far_inside() -> None:
    text = "word " * 500 + "Café here" + " word" * 500
    parts = mark_hits(text, cut("cafe"))
    assert ("Café", True) in parts
    assert len("".join(words for words, _ in parts)) < 260


def test_snippet_stands_where_most_terms_meet() -> None:
    text = "bridge " + "other " * 100 + "the flood took the bridge away " + "more " * 100
    parts = mark_hits(text, cut("flood", "bridge"))
    assert [words for words, hit in parts if hit] == ["flood", "bridge"]


def test_a_phrase_is_no_reason_for_a_passage_with_its_words_apart() -> None:
    text = "of emergency a state " + "other " * 100 + "a state of emergency " + "more " * 100
    parts = mark_hits(text, cut("state of emergency"))
    assert [words for words, hit in parts if hit] == ["state of emergency"]


def test_a_mark_is_no_part_of_the_word_beside_it() -> None:
    parts = [("“", False), ("Police", True), ("”: two ", False), ("Cafés", True), (" shut", False)]
    terms = cut("police", Term("cafe", prefix=True))
    assert list(mark_all("“Police”: two Cafés shut", terms)) == parts
    assert mark_all("nothing", terms) == (("nothing", False),)


@pytest.mark.parametrize(
    ("text", "typed", "marks"),
    [
        ("That's what Musk's lawyer and his friends said", "Musk's", ["Musk"]),
        ("$6,000 of 20,000 or 20 of 000", "20,000", ["20,000"]),
        ("one thing of the many, one of the few", "one of the", ["one of the"]),
        ("the U.S. said to us: a.s.u.", "U.S.", ["U.S"]),
        ("北京大学在北方的京城", "北京", ["北京"]),
        ("普遍的通京市，普京说", "普京", ["普京"]),
        ("กรุงเทพมหานคร กรุ กรรม", "กรุงเทพ", ["กรุงเทพ"]),
        ("スパーとスーパー", "スーパー", ["スーパー"]),
        ("น้ำท่วม น้ำ ท่ำ", "น้ำ", ["น้ำ", "น้ำ"]),
        ("Bundes\u00adkanzler", "bundeskanzler", ["Bundes\u00adkanzler"]),
        ("ba be be ba be bo", "be ba be", ["be ba be"]),
    ],
)
def test_whole_terms_are_marked(text: str, typed: str, marks: list[str]) -> None:
    assert marked(text, typed, language="en") == marks


@pytest.mark.parametrize(
    ("language", "text", "typed", "marks"),
    [
        ("en", "Rockets, a rocket and rocketry", "rocket", ["Rockets", "rocket"]),
        ("de", "Die Häuser, das Haus und Müllers Hausboot", "haus", ["Häuser", "Haus"]),
        ("de", "Müllers Mühle", "Mueller", ["Müllers"]),
        ("en", "Mr. Müller", "Mueller", ["Müller"]),
        ("uk", "Зеленського і Зеленський", "Зеленському", ["Зеленського", "Зеленський"]),
        ("pl", "dzień wyborów", "wybory", ["wyborów"]),
        ("ar", "للرئيس", "الرئيس", ["للرئيس"]),
        ("", "rockets", "rocket", []),
    ],
)
def test_forms_are_marked(language: str, text: str, typed: str, marks: list[str]) -> None:
    assert marked(text, typed, language=language) == marks
    assert marked(text, Term("rocket", quoted=True), language=language) == marks[1:2] * (
        "rocket" in marks
    )


def test_neighbouring_letters_of_a_script_without_spaces_are_one_hit() -> None:
    text = "昨年の元日に起きた地震を受け、" * 12 + "そして東京で会議があった。"
    parts = mark_hits(text, cut("東京"))
    assert [words for words, is_hit in parts if is_hit] == ["東京"]


@pytest.mark.parametrize("text", ["a" * 300_000, "a " * 200_000, "ä " * 200_000, "ำ" * 100_000])
def test_hostile_texts(text: str) -> None:
    terms = cut("a a a", "a", Term("a a", prefix=True), "ำ")
    assert "".join(words for words, _ in mark_all(text, terms, "de")) == text
