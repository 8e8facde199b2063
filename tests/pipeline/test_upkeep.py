"""Upkeep: once a day, what need not be kept goes."""

from datetime import UTC, datetime, timedelta

from dateline.pipeline.edges import Edges
from dateline.pipeline.upkeep import UNCONFIRMED, drop_old, find_due
from dateline.store import Store, Subscription
from dateline.store import raws as raw_rows
from dateline.store import readers as reader_rows

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def make_edges(store: Store, now: datetime) -> Edges:
    """Return edges at a moment, without network or pool: upkeep touches neither."""
    return Edges(
        store=store,
        web=None,  # type: ignore[arg-type]
        pool=None,  # type: ignore[arg-type]
        clock=lambda: now,
        chance=lambda: 0.5,
        holder="test",
    )


def test_old_raw_replies_and_unconfirmed_addresses_are_dropped(sqlite_store: Store) -> None:
    with sqlite_store.write(NOW) as tx:
        raw = raw_rows.keep_raw(tx, url="https://a.example/", content_type="", body=b"<p>a</p>")
        wanted = Subscription(email="ana@reader.example", list="daily", language="en")
        token = reader_rows.ask_subscription(tx, wanted)
    assert token
    soon, later = NOW + timedelta(days=1), NOW + UNCONFIRMED + timedelta(days=1)
    drop_old(make_edges(sqlite_store, soon), timedelta(days=3))
    with sqlite_store.read() as tx:
        assert raw_rows.load_raw(tx, raw) and reader_rows.load_subscription(tx, token)
    drop_old(make_edges(sqlite_store, later), timedelta(days=3))
    with sqlite_store.read() as tx:
        assert raw_rows.load_raw(tx, raw) is None
        assert reader_rows.load_subscription(tx, token) is None


def test_it_is_due_once_a_day(sqlite_store: Store) -> None:
    assert find_due(sqlite_store, NOW)
    assert drop_old(make_edges(sqlite_store, NOW), timedelta(days=3)) == 1
    assert not find_due(sqlite_store, NOW + timedelta(hours=23))
    assert find_due(sqlite_store, NOW + timedelta(hours=25))
