"""Words: laws that every room relies on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.text import (
    count_words,
    drop_addresses,
    excerpt,
    find_words,
    fingerprint,
    has_words,
    list_words,
    make_slug,
    squeeze,
)


@given(st.text())
def test_squeezing_twice_changes_nothing(text: str) -> None:
    assert squeeze(squeeze(text)) == squeeze(text)


def test_squeeze_drops_what_is_not_seen_and_keeps_a_lone_no_break_space() -> None:
    assert squeeze(" a\u202eb\x00 \n c ") == "a b c"
    assert (
        squeeze("Bundes\xadkanz\u200bler\u2060amt می\u200cخواهد")
        == "Bundeskanzleramt می\u200cخواهد"
    )
    assert squeeze("«\u00a0Non\u202f», dit-il \u00a0 ici") == "«\u00a0Non\u202f», dit-il ici"


@given(st.text())
def test_word_offsets_give_their_words(text: str) -> None:
    for word, start, end in find_words(text):
        assert text[start:end].casefold() == word


@given(st.text())
def test_a_slug_is_an_address_that_stays_itself(text: str) -> None:
    slug = make_slug(text)
    assert len(slug) <= 60
    assert not set(slug) & set(" /?#%&\"'<>")
    assert make_slug(slug) == slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("War in Ukraine: NATO wary", "war-in-ukraine-nato-wary"),
        ("Müller reißt aus", "muller-reisst-aus"),
        ("Зеленський — їхати й бути", "зеленський-їхати-й-бути"),
        ("Αθήνα", "αθηνα"),
        ("हिन्दी समाचार", "हिन्दी-समाचार"),
        ("ประเทศไทย", "ประเทศไทย"),
        ("İstanbul'da kar", "istanbul-da-kar"),
        ("שָׁלוֹם", "שלום"),
        ("snake_case  and more", "snake-case-and-more"),
        ("!!!", ""),
    ],
)
def test_slugs(text: str, slug: str) -> None:
    assert make_slug(text) == slug


def test_fingerprints_ignore_case_spacing_and_marks() -> None:
    assert fingerprint("The  end, he said.") == fingerprint("the end he SAID")
    assert fingerprint("The end") != fingerprint("The ends")


@given(st.text(), st.integers(min_value=0, max_value=50))
def test_an_excerpt_is_the_beginning_as_it_stands(text: str, words: int) -> None:
    short = excerpt(text, words)
    assert text.strip().startswith(short.removesuffix("…").strip())
    assert len(short.removesuffix(" …").split()) <= max(words, 0) or short == text.strip()


@given(st.text(st.sampled_from("añж हि日本ス。「」ไท่ยក្ខ. ,-"), max_size=300), st.integers(0, 40))
def test_an_excerpt_has_as_many_words_as_are_counted(text: str, words: int) -> None:
    short = excerpt(text, words).removesuffix(" …")
    assert count_words(short) <= words or short == text.strip()


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Nothing of it", 0, ""),
        ("東京で火曜日、地震があった。", 3, "東京で火曜日、 …"),
        ("「東京で」火曜日", 2, "「東京で」 …"),
        ("สวัสดีชาวโลก", 1, "สวัส …"),
        ("北京 2026年 大水", 2, "北京 2026 …"),
        ("Ein Donaudampfschifffahrtskapitän ruft", 2, "Ein Donaudampfschifffahrtskapitän …"),
        ("a" * 100, 2, "a" * 60 + " …"),
        ("서울에서 지진이 났다", 2, "서울에서 지진이 …"),
        ("यह एक परीक्षा है", 3, "यह एक परीक्षा …"),
    ],
)
def test_excerpts_of_any_script(text: str, words: int, expected: str) -> None:
    assert excerpt(text, words) == expected


def test_words_of_any_script() -> None:
    assert list_words("It’s L'Équipe, не п'ять") == ["it’s", "l'équipe", "не", "п'ять"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("Hm.", 1),
        ("🚨🚨🚨 #breaking", 0),
        ("https://post.example/picture/of-a/very-long/harbour-bridge.jpg", 0),
        ("pic.post.example/abc www.post.example @somebody", 0),
        ("12 345 67.8 %", 0),
        ("The bridge has fallen (https://post.example/a).", 4),
        ("Мост рухнул", 2),
        ("सेतु गिर गया", 3),
        ("橋は閉鎖 https://post.example/a", 2),
        ("橋はhttps://post.example/a", 1),
        ("and/or a.b@c.example", 2),
    ],
)
def test_words_are_of_letters(text: str, words: int) -> None:
    assert has_words(text, words)
    assert not has_words(text, words + 1)


@given(st.text(), st.integers(1, 9))
def test_no_more_words_are_of_letters_than_there_are(text: str, least: int) -> None:
    assert not has_words(text, least) or count_words(text) >= least


@pytest.mark.parametrize(
    "piece", ["a.", "www.", "(", "https://", "#", "a-", "a/", "橋", "é", "\u0301"]
)
def test_long_runs_of_anything_are_read(piece: str) -> None:
    assert has_words(piece * 100_000, 10**6) is False
    assert len(drop_addresses(piece * 100_000)) <= len(piece) * 100_000


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("The bridge has fallen. https://post.example/a?b=c", "The bridge has fallen."),
        ("See [https://post.example] or t.example/a for more", "See or for more"),
        ("https://post.example/picture.jpg", ""),
        ("Half past 3.5/5 and/or the U.S./Canada", "Half past 3.5/5 and/or the U.S./Canada"),
        ("橋https://post.example/aは", "橋は"),
    ],
)
def test_addresses_are_left_out(text: str, left: str) -> None:
    assert drop_addresses(text).replace(" ", "") == left.replace(" ", "")


@given(st.text())
def test_what_has_no_address_stays(text: str) -> None:
    plain = text.replace("/", "").replace("w", "").replace("W", "").replace("ᵂ", "")
    assert drop_addresses(plain) == squeeze(plain)
