"""Sources, their feeds, and visits to them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dateline.errors import LeaseLostError
from dateline.model import Entry, Rights, Route, Source, SourceKind
from dateline.store import EntryEnd, SourceCounts, Store
from dateline.store.entries import claim_entries, finish_entry, save_entries
from dateline.store.sources import (
    ensure_source,
    list_sources,
    load_source,
    load_source_by_id,
    retire_sources,
    save_sources,
    source_counts,
)
from dateline.store.visits import claim_visits, list_visits, next_visit_at, save_visit

FULL = Source(
    key="news-beast",
    name="News Beast",
    home="https://beast.example/",
    feeds=("https://beast.example/b", "https://beast.example/a"),
    language="en-GB",
    country="GB",
    section="World",
    kind=SourceKind.AGENCY,
    rights=Rights.FULL,
    excerpt_words=45,
    route=Route.FEED,
    interval=timedelta(minutes=7, microseconds=3),
    paused=True,
)


def test_source_comes_back_equal(store: Store, make) -> None:
    with store.write(make.now) as tx:
        source_id = save_sources(tx, [FULL])["news-beast"]
        assert load_source(tx, "news-beast") == replace(FULL, id=source_id)
        assert load_source_by_id(tx, source_id) == replace(FULL, id=source_id)
        assert load_source(tx, "none") is None


def test_saving_again_changes_and_keeps_the_id(store: Store, make) -> None:
    with store.write(make.now) as tx:
        first = save_sources(tx, [FULL])
        changed = replace(FULL, name="Beast", feeds=("https://beast.example/a",), paused=False)
        assert save_sources(tx, [changed]) == first
        assert list_sources(tx) == [replace(changed, id=first["news-beast"])]
        assert [visit.url for visit in list_visits(tx)] == ["https://beast.example/a"]


def test_feed_that_comes_back_keeps_what_was_known(store: Store, make) -> None:
    open_ = replace(FULL, paused=False)
    with store.write(make.now) as tx:
        save_sources(tx, [open_])
        (first, _) = claim_visits(tx, holder="me", until=make.later, limit=5)
        save_visit(tx, replace(first, etag='"x"', next_at=make.later), "me")
        save_sources(tx, [replace(open_, feeds=())])
        assert list_visits(tx) == []
        save_sources(tx, [open_])
        assert list_visits(tx)[0].etag == '"x"'


def test_ensure_leaves_a_known_source_alone(store: Store, make) -> None:
    with store.write(make.now) as tx:
        source_id = save_sources(tx, [FULL])["news-beast"]
        assert ensure_source(tx, Source(key="news-beast", name="Other", home="")) == source_id
        known = load_source(tx, "news-beast")
        assert known is not None
        assert known.name == "News Beast"
        assert ensure_source(tx, Source(key="new", name="New", home="")) != source_id


def test_retired_sources_are_paused(store: Store, make) -> None:
    with store.write(make.now) as tx:
        make.sources(tx, "a", "b")
        ensure_source(tx, Source(key="imported", name="Imported", home=""))
        assert retire_sources(tx, ["a"]) == 1
        assert retire_sources(tx, ["a"]) == 0
        paused = {source.key: source.paused for source in list_sources(tx)}
    assert paused == {"a": False, "b": True, "imported": False}


def test_counts_a_source(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b")
        (article_id, _) = make.save(tx, ids["a"], "one", "two")
        (feed, _) = list_visits(tx)
        said = [Entry(guid="1"), Entry(guid="2")]
        save_entries(tx, source_id=ids["a"], feed_id=feed.feed_id, entries=said)
        (one, two) = claim_entries(tx, holder="me", until=make.later, limit=5)
        finish_entry(tx, one.entry.id, "me", EntryEnd(state="done", article_id=article_id))
        finish_entry(tx, two.entry.id, "me", EntryEnd(state="failed", problem="no text"))
        newest = make.now + timedelta(minutes=1)
        assert source_counts(tx) == {
            ids["a"]: SourceCounts(entries=2, articles=2, failed=1, newest=newest)
        }


def test_visit_comes_back_equal(store: Store, make) -> None:
    with store.write(make.now) as tx:
        make.sources(tx, "a")
        (visit,) = claim_visits(tx, holder="me", until=make.later, limit=5)
        learned = replace(
            visit,
            etag='W/"1"',
            last_modified="yesterday",
            body_hash="abc",
            checked_at=make.now,
            succeeded_at=make.now,
            failures=3,
            problem="404",
            permanent=True,
            next_at=make.later,
            interval=timedelta(minutes=9),
            why="because",
            entries_a_day=12.25,
        )
        save_visit(tx, learned, "me")
        assert list_visits(tx) == [learned]
        assert next_visit_at(tx) == make.later


def test_two_holders_share_no_feed(store: Store, make) -> None:
    with store.write(make.now) as tx:
        make.sources(tx, "a", "b", "c")
        mine = claim_visits(tx, holder="me", until=make.later, limit=2)
        yours = claim_visits(tx, holder="you", until=make.later, limit=2)
        assert len(mine) == 2
        assert len(yours) == 1
        assert not {visit.url for visit in mine} & {visit.url for visit in yours}


def test_feed_of_a_dead_holder_is_taken_over(store: Store, make) -> None:
    with store.write(make.now) as tx:
        make.sources(tx, "a")
        (visit,) = claim_visits(tx, holder="dead", until=make.later, limit=5)
        assert claim_visits(tx, holder="me", until=make.later, limit=5) == []
    with store.write(make.later) as tx:
        until = make.later + timedelta(hours=1)
        assert claim_visits(tx, holder="me", until=until, limit=5) == [visit]
        with pytest.raises(LeaseLostError):
            save_visit(tx, visit, "dead")


def test_gone_and_paused_feeds_are_not_asked(store: Store, make) -> None:
    with store.write(make.now) as tx:
        make.sources(tx, "a")
        (visit,) = claim_visits(tx, holder="me", until=make.later, limit=5)
        save_visit(tx, replace(visit, gone=True), "me")
        save_sources(tx, [replace(FULL, paused=True)])
        assert claim_visits(tx, holder="me", until=make.later, limit=5) == []
        assert next_visit_at(tx) is None
