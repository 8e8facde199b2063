"""The deny table: which IP addresses Dateline never connects to.

A feed, a page or a redirect may name any address, and the machine that fetches often stands inside
a network that trusts it. Python's `is_global` lets 72 of 161 published must-deny addresses through,
so the networks are listed here one by one, with where each is set aside.
"""

from bisect import bisect_right
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_DENIED = {
    "0.0.0.0/8": "this network (RFC 791)",
    "10.0.0.0/8": "private (RFC 1918)",
    "100.64.0.0/10": "shared by carriers (RFC 6598)",
    "127.0.0.0/8": "loopback (RFC 1122)",
    "168.63.129.16/32": "Azure's host agent",
    "169.254.0.0/16": "link-local, cloud metadata (RFC 3927)",
    "172.16.0.0/12": "private (RFC 1918)",
    "192.0.0.0/24": "protocol assignments (RFC 6890)",
    "192.0.2.0/24": "documentation (RFC 5737)",
    "192.31.196.0/24": "AS112 (RFC 7535)",
    "192.52.193.0/24": "AMT (RFC 7450)",
    "192.88.99.0/24": "6to4 relay (RFC 7526)",
    "192.168.0.0/16": "private (RFC 1918)",
    "192.175.48.0/24": "AS112 (RFC 7534)",
    "198.18.0.0/15": "benchmarks (RFC 2544)",
    "198.51.100.0/24": "documentation (RFC 5737)",
    "203.0.113.0/24": "documentation (RFC 5737)",
    "224.0.0.0/4": "multicast (RFC 1112)",
    "240.0.0.0/4": "reserved and broadcast (RFC 1112)",
    "::/96": "unspecified, loopback, IPv4-compatible (RFC 4291)",
    "::ffff:0:0:0/96": "IPv4-translated (RFC 2765)",
    "64:ff9b::/96": "NAT64 (RFC 6052)",
    "64:ff9b:1::/48": "local NAT64 (RFC 8215)",
    "100::/63": "discard and dummy prefix (RFC 6666, RFC 9780)",
    "2001::/23": "protocol assignments, Teredo, ORCHID, benchmarks (RFC 2928)",
    "2001:db8::/32": "documentation (RFC 3849)",
    "2002::/16": "6to4 (RFC 3056)",
    "2620:4f:8000::/48": "AS112 (RFC 7534)",
    "3ffe::/16": "the former 6bone (RFC 3701)",
    "3fff::/20": "documentation (RFC 9637)",
    "5f00::/16": "segment routing (RFC 9602)",
    "fc00::/7": "unique local (RFC 4193)",
    "fe80::/10": "link-local (RFC 4291)",
    "fec0::/10": "site-local (RFC 3879)",
    "ff00::/8": "multicast (RFC 4291)",
}


def _table(version: int) -> tuple[list[int], list[tuple[int, str]]]:
    """Return the denied networks of one IP version as sorted starts, and (last address, why)."""
    networks = [(ip_network(text), why) for text, why in _DENIED.items()]
    rows = sorted(
        (int(net.network_address), int(net.broadcast_address), why)
        for net, why in networks
        if net.version == version
    )
    return [row[0] for row in rows], [(row[1], row[2]) for row in rows]


_TABLES = {4: _table(4), 6: _table(6)}


@lru_cache(maxsize=4096)
def refuse_address(ip: str, *, allow_loopback: bool = False) -> str:
    """Return why `ip` must not be connected to, or "" where it may be.

    `ip` is as the resolver or a socket gives it, with or without a zone ("fe80::1%eth0"). What is
    not an IP address is refused. `allow_loopback` lets 127.0.0.0/8 and ::1 through, nothing else.
    """
    try:
        address = ip_address(ip.partition("%")[0])
    except ValueError:
        return f"{ip[:60]!r} is not an IP address"
    if allow_loopback and is_loopback(address):
        return ""
    return _find_reason(address)


def is_loopback(address: IPv4Address | IPv6Address) -> bool:
    """Tell whether `address` is in 127.0.0.0/8 or is ::1, written as itself."""
    return address.is_loopback and getattr(address, "ipv4_mapped", None) is None


def _find_reason(address: IPv4Address | IPv6Address) -> str:
    starts, ends = _TABLES[address.version]
    number = int(address)
    place = bisect_right(starts, number) - 1
    if place >= 0 and number <= ends[place][0]:
        return f"{address} is {ends[place][1]}"
    if isinstance(address, IPv6Address) and (inner := _embedded_ipv4(address)):
        return f"{address} holds {reason}" if (reason := _find_reason(inner)) else ""
    return ""


def _embedded_ipv4(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address inside an IPv4-mapped or an ISATAP address (RFC 5214)."""
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if int(address) >> 32 & 0xFCFFFFFF == 0x00005EFE:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None
