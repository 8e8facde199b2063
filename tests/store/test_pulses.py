"""How stories move: voices, counts and countries, by indexes."""

from dataclasses import replace
from datetime import timedelta

from dateline.model import OriginPlace, Role, Source, StoryId, StoryPlace
from dateline.store import Store
from dateline.store.columns import to_ticks
from dateline.store.origins import save_origin_places
from dateline.store.pulses import list_pulses, query_pulses, sum_story_reads
from dateline.store.sources import load_source, save_sources
from dateline.store.stories import save_story_places
from dateline.store.views import add_views


def place(tx, article_id: int, origin_id: int, role: Role) -> None:
    save_origin_places(
        tx, [OriginPlace(article_id=article_id, origin_id=origin_id, role=role, opened=True)]
    )
    save_story_places(tx, [StoryPlace(article_id=article_id, story_id=1)])


def test_copies_are_counted_and_are_no_voices(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a", "b", "c")
        for key, country in (("a", "DE"), ("b", "DE"), ("c", "FR")):
            source = load_source(tx, key)
            assert isinstance(source, Source)
            save_sources(tx, [replace(source, country=country)])
        (one,) = make.save(tx, ids["a"], "one")
        (copy,) = make.save(tx, ids["b"], "copy")
        (late,) = make.save(tx, ids["c"], "x", "late")[1:]
        place(tx, one, 1, Role.FIRST)
        place(tx, copy, 1, Role.CARRIES)
        place(tx, late, 3, Role.FIRST)
        now = make.now + timedelta(minutes=30)
        pulse = list_pulses(tx, [StoryId(1)], now)[StoryId(1)]
        assert pulse.voices == (make.now + timedelta(minutes=1), make.now)
        assert (pulse.last_hour, pulse.last_day, pulse.countries) == (3, 3, 2)
        later = list_pulses(tx, [StoryId(1)], now + timedelta(hours=2))[StoryId(1)]
        assert (later.last_hour, later.last_day) == (0, 3)
        old = list_pulses(tx, [StoryId(1)], now + timedelta(days=9))[StoryId(1)]
        assert (old.voices, old.last_day, old.countries) == ((), 0, 2)


def test_one_outlet_is_one_voice_with_its_newest_report(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        for article in make.save(tx, ids["a"], "one", "two", "three"):
            place(tx, article, article, Role.FIRST)
        pulse = list_pulses(tx, [StoryId(1)], make.later)[StoryId(1)]
        assert pulse.voices == (make.now + timedelta(minutes=2),)
        # What is dated in the future is not there yet.
        assert list_pulses(tx, [StoryId(1)], make.now)[StoryId(1)].voices == (make.now,)


def test_reads_are_summed_by_story(store: Store, make) -> None:
    with store.write(make.now) as tx:
        ids = make.sources(tx, "a")
        found = make.save(tx, ids["a"], "one", "two", "three")
        make.place(tx, 1, *found[:2])
        add_views(tx, make.now, dict.fromkeys(found, 4))
        add_views(tx, make.now - timedelta(days=1), dict.fromkeys(found, 90))
        assert sum_story_reads(tx, [StoryId(1)], make.now) == {1: 8}
        assert sum_story_reads(tx, [], make.now) == {}


def test_it_is_read_by_the_index_of_stories(sqlite_store, make, plan) -> None:
    with sqlite_store.write(make.now) as tx:
        moments = dict.fromkeys(("since", "now", "hour", "day"), to_ticks(make.now))
        bound = dict.fromkeys(moments, make.now)
        steps = plan(tx, query_pulses().params(ids=[1, 2], **bound))
        assert "ix_articles_story_at (story_id=? AND at>? AND at<?)" in steps
