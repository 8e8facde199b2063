"""Records: the form that researchers' programs rely on."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.model import (
    Claims,
    Credit,
    Dated,
    DateMention,
    DateRange,
    Entity,
    EntityKind,
    Figure,
    Reading,
    Statement,
    StatementKind,
)
from dateline.pipeline import claim_records, records


def test_a_record_becomes_a_document() -> None:
    line = b'{"url":"u","text":" T ","title":"H","published":"2022-11-11","source":"S","lang":"en"}'
    document = records.make_document(records.parse_record(line))
    assert (document.text, document.title, document.source) == (" T ", "H", "S")
    assert document.published == datetime(2022, 11, 11, tzinfo=UTC)
    assert document.language == "en"


def test_text_wins_over_html() -> None:
    document = records.make_document(records.parse_record(b'{"url":"u","text":"t","html":"<p>h"}'))
    assert document.html is None


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b"{",
        b'{"url":"u"}',
        b'{"text":"t"}',
        b'{"url":1,"text":"t"}',
        b"\xff\xfe",
        b"[" * 100_000,
    ],
)
def test_a_bad_record_is_an_input_error(line: bytes) -> None:
    with pytest.raises(InputError):
        records.parse_record(line)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2022-11-11T10:00:00Z", datetime(2022, 11, 11, 10, tzinfo=UTC)),
        ("2022-11-11T10:00:00+02:00", datetime(2022, 11, 11, 8, tzinfo=UTC)),
        ("2022-11-11 10:00:00", datetime(2022, 11, 11, 10, tzinfo=UTC)),
        (0, datetime(1970, 1, 1, tzinfo=UTC)),
        ("yesterday", None),
        ("", None),
        (None, None),
        (1e40, None),
    ],
)
def test_moments(value: str | float | None, moment: datetime | None) -> None:
    assert records.parse_moment(value) == moment


@given(st.one_of(st.text(), st.floats(), st.integers(), st.none()))
def test_parse_moment_never_raises(value: str | float | None) -> None:
    moment = records.parse_moment(value)
    assert moment is None or moment.tzinfo is not None


def test_a_reading_is_described_with_its_agencies_once() -> None:
    named = tuple(Credit(name="AFP", key="afp", how=how) for how in ("byline", "in text"))
    at = datetime(2022, 11, 11, 10, tzinfo=UTC)
    published = Dated(at=at, evidence="given")
    reading = Reading(url="u", canonical="c", headline="H", credits=named, published=published)
    shown = json.loads(records.write_line(records.describe_reading(reading)))
    assert shown["agencies"] == ["AFP"]
    assert shown["published"] == "2022-11-11T10:00:00Z"
    assert shown["published_evidence"]["evidence"] == "given"
    for name in ("url", "headline", "kicker", "byline", "language", "source", "text"):
        assert name in shown


def test_a_reading_is_described_with_who_said_what() -> None:
    text = "“Go,” said Ann of Rome on 3 May."
    said = Statement(
        spans=((1, 3),),
        content="Go",
        kind=StatementKind.DIRECT,
        speaker="Ann",
        source_span=(11, 14),
        cue="said",
        cue_span=(6, 10),
        said_on=DateRange(first=date(2022, 5, 3), last=date(2022, 5, 3)),
    )
    ann = Entity(kind=EntityKind.PERSON, name="Ann", key="ann", mentions=((11, 14),))
    rome = Entity(
        kind=EntityKind.PLACE, name="Rome", key="rome", mentions=((18, 22),), country="IT"
    )
    day = DateMention(text="3 May", span=(26, 31), range=said.said_on)
    figure = Figure(span=(26, 27), value=3.0)
    claims = Claims(statements=(said,), figures=(figure,), dates=(day,), entities=(ann, rome))
    reading = Reading(url="u", canonical="c", headline="H", text=text, claims=claims)
    shown = json.loads(records.write_line(records.describe_reading(reading)))
    (statement,) = shown["statements"]
    assert (statement["content"], statement["spans"], statement["said_on"]) == (
        *("Go", [[1, 3]]),
        "2022-05-03",
    )
    assert shown["dates"] == [
        {"text": "3 May", "span": [26, 31], "from": "2022-05-03", "to": "2022-05-03"}
    ]
    assert shown["figures"][0]["value"] == 3.0
    assert shown["people"] == [
        {"name": "Ann", "key": "ann", "mentions": [{"text": "Ann", "span": [11, 14]}]}
    ]
    assert shown["places"][0]["country"] == "IT" and shown["organisations"] == []


def test_selectors_find_the_words_again() -> None:
    text = "a" * 100 + "“Go,” he said." + "b" * 100
    quote, place = claim_records.select_span((101, 103), text)
    assert (quote["exact"], quote["prefix"][-3:], quote["suffix"][:4]) == ("Go", "aa“", ",” h")
    assert len(quote["prefix"]) == len(quote["suffix"]) == claim_records.AROUND
    assert text[place["start"] : place["end"]] == quote["exact"]
    assert claim_records.select_span((0, 1), "a")[0]["prefix"] == ""
