"""Entries: new, changed or the same; claimed, finished, taken over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dateline.errors import LeaseLostError
from dateline.model import Entry, Picture
from dateline.store import EntryCounts, EntryEnd, Store
from dateline.store.entries import (
    claim_entries,
    count_entries,
    finish_entry,
    next_entry_at,
    postpone_entry,
    query_claimable,
    save_entries,
)
from dateline.store.visits import list_visits


class Desk:
    """One source with one feed, and a holder who works on it."""

    def __init__(self, tx, make, key: str = "a") -> None:
        self.tx = tx
        self.source_id = make.sources(tx, key)[key]
        self.feed_id = next(v.feed_id for v in list_visits(tx) if v.source_id == self.source_id)
        self.until = make.later

    def save(self, *entries: Entry) -> EntryCounts:
        return save_entries(
            self.tx, source_id=self.source_id, feed_id=self.feed_id, entries=entries
        )

    def claim(self, holder: str = "me", limit: int = 10):
        return claim_entries(self.tx, holder=holder, until=self.until, limit=limit)


def test_entry_comes_back_equal(store: Store, make) -> None:
    entry = Entry(
        guid="g" * 5000,
        url="https://a.example/1",
        title="Title",
        summary="<b>s",
        content="<p>c" * 100,
        author="A",
        published=make.now,
        updated=make.later,
        language="en",
        categories=("x", "y"),
        pictures=(Picture(url="p", width=3),),
        credited="AFP",
        credited_url="https://afp.example/",
    )
    with store.write(make.now) as tx:
        desk = Desk(tx, make)
        assert desk.save(entry) == EntryCounts(new=1)
        (task,) = desk.claim()
    assert task.entry == replace(entry, id=task.entry.id, source_id=desk.source_id)
    assert task.source.key == "a"
    assert task.source.feeds == ("https://a.example/feed",)
    assert task.seen_at == make.now


def test_same_entry_again_is_the_same(store: Store, make) -> None:
    with store.write(make.now) as tx:
        desk = Desk(tx, make)
        entries = [Entry(guid="1", title="One"), Entry(guid="2", title="Two")]
        assert desk.save(*entries) == EntryCounts(new=2)
        assert desk.save(*entries) == EntryCounts(same=2)
        tagged = [replace(entry, categories=("tag",)) for entry in entries]
        assert desk.save(*tagged) == EntryCounts(same=2)
        assert desk.save(replace(entries[0], title="Uno")) == EntryCounts(changed=1)


def test_guid_twice_in_one_feed_is_one_entry(store: Store, make) -> None:
    with store.write(make.now) as tx:
        counts = Desk(tx, make).save(Entry(guid="1", title="a"), Entry(guid="1", title="b"))
    assert counts.new == 1


def test_changed_entry_waits_again_and_the_old_claim_is_void(store: Store, make) -> None:
    with store.write(make.now) as tx:
        desk = Desk(tx, make)
        desk.save(Entry(guid="1", title="One"))
        (task,) = desk.claim()
        desk.save(Entry(guid="1", title="Uno"))
        with pytest.raises(LeaseLostError):
            finish_entry(tx, task.entry.id, "me", EntryEnd(state="done"))
        (again,) = desk.claim()
        assert again.entry.title == "Uno"


def test_two_feeds_that_cut_differently_do_not_take_turns(store: Store, make) -> None:
    with store.write(make.now) as tx:
        desk = Desk(tx, make)
        desk.save(Entry(guid="1", summary="long summary"))
        other = Desk(tx, make, "b").feed_id
        cut = Entry(guid="1", summary="long")
        save = {"source_id": desk.source_id, "feed_id": other}
        assert save_entries(tx, **save, entries=[cut]).same == 1
        newer = replace(cut, updated=make.later)
        assert save_entries(tx, **save, entries=[newer]).changed == 1


def test_order_of_claims_is_by_date_then_source(store: Store, make) -> None:
    def entry(guid: str, minutes: int | None) -> Entry:
        at = None if minutes is None else make.now + timedelta(minutes=minutes)
        return Entry(guid=guid, title=guid, published=at)

    with store.write(make.now) as tx:
        second = Desk(tx, make, "b")
        second.save(entry("later", 9), entry("same minute, second source", 5))
        first = Desk(tx, make, "a")
        first.save(entry("undated", None), entry("early", 1), entry("same minute", 5))
        got = [task.entry.guid for task in first.claim(limit=3)]
        rest = [task.entry.guid for task in first.claim()]
    assert got == ["early", "same minute, second source", "same minute"]
    assert rest == ["later", "undated"]


def test_two_holders_share_no_entry(store: Store, make) -> None:
    with store.write(make.now) as tx:
        desk = Desk(tx, make)
        desk.save(*(Entry(guid=str(number)) for number in range(5)))
        mine = {task.entry.id for task in desk.claim("me", 3)}
        yours = {task.entry.id for task in desk.claim("you", 3)}
    assert len(mine) == 3
    assert len(yours) == 2
    assert not mine & yours


@pytest.mark.flow
def test_claims_at_the_same_time_pass_each_other_by(postgres_store: Store, make) -> None:
    with postgres_store.write(make.now) as tx:
        Desk(tx, make).save(*(Entry(guid=str(number)) for number in range(4)))
    with postgres_store.write(make.now) as one, postgres_store.write(make.now) as two:
        mine = claim_entries(one, holder="me", until=make.later, limit=3)
        yours = claim_entries(two, holder="you", until=make.later, limit=3)
    assert len(mine) == 3
    assert len(yours) == 1


def test_lost_lease_is_told_and_attempts_count(store: Store, make) -> None:
    with store.write(make.now) as tx:
        desk = Desk(tx, make)
        desk.save(Entry(guid="1"))
        (task,) = desk.claim("dead")
        assert task.attempts == 0
    with store.write(make.later) as tx:
        until = make.later + timedelta(hours=1)
        (again,) = claim_entries(tx, holder="me", until=until, limit=5)
        assert again.attempts == 1
        with pytest.raises(LeaseLostError):
            finish_entry(tx, task.entry.id, "dead", EntryEnd(state="done"))
        finish_entry(tx, task.entry.id, "me", EntryEnd(state="skipped", problem="no address"))
        with pytest.raises(LeaseLostError):
            finish_entry(tx, task.entry.id, "me", EntryEnd(state="done"))
        assert count_entries(tx) == {("skipped", "no address"): 1}
        assert next_entry_at(tx) is None


def test_entry_is_looked_at_again_when_due(store: Store, make) -> None:
    with store.write(make.now) as tx:
        desk = Desk(tx, make)
        desk.save(Entry(guid="1"))
        (article_id,) = make.save(tx, desk.source_id, "one")
        (task,) = desk.claim()
        end = EntryEnd(
            state="done",
            article_id=article_id,
            again_at=make.later,
            page_etag='"e"',
            page_last_modified="now",
        )
        finish_entry(tx, task.entry.id, "me", end)
        assert desk.claim() == []
        assert next_entry_at(tx) == make.later
    with store.write(make.later) as tx:
        (again,) = claim_entries(tx, holder="me", until=make.later, limit=5)
        assert again.article_id == article_id
        assert again.page_etag == '"e"'
        assert again.page_last_modified == "now"
        finish_entry(tx, again.entry.id, "me", EntryEnd(state="gone"))
    with store.read() as tx:
        assert count_entries(tx) == {("gone", ""): 1}


def test_postponed_entry_waits(store: Store, make) -> None:
    with store.write(make.now) as tx:
        desk = Desk(tx, make)
        desk.save(Entry(guid="1"))
        (task,) = desk.claim()
        postpone_entry(tx, task.entry.id, "me", make.later, "429")
        assert desk.claim() == []
        assert count_entries(tx) == {("waiting", "429"): 1}
    with store.write(make.later) as tx:
        assert len(claim_entries(tx, holder="me", until=make.later, limit=5)) == 1


def test_waiting_entries_are_read_along_their_index(sqlite_store: Store, make, plan) -> None:
    with sqlite_store.read() as tx:
        waiting = plan(tx, query_claimable(make.now, waiting=True).limit(5))
        again = plan(tx, query_claimable(make.now, waiting=False).limit(5))
    assert "ix_entries_waiting" in waiting
    assert "TEMP B-TREE" not in waiting
    assert "ix_entries_due_at" in again
