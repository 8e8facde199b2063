"""Records: the form that researchers' programs rely on."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.model import Credit, Dated, Reading
from dateline.pipeline import records


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
