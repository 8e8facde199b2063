"""The words by which statements are compared."""

from hypothesis import given
from hypothesis import strategies as st

from dateline.claims.terms import count_terms, find_terms, is_negated, list_content, list_numbers

TEXT = (
    "The volunteers left the city. Volunteers came from twelve countries, the mayor said.\n\n"
    "Some 20,000 volunteers had crossed the river by Sunday."
)


def test_words_of_grammar_say_nothing_and_forms_of_one_word_are_one() -> None:
    words = list_content("The volunteers, who were killed, had been killing time")
    assert find_terms(words, "en") == ["volunteer", "kill", "kill", "time"]


def test_a_term_is_counted_by_the_sentences_that_have_it() -> None:
    (terms,) = count_terms(TEXT, ["20,000 volunteers had crossed the river"], "en")
    assert terms == {"20000": 1, "volunteer": 3, "cross": 1, "river": 1}


def test_numbers_are_one_however_they_are_written() -> None:
    for written in ("20,000", "20 000", "20.000", "20\u202f000", "20’000"):
        assert list_content(f"about {written} men")[1] == "20000"
    assert list_content("4.5 percent") == list_content("4,5 percent")
    counted = [count_terms("", [text], "en")[0] for text in ("seven men", "7 men")]
    assert list_numbers(counted[0]) == list_numbers(counted[1]) == {"7"}


def test_words_of_other_languages_lose_their_endings() -> None:
    forms = ["войсками", "войска", "войск"]
    assert {find_terms([form], "ru")[0] for form in forms} == {"войск"}


def test_negation_is_known_by_language() -> None:
    assert is_negated(list_content("They don't know"), "en")
    assert is_negated(list_content("Das ist kein Ende"), "de-AT")
    assert not is_negated(list_content("Das ist ein Ende"), "de")
    assert not is_negated(list_content("niets is zeker"), "nl"), "nothing is known of Dutch"


@given(st.text(), st.lists(st.text(), max_size=4), st.sampled_from(["en", "de", "zh", "", "xx-y"]))
def test_any_text_is_counted(text: str, contents: list[str], language: str) -> None:
    counted = count_terms(text, contents, language)
    assert len(counted) == len(contents)
    assert all(count >= 1 for terms in counted for count in terms.values())
