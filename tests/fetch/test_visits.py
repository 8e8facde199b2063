"""What a reply means, and when a feed is asked again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.fetch.schedule import LONGEST, estimate_rate, say_time
from dateline.fetch.visits import Pace, Parse, judge_reply, plan_request, settle
from dateline.model import (
    Broken,
    Busy,
    Entry,
    FeedId,
    Fetched,
    Gone,
    NoReply,
    Outcome,
    Reply,
    SourceId,
    Unchanged,
    Visit,
)

NOW = datetime(2024, 8, 1, 12, tzinfo=UTC)
FLOOR = timedelta(minutes=5)
PACE = Pace(now=NOW, floor=FLOOR)
VISIT = Visit(feed_id=FeedId(1), source_id=SourceId(1), url="https://e.org/feed")


def reply(status: int, body: bytes = b"", **more: Any) -> Reply:
    headers = {k.replace("_", "-"): v for k, v in more.pop("headers", {}).items()}
    return Reply(url=more.pop("url", VISIT.url), status=status, headers=headers, body=body, **more)


def entries(*ages: timedelta) -> tuple[Entry, ...]:
    return tuple(Entry(guid=str(n), published=NOW - age) for n, age in enumerate(ages))


HOURLY = entries(*(timedelta(hours=n) for n in range(1, 25)))
OUTCOMES: list[Outcome] = [
    Fetched(entries=HOURLY),
    Fetched(entries=()),
    Unchanged(),
    Gone(reason="gone"),
    Busy(reason="busy", retry_at=NOW + timedelta(hours=3)),
    Broken(reason="broken"),
    Broken(reason="broken", permanent=True),
]


def test_validators_are_sent_back_verbatim() -> None:
    odd = 'W/"a, b\\"  é'
    seen = judge_reply(
        VISIT, reply(200, b"<rss/>", headers={"etag": odd, "last_modified": "x"}), NOW
    )
    assert isinstance(seen, Parse)
    after = settle(VISIT, Fetched(entries=()), PACE, seen)
    headers = plan_request(after).headers
    assert headers["If-None-Match"] == odd
    assert headers["If-Modified-Since"] == "x"
    assert "If-None-Match" not in plan_request(VISIT).headers
    assert "xml" in headers["Accept"]


def test_the_same_body_is_not_parsed_again() -> None:
    seen = judge_reply(VISIT, reply(200, b"<rss/>"), NOW)
    assert isinstance(seen, Parse)
    after = settle(VISIT, Fetched(entries=()), PACE, seen)
    assert judge_reply(after, reply(200, b"<rss/>"), NOW) == Unchanged()
    assert isinstance(judge_reply(after, reply(200, b"<rss> </rss>"), NOW), Parse)
    assert judge_reply(after, reply(304), NOW) == Unchanged()


@pytest.mark.parametrize(
    ("hops", "moved"),
    [((301,), True), ((308, 301), True), ((301, 302), False), ((307,), False), ((), False)],
)
def test_only_a_chain_of_permanent_moves_moves_the_feed(hops: tuple[int, ...], moved: bool) -> None:
    redirects = tuple((status, VISIT.url) for status in hops)
    seen = judge_reply(VISIT, reply(200, b"x", url="https://new.org/", redirects=redirects), NOW)
    assert isinstance(seen, Parse)
    after = settle(VISIT, Fetched(entries=()), PACE, seen)
    assert after.url == ("https://new.org/" if moved else VISIT.url)
    assert settle(VISIT, Broken(reason="no feed"), PACE, seen).url == VISIT.url


@pytest.mark.parametrize(
    ("header", "minutes"),
    [
        ("120", 2),
        ("Thu, 01 Aug 2024 13:00:00 GMT", 60),
        ("99999999", 24 * 60),
        ("0", 1),
        ("-5", 1),
        ("soon", 1),
        ("Thu, 01 Aug 1999 13:00:00 GMT", 1),
        ("", 1),
        ("Thu, 99 Foo 9999999999", 1),
    ],
)
def test_retry_after(header: str, minutes: int) -> None:
    for status in (429, 503):
        busy = judge_reply(VISIT, reply(status, headers={"retry_after": header}), NOW)
        assert isinstance(busy, Busy)
        assert busy.retry_at == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refusal_is_permanent_only_when_repeated(status: int) -> None:
    first = judge_reply(VISIT, reply(status), NOW)
    third = judge_reply(replace(VISIT, failures=2), reply(status), NOW)
    assert isinstance(first, Broken) and not first.permanent and str(status) in first.reason
    assert isinstance(third, Broken) and third.permanent


def test_other_failures() -> None:
    assert isinstance(judge_reply(VISIT, reply(410), NOW), Gone)
    for status in (500, 502, 599, 301, 204, 418, 999):
        broken = judge_reply(replace(VISIT, failures=9), reply(status), NOW)
        assert isinstance(broken, Broken) and not broken.permanent
        assert str(status) in broken.reason
    refused = NoReply(url=VISIT.url, reason="this address is forbidden", permanent=True)
    assert judge_reply(VISIT, refused, NOW) == Broken(reason=refused.reason, permanent=True)


def test_interval_follows_the_expected_rate_and_says_so() -> None:
    after = settle(VISIT, Fetched(entries=HOURLY), PACE)
    assert after.entries_a_day == pytest.approx(23, rel=0.1)
    assert timedelta(minutes=28) < after.interval < timedelta(minutes=34)
    assert after.why == f"about 23 entries a day, so every {say_time(after.interval)}"
    busy = settle(
        VISIT, Fetched(entries=entries(*(timedelta(seconds=20 * n) for n in range(99)))), PACE
    )
    assert busy.interval == FLOOR and "most often" in busy.why
    quiet = settle(VISIT, Fetched(entries=entries(timedelta(days=9), timedelta(days=20))), PACE)
    assert quiet.interval == LONGEST and "least often" in quiet.why


def test_rate_survives_wrong_dates() -> None:
    wrong = entries(-timedelta(days=400), timedelta(days=20_000), timedelta(days=29))
    assert estimate_rate(HOURLY + wrong, NOW) == pytest.approx(24, rel=0.15)
    assert estimate_rate(entries(*[timedelta(0)] * 20), NOW) is None
    assert estimate_rate(entries(timedelta(hours=1)), NOW) is None
    assert estimate_rate((Entry(guid="1"),), NOW) is None
    assert estimate_rate(entries(timedelta(days=90), timedelta(days=99)), NOW) == pytest.approx(
        1 / 30
    )


def test_without_dates_silence_lengthens_and_news_shorten() -> None:
    quiet = settle(VISIT, Unchanged(), PACE)
    news = settle(VISIT, Fetched(entries=(Entry(guid="1"),)), PACE)
    assert news.interval < VISIT.interval < quiet.interval


def test_silence_lowers_the_rate() -> None:
    visit = replace(VISIT, entries_a_day=24.0, succeeded_at=NOW - timedelta(days=1))
    assert settle(visit, Unchanged(), PACE).entries_a_day == pytest.approx(24 / 2.718, rel=0.01)


def test_cache_control_is_respected_up_to_an_hour() -> None:
    for seconds, expected in ((1800 * 2, 60), (86_400, 60), (60, 31)):
        head = {"cache_control": f"public, max-age={seconds}"}
        seen = judge_reply(VISIT, reply(200, b"x", headers=head), NOW)
        assert isinstance(seen, Parse)
        after = settle(VISIT, Fetched(entries=HOURLY), PACE, seen)
        assert after.interval == pytest.approx(
            timedelta(minutes=expected), abs=timedelta(minutes=2)
        )
    no_cache = judge_reply(VISIT, reply(200, headers={"cache_control": "no-cache, max-age=9"}), NOW)
    assert isinstance(no_cache, Parse) and no_cache.fresh_for is None


def test_failures_double_the_wait_up_to_a_day() -> None:
    visit, waits = VISIT, []
    for _ in range(10):
        visit = settle(visit, Broken(reason="the server failed"), PACE)
        assert visit.next_at
        waits.append(visit.next_at - NOW)
    assert waits[:3] == [timedelta(minutes=m) for m in (15, 30, 60)]
    assert waits[-1] <= LONGEST
    assert visit.failures == 10 and visit.problem == "the server failed"
    assert settle(VISIT, Broken(reason="x"), PACE).why == "failed once, next try in 15 minutes"
    again = settle(replace(VISIT, failures=3), Broken(reason="x"), PACE)
    assert again.why == "failed 4 times in a row, next try in 2 hours"
    assert settle(visit, Unchanged(), PACE).failures == 0


def test_gone_is_never_asked_again() -> None:
    after = settle(VISIT, Gone(reason="410"), PACE)
    assert after.gone and after.next_at is None and after.problem == "410"


visits = st.builds(
    lambda failures, rate, minutes, etag: replace(
        VISIT,
        failures=failures,
        entries_a_day=rate,
        interval=timedelta(minutes=minutes),
        etag=etag,
        body_hash="h",
        succeeded_at=NOW - timedelta(hours=1),
    ),
    st.integers(0, 10_000),
    st.none() | st.floats(1e-6, 5000),
    st.integers(0, 100_000),
    st.text(max_size=5),
)


@examples(80)
@given(visits, st.sampled_from(OUTCOMES), st.integers(1, 3000), st.floats(0, 1))
def test_laws_of_settle(visit: Visit, outcome: Outcome, floor: int, chance: float) -> None:
    pace = Pace(now=NOW, floor=timedelta(minutes=floor), chance=chance)
    seen = Parse(body=b"", url=visit.url, etag="new", body_hash="new")
    after = settle(visit, outcome, pace, seen)
    assert after.checked_at == NOW and after.why
    if isinstance(outcome, Gone):
        return
    assert after.next_at is not None
    assert pace.floor <= after.next_at - NOW <= max(LONGEST, pace.floor)
    if isinstance(outcome, Fetched):
        assert (after.etag, after.body_hash) == ("new", "new")
    else:
        assert (after.etag, after.body_hash, after.url) == (visit.etag, "h", visit.url)
    if isinstance(outcome, Busy) and floor < 180:
        assert after.next_at >= outcome.retry_at


@examples(100)
@given(st.lists(st.integers(-(10**9), 10**9), max_size=30))
def test_rate_is_bounded_whatever_the_dates(seconds: list[int]) -> None:
    rate = estimate_rate(entries(*(timedelta(seconds=s) for s in seconds)), NOW)
    assert rate is None or 0 < rate <= 5000
