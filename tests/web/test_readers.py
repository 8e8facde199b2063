"""What one network can do, and what happens to a crowd."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dateline.web import readers as module
from dateline.web.readers import FULL, MUTE, QUIET, READERS, Reader, Readers, measure_share


def add(readers: Readers, reads, now) -> tuple[Counter[int], Counter[int]]:
    """Return reads and weight of each article after `reads`, pairs of article and reader."""
    counts: Counter[int] = Counter()
    weights: Counter[int] = Counter()
    for article_id, reader in reads:
        for change in readers.count(article_id, reader, now):
            counts[change.article_id] += change.reads
            weights[change.article_id] += change.weight
    return counts, weights


def test_one_reader_is_counted_once_a_day(clock) -> None:
    readers, one = Readers(), Reader("203.0.113.0/24", "firefox", "en")
    counts, weights = add(readers, [(1, one)] * 10_000, clock.now)
    assert (counts[1], weights[1]) == (1, FULL)
    assert add(readers, [(1, one)], clock.now + timedelta(hours=1))[0] == {}
    assert add(readers, [(1, one)], clock.now + timedelta(days=1))[0] == {1: 1}


def test_a_network_counts_five_readers_and_weighs_as_one(clock) -> None:
    many = [Reader("203.0.113.0/24", f"browser {n}", f"l{n}") for n in range(254)]
    counts, weights = add(Readers(), [(1, each) for each in many], clock.now)
    assert (counts[1], weights[1]) == (READERS, FULL)


def test_a_crowd_loses_its_weight_also_for_what_it_read_before(clock) -> None:
    readers = Readers()
    crowd = Reader("203.0.113.0/24", "firefox", "en")
    quiet = add(readers, [(n, crowd) for n in range(QUIET)], clock.now)[1]
    assert set(quiet.values()) == {FULL}
    later = add(readers, [(n, crowd) for n in range(QUIET, 2 * QUIET)], clock.now)[1]
    assert {quiet[n] + later[n] for n in range(2 * QUIET)} == {measure_share(2 * QUIET, QUIET)}
    last = add(readers, [(n, crowd) for n in range(2 * QUIET, 9 * QUIET)], clock.now)[1]
    assert {quiet[n] + later[n] + last[n] for n in range(9 * QUIET)} == {0}


def test_what_a_network_reads_in_a_day_is_bounded(clock) -> None:
    crowd = Reader("203.0.113.0/24", "firefox", "en")
    counts, _weights = add(Readers(), [(n, crowd) for n in range(2_000)], clock.now)
    assert sum(counts.values()) == module.MOST * QUIET


def test_what_is_taken_back_is_taken_back_from_its_own_hour(clock) -> None:
    readers = Readers()
    crowd = Reader("203.0.113.0/24", "firefox", "en")
    add(readers, [(n, crowd) for n in range(QUIET)], clock.now)
    changes = readers.count(99, crowd, clock.now + timedelta(hours=3))
    hours = {change.article_id: change.hour for change in changes}
    assert hours[0] == clock.now.replace(minute=0)
    assert hours[99] == hours[0] + timedelta(hours=3)
    assert [change.reads for change in changes if change.reads] == [1]


def test_more_networks_than_are_watched_are_counted_all_the_same(clock, monkeypatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 3)
    others = [Reader(f"203.0.{n}.0/24", "firefox", "en") for n in range(9)]
    counts, weights = add(readers := Readers(), [(1, each) for each in others], clock.now)
    assert (counts[1], weights[1]) == (9, 9 * FULL)
    assert len(readers._networks) == 3


def test_more_reads_than_are_remembered_stay_as_they_are(clock, monkeypatch) -> None:
    monkeypatch.setattr(module, "PLACES", 2)
    crowd = Reader("203.0.113.0/24", "firefox", "en")
    readers = Readers()
    weights = add(readers, [(n, crowd) for n in range(9 * QUIET)], clock.now)[1]
    assert (weights[0], weights[1], weights[2]) == (0, 0, FULL)
    assert readers.count(2**60, crowd, clock.now) == readers.count(-1, crowd, clock.now) == []


def test_what_is_a_crowd_grows_with_the_networks_seen(clock, monkeypatch) -> None:
    monkeypatch.setattr(module, "USUAL_NETWORKS", 10)
    readers = Readers()
    add(readers, [(1, Reader(f"203.0.{n}.0/24", "firefox", "en")) for n in range(45)], clock.now)
    large = Reader("198.51.100.0/24", "firefox", "en")
    weights = add(readers, [(n, large) for n in range(4 * QUIET)], clock.now)[1]
    assert set(weights.values()) == {FULL}


@given(st.integers(1, 500), st.integers(1, 60))
def test_a_network_never_weighs_more_than_a_quiet_one(reads, quiet) -> None:
    share = measure_share(reads, quiet)
    assert 0 <= measure_share(reads + 1, quiet) <= share <= FULL
    assert share * reads <= (quiet + 0.5 * MUTE) * FULL


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 3), st.integers(1, 9)), max_size=120))
def test_weights_are_never_below_zero_and_never_above_the_networks(reads) -> None:
    now = datetime(2026, 5, 14, 12, tzinfo=UTC)
    who = [(article, Reader(f"n{net}", f"b{b}", "en")) for article, net, b in reads]
    counts, weights = add(Readers(), who, now)
    for article in range(1, 10):
        networks = len({net for each, net, _b in reads if each == article})
        assert 0 <= weights[article] <= FULL * networks
        assert counts[article] <= READERS * networks
