"""The edges that the pipeline is handed: store, network, process pool, encoder, clock.

A step takes an `Edges` and what it works on; nothing else reaches the outside.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar

from dateline.model import Done, Failed, NoReply, Reply, Request

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from dateline.store import Store


T = TypeVar("T")
R = TypeVar("R")


class Fetcher(Protocol):
    """What the pipeline needs of `net.Web`."""

    def fetch(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Reply | NoReply]]:
        """Yield each request with its outcome, as they come."""

    def slow_down(self, host: str, seconds: float) -> None:
        """Leave at least so much time between two requests to a host."""


class Runner(Protocol):
    """What the pipeline needs of `work.pool.Pool`."""

    def run(
        self, function: Callable[[T], R], items: Iterable[T], *, timeout_s: float
    ) -> Iterator[Done[R] | Failed]:
        """Yield one result an item, in the order of the items."""


class Encoder(Protocol):
    """What the pipeline needs of `encoders`: texts to vectors in which meaning is near."""

    @property
    def name(self) -> str:
        """The model and its version; vectors of two names are never compared."""

    def encode(self, texts: Sequence[str]) -> "npt.NDArray[np.float32]":
        """Return one vector of length one a text; no text makes it raise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Everything outside that a step may touch."""

    store: "Store"
    web: Fetcher
    pool: Runner
    clock: Callable[[], datetime]
    chance: Callable[[], float]  # 0..1, for jitter
    holder: str  # who claims work
    encoder: Encoder | None = None  # None: articles are compared by their words alone
    spare_pool: Runner | None = None  # where `pool` is at work while a step needs one
    page_timeout_s: float = 20.0
    lease: timedelta = timedelta(minutes=10)
    agent: str = "Dateline"  # product token for robots.txt
    keep_raw: bool = True
    report: Callable[[str], None] = field(
        default=lambda _: None
    )  # one line on what went wrong, for the operator
