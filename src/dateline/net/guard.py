"""The two guards around every connection: one on resolving a name, one on making a socket.

The resolver refuses a name with any forbidden address; the socket guard sees the very address that
is about to be connected to, so an IP literal, a cached answer or an answer that changed between
check and use cannot get past it.
"""

import asyncio
import socket
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from dateline.net.addresses import refuse_address
from dateline.net.targets import is_localhost

Lookup = Callable[[str], Iterable[str]]  # a host name to its IP addresses; OSError where none


class ForbiddenError(OSError):
    """A connection that our own rules refuse; an OSError, so that aiohttp treats it as one."""


def look_up(host: str) -> list[str]:
    """Return the IP addresses of `host` from the system's resolver; OSError where none."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedResolver(AbstractResolver):
    """Resolves names in threads of its own and refuses a name with any forbidden address."""

    def __init__(self, lookup: Lookup, *, allow_loopback: bool) -> None:
        self._lookup = lookup
        self._allow_loopback = allow_loopback
        self._threads = ThreadPoolExecutor(max_workers=32, thread_name_prefix="dateline-dns")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the checked addresses of `host`; ForbiddenError where one of them is forbidden."""
        if is_localhost(host.rstrip(".")) and self._allow_loopback:
            addresses = ["127.0.0.1", "::1"]
        else:
            loop = asyncio.get_running_loop()
            addresses = await loop.run_in_executor(self._threads, _list_public, self._lookup, host)
        return [_describe(host, ip, port) for ip in addresses]

    async def close(self) -> None:
        """Let the threads end; one that still waits for a slow name server is left to it."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _list_public(lookup: Lookup, host: str) -> list[str]:
    addresses = list(lookup(host))
    if not addresses:
        raise OSError(f"no address is known for {host}")
    for ip in addresses:
        if reason := refuse_address(ip):
            raise ForbiddenError(f"the name leads to {reason}; refused")
    return addresses


def _describe(host: str, ip: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in ip else socket.AF_INET
    return ResolveResult(hostname=host, host=ip, port=port, family=family, proto=0, flags=0)


def make_guard(*, allow_loopback: bool) -> Callable[[tuple[Any, ...]], socket.socket]:
    """Return aiohttp's `socket_factory`: it makes no socket for a forbidden address."""

    def make_socket(addr_info: tuple[Any, ...]) -> socket.socket:
        family, kind, protocol, _, address = addr_info
        if reason := refuse_address(str(address[0]), allow_loopback=allow_loopback):
            raise ForbiddenError(f"{reason}; refused")
        return _open_socket(family, kind, protocol)

    return make_socket


def _open_socket(family: int, kind: int, protocol: int) -> socket.socket:
    opened = socket.socket(family=family, type=kind, proto=protocol)
    opened.setblocking(False)
    return opened
