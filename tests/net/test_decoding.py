"""Bodies unpack within their budgets, in whatever pieces they come."""

from __future__ import annotations

import gzip
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from tests.examples import examples

from dateline.net.decoding import Body, BodyError


def bare_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def pack_brotli(data: bytes) -> bytes:
    return bytes(brotli.compress(data, quality=4))


PACKERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "Deflate ": bare_deflate,
    "br": pack_brotli,
    "zstd": zstandard.compress,
    "identity": bytes,
    "": bytes,
    "gzip, br": lambda data: pack_brotli(gzip.compress(data)),
}


def unpack(coding: str, data: bytes, *, step: int = 1000, most: int = 10_000_000) -> bytes:
    body = Body(coding, max_bytes=most, max_ratio=200)
    for start in range(0, len(data), step):
        body.add(data[start : start + step])
    return body.finish()


@examples(12)
@given(data=st.binary(max_size=3000), step=st.integers(1, 700))
@pytest.mark.parametrize("coding", PACKERS)
def test_what_was_packed_is_unpacked(coding: str, data: bytes, step: int) -> None:
    assert unpack(coding, PACKERS[coding](data), step=step) == data


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip, br"])
def test_a_bomb_stops_early(coding: str) -> None:
    packed = PACKERS[coding](b"\0" * 12_000_000)
    with pytest.raises(BodyError, match=r"bomb|larger"):
        unpack(coding, packed, most=10_000_000)
    with pytest.raises(BodyError, match="bomb"):
        unpack(coding, packed, most=1_000_000_000)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_what_ends_too_early_or_is_something_else_is_refused(coding: str) -> None:
    packed = PACKERS[coding](bytes(range(256)) * 40)
    with pytest.raises(BodyError, match="too early"):
        unpack(coding, packed[:-12])
    with pytest.raises(BodyError):
        unpack(coding, b"<html>this is not packed at all</html>" * 3)


def test_members_follow_each_other_and_padding_is_dropped() -> None:
    assert unpack("gzip", gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0\0") == b"one two"


def test_a_body_may_be_exactly_as_large_as_allowed() -> None:
    assert unpack("", b"x" * 500, most=500) == b"x" * 500
    with pytest.raises(BodyError, match="larger than 499"):
        unpack("", b"x" * 500, most=499)


@pytest.mark.parametrize("coding", ["compress", "gzip, gzip, gzip", "exi"])
def test_codings_that_we_do_not_know(coding: str) -> None:
    with pytest.raises(BodyError):
        unpack(coding, b"x")


def test_an_empty_body_needs_no_end() -> None:
    assert unpack("gzip", b"") == b""
