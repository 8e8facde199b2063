"""Names that several reports mention."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
        ("Анна Вейл", ()),
        ("港口 开放", ()),
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


@given(st.lists(st.text(max_size=60), max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_words_can_be_read(texts) -> None:
    for name, count in find_names(tell(*texts)):
        assert count >= LEAST
        assert sum(name.split()[0] in text for text in texts) >= count
