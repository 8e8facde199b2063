"""The frame made anew beside the readers, so that none of them waits for it.

While the application's lifespan runs, the store is asked at most once a second whether what readers
see has changed; then the next frame is made in a thread of its own, and readers are answered from
the last one until it is there. Nothing is kept outside the process: one that is killed makes its
frame when it starts again, and several processes need not know of each other.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from dateline.web.desk import Desk

REST = 9.0  # times as long as it took: renewing takes no more than a tenth of a core
LONGEST_REST = 5.0  # seconds
_log = logging.getLogger("dateline.web")


@asynccontextmanager
async def renew_while(desk: Desk) -> AsyncIterator[None]:
    """Keep the desk's frame new while the block runs; the first is there when it begins.

    Options that ask the store for each page want no frame older than that: they get none.
    """
    if desk.options.generation_seconds <= 0:
        yield
        return
    with desk.renewing():
        took = await _renew(desk)
        task = asyncio.create_task(_renew_for_ever(desk, took))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def _renew_for_ever(desk: Desk, took: float) -> None:
    while True:
        await asyncio.sleep(choose_rest(took, desk.options.generation_seconds))
        took = await _renew(desk)


def choose_rest(took: float, seconds: float) -> float:
    """Return the seconds until the store is asked again, after a renewal that took so long."""
    return max(seconds, min(REST * took, LONGEST_REST))


async def _renew(desk: Desk) -> float:
    """Renew the frame once; return the seconds that it took."""
    clock = asyncio.get_running_loop().time
    begun = clock()
    try:
        # Not in the threads of the readers, behind whom it would wait where they are many.
        await asyncio.to_thread(desk.renew)
    except Exception:
        _log.exception("The front page could not be made anew; readers see the last one.")
    return clock() - begun
