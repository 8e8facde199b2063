"""Addresses by ranges of ids, and what is new of them."""

from datetime import timedelta

import pytest

from dateline.store import Store, sitemaps
from dateline.store.articles import mark_gone
from dateline.store.sitemaps import (
    last_article,
    list_edited_articles,
    list_new_articles,
    list_range_articles,
    list_ranges,
    read_counter,
    set_counter,
)
from dateline.store.tables import articles


def test_ranges_never_shift_and_leave_out_what_is_gone(
    store: Store, make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "RANGE", 2)
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        saved = [make.save(tx, ids["a"], name)[0] for name in ("one", "two", "three", "four")]
        mark_gone(tx, saved[1])
    with store.read() as tx:
        ranges = list_ranges(tx, "articles")
        found = [each for number in ranges for each in list_range_articles(tx, number)]
        assert list_ranges(tx, "stories") == []
        assert last_article(tx) == saved[-1]
    with store.write(make.now) as tx:
        mark_gone(tx, saved[0])
        emptied = list_ranges(tx, "articles")
    assert len(ranges) == 3
    assert emptied == ranges[1:]
    assert [each.article_id for each in found] == [saved[0], saved[2], saved[3]]
    assert found[0].headline == "Headline one"
    assert found[0].changed_at == make.now


def test_what_is_new_and_what_was_edited(store: Store, make) -> None:
    later = make.now + timedelta(hours=1)
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        saved = [make.save(tx, ids["a"], name)[0] for name in ("one", "two", "three")]
        edit = articles.update().where(articles.c.id == saved[0]).values(edited_at=later)
        tx.conn.execute(edit)
    with store.read() as tx:
        new = [each.article_id for each in list_new_articles(tx, saved[0], 10)]
        assert new == saved[1:]
        (edited,) = list_edited_articles(tx, make.now, 10)
        assert (edited.article_id, edited.changed_at) == (saved[0], later)
        assert list_edited_articles(tx, later, 10) == []


def test_a_counter_is_kept(store: Store, make) -> None:
    with store.write(make.now) as tx:
        assert read_counter(tx, "here") is None
        set_counter(tx, "here", 5)
        set_counter(tx, "here", 2**40)
        assert read_counter(tx, "here") == 2**40
