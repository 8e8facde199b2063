"""The frame is made beside the readers: nobody waits for it, and nothing is mixed up."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from tests.web.conftest import NOW, SITE, Reader

from dateline.model import ArticleId
from dateline.store import Store
from dateline.store.articles import mark_gone
from dateline.store.editions import bump_generation
from dateline.web import WebOptions, desk, make_app
from dateline.web.desk import FRAME_AGE, OLDEST
from dateline.web.renewal import LONGEST_REST, REST, choose_rest

GONE = "Alle an Land"
Ask = Callable[[str], Awaitable[str]]


@asynccontextmanager
async def open_app(store: Store, clock, seconds: float = 0.01, app=None) -> AsyncIterator[Ask]:
    """Run the application with its lifespan, and give a way to ask it."""
    options = WebOptions(now=clock, generation_seconds=seconds)
    reader = Reader(app or make_app(store, SITE, options=options))
    started, ended = asyncio.Event(), asyncio.Event()
    steps = iter(("lifespan.startup", "lifespan.shutdown"))

    async def receive():
        step = next(steps)
        if step == "lifespan.shutdown":
            await ended.wait()
        return {"type": step}

    async def send(message) -> None:
        assert message["type"].endswith("complete")
        started.set()

    async def ask(path: str) -> str:
        answer = await reader._ask("GET", path, b"", {})
        assert answer.status == 200
        return answer.text

    life = asyncio.create_task(reader.app({"type": "lifespan"}, receive, send))
    await started.wait()
    try:
        yield ask
    finally:
        ended.set()
        await life


async def wait_until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await holds():
            await asyncio.sleep(0.01)


def withdraw(store: Store) -> None:
    with store.write(NOW) as tx:
        mark_gone(tx, ArticleId(3))
        mark_gone(tx, ArticleId(5))
        bump_generation(tx)


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch):
    """Frames are made only while the event is set; and how many were begun."""
    gate, begun, rank = threading.Event(), [], desk.rank_front

    def wait_and_rank(*args):
        begun.append(1)
        assert gate.wait(20)
        return rank(*args)

    monkeypatch.setattr(desk, "rank_front", wait_and_rank)
    gate.set()
    yield gate, begun
    gate.set()


def test_readers_are_answered_while_the_next_frame_is_made(sqlite_site, clock, held) -> None:
    gate, begun = held

    async def run() -> None:
        async with open_app(sqlite_site, clock) as ask:
            before = await ask("/ids/front")
            page = await ask("/")
            gate.clear()
            made = len(begun)
            await asyncio.to_thread(withdraw, sqlite_site)
            await wait_until(lambda: _say(len(begun) > made))
            async with asyncio.timeout(5):
                assert await ask("/ids/front") == before
                assert await ask("/") == page
                # What nobody has asked for yet is made of the same frame.
                assert await ask("/section/world")
                assert await ask("/latest")
            gate.set()
            await wait_until(lambda: _differs(ask("/ids/front"), before))
            assert await ask("/") != page

    asyncio.run(run())


async def _say(truth: bool) -> bool:
    return truth


async def _differs(asked: Awaitable[str], before: str) -> bool:
    return await asked != before


def test_a_frame_is_there_before_the_first_reader_and_made_once(sqlite_site, clock, held) -> None:
    _gate, begun = held

    async def run() -> None:
        async with open_app(sqlite_site, clock) as ask:
            assert len(begun) == 1
            await asyncio.gather(*(ask(path) for path in ("/", "/latest", "/section/world")))
            await asyncio.sleep(0.1)
            assert len(begun) == 1
            clock.now += timedelta(seconds=61)  # what is read most has changed by now
            await wait_until(lambda: _say(len(begun) == 2))

    asyncio.run(run())


def test_a_renewal_that_fails_leaves_the_last_frame(
    sqlite_site, clock, monkeypatch, caplog
) -> None:
    rank = desk.rank_front

    def fail(*_args):
        raise OSError("no disk")

    async def run() -> None:
        async with open_app(sqlite_site, clock) as ask:
            before = await ask("/ids/front")
            monkeypatch.setattr(desk, "rank_front", fail)
            await asyncio.to_thread(withdraw, sqlite_site)
            await wait_until(lambda: _say("could not be made anew" in caplog.text))
            assert await ask("/ids/front") == before
            monkeypatch.setattr(desk, "rank_front", rank)
            await wait_until(lambda: _differs(ask("/ids/front"), before))

    asyncio.run(run())


def test_where_the_renewal_is_stuck_readers_make_the_frame(sqlite_site, clock) -> None:
    async def run() -> None:
        async with open_app(sqlite_site, clock, seconds=3600) as ask:
            before = await ask("/ids/front")
            await asyncio.to_thread(withdraw, sqlite_site)
            assert await ask("/ids/front") == before
            clock.now += OLDEST
            assert await ask("/ids/front") != before

    asyncio.run(run())


def test_a_thread_that_is_stuck_keeps_nobody_waiting_and_brings_nothing_back(
    sqlite_site, clock, monkeypatch
) -> None:
    gate, stuck, rank = threading.Event(), [], desk.rank_front

    def rank_or_hang(*given):
        found = rank(*given)
        if len(stuck) == 1:  # the second frame, which the renewal makes
            stuck.append(2)
            assert gate.wait(20)
        elif not stuck:
            stuck.append(1)
        return found

    async def run() -> None:
        async with open_app(sqlite_site, clock) as ask:
            before = await ask("/ids/front")
            clock.now += FRAME_AGE
            await wait_until(lambda: _say(len(stuck) == 2))
            await asyncio.to_thread(withdraw, sqlite_site)
            assert await ask("/ids/front") == before
            clock.now += OLDEST
            async with asyncio.timeout(5):
                after = await ask("/ids/front")
            assert after != before
            gate.set()
            await asyncio.sleep(0.1)
            assert await ask("/ids/front") == after

    monkeypatch.setattr(desk, "rank_front", rank_or_hang)
    asyncio.run(run())


def test_where_the_first_frame_fails_the_site_starts_and_gets_well(
    sqlite_site, clock, monkeypatch
) -> None:
    rank, failed = desk.rank_front, []

    def fail_once(*given):
        if not failed:
            failed.append(1)
            raise OSError("no disk")
        return rank(*given)

    async def run() -> None:
        async with open_app(sqlite_site, clock) as ask:
            assert failed and await ask("/ids/front")

    monkeypatch.setattr(desk, "rank_front", fail_once)
    asyncio.run(run())


def test_what_is_in_memory_is_found_without_asking_the_store(sqlite_site, clock) -> None:
    options = WebOptions(now=clock, generation_seconds=1)
    layer = make_app(sqlite_site, SITE, options=options)

    async def run() -> None:
        async with open_app(sqlite_site, clock, app=layer) as ask:
            assert layer.find_ready("/", b"", {}) is None
            page = await ask("/")
            ready = layer.find_ready("/", b"", {})
            assert ready and ready.body.decode() == page
            clock.now += OLDEST  # nobody has renewed the frame for long: the store is asked
            assert layer.find_ready("/", b"", {}) is None

    asyncio.run(run())


def test_a_site_that_asks_for_each_page_is_renewed_by_nobody(sqlite_site, clock, held) -> None:
    _gate, begun = held

    async def run() -> None:
        async with open_app(sqlite_site, clock, seconds=0) as ask:
            assert not begun
            before = await ask("/ids/front")
            await asyncio.to_thread(withdraw, sqlite_site)
            assert await ask("/ids/front") != before

    asyncio.run(run())


def test_renewing_takes_a_tenth_of_a_core_at_most_and_never_rests_long() -> None:
    assert choose_rest(0.01, 1.0) == 1.0
    assert choose_rest(0.2, 1.0) == pytest.approx(0.2 * REST)
    assert choose_rest(60.0, 1.0) == LONGEST_REST
    assert choose_rest(60.0, 30.0) == 30.0
