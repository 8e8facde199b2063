"""Pins are kept for ever, hold for a while, and follow the merges of their stories."""

from dataclasses import replace
from datetime import timedelta

from dateline.model import Pin, PinPlace, StoryId
from dateline.store import Store, Tx
from dateline.store.merging import merge_stories
from dateline.store.pins import end_pins, list_pins, list_standing, save_pin


def tell_stories(tx: Tx, make, count: int) -> None:
    ids = make.sources(tx, "a")
    for number, article in enumerate(make.save(tx, ids["a"], *map(str, range(count))), start=1):
        make.place(tx, number, article)


def pin(make, number: int, **given: object) -> Pin:
    plain = Pin(story_id=StoryId(number), place=PinPlace.TOP, at=make.now, by="person", why="so")
    return replace(plain, **given)  # type: ignore[arg-type]


def test_a_pin_holds_until_its_end(store: Store, make) -> None:
    with store.write(make.now) as tx:
        tell_stories(tx, make, 2)
        save_pin(tx, pin(make, 1, until=make.later))
        save_pin(tx, pin(make, 2, place=PinPlace.LEAD, section="sport"))
        found = list_standing(tx, make.now)
        assert [(one.story_id, one.place, one.section) for one in found] == [
            (2, PinPlace.LEAD, "sport"),
            (1, PinPlace.TOP, ""),
        ]
        assert (found[1].by, found[1].why, found[1].until) == ("person", "so", make.later)
        assert [one.story_id for one in list_standing(tx, make.later)] == [2]


def test_what_is_pinned_anew_or_let_go_stays_in_the_record(store: Store, make) -> None:
    with store.write(make.now) as tx:
        tell_stories(tx, make, 1)
        save_pin(tx, pin(make, 1))
        save_pin(tx, pin(make, 1, place=PinPlace.LEAD))
        save_pin(tx, pin(make, 1, section="sport"))
        assert [one.place for one in list_standing(tx, make.now) if not one.section] == ["lead"]
        assert end_pins(tx, StoryId(1), "", why="enough") == 1
        assert [one.section for one in list_standing(tx, make.now)] == ["sport"]
        assert end_pins(tx, StoryId(1), None) == 1
        assert end_pins(tx, StoryId(1), None) == 0
        assert list_standing(tx, make.now) == []
        kept = list_pins(tx, 9)
        assert len(kept) == 3
        assert all(one.ended_at == make.now for one in kept)


def test_a_merged_story_hands_its_pin_on(store: Store, make) -> None:
    with store.write(make.now) as tx:
        tell_stories(tx, make, 2)
        save_pin(tx, pin(make, 1, until=make.now + timedelta(days=1)))
        merge_stories(tx, StoryId(1), StoryId(2))
        assert [one.story_id for one in list_standing(tx, make.now)] == [2]
        assert end_pins(tx, StoryId(2), "") == 1
