"""The front page's edition: kept where something changed, by one worker, killed at any moment."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.pipeline.world import START, add_story, make_edges

from dateline.model import Site
from dateline.pipeline import editing
from dateline.pipeline.editing import REST, find_stale, publish_edition
from dateline.publish.edition import read_order
from dateline.store import Store
from dateline.store.editions import list_editions

SITE = Site(name="The Site")


@pytest.fixture
def filled(store: Store) -> Store:
    for number in range(1, 4):
        add_story(store, number, START - number * timedelta(minutes=20))
    return store


def publish(store: Store, at: datetime, holder: str = "me") -> int:
    edges = make_edges(store, holder=holder)
    return publish_edition(replace(edges, clock=lambda: at), SITE)


def read_editions(store: Store) -> list[tuple[int, ...]]:
    with store.read() as tx:
        return [tuple(read_order(kept.content)) for kept in list_editions(tx, "front", 9)]


def test_an_edition_is_kept_where_something_changed_and_rests_then(filled: Store) -> None:
    assert find_stale(filled, START) == ["front"]
    assert publish(filled, START) == 1
    assert read_editions(filled) == [(1, 2, 3)]
    assert find_stale(filled, START + 2 * REST) == []
    add_story(filled, 4, START)
    assert find_stale(filled, START + REST / 2) == []
    assert publish(filled, START + REST / 2, holder="other") == 0
    assert find_stale(filled, START + REST) == ["front"]
    assert publish(filled, START + REST, holder="other") == 1
    assert read_editions(filled) == [(4, 1, 2, 3), (1, 2, 3)]


def test_nobody_who_writes_waits_for_the_ranking(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    rank = editing.rank_front

    def rank_while_others_write(*given):
        add_story(filled, 4, START)
        return rank(*given)

    monkeypatch.setattr(editing, "rank_front", rank_while_others_write)
    assert publish(filled, START) == 1
    assert read_editions(filled) == [(1, 2, 3)]
    assert find_stale(filled, START + REST) == ["front"]


@pytest.mark.parametrize("step", ["rank_front", "build_edition"])
def test_killed_at_any_moment_it_is_made_again(
    filled: Store, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def die(*_given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(editing, step, die)
        with pytest.raises(KeyboardInterrupt):
            publish(filled, START)
    assert read_editions(filled) == []
    late = START + make_edges(filled).lease
    assert find_stale(filled, late) == ["front"]
    assert publish(filled, late, holder="other") == 1
    assert len(read_editions(filled)) == 1


def test_what_another_has_taken_over_is_dropped(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = START + timedelta(hours=1)
    rank = editing.rank_front

    def rank_too_slowly(*given):
        with monkeypatch.context() as patch:
            patch.setattr(editing, "rank_front", rank)
            assert publish(filled, late, holder="other") == 1
        return rank(*given)

    monkeypatch.setattr(editing, "rank_front", rank_too_slowly)
    assert publish(filled, START) == 0
    assert len(read_editions(filled)) == 1
