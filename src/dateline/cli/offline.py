"""Edges for commands that work on what they are given: the network is a closed door."""

import random
from collections.abc import Iterable, Iterator

from dateline.cli.home import House
from dateline.cli.terminal import now, tell
from dateline.encoders import open_encoder
from dateline.model import NoReply, Reply, Request
from dateline.pipeline.edges import Edges
from dateline.work.pool import Pool
from dateline.work.steps import make_holder


class ClosedDoor:
    """A network that refuses everything."""

    def fetch(self, requests: Iterable[Request]) -> Iterator[tuple[Request, Reply | NoReply]]:
        """Refuse each request."""
        for request in requests:
            yield request, NoReply(url=request.url, reason="this command works offline")

    def slow_down(self, host: str, seconds: float) -> None:
        """Do nothing: nobody is asked."""


def make_offline_edges(house: House, pool: Pool) -> Edges:
    """Return the edges of a command that asks nobody."""
    return Edges(
        store=house.store,
        web=ClosedDoor(),
        pool=pool,
        clock=now,
        chance=random.random,
        holder=make_holder(),
        encoder=open_encoder(house.settings.text("story_model")),
        page_timeout_s=house.settings.number("page_timeout_s"),
        report=tell,
    )
