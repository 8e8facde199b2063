"""The runner for many machines: the same steps, called by Procrastinate jobs on PostgreSQL.

The queue knows no work, it only says "look there": a job names a step, whoever gets it claims a
batch from the store's tables under a holder of its own and runs it. So a queue that is lost, or a
worker killed with -9, loses and doubles nothing: leases run out, the next tick looks again.

Procrastinate's tables live in a PostgreSQL schema of their own, named after its version: ours never
meet its migrations, two versions can run side by side during an upgrade, and the schema may be
dropped at any time while no worker runs. Its library is imported only here and only when needed
(the extra `postgres`).
"""

import asyncio
import contextlib
import logging
import re
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from dateline.errors import OperatorError
from dateline.work.steps import Backoff, Step, make_holder, take_turn

if TYPE_CHECKING:
    from procrastinate import App

_LOG = logging.getLogger(__name__)
_TASK = "dateline.take_turn"
_TICK_S = 1.0
_LOOK_S = 0.1  # how soon a stop, or finished work that may bring other work, is noticed
_TRY_ANYWAY = timedelta(seconds=30)  # a step is looked at so often, whatever `next_due` says
_HEARTBEAT_S = 5.0
_STALLED_S = 20.0  # without a heartbeat for so long, a worker is taken for dead
_RECONNECT_S = (1.0, 30.0)  # wait after a lost database: at first, at most
_SCHEMA_LOCK = 0x64617465  # any number that only we lock: machines that start together wait


def run_worker(
    address: str,
    steps: Sequence[Step[Any]],
    *,
    stop: threading.Event,
    concurrency: int = 2,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Work for the site whose store is at `address` until `stop` is set; then end what was begun.

    `concurrency` batches run at a time, each in a thread. A database that goes away is waited for.
    Raises OperatorError where the extra `postgres` is not installed.
    """
    try:
        import procrastinate  # noqa: F401
        import psycopg  # noqa: F401
    except ImportError as error:
        raise OperatorError(
            "Work on many machines needs Procrastinate and psycopg: install dateline[postgres]."
        ) from error
    worker = _Worker(_clean_address(address), steps, stop, concurrency, clock)
    # Not the policy's loop: psycopg cannot use the one that Windows has as its default.
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        runner.run(worker.run())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where the jobs of one site are."""

    schema: str  # Procrastinate's, shared by the sites of one database
    queue: str  # this site's


class _Worker:
    def __init__(
        self,
        address: str,
        steps: Sequence[Step[Any]],
        stop: threading.Event,
        concurrency: int,
        clock: Callable[[], datetime],
    ) -> None:
        self._address = address
        self._steps = {step.name: step for step in steps}
        self._stop = stop
        self._concurrency = concurrency
        self._clock = clock
        self._backoff = Backoff()
        self._tried: dict[str, datetime] = {}
        self._threads = ThreadPoolExecutor(concurrency + 1, thread_name_prefix="step")
        self._again = asyncio.Event()  # work was done: it may have made work for others

    async def run(self) -> None:
        """Serve until told to stop; connect again when the database was lost."""
        from procrastinate.exceptions import ConnectorException
        from psycopg import Error

        wait_s, longest_s = _RECONNECT_S
        with self._threads:
            while not self._stop.is_set():
                try:
                    await self._serve()  # until told to stop, or its listener broke
                    wait_s = _RECONNECT_S[0]
                    await self._sleep(wait_s)
                except (ConnectorException, Error, OSError) as error:
                    _LOG.warning("the queue's database is away, trying again: %s", error)
                    await self._sleep(wait_s)
                    wait_s = min(2 * wait_s, longest_s)

    async def _serve(self) -> None:
        from procrastinate import App, PsycopgConnector

        place = await _prepare(self._address)
        connector = PsycopgConnector(
            conninfo=self._address,
            kwargs={"options": f"-c search_path={place.schema}"},
            min_size=1,
            max_size=self._concurrency + 3,
        )
        app = App(connector=connector)

        async def run_turn(step: str, slot: int) -> None:
            await self._take_turn(app, place, step, slot)

        app.task(name=_TASK, queue=place.queue)(run_turn)
        async with app.open_async():
            jobs = asyncio.create_task(
                app.run_worker_async(
                    queues=[place.queue],
                    concurrency=self._concurrency,
                    install_signal_handlers=False,
                    delete_jobs="always",
                    fetch_job_polling_interval=2.0,
                    update_heartbeat_interval=_HEARTBEAT_S,
                    stalled_worker_timeout=_STALLED_S,
                )
            )
            try:
                await self._tick_until(app, place, jobs)
            finally:
                jobs.cancel()  # Procrastinate takes this as: end what was begun, take no more
                with contextlib.suppress(asyncio.CancelledError):
                    await jobs

    async def _tick_until(self, app: "App", place: _Place, jobs: "asyncio.Task[None]") -> None:
        ticks = 0
        while not self._stop.is_set() and not jobs.done():
            if ticks % round(_STALLED_S / _TICK_S) == 0:
                await _sweep(app, place)
            ticks += 1
            self._again.clear()
            for name in self._steps:
                await self._offer(app, place, name)
            await self._sleep(_TICK_S, wakes=self._again)

    async def _offer(self, app: "App", place: _Place, name: str) -> None:
        """Defer jobs for a step that has work, as many as this worker could run."""
        now = self._clock()
        if self._backoff.holds(name, now) or not await self._is_due(name, now):
            return
        self._tried[name] = now
        for slot in range(self._concurrency):
            await self._defer(app, place, name, slot)

    async def _is_due(self, name: str, now: datetime) -> bool:
        loop = asyncio.get_running_loop()
        try:
            due = await loop.run_in_executor(self._threads, self._steps[name].next_due)
        except Exception:
            _LOG.exception("%s: cannot say when it is due; tried now and then", name)
            due = None
        if due is not None and due <= now:
            return True
        return name not in self._tried or now - self._tried[name] >= _TRY_ANYWAY

    async def _defer(self, app: "App", place: _Place, name: str, slot: int) -> None:
        from procrastinate.exceptions import AlreadyEnqueued

        lock = f"{place.queue}/{name}/{slot}"
        # Asked first, since each refused insert is an error line in the server's log.
        waiting = await app.job_manager.list_jobs_async(status="todo", queueing_lock=lock)
        if list(waiting):
            return
        job = app.configure_task(_TASK, queue=place.queue, queueing_lock=lock)
        with contextlib.suppress(AlreadyEnqueued):
            await job.defer_async(step=name, slot=slot)

    async def _take_turn(self, app: "App", place: _Place, name: str, slot: int) -> None:
        step = self._steps.get(name)
        now = self._clock()
        if step is None or self._stop.is_set() or self._backoff.holds(name, now):
            return
        loop = asyncio.get_running_loop()
        # A holder for each turn: two threads of one worker are two workers to the leases.
        turn = await loop.run_in_executor(self._threads, take_turn, step, make_holder(), now)
        self._backoff.note(turn, self._clock())
        if turn.claimed and not turn.problem and not self._stop.is_set():
            self._look_behind(name)
            self._again.set()
            await self._defer(app, place, name, slot)

    def _look_behind(self, name: str) -> None:
        """Have the steps after `name` looked at now: facts flow one way, and it made some."""
        names = list(self._steps)
        for later in names[names.index(name) + 1 :]:
            self._tried.pop(later, None)

    async def _sleep(self, seconds: float, wakes: asyncio.Event | None = None) -> None:
        slept = 0.0
        while slept < seconds and not self._stop.is_set():
            await asyncio.sleep(_LOOK_S)
            slept += _LOOK_S
            if wakes is not None and wakes.is_set():
                return


async def _sweep(app: "App", place: _Place) -> None:
    """Delete the jobs of workers that died: their work is found again through its leases."""
    from procrastinate.exceptions import ConnectorException
    from procrastinate.jobs import Status

    manager = app.job_manager
    stalled = await manager.get_stalled_jobs(queue=place.queue, seconds_since_heartbeat=_STALLED_S)
    for job in stalled:
        with contextlib.suppress(ConnectorException):  # another worker swept it
            await manager.finish_job(job, Status.FAILED, delete_job=True)
    await manager.prune_stalled_workers(_STALLED_S)


async def _prepare(address: str) -> _Place:
    """Create Procrastinate's tables where they are missing; return where they are."""
    import procrastinate
    from procrastinate.schema import SchemaManager
    from psycopg import AsyncConnection
    from psycopg.sql import SQL, Identifier

    version = re.sub(r"\W+", "_", procrastinate.__version__)
    schema = f"dateline_queue_{version}"
    async with await AsyncConnection.connect(address) as connection:
        await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_SCHEMA_LOCK,))
        row = await (await connection.execute("SELECT current_schema()")).fetchone()
        queue = f"dateline:{row[0] if row else ''}"
        there = await connection.execute(
            "SELECT to_regclass(%s)", (f"{schema}.procrastinate_jobs",)
        )
        if await there.fetchone() == (None,):
            await connection.execute(
                SQL("CREATE SCHEMA IF NOT EXISTS {}").format(Identifier(schema))
            )
            await connection.execute(SQL("SET LOCAL search_path TO {}").format(Identifier(schema)))
            await connection.execute(SchemaManager.get_schema())
    return _Place(schema=schema, queue=queue)


def _clean_address(address: str) -> str:
    # The store's library names its driver in the scheme; libpq knows no such schemes.
    return re.sub(r"^postgres(ql)?(\+\w+)?://", "postgresql://", address)
