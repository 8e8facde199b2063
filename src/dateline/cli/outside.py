"""The network, as the settings have it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version

from dateline.cli.terminal import tell
from dateline.net import Web
from dateline.settings import Settings, make_net_policy


@contextmanager
def make_web(settings: Settings, *, allow_loopback: bool = False) -> Iterator[Web]:
    """Open the one door out, and say loudly where it also opens to this machine."""
    policy = make_net_policy(settings, version("dateline"))
    if allow_loopback:
        policy = replace(policy, allow_loopback=True)
    if policy.allow_loopback:
        tell("dateline: allow_loopback is on: requests may reach this machine. For tests only.")
    with Web(policy) as web:
        yield web
