"""The words of all languages: complete, and nothing that no rule knows."""

import pytest

from dateline.claims.dates import words as w
from dateline.claims.dates.words import LANGUAGES, fold, load_words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_month_weekday_unit_and_nearby_day(language: str) -> None:
    senses = [
        sense
        for entry in load_words(language).entries.values()
        for sense in (entry.sense, *(p.sense for many in entry.longer.values() for p in many))
        if sense is not None
    ]
    named = {(sense.code.upper(), sense.number) for sense in senses if sense.code in "MmWw"}
    assert named == {("M", n) for n in range(1, 13)} | {("W", n) for n in range(7)}
    assert {-2, -1, 0, 1, 2} <= {sense.number for sense in senses if sense.code in "Rq"}
    units = {sense.name for sense in senses if sense.code in "Uukj"}
    assert {"day", "week", "month", "year", "quarter", "weekend", "century"} <= units
    assert {0, 1, 2, 3} <= {sense.number for sense in senses if sense.code == w.SEASON}
    assert {-1, 0, 1} <= {sense.number for sense in senses if sense.code == w.WHICH}


def test_other_languages_borrow_their_months() -> None:
    assert load_words("pl").sense(fold("Stycznia")) == w.Sense(w.MONTH, 1)
    assert load_words("pl").sense("wczoraj") == w.Sense(w.RELATIVE, -1)


@pytest.mark.parametrize("language", ["", "zz", "../en", "é", "english", "e", "os.path"])
def test_an_unknown_language_has_no_words(language: str) -> None:
    assert not load_words(language).entries


def test_case_and_the_form_of_the_apostrophe_do_not_count() -> None:
    assert fold("П’ЯТНИЦЯ") == fold("п'ятниця")
