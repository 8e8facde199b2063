"""One request from address to reply: redirects followed by hand, every budget kept."""

import asyncio
import logging
import socket
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
from yarl import URL

from dateline.model import NoReply, Reply, Request
from dateline.net.decoding import ACCEPTED, Body, BodyError
from dateline.net.guard import ForbiddenError
from dateline.net.policy import NetPolicy
from dateline.net.targets import Target, find_target
from dateline.net.turns import Turns

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_EXPECTED = (aiohttp.ClientError, OSError, ValueError, BodyError, asyncio.IncompleteReadError)
_SECRET = frozenset({"authorization", "cookie", "proxy-authorization"})
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Client:
    """What an exchange needs: the session, the turns, the rules."""

    session: aiohttp.ClientSession
    turns: Turns
    policy: NetPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hop:
    """What one exchange brought: a reply, or (for a redirect) where it leads."""

    reply: Reply
    location: str = ""


async def exchange(client: Client, request: Request) -> Reply | NoReply:
    """Return what the web says to `request`; a failure of any kind is a NoReply, never raised.

    Redirects are followed up to the policy's number, also from https to http: news sites still do
    it, nothing secret is ever sent, and `Reply.redirects` shows it. What is posted is posted once:
    a redirect of it is a failure.
    """
    try:
        return await _follow(client, request)
    except Exception as error:
        _log.exception("asking for %s failed in a way that was not foreseen", request.url)
        return NoReply(url=request.url, reason=f"{request.url}: unforeseen {error!r}")


async def _follow(client: Client, request: Request) -> Reply | NoReply:
    left: list[tuple[int, str]] = []
    budget, headers = client.policy.total_timeout, _write_headers(request.headers)
    target = find_target(request.url, client.policy)
    while isinstance(target, Target):
        ask = _Ask(headers, request.max_bytes, budget, request.send)
        hop, spent = await _try_hop(client, target, ask)
        if isinstance(hop, NoReply):
            return NoReply(url=request.url, reason=hop.reason, permanent=hop.permanent)
        if not hop.location:
            return Reply(
                url=target.url,
                status=hop.reply.status,
                headers=hop.reply.headers,
                body=hop.reply.body,
                redirects=tuple(left),
            )
        if request.send is not None:
            reason = f"{target.host}: what was posted is sent on to {hop.location[:200]!r}"
            return NoReply(url=request.url, reason=reason, permanent=True)
        left.append((hop.reply.status, target.url))
        if len(left) > client.policy.max_redirects:
            reason = f"{target.host}: more than {client.policy.max_redirects} redirects"
            return NoReply(url=request.url, reason=f"{reason}, the last to {hop.location[:200]!r}")
        budget -= spent
        before, target = target, find_target(hop.location, client.policy, base=target.url)
        if isinstance(target, Target) and target.host != before.host:
            headers = {k: v for k, v in headers.items() if k.lower() not in _SECRET}
    reason = (
        f"{left[-1][1]} redirects to what we refuse: {target.reason}" if left else target.reason
    )
    return NoReply(url=request.url, reason=reason, permanent=True)


def _write_headers(asked: Mapping[str, str]) -> dict[str, str]:
    """Return the request's headers, its own verbatim; those that would end a line are dropped."""
    headers = {"Accept-Encoding": ACCEPTED, "Accept": "*/*"}
    own = {k: v for k, v in asked.items() if not any(c in k + v for c in "\r\n\0")}
    given = {name.lower() for name in own} | {"host"}
    return {k: v for k, v in headers.items() if k.lower() not in given} | {
        k: v for k, v in own.items() if k.lower() != "host"
    }


@dataclass(frozen=True, slots=True)
class _Ask:
    headers: Mapping[str, str]
    max_bytes: int
    seconds: float  # that are left for the whole request
    send: bytes | None = None


async def _try_hop(client: Client, target: Target, ask: _Ask) -> tuple[_Hop | NoReply, float]:
    """Return what one hop brought, and the seconds it took after its turn had come."""
    loop = asyncio.get_running_loop()
    async with client.turns.take(target.host):
        begun = loop.time()
        hop: _Hop | NoReply
        try:
            async with asyncio.timeout(max(ask.seconds, 0.001)):
                hop = await _talk(client, target, ask)
        except _EXPECTED as error:
            hop = _explain(target, error, client.policy)
        return hop, loop.time() - begun


async def _talk(client: Client, target: Target, ask: _Ask) -> _Hop:
    asked = client.session.request(
        "GET" if ask.send is None else "POST",
        URL(target.ask, encoded=True),
        data=ask.send,
        headers={**ask.headers, "Host": target.host_header},
        allow_redirects=False,
    )
    async with asked as response:
        headers = _join_headers(response)
        location = headers.get("location", "") if response.status in _REDIRECTS else ""
        body = b"" if location else await _read_body(response, ask.max_bytes, client.policy)
        if location:
            response.close()  # its body is of no interest and may be endless
        reply = Reply(url=target.url, status=response.status, headers=headers, body=body)
        return _Hop(reply=reply, location=location)


def _join_headers(response: aiohttp.ClientResponse) -> dict[str, str]:
    joined: dict[str, str] = {}
    for name, value in response.headers.items():
        name, value = name.lower(), _read_header(value)
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    joined.pop("set-cookie", None)
    return joined


def _read_header(value: str) -> str:
    """Return a header without the lone surrogates that stand for bytes which are not UTF-8."""
    if value.isascii():
        return value
    raw = value.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


async def _read_body(response: aiohttp.ClientResponse, most: int, policy: NetPolicy) -> bytes:
    length = response.content_length or 0
    if length > most:
        response.close()
        raise BodyError(f"the reply says that it has {length:,} bytes; {most:,} are allowed")
    body = Body(
        response.headers.get("Content-Encoding", ""), max_bytes=most, max_ratio=policy.max_ratio
    )
    async for piece in response.content.iter_any():
        body.add(piece)
    return body.finish()


def _explain(target: Target, error: BaseException, policy: NetPolicy) -> NoReply:
    """Return the failure as one sentence that names the host."""
    inner = getattr(error, "os_error", None) or error
    permanent = isinstance(inner, ForbiddenError)
    return NoReply(
        url=target.url, reason=f"{target.host}: {_say(error, inner, policy)}", permanent=permanent
    )


def _say(error: BaseException, inner: BaseException, policy: NetPolicy) -> str:
    if isinstance(inner, ForbiddenError | BodyError):
        return str(inner)
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return f"no connection within {policy.connect_timeout:g} seconds"
    if isinstance(error, TimeoutError):
        return f"no complete reply within {policy.total_timeout:g} seconds"
    if isinstance(inner, socket.gaierror) or isinstance(error, aiohttp.ClientConnectorDNSError):
        return f"the name cannot be resolved ({_trim(inner)})"
    if isinstance(error, aiohttp.ClientSSLError):
        return f"no secure connection ({_trim(inner)})"
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"no connection ({_trim(inner)})"
    if isinstance(error, aiohttp.ClientResponseError | aiohttp.ClientPayloadError | ValueError):
        return f"the reply is malformed ({_trim(error)})"
    return f"the connection broke off ({_trim(error)})"


def _trim(error: BaseException) -> str:
    return (" ".join(str(error).split()) or type(error).__name__)[:200]
