"""Forms of words: what is one word to a reader, in nine languages and more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.store.forms import FORM, find_forms, list_forms, list_heads, read_forms
from dateline.store.tokens import fold, list_bare, list_tokens

TONGUES = ["en", "de", "ru", "uk", "el", "ar", "fr", "pl", "tr", "sr", "nl", "id", "hi", "", "xx"]
WORDS = st.text(min_size=1, max_size=12) | st.sampled_from(
    ["Häuser", "wyborów", "İstanbul", "للرئيس", "ﷺ", "½", "Київ", "новый", "lying", "κυβέρνησης"]
)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", "rocket rockets"),
        ("en-GB", "missile missiles"),
        ("de", "Regierung Regierungen"),
        ("de-AT", "Haus Häuser haeuser"),
        ("ru", "ракета ракеты ракетами"),
        ("ru", "российский российского российских"),
        ("uk", "Зеленський Зеленського Зеленському Зеленським"),
        ("uk", "Київ Києва Києві Києвом"),
        ("uk", "Харків Харкова Харковом"),
        ("uk", "партія партії партію"),
        ("uk", "ринок ринку ринки"),
        ("uk", "українець українця українців"),
        ("uk", "рішення рішень рішенням"),
        ("el", "κυβέρνηση κυβέρνησης κυβερνήσεις"),
        ("ar", "الرئيس للرئيس رئيس"),
        ("fr", "élection élections elections"),
        ("fr", "national nationale nationaux"),
        ("pl", "wybory wyborach wyborów"),
        ("tr", "hükümet hükümeti hükümetin"),
        ("es", "elección elecciones eleccion"),
    ],
)
def test_one_word(language: str, forms: str) -> None:
    first, *others = (read_forms(form, language) for form in forms.split())
    assert all(first & other for other in others)


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "rocket", "rock"),
        ("uk", "Іванов", "Іван"),
        ("uk", "Росія", "рости"),
        ("en", "news", "new"),
        ("ja", "rockets", "rocket"),
    ],
)
def test_different_words(language: str, one: str, other: str) -> None:
    assert not read_forms(one, language) & read_forms(other, language)


def test_accents_and_letters_that_a_keyboard_lacks() -> None:
    for language, stands, typed in [
        ("pl", "wyborów", "wyborow"),
        ("fr", "journées", "journees"),
        ("en", "Müller", "Mueller"),
        ("de", "Müller", "Muller"),
        ("da", "København", "Koebenhavn"),
        ("tr", "Kılıçdaroğlu", "kilicdaroglu"),
        ("en", "Erdogan", "Erdoğan"),
    ]:
        assert read_forms(stands, language) & read_forms(typed, language), (stands, typed)
    assert read_forms("Körper", "fi") == frozenset({"korper"}), "nobody writes oe there"


def test_what_has_no_forms() -> None:
    assert not any(read_forms(word, "en") for word in ("2026", "北", "서울", "שלום", "", "😀"))


@given(WORDS, st.sampled_from(TONGUES))
@examples(300)
def test_a_word_is_found_by_itself(word: str, language: str) -> None:
    """In an article of any language of the store, with accents or without."""
    stands = set(list_forms(list_tokens(word), [word], language))
    for one in list_bare(word):
        asked = set(find_forms(one, TONGUES))
        bare = set(find_forms(fold(one), TONGUES))
        if read_forms(one, language):
            assert asked & stands and (bare & stands or len(list_tokens(one)) != 1)
        assert all(form.startswith(FORM) and form[len(FORM) :].isprintable() for form in asked)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "lying lie lies dying die Müller Mueller mullers sky skies"),
        ("de", "Häuser Haeuser Haus Arzt Ärzte Aerzte Öl Oel Öle Gaetz duell Mueller Müllers"),
        ("da", "Århus Aarhus København Koebenhavn Københavns"),
        ("uk", "Київ Києва ніч ночі рік року"),
        ("nl", "geboren boren zaak zaken"),
        ("ar", "الرئيس للرئيس رئيس والرئيس"),
        ("sr", "Вучић Vučić Вучића"),
        ("tr", "dini din bundan kitap kitabı"),
        ("fi", "Anni Annin katto katon"),
    ],
)
def test_words_begin_as_their_forms_say(language: str, words: str) -> None:
    """Where two share a form, the one begins as is said of the other."""
    for one in words.split():
        for other in words.split():
            if read_forms(one, language) & read_forms(other, language):
                assert fold(other).startswith(list_heads(one, language)), (one, other)


@given(WORDS, st.sampled_from(TONGUES))
@examples(300)
def test_a_word_begins_as_its_own_forms_say(word: str, language: str) -> None:
    heads = list_heads(word, language)
    tokens = list_tokens(word)
    assert len(tokens) != 1 or not read_forms(word, language) or tokens[0].startswith(heads)
