"""From an address as written to where a connection may go, before any name is resolved."""

from dataclasses import dataclass
from ipaddress import ip_address

import ada_url

from dateline.net.addresses import refuse_address
from dateline.net.policy import NetPolicy
from dateline.urls import parse_web_url

# Ports that speak other protocols (the "bad ports" of the WHATWG fetch standard, from 1024 on).
_OTHER_PROTOCOLS = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668}
    | {6669, 6679, 6697, 10080}
)
# Names that the public DNS does not answer for (RFC 6761, 6762, 7686, 8375, 9476, ICANN 2024).
_LOCAL_NAMES = frozenset(
    {"alt", "arpa", "corp", "example", "home", "internal", "intranet", "invalid", "lan", "local"}
    | {"localdomain", "localhost", "onion", "private", "test"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One hop that may be tried: what is asked for, and whom we ask."""

    url: str  # normalised, without user and fragment
    host: str  # lower case, an IPv6 address without brackets; key of politeness
    host_header: str
    ask: str  # the address that is connected to: `url`, or the stand-in's
    port: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an address is not asked; asking again cannot help."""

    reason: str


def find_target(url: str, policy: NetPolicy, *, base: str = "") -> Target | Refusal:
    """Return where `url` (joined to `base`) leads under `policy`, or why it may not be asked."""
    try:
        href = parse_web_url(url, base)
        parsed = ada_url.URL(href) if href else None
    except (ValueError, UnicodeError):
        parsed = None
    if parsed is None:
        return Refusal(f"{url[:200]!r} is not an address of the web (http or https)")
    parsed.username = parsed.password = parsed.hash = ""
    host = str(parsed.hostname).strip("[]").rstrip(".").lower()
    port = int(parsed.port or (443 if parsed.protocol == "https:" else 80))
    stand_in = _find_stand_in(host, policy)
    reason = _refuse_port(port) or ("" if stand_in else _refuse_host(host, policy))
    if reason:
        return Refusal(f"{host or 'no host'}: {reason}")
    header, href = str(parsed.host), str(parsed.href)
    if stand_in:
        parsed.protocol, parsed.host = "http:", _write_host(*stand_in)
    return Target(url=href, host=host, host_header=header, ask=str(parsed.href), port=port)


def is_ip(host: str) -> bool:
    """Tell whether `host` is an IP address, not a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def is_localhost(host: str) -> bool:
    """Tell whether `host` is "localhost" or a name under it (RFC 6761: loopback, never DNS)."""
    return host == "localhost" or host.endswith(".localhost")


def _find_stand_in(host: str, policy: NetPolicy) -> tuple[str, int] | None:
    if not policy.allow_loopback:
        return None
    if host in policy.stand_ins or is_ip(host) or is_localhost(host):
        return policy.stand_ins.get(host)
    return policy.stand_ins.get("*")


def _write_host(ip: str, port: int) -> str:
    return f"[{ip}]:{port}" if ":" in ip else f"{ip}:{port}"


def _refuse_port(port: int) -> str:
    """Return why `port` is not asked: 80, 443 and what is above 1023 and no other protocol's is."""
    if port in (80, 443) or (port >= 1024 and port not in _OTHER_PROTOCOLS):
        return ""
    return f"port {port} is not one that web servers use; refused"


def _refuse_host(host: str, policy: NetPolicy) -> str:
    if is_ip(host):
        reason = refuse_address(host, allow_loopback=policy.allow_loopback)
        return f"{reason}; refused" if reason else ""
    if is_localhost(host):
        return "" if policy.allow_loopback else "it is this machine (loopback); refused"
    labels = host.split(".")
    if len(labels) < 2 or labels[-1] in _LOCAL_NAMES:
        return "the name is of a local network, not of the public web; refused"
    return ""
