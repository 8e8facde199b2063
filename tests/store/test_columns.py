"""Values become raw columns and come back equal."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.model import Credit, Dated, Filing, Picture, Precision, Reading, SafeHtml
from dateline.store.columns import (
    digest,
    from_ticks,
    scrub,
    shorten,
    squash,
    to_ticks,
    unsquash,
)
from dateline.store.readings import card_columns, reading_from_row, reading_to_row

MOMENTS = st.datetimes(
    min_value=datetime(1, 1, 2),  # noqa: DTZ001
    max_value=datetime(9999, 12, 30),  # noqa: DTZ001
    timezones=st.just(UTC),
)
TEXTS = st.text(max_size=40)
DATED = st.builds(
    Dated,
    at=st.none() | MOMENTS,
    evidence=TEXTS,
    precision=st.sampled_from(Precision),
    claimed=TEXTS,
)
PICTURES = st.builds(
    Picture,
    url=TEXTS,
    alt=TEXTS,
    credit=TEXTS,
    caption=TEXTS,
    width=st.none() | st.integers(0, 10_000),
    height=st.none() | st.integers(0, 10_000),
)
SPANS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))
CREDITS = st.builds(Credit, name=TEXTS, key=TEXTS, how=TEXTS, span=st.none() | SPANS)
READINGS = st.builds(
    Reading,
    url=TEXTS,
    canonical=TEXTS,
    headline=TEXTS,
    kicker=TEXTS,
    byline=st.lists(TEXTS, max_size=3).map(tuple),
    language=TEXTS,
    published=DATED,
    modified=st.none() | DATED,
    source=TEXTS,
    section=TEXTS,
    lede=TEXTS,
    text=TEXTS,
    html=TEXTS.map(SafeHtml),
    credits=st.lists(CREDITS, max_size=2).map(tuple),
    pictures=st.lists(PICTURES, max_size=2).map(tuple),
    keywords=st.lists(TEXTS, max_size=3).map(tuple),
    free=st.none() | st.booleans(),
    score=st.floats(0, 1),
    taken_from=TEXTS,
    notes=st.lists(TEXTS, max_size=2).map(tuple),
    made_by=TEXTS,
)


class Row:
    def __init__(self, values: dict) -> None:
        self.__dict__.update(values)


@given(MOMENTS)
@examples(100)
def test_moment_keeps_its_microsecond(moment: datetime) -> None:
    assert from_ticks(to_ticks(moment)) == moment


def test_moment_of_another_zone_is_the_same_moment() -> None:
    tokyo = datetime(2026, 1, 1, 9, 0, tzinfo=timezone(timedelta(hours=9)))
    assert from_ticks(to_ticks(tokyo)) == datetime(2026, 1, 1, tzinfo=UTC)


def test_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_ticks(datetime(2026, 1, 1))  # noqa: DTZ001


@given(READINGS)
@examples(60)
def test_reading_comes_back_equal(reading: Reading) -> None:
    back = reading_from_row(Row(reading_to_row(reading)))
    assert back == reading
    assert type(back.html) is SafeHtml


def test_reading_with_half_a_character_is_kept_with_its_length() -> None:
    reading = Reading(
        url="u", canonical="c", headline="h", byline=("a\ud800b",), html=SafeHtml("<p>\ud800</p>")
    )
    back = reading_from_row(Row(reading_to_row(reading)))
    assert back.byline == ("a\ufffdb",)
    assert back.html == "<p>\ufffd</p>"


def test_scrub_replaces_one_for_one() -> None:
    assert scrub("a\x00b\udfffc😀\n\t") == "a\ufffdb\ufffdc😀\n\t"


@given(st.binary(max_size=200))
@examples(50)
def test_squash_comes_back(body: bytes) -> None:
    assert unsquash(squash(body)) == body


def test_digest_agrees_with_what_is_stored() -> None:
    assert digest("a\x00") == digest(scrub("a\x00"))
    assert len(digest("x" * 100_000)) == 16


def test_card_stands_where_it_is_filed() -> None:
    reading = Reading(url="u", canonical="c", headline="h", section="Ausland")
    row = card_columns(reading, Filing(section="world", own="Ausland", made_by="x"), "h")
    assert (row["section"], row["own_section"], row["filed_by"]) == ("world", "Ausland", "x")


def test_long_names_fit_an_index() -> None:
    assert len(shorten("x" * 5000)) == 200
