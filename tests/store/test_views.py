"""Sums of reads and weights, coverage, and the record of jumps, on both databases."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from dateline.model import HourReads, Jump, OriginPlace, Role, StoryPlace
from dateline.store import Store
from dateline.store.engine import open_engine
from dateline.store.migrations import upgrade
from dateline.store.origins import save_origin_places
from dateline.store.stories import save_story_places
from dateline.store.views import (
    add_views,
    count_coverage,
    list_days,
    list_hours,
    list_jumps,
    list_top_hours,
    save_jumps,
)


def test_weights_are_added_and_taken_back(store: Store, make) -> None:
    hour = make.now.replace(minute=0, second=0, microsecond=0)
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        one, two = make.save(tx, ids["a"], "one", "two")
        assert list_days(tx) is None
        add_views(tx, hour, {one: 7, 999: 1}, {one: 600, 999: 100})
        add_views(tx, hour, {two: 1}, {one: -550, two: -20})
        add_views(tx, hour + timedelta(hours=1), {two: 2})
        expected = [(one, 0, 7, 0.5), (two, 0, 1, 0.0), (two, 1, 2, 2.0)]
        assert list_hours(tx, hour) == [
            HourReads(
                article_id=article, hour=hour + timedelta(hours=at), reads=reads, networks=weight
            )
            for article, at, reads, weight in expected
        ]
        assert len(list_hours(tx, hour, hour + timedelta(hours=1))) == 2
        assert list_top_hours(tx, hour, 2) == list_hours(tx, hour)
        assert {each.article_id for each in list_top_hours(tx, hour, 1)} == {two}
        assert list_days(tx) == (hour, hour + timedelta(hours=1))


def test_coverage_counts_the_independent_origins_of_the_story(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b")
        first, second, alone = *make.save(tx, ids["a"], "one"), *make.save(tx, ids["b"], "two", "3")
        places = [
            OriginPlace(article_id=each, origin_id=number, role=Role.FIRST, opened=True)
            for number, each in enumerate((first, second), start=1)
        ]
        save_origin_places(tx, places)
        save_story_places(tx, [StoryPlace(article_id=each, story_id=1) for each in (first, second)])
        assert count_coverage(tx, [first, second, alone, 999]) == {first: 2, second: 2, alone: 1}


def test_a_jump_is_new_once_and_lifted_when_it_is_found_no_more(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        (one,) = make.save(tx, ids["a"], "one")
        jump = Jump(
            article_id=one,
            hour=make.now,
            networks=99,
            explained=48,
            before=1.5,
            own=2,
            usual=8,
            origins=1,
        )
        grown = replace(jump, networks=120)
        assert save_jumps(tx, make.now, [jump]) == [jump]
        assert save_jumps(tx, make.now, [grown]) == []
        assert list_jumps(tx, make.now) == [grown]
        assert save_jumps(tx, make.now, []) == []
        assert list_jumps(tx, make.now) == [replace(grown, lifted=True)]
        assert save_jumps(tx, make.now, [jump]) == [jump]
        assert save_jumps(tx, make.now + timedelta(hours=1), []) == []
        assert list_jumps(tx, make.now) == [jump]


def test_reads_of_an_older_store_weigh_as_many_networks(tmp_path) -> None:
    engine = open_engine(str(tmp_path / "old.db"), create=True)
    with engine.connect() as conn:
        conn.connection.driver_connection.execute("PRAGMA foreign_keys = OFF")
        with conn.begin():
            upgrade(conn, "0006")
            conn.execute(text("INSERT INTO views (hour, article_id, views) VALUES (1, 1, 7)"))
            upgrade(conn, "0007")
            assert conn.execute(text("SELECT views, weight FROM views")).all() == [(7, 700)]
    engine.dispose()
