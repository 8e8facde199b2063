"""Dates and the evidence they rest on."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.extract.dates import Dates, read_dates
from dateline.extract.moments import read_moment
from dateline.extract.tree import parse_page
from dateline.model import Document, Entry, Precision

SEEN = datetime(2031, 6, 1, 12, tzinfo=UTC)


def ld(published: str, modified: str = "") -> str:
    return (
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"'
        f'{published}","dateModified":"{modified}"}}</script>'
    )


def dates(html: str, **known: object) -> Dates:
    document = Document(**({"seen_at": SEEN} | known))  # type: ignore[arg-type]
    return read_dates(parse_page(f"<html><head>{html}</head><body></body></html>", ""), document)


@pytest.mark.parametrize(
    ("written", "iso", "day_only"),
    [
        ("2031-05-04T10:00:00Z", "2031-05-04T10:00:00+00:00", False),
        ("2031-05-04T10:00:00.123+0200", "2031-05-04T10:00:00+02:00", False),
        ("2031-05-04 10:00", "2031-05-04T10:00:00", False),
        ("2031-05-04 10:00:00 CEST", "2031-05-04T10:00:00+02:00", False),
        ("2031-05-04", "2031-05-04T00:00:00", True),
        ("2031-5-4", "2031-05-04T00:00:00", True),
        ("20310504", "2031-05-04T00:00:00", True),
        ("Sun, 04 May 2031 10:00:00 GMT", "2031-05-04T10:00:00+00:00", False),
        ("1935655200", "2031-05-04T10:00:00+00:00", False),
        ("1935655200000", "2031-05-04T10:00:00+00:00", False),
        ("May 4, 2031", "2031-05-04T00:00:00", True),
        ("04.05.2031 10:00", "2031-05-04T10:00:00", False),
    ],
)
def test_a_written_date_is_read(written: str, iso: str, *, day_only: bool) -> None:
    moment = read_moment(written)
    assert moment is not None
    assert (moment.at.isoformat(), moment.day_only) == (iso, day_only)


@given(st.text(max_size=40) | st.from_regex(r"[0-9T:+\- Z./]{5,30}", fullmatch=True))
@examples(150)
def test_reading_a_date_never_raises(written: str) -> None:
    read_moment(written)
    assert dates(ld(written.replace('"', "").replace("\\", "").replace("<", ""))).published


def test_json_ld_is_asked_before_meta_and_the_feed() -> None:
    meta = '<meta property="article:published_time" content="2031-05-30T09:00:00Z">'
    entry = Entry(guid="1", published=datetime(2031, 5, 30, 10, tzinfo=UTC))
    found = dates(ld("2031-05-30T08:00:00Z") + meta, entry=entry).published
    assert (found.at, found.evidence) == (
        datetime(2031, 5, 30, 8, tzinfo=UTC),
        "json-ld datePublished",
    )
    assert dates(meta, entry=entry).published.evidence == "meta article:published_time"
    assert dates("", entry=entry).published.evidence == "feed pubDate"


@pytest.mark.parametrize("claimed", ["2099-01-01T00:00:00Z", "1970-01-01T00:00:00Z"])
def test_an_impossible_date_is_not_believed_and_the_next_is_asked(claimed: str) -> None:
    entry = Entry(guid="1", published=datetime(2031, 5, 30, 10, tzinfo=UTC))
    found = dates(ld(claimed), entry=entry)
    assert found.published.evidence == "feed pubDate"
    assert found.published.claimed == claimed
    assert "not believed" in found.notes[0]


def test_a_page_without_a_date_is_undatable() -> None:
    found = dates(ld("2099-01-01T00:00:00Z")).published
    assert (found.at, found.precision, found.claimed) == (
        None,
        Precision.NONE,
        "2099-01-01T00:00:00Z",
    )


def test_a_date_within_a_day_of_being_seen_is_clamped() -> None:
    found = dates(ld("2031-06-01T20:00:00Z")).published
    assert (found.at, found.claimed) == (SEEN, "2031-06-01T20:00:00Z")


def test_a_day_alone_has_the_precision_of_a_day() -> None:
    assert dates(ld("2031-05-30")).published.precision is Precision.DAY


def test_a_time_without_zone_takes_the_zone_of_the_page() -> None:
    found = dates(ld("2031-05-30T08:00:00", "2031-05-30T09:00:00+02:00"))
    assert found.published.at == datetime(2031, 5, 30, 6, tzinfo=UTC)
    assert not found.notes
    alone = dates(ld("2031-05-30T08:00:00"))
    assert alone.published.at == datetime(2031, 5, 30, 8, tzinfo=UTC)
    assert "UTC" in alone.notes[0]


def test_a_change_counts_only_after_publication() -> None:
    assert dates(ld("2031-05-30T08:00:00Z", "2031-05-30T08:00:00Z")).modified is None
    later = dates(ld("2031-05-30T08:00:00Z", "2031-05-30T08:30:00Z")).modified
    assert later is not None
    assert later.at == datetime(2031, 5, 30, 8, 30, tzinfo=UTC)


def test_disagreement_is_noted() -> None:
    entry = Entry(guid="1", published=SEEN - timedelta(days=20))
    assert "the latter was kept" in dates(ld("2031-05-30T08:00:00Z"), entry=entry).notes[0]


def test_a_given_date_of_an_old_archive_is_believed() -> None:
    old = datetime(1987, 2, 26, tzinfo=UTC)
    found = read_dates(None, Document(text="x", published=old, seen_at=SEEN)).published
    assert (found.at, found.evidence) == (old, "given")


@pytest.mark.parametrize(
    ("html", "minutes"),
    [
        (ld("2031-05-04T10:00:00+05:30"), 330),
        (ld("2031-05-04T10:00:00-0330"), -210),
        (ld("2031-05-04 10:00 CEST"), 120),
        (ld("2031-05-04T10:00:00Z"), 0),
        (ld("2031-05-04T10:00:00"), None),
        (ld("2031-05-04"), None),
        # Zero is how a system stores its times; the other date was written for readers.
        (ld("2031-05-04T10:00:00Z", "2031-05-04T21:00:00+09:00"), 540),
        (ld("2031-05-04T10:00:00", "2031-05-04T21:00:00+09:00"), 540),
    ],
)
def test_the_outlets_clock_is_kept(html: str, minutes: int | None) -> None:
    assert dates(html).published.offset_minutes == minutes


def test_a_feeds_date_tells_no_clock() -> None:
    entry = Entry(guid="1", published=datetime(2031, 5, 4, 10, tzinfo=UTC))
    assert dates("", entry=entry).published.offset_minutes is None
    east = datetime(2031, 5, 4, 10, tzinfo=timezone(timedelta(hours=2)))
    assert dates("", published=east).published.offset_minutes == 120
