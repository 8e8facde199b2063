"""Names that several reports mention."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.publish.names import LEAST, Told, find_names


def tell(*texts: str, language: str = "en") -> list[Told]:
    return [Told(origin=n, language=language, text=text) for n, text in enumerate(texts)]


SAID = "The harbour was opened by {} on a rainy day."


def test_a_name_that_three_origins_mention_is_found_with_its_count() -> None:
    texts = [SAID.format(name) for name in ["Ann Vale", "Ann Vale’s crew", "mayor Ann Vale"]]
    assert find_names(tell(*texts)) == (("Ann Vale", 3),)
    assert find_names(tell(*texts[:2])) == ()


def test_copies_of_one_report_mention_a_name_once() -> None:
    copies = [Told(origin=1, language="en", text=SAID.format("Ann Vale"))] * 9
    assert find_names(copies) == ()


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Ursula von der Leyen", ("Ursula von der Leyen",)),
        ("the Banco de España", ("Banco de España",)),
        ("John F. Marsh", ("John F. Marsh",)),
        ("Jean-Luc Ory", ("Jean-Luc Ory",)),
        ("Ann Vale, Bo Lens and Cy", ("Ann Vale", "Bo Lens")),
        ("Norland’s North Bay", ("North Bay",)),
        ("Vale", ()),
        ("Анна Вейл", ("Анна Вейл",)),
        ("Άννα Βέιλ", ("Άννα Βέιλ",)),
        ("港口 开放", ()),
        ("آنا ويل", ()),
        ("ანა ვეილი", ()),
    ],
)
def test_runs_of_capitalised_words_are_names(name, found) -> None:
    texts = [SAID.format(name)] * LEAST
    assert tuple(name for name, _count in find_names(tell(*texts))) == found


def test_headline_capitals_are_no_names() -> None:
    assert find_names(tell(*["Harbour Opened By Mayor After Years Of Delay"] * 5)) == ()
    assert find_names(tell(*["HARBOUR OPENED BY MAYOR AFTER YEARS"] * 5)) == ()


def test_what_begins_a_sentence_counts_only_where_it_stands_inside_one_too() -> None:
    opening = "Ann Vale opened the harbour on a rainy day."
    assert find_names(tell(*[opening] * 5)) == ()
    assert find_names(tell(opening, opening, SAID.format("Ann Vale"))) == (("Ann Vale", 3),)
    mayor = "Mayor Ann Vale opened the harbour on a rainy day."
    assert find_names(tell(mayor, mayor, SAID.format("Ann Vale"))) == (("Ann Vale", 3),)


def test_where_all_nouns_are_capitalised_another_language_must_know_the_name() -> None:
    german = "Gestern hat dort die Ministerin Ann Vale für fünf Millionen Euro eingekauft."
    told = tell(german, german, german, german, language="de")
    assert find_names(told) == ()
    other = Told(origin=9, language="en", text=SAID.format("Ann Vale"))
    assert find_names([*told, other]) == ()  # in German it is "Ministerin Ann Vale"
    plain = tell(*[german.replace("die Ministerin", "auch")] * 4, language="de-AT")
    assert find_names([*plain, other]) == (("Ann Vale", 5),)


def test_of_names_within_names_the_more_frequent_stands() -> None:
    long = [SAID.format("Prime Minister Ann Vale")] * 3
    texts = [*long, *[SAID.format("Ann Vale")] * 4, *[SAID.format("the North Koreans")] * 3]
    texts += [SAID.format("North Korea")] * 4
    names = find_names(tell(*texts))
    assert names == (("North Korea", 4), ("Ann Vale", 4))


def test_forms_that_differ_in_grammar_alone_are_one_name_where_endings_change() -> None:
    said = ["{} вчера", "вчера приехала к {}", "вчера видели {}", "вчера говорили с {}"]
    forms = ["Анна Вейлова", "Анне Вейловой", "Анну Вейлову", "Анной Вейловой"]
    texts = [f"Как сказал мэр, {one.format(form)}." for one, form in zip(said, forms, strict=True)]
    ((name, count),) = find_names(tell(*texts, language="ru"))
    assert (name in forms, count) == (True, 4)
    assert (
        find_names(tell(*(SAID.format(name) for name in ("Ann Vale", "Anna Vale", "Anne V")))) == ()
    )


MET = {
    "en": "The ship lay for hours before {} because of a storm.",
    "fr": "Le navire est resté des heures devant {} à cause du vent.",
    "sv": "Fartyget låg i timmar utanför {} på grund av stormen.",
    "de": "Stundenlang konnte das Schiff dort nicht anlegen, denn vor {} war es stürmisch.",
}


def tell_in(languages: str, word: str) -> list[Told]:
    return [
        Told(origin=number, language=language, text=MET[language].format(word))
        for number, language in enumerate(languages.split())
    ]


@pytest.mark.parametrize(
    ("languages", "word", "found"),
    [
        ("en fr sv", "Kalmar", (("Kalmar", 3),)),
        ("en fr sv de", "Kalmar", (("Kalmar", 4),)),
        ("en en en fr", "Kalmar", ()),  # two languages may be close kin
        ("en fr de", "Kalmar", ()),  # German capitalises every noun
        ("en fr sv", "12 Kalmar", ()),  # a month
        ("en fr sv", "Kalmar 2022", ()),
        ("en fr sv", "The", ()),  # stands elsewhere without its capital
    ],
)
def test_a_single_word_counts_where_several_languages_write_it_alike(
    languages, word, found
) -> None:
    told = tell_in(languages, word)
    other = Told(origin=9, language="en", text="it was the ship that left.")
    assert find_names([*told, other]) == found


def test_a_single_word_that_ends_a_name_is_left_out() -> None:
    told = [*tell_in("en fr sv", "Ann Vale"), *tell_in("en fr sv", "Vale")]
    assert find_names(told) == (("Ann Vale", 3),)


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (
            ["里希·苏纳克\n他昨天出任首相", "英国首相里希·苏纳克宣布辞职", "里希·苏纳克说"],
            (("里希·苏纳克", 3),),
        ),
        (["英国首相里希·苏纳克宣布辞职"] * 3, (("英国首相里希·苏纳克宣布辞职", 3),)),
        (["首相里希·苏纳克宣布", "英国首相里希·苏纳克在伦敦", "保守党的里希·苏纳克说"], ()),
        (
            ["「ジョー・バイデン」氏", "米大統領ジョー・バイデン氏", "ジョー・バイデン。"],
            (("ジョー・バイデン", 3),),
        ),
    ],
)
def test_dotted_names_are_what_some_report_sets_apart(texts, found) -> None:
    assert find_names(tell(*texts, language="zh")) == found


@given(st.lists(st.text(max_size=60), max_size=6))
@examples(60)
def test_any_words_can_be_read(texts) -> None:
    for name, count in find_names(tell(*texts)):
        assert count >= LEAST
        assert sum(name.split()[0] in text for text in texts) >= count
