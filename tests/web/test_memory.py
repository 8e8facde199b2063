"""What lives when a frame was made is not searched for cycles, and is freed all the same."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from tests.web.conftest import SITE, Reader

from dateline.web import WebOptions, make_app
from dateline.web.memory import WHOLE, Settling


@pytest.fixture(autouse=True)
def unfrozen() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


class Thing:
    pass


def test_what_lives_is_taken_out_and_still_freed_when_nobody_holds_it() -> None:
    gc.unfreeze()
    thing = Thing()
    gone = weakref.ref(thing)
    Settling().settle()
    assert gc.get_freeze_count() > 0
    del thing
    assert gone() is None


def test_python_leaves_the_search_of_the_old_to_us() -> None:
    young = gc.get_threshold()[:2]
    Settling().settle()
    assert gc.get_threshold()[:2] == young
    assert gc.get_threshold()[2] >= 1_000_000


def test_cycles_do_not_gather_for_ever() -> None:
    settling, thing = Settling(), Thing()
    thing.itself = thing
    gone = weakref.ref(thing)
    settling.settle()
    del thing
    for _ in range(WHOLE - 2):
        settling.settle()
    assert gone() is not None
    settling.settle()
    assert gone() is None


@pytest.mark.parametrize("own", [True, False])
def test_only_a_process_of_its_own_is_settled(sqlite_site, clock, own: bool) -> None:
    gc.unfreeze()
    options = WebOptions(now=clock, generation_seconds=0.0, own_process=own)
    assert Reader(make_app(sqlite_site, SITE, options=options)).get("/").status == 200
    assert (gc.get_freeze_count() > 0) is own
