"""A speaker: forms for numbers, lists, numbers, days and times as each language has them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from dateline.publish.coverage_words import count_origins, count_outlets
from dateline.publish.speaking import list_languages, speak

AT = datetime(2022, 11, 11, 13, 5, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
MOMENTS = [datetime(year, 1, 1) for year in (1902, 2100)]  # noqa: DTZ001  hypothesis adds UTC


@pytest.mark.parametrize(
    ("tag", "number", "said"),
    [
        ("en", 1, "1 outlet"),
        ("en", 1234, "1,234 outlets"),
        ("de", 1, "1 Medium"),
        ("de", 1234, "1.234 Medien"),
        ("es", 1234, "1234 medios"),
        ("es", 12345, "12.345 medios"),
        ("fr", 0, "0 média"),
        ("fr", 12345, "12\u202f345 médias"),
        ("pl", 22, "22 redakcje"),
        ("pl", 25, "25 redakcji"),
        ("ar", 1, "وسيلة إعلامية واحدة"),
        ("ar", 2, "وسيلتان إعلاميتان"),
        ("ar", 3, "3 وسائل إعلامية"),
    ],
)
def test_a_number_chooses_its_form(tag: str, number: int, said: str) -> None:
    assert count_outlets(speak(tag), number) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "1 первоисточник"),
        (2, "2 первоисточника"),
        (5, "5 первоисточников"),
        (11, "11 первоисточников"),
        (21, "21 первоисточник"),
        (112, "112 первоисточников"),
    ],
)
def test_russian_counts_by_the_last_digit(number: int, said: str) -> None:
    assert count_origins(speak("ru"), number) == said


def test_arabic_counts_in_six_forms() -> None:
    arabic = speak("ar")
    forms = {n: count_origins(arabic, n) for n in (0, 1, 2, 3, 11, 100)}
    assert forms[0] == "لا مصادر أصلية"
    assert forms[3] == "3 مصادر أصلية"
    assert forms[11] == "11 مصدرًا أصليًا"
    assert forms[100] == "100 مصدر أصلي"


@pytest.mark.parametrize(
    ("tag", "two", "three"),
    [("en", "A and B", "A, B and C"), ("de", "A und B", "A, B und C"), ("ar", "A وB", "A وB وC")],
)
def test_a_list_is_joined_as_the_language_joins(tag: str, two: str, three: str) -> None:
    say = speak(tag)
    assert say.join([]) == ""
    assert say.join(["A"]) == "A"
    assert say.join(["A", "B"]) == two
    assert say.join(["A", "B", "C"]) == three


def test_a_list_of_markup_stays_markup() -> None:
    said = speak("en").join([Markup("<b>A</b>"), Markup("<b>B</b>")])
    assert isinstance(said, Markup)
    assert said == "<b>A</b> and <b>B</b>"


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", "11 November 2022, 14:05 CET"),
        ("de", "11. November 2022, 14:05 MEZ"),
        ("fr", "11 novembre 2022, 14:05 UTC+1"),
        ("uk", "11 листопада 2022\u202fр., 14:05 GMT+1"),
        ("ar", "11 نوفمبر 2022، 2:05\u00a0م غرينتش+1"),
        ("xx", "11 November 2022, 14:05 CET"),
    ],
)
def test_a_moment(tag: str, said: str) -> None:
    written = speak(tag).calendar.moment(AT, BERLIN)
    assert written.replace("\u00a0", " ") == said.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("tag", "day", "span", "month"),
    [
        ("en", "Friday, 11 November 2022", "11–13 Nov 2022", "November 2022"),
        ("de", "Freitag, 11. November 2022", "11.–13. Nov. 2022", "November 2022"),
        ("el", "Παρασκευή 11 Νοεμβρίου 2022", "11–13 Νοε 2022", "Νοέμβριος 2022"),
    ],
)
def test_days(tag: str, day: str, span: str, month: str) -> None:
    calendar = speak(tag).calendar
    first = date(2022, 11, 11)
    assert calendar.day(first) == day
    assert calendar.span(first, date(2022, 11, 13)).replace("\u2009", "") == span
    assert calendar.month(first) == month


def test_a_form_of_a_language_chooses_how_days_are_written() -> None:
    assert speak("en-US").calendar.date(AT.date()) == "November 11, 2022"
    assert speak("en-US").tag == "en"


@pytest.mark.parametrize(
    ("tag", "share", "said"),
    [("en", 0.816, "82%"), ("de", 0.82, "82 %"), ("en", 0.999, "99%"), ("en", 1.0, "100%")],
)
def test_a_share_is_all_only_where_it_is_all(tag: str, share: float, said: str) -> None:
    assert speak(tag).share(share).replace("\u00a0", " ") == said


def test_a_time_zone_is_named_by_its_place() -> None:
    assert speak("de").calendar.name_zone(ZoneInfo("Europe/Rome")) == "Rom"
    assert speak("uk").calendar.name_zone(ZoneInfo("UTC")) == "UTC"


@given(
    tag=st.sampled_from(list_languages()),
    value=st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**18), 10**18),
)
def test_every_number_can_be_said(tag: str, value: float) -> None:
    assert speak(tag).number(value)


@given(st.text(max_size=40))
def test_any_tag_has_a_speaker(tag: str) -> None:
    assert speak(tag).tag in list_languages()


@given(tag=st.sampled_from(list_languages()), length=st.integers(0, 9))
def test_a_gap_stands_between_any_two_parts_and_nowhere_else(tag: str, length: int) -> None:
    say = speak(tag)
    gaps = [say.gap(place, length) for place in range(1, length + 1)]
    assert all(gaps[:-1])
    assert not any(gaps[-1:])


@given(at=st.datetimes(MOMENTS[0], MOMENTS[1], timezones=st.just(UTC)))
def test_every_moment_can_be_said(at: datetime) -> None:
    for tag in ("en", "ar", "uk"):
        calendar = speak(tag).calendar
        assert calendar.moment(at, BERLIN)
        assert calendar.minute(at, BERLIN, AT.date())
