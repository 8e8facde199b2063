"""Raw replies, pictures, views, readers, letters, snapshots, editions, imports, named leases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from dateline.errors import LeaseLostError
from dateline.model import Broken, Letter, SmallPicture, StoredPicture
from dateline.store import Snapshot, Store, Subscription
from dateline.store.articles import save_articles
from dateline.store.editions import (
    bump_generation,
    list_editions,
    read_generation,
    replace_edition,
    save_edition,
)
from dateline.store.imports import import_position, save_import_position
from dateline.store.leases import hold_lease, release_lease, take_lease
from dateline.store.outbox import (
    claim_letters,
    count_letters,
    finish_letter,
    next_letter_at,
    queue_letter,
)
from dateline.store.pictures import (
    claim_pictures,
    load_picture,
    load_small_picture,
    next_picture_at,
    save_picture,
    save_small_pictures,
    want_pictures,
)
from dateline.store.raws import drop_raws, keep_raw, load_raw
from dateline.store.readers import (
    ask_subscription,
    confirm_subscription,
    count_readers,
    drop_address,
    drop_unconfirmed,
    due_lists,
    leave_subscription,
    list_readers,
    load_subscription,
    mark_sent,
)
from dateline.store.snapshots import load_snapshot, save_snapshot
from dateline.store.views import add_views, list_hours

LETTER = Letter(key="k", to="a@b.example", subject="S", text="T", html="<p>", leave_url="L")


def test_raw_reply_comes_back_equal(store: Store, make) -> None:
    body = bytes(range(256)) * 50
    with store.write(make.now) as tx:
        kept = keep_raw(tx, url="u", content_type="text/html; charset=x", body=body)
        assert keep_raw(tx, url="u", content_type="text/html; charset=x", body=body) == kept
        assert keep_raw(tx, url="u", content_type="text/html", body=body) != kept
        raw = load_raw(tx, kept)
        assert load_raw(tx, "none") is None
    assert raw is not None
    assert (raw.url, raw.content_type, raw.body) == ("u", "text/html; charset=x", body)
    assert raw.kept_at == make.now


def test_old_raws_go_but_for_those_a_newest_version_needs(store: Store, make) -> None:
    from dataclasses import replace

    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        needed, other = (keep_raw(tx, url=url, content_type="", body=b"x") for url in "ab")
        save_articles(tx, [replace(make.article(ids["a"], "one"), raw_hash=needed)])
        assert drop_raws(tx, make.now) == 0
        assert drop_raws(tx, make.later) == 1
        assert load_raw(tx, other) is None
        assert load_raw(tx, needed) is not None


def test_picture_is_wanted_claimed_and_kept(store: Store, make) -> None:
    copy = StoredPicture(body=b"webp", content_type="image/webp", width=3, height=2, hash="h")
    url = "https://p.example/" + "x" * 5000
    with store.write(make.now) as tx:
        want_pictures(tx, [url, url, ""])
        want_pictures(tx, [url])
        assert claim_pictures(tx, "me", make.later, 5) == [url]
        assert claim_pictures(tx, "you", make.later, 5) == []
        with pytest.raises(LeaseLostError):
            save_picture(tx, url, "you", copy)
        save_picture(tx, url, "me", copy)
        want_pictures(tx, [url])
        assert load_picture(tx, "h") == copy
        assert load_picture(tx, "") is None
        assert next_picture_at(tx) is None


def test_broken_picture_is_tried_a_few_times(store: Store, make) -> None:
    moment = make.now
    with store.write(moment) as tx:
        want_pictures(tx, ["p", "q"])
        claim_pictures(tx, "me", make.later, 5)
        save_picture(tx, "q", "me", Broken(reason="404", permanent=True))
        save_picture(tx, "p", "me", Broken(reason="timeout"))
    tries = 1
    while True:
        with store.read() as tx:
            moment = next_picture_at(tx)
        if moment is None:
            break
        with store.write(moment) as tx:
            assert claim_pictures(tx, "me", moment + timedelta(hours=1), 5) == ["p"]
            save_picture(tx, "p", "me", Broken(reason="timeout"))
        tries += 1
    assert tries == 4


def test_views_are_hourly_sums(store: Store, make) -> None:
    hour = make.now.replace(minute=0, second=0, microsecond=0)
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        one, two = make.save(tx, ids["a"], "one", "two")
        add_views(tx, make.now, {one: 2, 999: 5})
        add_views(tx, make.now, {one: 3, two: 1})
        add_views(tx, make.later, {one: 1})
        add_views(tx, make.later, {})
        assert [(each.article_id, each.hour, each.reads) for each in list_hours(tx, hour)] == [
            (one, hour, 5),
            (two, hour, 1),
            (one, hour + timedelta(hours=1), 1),
        ]
        assert list_hours(tx, make.later) == []
        assert sum(each.reads for each in list_hours(tx, hour) if each.article_id == one) == 6


def test_double_opt_in(store: Store, make) -> None:
    wanted = Subscription(email="Ann@Example.ORG", list="daily", language="en")
    with store.write(make.now) as tx:
        token = ask_subscription(tx, wanted)
        assert token is not None
        assert len(token) >= 32
        assert ask_subscription(tx, wanted) == token
        assert list_readers(tx, "daily") == []
        assert load_subscription(tx, token) is not None
        known = Subscription(email="Ann@example.org", list="daily", language="en")
        assert confirm_subscription(tx, token) == known
        assert confirm_subscription(tx, token) == known
        assert confirm_subscription(tx, "none") is None
        assert ask_subscription(tx, wanted) is None
        (reader,) = list_readers(tx, "daily")
        assert reader.confirmed_at == make.now
        assert count_readers(tx) == {"daily": 1}
        assert due_lists(tx, make.later) == ["daily"]
        mark_sent(tx, reader, make.later)
        assert due_lists(tx, make.later) == []
        assert leave_subscription(tx, token)
        assert not leave_subscription(tx, token)
        assert list_readers(tx, "daily") == []


def test_addresses_are_deleted(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ask_subscription(tx, Subscription(email="a@x.example", list="daily"))
        token = ask_subscription(tx, Subscription(email="b@x.example", list="daily"))
        confirm_subscription(tx, token or "")
        assert drop_unconfirmed(tx, make.now) == 0
        assert drop_unconfirmed(tx, make.later) == 1
        assert drop_address(tx, "b@X.example") == 1
        assert list_readers(tx, "daily") == []


def test_letter_is_queued_once_and_forgotten_once_sent(store: Store, make) -> None:
    with store.write(make.now) as tx:
        assert queue_letter(tx, LETTER)
        assert not queue_letter(tx, LETTER)
        (queued,) = claim_letters(tx, "me", make.later, 5)
        assert queued.letter == LETTER
        assert claim_letters(tx, "you", make.later, 5) == []
        with pytest.raises(LeaseLostError):
            finish_letter(tx, queued.id, "you", "", None)
        finish_letter(tx, queued.id, "me", "", None)
        assert not queue_letter(tx, LETTER)
        assert count_letters(tx) == {"sent": 1}
        assert next_letter_at(tx) is None
        told = tx.conn.exec_driver_sql("SELECT document FROM letters").scalar()
        assert told is None


def test_letter_is_tried_again(store: Store, make) -> None:
    with store.write(make.now) as tx:
        queue_letter(tx, LETTER)
        (queued,) = claim_letters(tx, "me", make.later, 5)
        finish_letter(tx, queued.id, "me", "mailbox full", make.later)
        assert claim_letters(tx, "me", make.later, 5) == []
    with store.write(make.later) as tx:
        (again,) = claim_letters(tx, "me", make.later, 5)
        assert (again.letter, again.attempts) == (LETTER, 1)
        finish_letter(tx, again.id, "me", "no such user", None)
        assert count_letters(tx) == {"failed": 1}


def test_snapshot_is_replaced(store: Store, make) -> None:
    first = Snapshot(kind="stories", made_by="stories/1", upto=3, body=b"x" * 1000)
    second = Snapshot(kind="stories", made_by="stories/1", upto=9, body=b"y")
    with store.write(make.now) as tx:
        save_snapshot(tx, first)
        assert load_snapshot(tx, "stories", "stories/1") == first
        save_snapshot(tx, second)
        assert load_snapshot(tx, "stories", "stories/1") == second
        assert load_snapshot(tx, "stories", "stories/2") is None


def test_edition_is_kept_where_it_differs(store: Store, make) -> None:
    with store.write(make.now) as tx:
        assert save_edition(tx, "front", b"[1]")
        assert not save_edition(tx, "front", b"[1]")
        assert save_edition(tx, "sport", b"[1]")
    with store.write(make.later) as tx:
        assert save_edition(tx, "front", b"[2]")
        assert save_edition(tx, "front", b"[1]")
        kept = list_editions(tx, "front", 2)
    assert [edition.content for edition in kept] == [b"[1]", b"[2]"]
    assert kept[0].at == make.later


def test_of_some_kinds_only_the_last_edition_is_kept(store: Store, make) -> None:
    with store.write(make.now) as tx:
        save_edition(tx, "front", b"[0]")
        assert replace_edition(tx, "sport", b"[1]")
        assert not replace_edition(tx, "sport", b"[1]")
        assert replace_edition(tx, "sport", b"[2]")
        assert [edition.content for edition in list_editions(tx, "sport", 9)] == [b"[2]"]
        assert len(list_editions(tx, "front", 9)) == 1


def test_generation_grows(store: Store, make) -> None:
    with store.write(make.now) as tx:
        assert read_generation(tx) == 0
        assert [bump_generation(tx), bump_generation(tx)] == [1, 2]
        assert read_generation(tx) == 2


def test_import_goes_on_where_it_stopped(store: Store, make) -> None:
    with store.write(make.now) as tx:
        assert import_position(tx, "file") == 0
        save_import_position(tx, "file", 10)
        save_import_position(tx, "file", 25)
        assert import_position(tx, "file") == 25


def test_named_lease_has_one_holder(store: Store, make) -> None:
    with store.write(make.now) as tx:
        assert take_lease(tx, "stories", "me", make.later)
        assert take_lease(tx, "stories", "me", make.later)
        assert not take_lease(tx, "stories", "you", make.later)
        assert take_lease(tx, "origins", "you", make.later)
        hold_lease(tx, "stories", "me", make.later)
        with pytest.raises(LeaseLostError, match="stories"):
            hold_lease(tx, "stories", "you", make.later)
        release_lease(tx, "stories", "you")
        assert not take_lease(tx, "stories", "you", make.later)
        release_lease(tx, "stories", "me")
        assert take_lease(tx, "stories", "you", make.later)


def test_lease_of_a_dead_holder_is_taken_over(store: Store, make) -> None:
    with store.write(make.now) as tx:
        take_lease(tx, "stories", "dead", make.later)
    with store.write(make.later) as tx:
        assert take_lease(tx, "stories", "me", make.later + timedelta(hours=1))
        with pytest.raises(LeaseLostError):
            hold_lease(tx, "stories", "dead", make.later)


def test_narrower_copies_are_kept_beside_the_largest(store: Store, make) -> None:
    small = (SmallPicture(width=320, body=b"s"), SmallPicture(width=640, body=b"m"))
    copy = StoredPicture(
        body=b"x", content_type="image/webp", width=1200, height=800, hash="h", smaller=small
    )
    with store.write(make.now) as tx:
        want_pictures(tx, ["p", "q"])
        claim_pictures(tx, "me", make.later, 5)
        save_picture(tx, "p", "me", copy)
        save_picture(tx, "q", "me", copy)  # another address of the same picture
        save_small_pictures(tx, "h", [SmallPicture(width=320, body=b"other")])
        assert load_small_picture(tx, "h", 320) == b"s"
        assert load_small_picture(tx, "h", 640) == b"m"
        assert load_small_picture(tx, "h", 960) is None
        assert load_picture(tx, "h") == replace(copy, smaller=())
