"""The deny table against addresses that others published, and what it must let through."""

from __future__ import annotations

import json
import lzma
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.net.addresses import refuse_address

SUITE = Path(__file__).parents[3] / "shared" / "suites" / "ssrf_addresses.jsonl.xz"


@pytest.mark.suite
def test_published_addresses_agree() -> None:
    if not SUITE.is_file():
        pytest.skip(f"{SUITE} is not present")
    with lzma.open(SUITE, "rt") as lines:
        cases = [json.loads(line) for line in lines]
    wrong = [case for case in cases if bool(refuse_address(case["ip"])) is not case["deny"]]
    assert len(cases) > 100
    assert not wrong


@pytest.mark.parametrize(
    "ip",
    [
        "127.0.0.1",
        "::1",
        "10.1.2.3",
        "fe80::1%eth0",
        "::ffff:10.0.0.1",
        "2606:4700::5efe:a00:1",
        "::ffff:127.0.0.1",
        "not an address",
        "",
        "0177.0.0.1",
        "255.255.255.255",
        "::127.0.0.1",
    ],
)
def test_refused(ip: str) -> None:
    assert refuse_address(ip)


@pytest.mark.parametrize("ip", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "172.32.0.1"])
def test_allowed(ip: str) -> None:
    assert refuse_address(ip) == ""


def test_loopback_opens_only_loopback() -> None:
    for ip in ("127.0.0.1", "127.255.0.9", "::1"):
        assert refuse_address(ip, allow_loopback=True) == ""
    for ip in ("10.0.0.1", "0.0.0.0", "::", "169.254.169.254", "::ffff:127.0.0.1"):
        assert refuse_address(ip, allow_loopback=True)


@examples(50)
@given(st.integers(0, 2**32 - 1))
def test_an_ipv4_address_is_judged_alike_inside_ipv6(number: int) -> None:
    ip = str(IPv4Address(number))
    assert bool(refuse_address(ip)) == bool(refuse_address(f"::ffff:{ip}"))
