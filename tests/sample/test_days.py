"""Days in words: right at every anchor and in every language."""

from datetime import UTC, datetime, timedelta

import pytest

from dateline.sample.days import CALENDARS, Moment, render

THURSDAY = datetime(2031, 11, 13, 9, tzinfo=UTC)


def moment(hours: float = 0) -> Moment:
    return Moment(
        anchor=THURSDAY, published=THURSDAY - timedelta(hours=hours), events={"dam": 24.0}
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "on Wednesday"),
        ("de", "am Mittwoch"),
        ("fr", "mercredi"),
        ("es", "el miércoles"),
        ("uk", "у середу"),
        ("el", "την Τετάρτη"),
        ("ar", "يوم الأربعاء"),
    ],
)
def test_a_weekday_stands_in_the_case_its_language_asks_for(language: str, words: str) -> None:
    assert render("{on:dam}", language, moment()) == words


def test_near_days_are_named_from_the_day_of_publication() -> None:
    assert render("{rel:dam} {rel:-20} {rel:2}", "en", moment()) == "yesterday tomorrow today"
    assert render("{Rel:dam}", "de", moment(hours=24)) == "Heute"
    assert render("{rel:dam}", "fr", moment(hours=-72)) == "mercredi"


def test_dates_follow_the_language() -> None:
    assert render("{date:dam}", "en", moment()) == "12 November"
    assert render("{date:dam}", "de", moment()) == "12. November"
    assert render("{date:dam}", "es", moment()) == "12 de noviembre"
    assert render("{date:289}", "fr", moment()) == "1er novembre"
    assert render("{month:dam} {year:dam}", "uk", moment()) == "листопад 2031"
    assert render("{by:dam} {since:dam}", "uk", moment()) == "до середи з середи"


def test_an_unknown_token_is_refused() -> None:
    with pytest.raises(KeyError):
        render("{on:nobody}", "en", moment())
    with pytest.raises(KeyError):
        render("{about:dam}", "en", moment())


@pytest.mark.parametrize("language", sorted(CALENDARS))
def test_every_calendar_has_a_week_and_a_year(language: str) -> None:
    calendar = CALENDARS[language]
    assert (len(calendar.days), len(calendar.months)) == (7, 12)
    shifts = [render("{on:0} {by:0} {since:0}", language, _shifted(d)) for d in range(7)]
    assert len(set(shifts)) == 7


def _shifted(days: int) -> Moment:
    at = THURSDAY + timedelta(days=days)
    return Moment(anchor=at, published=at, events={})
