"""How the one door out behaves: who we say we are, where we never go, how much we accept."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class NetPolicy:
    """The rules of one `Web`; times are in seconds, sizes in bytes.

    `user_agent` names the project and a contact address. `allow_loopback` opens 127.0.0.0/8, ::1
    and names under "localhost", for tests and the sample wire. `stand_ins` is honoured only
    together with it: a host in it (or "*" for every name) is served by that loopback address over
    plain HTTP, with its own name in the Host header and its own address in the reply.
    """

    user_agent: str
    allow_loopback: bool = False
    stand_ins: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    per_host: int = 2  # exchanges at a time with one host
    total: int = 100  # exchanges at a time altogether
    ahead: int = 300  # requests taken from the caller whose replies are not yet handed over
    min_gap: float = 0.25  # between the beginnings of two exchanges with one host
    connect_timeout: float = 10.0
    total_timeout: float = 30.0  # of one request with its redirects, waiting for a turn excluded
    max_redirects: int = 5
    max_ratio: int = 200  # decoded to encoded bytes, looked at from 1 MB decoded on
    max_header_bytes: int = 32_768  # of one header line
    max_headers: int = 128
